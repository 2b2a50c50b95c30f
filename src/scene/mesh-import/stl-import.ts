/** Reads `.stl`, binary and text. The format has no colours: the mesh becomes plain grey. */
import { BufferAttribute, BufferGeometry, Mesh, MeshStandardMaterial, type Object3D } from 'three';
import { STLLoader } from 'three/addons/loaders/STLLoader.js';
import type { GivenFile } from './file-set';
import { meshNoSurface, meshTruncated } from './import-error';
import type { Breathe } from './slices';
import { stlTextRead } from './stl-content';

export const PLAIN_COLOR = '#b9bec4';
const HEADER_BYTES = 84;
const FACE_BYTES = 50;

/** Binary files may begin with "solid" too, so the size decides first. */
export function stlIsText(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= HEADER_BYTES && bytes.length === HEADER_BYTES + view.getUint32(80, true) * FACE_BYTES)
    return false;
  const start = new TextDecoder().decode(bytes.subarray(0, 1024));
  // Binary headers are padded with zeros or blanks, texts go on with a line.
  return /^\s*solid\b/i.test(start) && !start.includes('\0');
}

/** @returns how many bytes it takes: by any more, the loader would take it for text */
function checkBinary(file: string, bytes: Uint8Array): number {
  if (bytes.length < HEADER_BYTES) throw meshTruncated(file, 'stl-short', { least: HEADER_BYTES, bytes: bytes.length });
  const count = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(80, true);
  const needed = HEADER_BYTES + count * FACE_BYTES;
  if (count === 0) throw meshNoSurface(file, 'triangles-none', {});
  if (needed > bytes.length) throw meshTruncated(file, 'stl-size', { count, needed, bytes: bytes.length });
  return needed;
}

async function geometryRead(path: string, bytes: Uint8Array, breathe: Breathe): Promise<BufferGeometry> {
  if (stlIsText(bytes)) {
    const positions = await stlTextRead(path, new TextDecoder().decode(bytes), breathe);
    return new BufferGeometry().setAttribute('position', new BufferAttribute(positions.toArray(), 3));
  }
  const usedBytes = checkBinary(path, bytes);
  return new STLLoader().parse(bytes.slice(0, usedBytes).buffer as ArrayBuffer);
}

/** @throws MeshImportError */
export async function stlImport({ path }: GivenFile, bytes: Uint8Array, breathe: Breathe): Promise<Object3D> {
  const geometry = await geometryRead(path, bytes, breathe);
  // Some programs write no normals; shading would be black.
  geometry.computeVertexNormals();
  const hasColors = geometry.hasAttribute('color');
  return new Mesh(
    geometry,
    new MeshStandardMaterial({ color: hasColors ? '#ffffff' : PLAIN_COLOR, vertexColors: hasColors, roughness: 0.6 }),
  );
}
