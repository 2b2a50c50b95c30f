/** Writes a `MeshKit` as a binary glTF file whose bytes depend on the geometry alone. */
import { Document, Extension, NodeIO, type Node } from '@gltf-transform/core';
import { type BufferAttribute, type BufferGeometry, Color } from 'three';
import type { MeshKit, MeshMaterial } from './kit.ts';
import { item } from './path2.ts';

// Coarser than the last bits of Math.sin and friends, which may differ between engines.
const POSITION_STEPS_PER_M = 2e5;
const NORMAL_STEPS = 1e3;

interface Welded {
  position: Float32Array;
  normal: Float32Array;
  index: Uint16Array | Uint32Array;
}

/** Rounds, merges equal vertices and drops faces without area. */
function welded(geometry: BufferGeometry): Welded {
  const [position, normal, index] = [
    geometry.getAttribute('position'),
    geometry.getAttribute('normal'),
    geometry.index as BufferAttribute,
  ];
  const ids = new Map<string, number>();
  const positions: number[] = [];
  const normals: number[] = [];
  const places: string[] = [];
  const idOf = (i: number): number => {
    const p = [position.getX(i), position.getY(i), position.getZ(i)].map((v) => Math.round(v * POSITION_STEPS_PER_M));
    const n = [normal.getX(i), normal.getY(i), normal.getZ(i)].map((v) => Math.round(v * NORMAL_STEPS));
    const place = p.join();
    const key = `${place};${n.join()}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    const length = Math.hypot(...n) || 1;
    positions.push(...p.map((v) => v / POSITION_STEPS_PER_M));
    normals.push(...n.map((v) => v / length));
    places.push(place);
    ids.set(key, places.length - 1);
    return places.length - 1;
  };
  const faces: number[] = [];
  for (let i = 0; i < index.count; i += 3) {
    const corners = [0, 1, 2].map((k) => index.getX(i + k));
    const [a, b, c] = corners.map(idOf) as [number, number, number];
    if (places[a] === places[b] || places[b] === places[c] || places[c] === places[a]) continue;
    faces.push(a, b, c);
  }
  return {
    position: Float32Array.from(positions),
    normal: Float32Array.from(normals),
    index: places.length < 65536 ? Uint16Array.from(faces) : Uint32Array.from(faces),
  };
}

/** Declares the extension; what it allows (short integers for positions and normals) needs no code of its own. */
class MeshQuantization extends Extension {
  static override readonly EXTENSION_NAME = 'KHR_mesh_quantization';
  override readonly extensionName = MeshQuantization.EXTENSION_NAME;
  override read(): this {
    return this;
  }
  override write(): this {
    return this;
  }
}

export interface Bounds {
  min: [number, number, number];
  max: [number, number, number];
}

export interface Glb {
  bytes: Uint8Array;
  boundsM: Bounds;
  triangles: number;
}

interface Quantizer {
  centre: readonly number[];
  halfM: number;
}

/** One cube for the whole object, so that parts that touch still do. */
function quantizerOf({ min, max }: Bounds): Quantizer {
  return {
    centre: min.map((v, axis) => (v + item(max, axis)) / 2),
    halfM: Math.max(...min.map((v, axis) => (item(max, axis) - v) / 2)),
  };
}

const quantizedPositions = (position: Float32Array, { centre, halfM }: Quantizer): Int16Array =>
  Int16Array.from(position, (v, i) => Math.round(((v - item(centre, i % 3)) / halfM) * 32767));

const quantizedNormals = (normal: Float32Array): Int8Array => Int8Array.from(normal, (v) => Math.round(v * 127));

/**
 * Plain floats where they fit into `plainLimitBytes`; larger objects in short integers (KHR_mesh_quantization), at half
 * the size and with steps of a 65,000th of the object.
 */
export async function glbFromKit(id: string, kit: MeshKit, plainLimitBytes = 300_000): Promise<Glb> {
  const parts = kit.merged().map(({ material, geometry }) => ({ material, mesh: welded(geometry) }));
  const plain = await glbWrite(id, parts, null);
  return plain.bytes.length <= plainLimitBytes ? plain : glbWrite(id, parts, quantizerOf(plain.boundsM));
}

async function glbWrite(
  id: string,
  parts: ReadonlyArray<{ material: MeshMaterial; mesh: Welded }>,
  quantizer: Quantizer | null,
): Promise<Glb> {
  const document = new Document();
  document.getRoot().getAsset().generator = 'viewpoint-playground tools/meshes';
  const buffer = document.createBuffer();
  const mesh = document.createMesh(id);
  const boundsM: Bounds = { min: [Infinity, Infinity, Infinity], max: [-Infinity, -Infinity, -Infinity] };
  let triangles = 0;
  for (const {
    material,
    mesh: { position, normal, index },
  } of parts) {
    const { r, g, b } = new Color(material.color);
    const round = (v: number): number => Math.round(v * 1e5) / 1e5;
    const look = document
      .createMaterial(material.name)
      .setBaseColorFactor([round(r), round(g), round(b), 1])
      .setRoughnessFactor(material.roughness)
      .setMetallicFactor(material.metalness);
    const accessor = (
      type: 'VEC3' | 'SCALAR',
      array: Float32Array | Int16Array | Int8Array | Uint16Array | Uint32Array,
    ) =>
      document
        .createAccessor()
        .setType(type)
        .setArray(array)
        .setNormalized(array instanceof Int16Array || array instanceof Int8Array)
        .setBuffer(buffer);
    mesh.addPrimitive(
      document
        .createPrimitive()
        .setAttribute('POSITION', accessor('VEC3', quantizer ? quantizedPositions(position, quantizer) : position))
        .setAttribute('NORMAL', accessor('VEC3', quantizer ? quantizedNormals(normal) : normal))
        .setIndices(accessor('SCALAR', index))
        .setMaterial(look),
    );
    triangles += index.length / 3;
    position.forEach((v, i) => {
      const axis = (i % 3) as 0 | 1 | 2;
      boundsM.min[axis] = Math.min(boundsM.min[axis], v);
      boundsM.max[axis] = Math.max(boundsM.max[axis], v);
    });
  }
  const node: Node = document.createNode(id).setMesh(mesh);
  if (quantizer) {
    document.createExtension(MeshQuantization).setRequired(true);
    const { centre, halfM } = quantizer;
    node.setTranslation([item(centre, 0), item(centre, 1), item(centre, 2)]).setScale([halfM, halfM, halfM]);
  }
  const scene = document.createScene(id).addChild(node);
  document.getRoot().setDefaultScene(scene);
  return { bytes: await new NodeIO().registerExtensions([MeshQuantization]).writeBinary(document), boundsM, triangles };
}
