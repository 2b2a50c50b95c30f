/** Reads `.stl`, binary and text. The format has no colours: the mesh becomes plain grey. */
import { Mesh, MeshStandardMaterial, type Object3D } from 'three';
import { STLLoader } from 'three/addons/loaders/STLLoader.js';
import type { GivenFile } from './file-set';
import { meshBroken, meshNoSurface, meshTruncated, type MeshImportError } from './import-error';

export const PLAIN_COLOR = '#b9bec4';
const HEADER_BYTES = 84;
const FACE_BYTES = 50;

const noFaces = (file: string): MeshImportError => meshNoSurface(file, 'triangles-none', {});

/** Binary files may begin with "solid" too, so the size decides first. */
export function stlIsText(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= HEADER_BYTES && bytes.length === HEADER_BYTES + view.getUint32(80, true) * FACE_BYTES)
    return false;
  const start = new TextDecoder().decode(bytes.subarray(0, 1024));
  // Binary headers are padded with zeros or blanks, texts go on with a line.
  return /^\s*solid\b/.test(start) && !start.includes('\0');
}

function checkText(file: string, text: string): void {
  const facets = text.match(/^\s*facet\b/gim)?.length ?? 0;
  const closed = text.match(/^\s*endfacet\b/gim)?.length ?? 0;
  const vertices = text.match(/^\s*vertex\b.*$/gim) ?? [];
  if (facets === 0) throw noFaces(file);
  if (facets !== closed || !/^\s*endsolid\b/im.test(text))
    throw meshTruncated(file, 'stl-facets', { begun: facets, ended: closed });
  if (vertices.length !== facets * 3)
    throw meshBroken(file, 'stl-vertices', { facets, needed: facets * 3, count: vertices.length });
  const bad = vertices.find((line) => {
    const numbers = line.trim().split(/\s+/).slice(1).map(Number);
    return numbers.length < 3 || !numbers.every(Number.isFinite);
  });
  if (bad !== undefined) throw meshBroken(file, 'stl-line', { line: bad.trim() });
}

function checkBinary(file: string, bytes: Uint8Array): void {
  if (bytes.length < HEADER_BYTES) throw meshTruncated(file, 'stl-short', { least: HEADER_BYTES, bytes: bytes.length });
  const count = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(80, true);
  const needed = HEADER_BYTES + count * FACE_BYTES;
  if (count === 0) throw noFaces(file);
  if (needed > bytes.length) throw meshTruncated(file, 'stl-size', { count, needed, bytes: bytes.length });
}

/** @throws MeshImportError */
export function stlImport({ path }: GivenFile, bytes: Uint8Array): Object3D {
  const text = stlIsText(bytes) ? new TextDecoder().decode(bytes) : null;
  if (text === null) checkBinary(path, bytes);
  else checkText(path, text);
  const geometry = new STLLoader().parse(text ?? (bytes.slice().buffer as ArrayBuffer));
  // Some programs write no normals; shading would be black.
  geometry.computeVertexNormals();
  const hasColors = geometry.hasAttribute('color');
  return new Mesh(
    geometry,
    new MeshStandardMaterial({ color: hasColors ? '#ffffff' : PLAIN_COLOR, vertexColors: hasColors, roughness: 0.6 }),
  );
}
