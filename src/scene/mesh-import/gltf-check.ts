/** Looks a glTF description over before three.js reads it: what is wrong gets a message, and nothing can run in circles. */
import type { GltfAccessor, GltfJson, GltfPrimitive } from './gltf-json';
import { DRACO, MESHOPT_NAMES, PICTURE_NAMES, textureSources } from './gltf-json';
import { messageOf } from '../../state/error-message';
import {
  bytesText,
  meshBroken,
  meshError,
  MeshImportError,
  meshNoSurface,
  meshTruncated,
  meshUnsupported,
  type MeshReason,
} from './import-error';

/** Extensions that a file may require: three's loader reads them, or they only change how light looks. */
const READABLE_EXTENSIONS = new Set([
  DRACO,
  ...MESHOPT_NAMES,
  'KHR_mesh_quantization',
  ...PICTURE_NAMES,
  'KHR_texture_transform',
  'EXT_mesh_gpu_instancing',
  'KHR_materials_unlit',
  'KHR_materials_clearcoat',
  'KHR_materials_transmission',
  'KHR_materials_ior',
  'KHR_materials_specular',
  'KHR_materials_sheen',
  'KHR_materials_volume',
  'KHR_materials_emissive_strength',
  'KHR_materials_iridescence',
  'KHR_materials_anisotropy',
  'KHR_materials_dispersion',
  'KHR_materials_variants',
  'KHR_materials_pbrSpecularGlossiness',
  'EXT_materials_bump',
  'KHR_lights_punctual',
  'KHR_animation_pointer',
  'KHR_xmp_json_ld',
]);

const COMPONENT_BYTES: ReadonlyMap<number, number> = new Map([
  [5120, 1],
  [5121, 1],
  [5122, 2],
  [5123, 2],
  [5125, 4],
  [5126, 4],
]);
const TYPE_SIZE: ReadonlyMap<string, number> = new Map(
  Object.entries({ SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT2: 4, MAT3: 9, MAT4: 16 }),
);
const MODE_TRIANGLES = 4;
const MAX_NODES = 200_000;
/** Room for what Draco and meshopt unpack for the most triangles that are drawn. */
const MAX_UNPACKED_BYTES = 400e6;

/** @throws MeshImportError when the text is no JSON object */
export function gltfParse(file: string, text: string): GltfJson {
  if (text.trim() === '') throw meshBroken(file, 'json-empty', {});
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // A cut-off text is by far the most common way to break JSON, and engines word it differently.
    if (/^\s*\{/.test(text) && !/\}\s*$/.test(text)) throw meshTruncated(file, 'json-cut', {});
    const reason: MeshReason = 'json-bad';
    throw new MeshImportError({ code: 'broken', file, reason, values: {}, quote: messageOf(error) });
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw meshBroken(file, 'json-object', {});
  return json as GltfJson;
}

const LISTS = ['buffers', 'bufferViews', 'accessors', 'meshes', 'nodes', 'scenes', 'images', 'textures'] as const;

function checkShape(file: string, json: GltfJson): void {
  const version = json.asset?.version;
  if (typeof version !== 'string') throw meshBroken(file, 'gltf-unversioned', {});
  if (!version.startsWith('2.')) throw meshUnsupported(file, 'gltf-version', { version });
  for (const name of LISTS) {
    const list: unknown = json[name];
    if (list === undefined) continue;
    if (!Array.isArray(list)) throw meshBroken(file, 'gltf-list', { place: name });
    const bad = list.findIndex((entry) => typeof entry !== 'object' || entry === null);
    if (bad >= 0) throw meshBroken(file, 'gltf-object', { place: `${name}[${bad}]` });
  }
  const required = Array.isArray(json.extensionsRequired) ? json.extensionsRequired : [];
  const unknown = required.filter((name) => !READABLE_EXTENSIONS.has(name));
  if (unknown.length > 0) throw meshUnsupported(file, 'gltf-extensions', { names: unknown });
}

