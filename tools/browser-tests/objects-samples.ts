/**
 * One slab, as people would bring it: plain, and compressed in every way that the page reads. Its front shows four colours
 * and bulges like a cushion, so that a picture tells a lost texture, a turned one and a wrong surface.
 */
import { readFileSync } from 'node:fs';
import { Document, Logger, NodeIO, type Transform } from '@gltf-transform/core';
import { ALL_EXTENSIONS, KHRTextureBasisu } from '@gltf-transform/extensions';
import { draco, meshopt } from '@gltf-transform/functions';
import { createEncoderModule } from 'draco3d';
import { MeshoptEncoder } from 'meshoptimizer';
import { BoxGeometry } from 'three';
import { glbRead, glbWrite } from '../../src/scene/mesh-import/glb-container';
import { BASISU, DRACO, MESHOPT, type GltfJson } from '../../src/scene/mesh-import/gltf-json';
import { pngFromRgb } from '../dataset/png';

const TEXTURE_PX = 16;

/** Of the texture, as one looks at it; the fixtures (fixtures/README.md) show the same. */
export const QUADRANTS = {
  red: [220, 40, 40],
  green: [40, 180, 60],
  blue: [40, 80, 220],
  yellow: [240, 200, 40],
} as const;

function quadrantsPng(): Uint8Array {
  const colors = Object.values(QUADRANTS);
  const rgb = new Uint8Array(3 * TEXTURE_PX * TEXTURE_PX);
  for (let pixel = 0; pixel < TEXTURE_PX * TEXTURE_PX; pixel++) {
    const isRight = pixel % TEXTURE_PX >= TEXTURE_PX / 2;
    const isBelow = pixel >= (TEXTURE_PX * TEXTURE_PX) / 2;
    rgb.set(colors[Number(isRight) + 2 * Number(isBelow)] ?? [], 3 * pixel);
  }
  return pngFromRgb(rgb, TEXTURE_PX);
}

const fixture = (name: string): Uint8Array => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

function slabGeometry(): BoxGeometry {
  const geometry = new BoxGeometry(2, 2, 0.5, 24, 24, 4);
  const [position, uv] = [geometry.getAttribute('position'), geometry.getAttribute('uv')];
  for (let i = 0; i < position.count; i++) {
    const bulge = 0.4 * Math.cos((Math.PI / 2) * position.getX(i)) * Math.cos((Math.PI / 2) * position.getY(i));
    position.setZ(i, position.getZ(i) + (position.getZ(i) > 0 ? bulge : 0));
    // In glTF the texture begins above.
    uv.setY(i, 1 - uv.getY(i));
  }
  geometry.computeVertexNormals();
  return geometry;
}

/** @param ktx2 a texture in place of the PNG */
function slabDocument(ktx2?: Uint8Array): Document {
  const document = new Document().setLogger(new Logger(Logger.Verbosity.SILENT));
  const buffer = document.createBuffer();
  const geometry = slabGeometry();
  const accessor = (type: 'SCALAR' | 'VEC2' | 'VEC3', array: Float32Array | Uint16Array) =>
    document.createAccessor().setType(type).setArray(array).setBuffer(buffer);
  const floats = (name: string): Float32Array => Float32Array.from(geometry.getAttribute(name).array);
  const texture = document.createTexture('four colours');
  if (ktx2) {
    document.createExtension(KHRTextureBasisu).setRequired(true);
    texture.setMimeType('image/ktx2').setImage(ktx2);
  } else texture.setMimeType('image/png').setImage(quadrantsPng());
  const material = document.createMaterial().setBaseColorTexture(texture).setRoughnessFactor(0.9).setMetallicFactor(0);
  const primitive = document
    .createPrimitive()
    .setAttribute('POSITION', accessor('VEC3', floats('position')))
    .setAttribute('NORMAL', accessor('VEC3', floats('normal')))
    .setAttribute('TEXCOORD_0', accessor('VEC2', floats('uv')))
    .setIndices(accessor('SCALAR', Uint16Array.from(geometry.index?.array ?? [])))
    .setMaterial(material);
  document.createScene().addChild(document.createNode().setMesh(document.createMesh('slab').addPrimitive(primitive)));
  return document;
}

async function glbOf(document: Document, ...transforms: Transform[]): Promise<Uint8Array> {
  const io = new NodeIO()
    .registerExtensions(ALL_EXTENSIONS)
    .registerDependencies({ 'draco3d.encoder': await createEncoderModule(), 'meshopt.encoder': MeshoptEncoder });
  await MeshoptEncoder.ready;
  await document.transform(...transforms);
  return io.writeBinary(document);
}

export const SLABS = {
  'plain.glb': () => glbOf(slabDocument()),
  'draco.glb': () => glbOf(slabDocument(), draco()),
  'meshopt.glb': () => glbOf(slabDocument(), meshopt({ encoder: MeshoptEncoder })),
  'ktx2-etc1s.glb': () => glbOf(slabDocument(fixture('quadrants-etc1s.ktx2'))),
  'ktx2-uastc.glb': () => glbOf(slabDocument(fixture('quadrants-uastc.ktx2'))),
  'meshopt-ktx2.glb': () => glbOf(slabDocument(fixture('quadrants-uastc.ktx2')), meshopt({ encoder: MeshoptEncoder })),
} as const;

export const glbJson = (glb: Uint8Array): GltfJson => JSON.parse(glbRead('sample', glb).jsonText) as GltfJson;

/** The same GLB, whole as a file, of whose compressed parts only the first half is left. */
export function compressedPartsHalved(glb: Uint8Array): Uint8Array {
  const { bin } = glbRead('sample', glb);
  const json = glbJson(glb);
  const halve = (place: { byteLength?: number } | undefined): void => {
    if (place?.byteLength === undefined) throw new Error('the sample is not compressed as expected');
    place.byteLength >>= 1;
  };
  const used = json.extensionsUsed ?? [];
  if (used.includes(DRACO))
    halve(json.bufferViews?.[json.meshes?.[0]?.primitives?.[0]?.extensions?.[DRACO]?.bufferView ?? -1]);
  if (used.includes(MESHOPT))
    for (const view of json.bufferViews ?? []) if (view.extensions) halve(view.extensions[MESHOPT]);
  if (used.includes(BASISU)) halve(json.bufferViews?.[json.images?.[0]?.bufferView ?? -1]);
  return new Uint8Array(glbWrite(json, bin));
}
