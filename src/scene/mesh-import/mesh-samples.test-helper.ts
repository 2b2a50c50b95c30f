/** Small meshes of every format, made on the spot, to be imported whole or broken. */
import type { FileSet } from './file-set';
import { glbWrite } from './glb-container';
import type { GltfAccessor, GltfJson } from './gltf-json';

export type Content = string | Uint8Array | ArrayBuffer;

/** Files by path. */
export const filesOf = (contents: Readonly<Record<string, Content>>): FileSet =>
  Object.entries(contents).map(([path, content]) => ({
    path,
    blob: new Blob([typeof content === 'string' ? content : new Uint8Array(content).slice()]),
  }));

/** A tetrahedron: 4 corners, 4 faces. */
export const CORNERS = [
  [0, 0, 0],
  [1, 0, 0],
  [0, 2, 0],
  [0, 0, 3],
] as const;
export const FACES = [
  [0, 2, 1],
  [0, 1, 3],
  [0, 3, 2],
  [1, 2, 3],
] as const;

const POSITION_BYTES = CORNERS.length * 12;
const INDEX_BYTES = FACES.length * 6;

/** Positions as floats, then indices as shorts. */
export function tetrahedronBin(): Uint8Array {
  const out = new Uint8Array(POSITION_BYTES + INDEX_BYTES);
  const view = new DataView(out.buffer);
  CORNERS.flat().forEach((v, i) => {
    view.setFloat32(i * 4, v, true);
  });
  FACES.flat().forEach((v, i) => {
    view.setUint16(POSITION_BYTES + i * 2, v, true);
  });
  return out;
}

/** glTF with one tetrahedron; `uri` names the buffer, without it the buffer is a GLB's chunk. */
export function tetrahedronJson(uri?: string): GltfJson {
  return {
    asset: { version: '2.0' },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 1 }] }],
    accessors: [
      { bufferView: 0, componentType: 5126, count: 4, type: 'VEC3', min: [0, 0, 0], max: [1, 2, 3] } as GltfAccessor,
      { bufferView: 1, componentType: 5123, count: 12, type: 'SCALAR' },
    ],
    bufferViews: [
      { buffer: 0, byteOffset: 0, byteLength: POSITION_BYTES },
      { buffer: 0, byteOffset: POSITION_BYTES, byteLength: INDEX_BYTES },
    ],
    buffers: [{ byteLength: POSITION_BYTES + INDEX_BYTES, ...(uri === undefined ? {} : { uri }) }],
  };
}

/** A GLB whose description was changed on the way. */
export function glbOf(change: (json: GltfJson) => void = () => undefined, bin = tetrahedronBin()): Uint8Array {
  const json = tetrahedronJson();
  change(json);
  return new Uint8Array(glbWrite(json, bin));
}

export const gltfOf = (uri: string, change: (json: GltfJson) => void = () => undefined): string => {
  const json = tetrahedronJson(uri);
  change(json);
  return JSON.stringify(json);
};

export const objOf = (...extra: string[]): string =>
  [
    ...extra,
    ...CORNERS.map((corner) => `v ${corner.join(' ')}`),
    ...FACES.map((face) => `f ${face.map((v) => v + 1).join(' ')}`),
  ].join('\n');

export const stlText = (): string =>
  [
    'solid tetrahedron',
    ...FACES.flatMap((face) => [
      'facet normal 0 0 0',
      'outer loop',
      ...face.map((v) => `vertex ${CORNERS[v].join(' ')}`),
      'endloop',
      'endfacet',
    ]),
    'endsolid tetrahedron',
  ].join('\n');

export function stlBinary(promised: number = FACES.length): Uint8Array {
  const out = new Uint8Array(84 + FACES.length * 50);
  const view = new DataView(out.buffer);
  view.setUint32(80, promised, true);
  FACES.forEach((face, i) => {
    face
      .flatMap((v) => [...CORNERS[v]])
      .forEach((value, k) => {
        view.setFloat32(84 + i * 50 + 12 + k * 4, value, true);
      });
  });
  return out;
}

const plyHeader = (format: string, vertices: number, faces: number): string =>
  [
    'ply',
    `format ${format} 1.0`,
    `element vertex ${vertices}`,
    'property float x',
    'property float y',
    'property float z',
    `element face ${faces}`,
    'property list uchar int vertex_indices',
    'end_header\n',
  ].join('\n');

export const plyText = (vertices: number = CORNERS.length, faces: number = FACES.length): string =>
  plyHeader('ascii', vertices, faces) +
  [...CORNERS.map((corner) => corner.join(' ')), ...FACES.map((face) => `3 ${face.join(' ')}`)].join('\n') +
  '\n';

export function plyBinary(little = true, faceStart: number = 3): Uint8Array {
  const header = new TextEncoder().encode(
    plyHeader(little ? 'binary_little_endian' : 'binary_big_endian', CORNERS.length, FACES.length),
  );
  const out = new Uint8Array(header.length + POSITION_BYTES + FACES.length * 13);
  out.set(header);
  const view = new DataView(out.buffer);
  CORNERS.flat().forEach((v, i) => {
    view.setFloat32(header.length + i * 4, v, little);
  });
  FACES.forEach((face, i) => {
    const at = header.length + POSITION_BYTES + i * 13;
    view.setUint8(at, faceStart);
    face.forEach((v, k) => {
      view.setInt32(at + 1 + k * 4, v, little);
    });
  });
  return out;
}