function checkIndex(file: string, place: string, index: unknown, list: readonly unknown[] | undefined): void {
  const count = list?.length ?? 0;
  if (!(Number.isInteger(index) && (index as number) >= 0 && (index as number) < count))
    throw meshBroken(file, 'gltf-index', { place, index: String(index), count });
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function checkBufferViews(file: string, json: GltfJson): void {
  json.bufferViews?.forEach((view, i) => {
    checkIndex(file, `bufferViews[${i}].buffer`, view.buffer, json.buffers);
    const { byteOffset = 0, byteLength } = view;
    if (!isCount(byteOffset) || !isCount(byteLength))
      throw meshBroken(file, 'gltf-view-place', {
        place: `bufferViews[${i}]`,
        offset: String(byteOffset),
        length: String(byteLength),
      });
    const buffer = json.buffers?.[view.buffer as number];
    if (byteOffset + byteLength > (buffer?.byteLength ?? 0))
      throw meshBroken(file, 'gltf-view-end', {
        place: `bufferViews[${i}]`,
        end: byteOffset + byteLength,
        buffer: `buffers[${view.buffer}]`,
        bytes: buffer?.byteLength ?? 0,
      });
  });
}

function checkSparse(file: string, place: string, sparse: GltfAccessor['sparse'] | null, most: number): void {
  if (typeof sparse !== 'object' || sparse === null) throw meshBroken(file, 'gltf-object', { place });
  if (!isCount(sparse.count) || sparse.count > most)
    throw meshBroken(file, 'gltf-count', { place, count: String(sparse.count) });
}

function checkAccessor(file: string, json: GltfJson, accessor: GltfAccessor, i: number): void {
  const { componentType = 0, type = '', count, byteOffset = 0, bufferView, sparse } = accessor;
  const place = `accessors[${i}]`;
  const componentBytes = COMPONENT_BYTES.get(componentType);
  const components = TYPE_SIZE.get(type);
  if (!componentBytes) throw meshBroken(file, 'gltf-component', { place, type: componentType });
  if (!components) throw meshBroken(file, 'gltf-type', { place, type });
  if (!isCount(count) || count === 0) throw meshBroken(file, 'gltf-count', { place, count: String(count) });
  if (sparse !== undefined) checkSparse(file, `${place}.sparse`, sparse, count);
  if (bufferView === undefined) return;
  checkIndex(file, `${place}.bufferView`, bufferView, json.bufferViews);
  const view = json.bufferViews?.[bufferView];
  const elementBytes = componentBytes * components;
  const end = byteOffset + (count - 1) * (view?.byteStride || elementBytes) + elementBytes;
  if (!isCount(byteOffset) || end > (view?.byteLength ?? 0))
    throw meshBroken(file, 'gltf-accessor-end', {
      place,
      end,
      view: `bufferViews[${bufferView}]`,
      bytes: view?.byteLength ?? 0,
    });
}

/** What the loader sets memory aside for without the file holding as much: zeros, copies for sparse values, packed views. */
function checkUnpacked(file: string, json: GltfJson): void {
  let total = 0;
  const add = (place: string, sizeBytes: number): void => {
    total += sizeBytes;
    if (total > MAX_UNPACKED_BYTES)
      throw meshError('too-large', file, 'gltf-unpacked', {
        place,
        size: bytesText(sizeBytes),
        most: bytesText(MAX_UNPACKED_BYTES),
      });
  };
  json.accessors?.forEach(({ componentType = 0, type = '', count = 0, bufferView, sparse }, i) => {
    const entryBytes = (COMPONENT_BYTES.get(componentType) ?? 0) * (TYPE_SIZE.get(type) ?? 0);
    const isOwn = bufferView === undefined || sparse !== undefined;
    add(`accessors[${i}]`, entryBytes * ((isOwn ? count : 0) + (sparse?.count ?? 0)));
  });
  json.bufferViews?.forEach((view, i) => {
    for (const name of MESHOPT_NAMES) {
      const packed = view.extensions?.[name];
      if (!packed) continue;
      const { count, byteStride } = packed;
      if (!isCount(count) || !isCount(byteStride))
        throw meshBroken(file, 'gltf-count', {
          place: `bufferViews[${i}].extensions.${name}`,
          count: `${count} × ${byteStride}`,
        });
      add(`bufferViews[${i}]`, count * byteStride);
    }
  });
}

function checkPrimitive(file: string, json: GltfJson, primitive: GltfPrimitive, place: string): void {
  const { attributes, indices } = primitive;
  if (typeof attributes !== 'object' || attributes === null) throw meshBroken(file, 'gltf-attributes', { place });
  const position = attributes['POSITION'];
  if (position === undefined) throw meshBroken(file, 'gltf-positions', { place });
  for (const [name, index] of Object.entries(attributes))
    checkIndex(file, `${place}.attributes.${name}`, index, json.accessors);
  if (json.accessors?.[position]?.type !== 'VEC3') throw meshBroken(file, 'gltf-positions-type', { place });
  const positions = json.accessors?.[position]?.count;
  for (const [name, index] of Object.entries(attributes)) {
    const count = json.accessors?.[index]?.count;
    if (count !== positions)
      throw meshBroken(file, 'gltf-counts', {
        place: `${place}.attributes.${name}`,
        count: String(count),
        positions: String(positions),
      });
  }
  if (indices !== undefined) checkIndex(file, `${place}.indices`, indices, json.accessors);
  const draco = primitive.extensions?.[DRACO];
  if (draco) checkIndex(file, `${place}.extensions.${DRACO}.bufferView`, draco.bufferView, json.bufferViews);
}

/** Scenes and nodes must be a forest: a child with two parents or a circle would never finish loading. */
function checkNodes(file: string, json: GltfJson): void {
  const nodes = json.nodes ?? [];
  if (nodes.length > MAX_NODES) throw meshUnsupported(file, 'gltf-nodes', { count: nodes.length, most: MAX_NODES });
  const parent = new Map<number, number>();
  nodes.forEach((node, i) => {
    if (node.mesh !== undefined) checkIndex(file, `nodes[${i}].mesh`, node.mesh, json.meshes);
    if (node.children === undefined) return;
    if (!Array.isArray(node.children)) throw meshBroken(file, 'gltf-list', { place: `nodes[${i}].children` });
    for (const child of node.children) {
      checkIndex(file, `nodes[${i}].children[…]`, child, nodes);
      if (parent.has(child)) throw meshBroken(file, 'gltf-parents', { place: `nodes[${child}]` });
      parent.set(child, i);
    }
  });
  const settled = new Set<number>();
  nodes.forEach((_, start) => {
    const path = new Set<number>();
    for (let at: number | undefined = start; at !== undefined && !settled.has(at); at = parent.get(at)) {
      if (path.has(at)) throw meshBroken(file, 'gltf-circle', { place: `nodes[${at}]` });
      path.add(at);
    }
    for (const node of path) settled.add(node);
  });
}

function checkScenes(file: string, json: GltfJson): void {
  if (!json.scenes || json.scenes.length === 0) throw meshBroken(file, 'gltf-scene', {});
  if (json.scene !== undefined) checkIndex(file, 'scene', json.scene, json.scenes);
  json.scenes.forEach((scene, i) => {
    if (scene.nodes !== undefined && !Array.isArray(scene.nodes))
      throw meshBroken(file, 'gltf-list', { place: `scenes[${i}].nodes` });
    for (const node of scene.nodes ?? []) checkIndex(file, `scenes[${i}].nodes[…]`, node, json.nodes);
  });
}

/**
 * @throws MeshImportError that says which part of the description is wrong
 */
export function gltfCheck(file: string, json: GltfJson): void {
  checkShape(file, json);
  checkBufferViews(file, json);
  json.accessors?.forEach((accessor, i) => {
    checkAccessor(file, json, accessor, i);
  });
  checkUnpacked(file, json);
  json.images?.forEach((image, i) => {
    if (image.bufferView !== undefined) checkIndex(file, `images[${i}].bufferView`, image.bufferView, json.bufferViews);
  });
  json.textures?.forEach((texture, i) => {
    for (const source of textureSources(texture)) checkIndex(file, `textures[${i}].source`, source, json.images);
  });
  let surfaces = 0;
  json.meshes?.forEach((mesh, i) => {
    if (!Array.isArray(mesh.primitives)) throw meshBroken(file, 'gltf-primitives', { place: `meshes[${i}]` });
    mesh.primitives.forEach((primitive, k) => {
      if (typeof primitive !== 'object' || primitive === null)
        throw meshBroken(file, 'gltf-object', { place: `meshes[${i}].primitives[${k}]` });
      checkPrimitive(file, json, primitive, `meshes[${i}].primitives[${k}]`);
      if ((primitive.mode ?? MODE_TRIANGLES) >= MODE_TRIANGLES) surfaces += 1;
    });
  });
  checkNodes(file, json);
  checkScenes(file, json);
  if (surfaces === 0) throw meshNoSurface(file, json.meshes?.length ? 'gltf-lines' : 'gltf-no-mesh', {});
}
