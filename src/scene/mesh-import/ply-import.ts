/** Reads `.ply`, text and binary. Turk, "The PLY polygon file format", 1994. */
import { DoubleSide, Mesh, MeshStandardMaterial, type Object3D } from 'three';
import { PLYLoader } from 'three/addons/loaders/PLYLoader.js';
import type { GivenFile } from './file-set';
import { meshBroken, meshNoSurface, meshTruncated, meshUnsupported } from './import-error';
import { PLAIN_COLOR } from './stl-import';

const TYPE_BYTES: Readonly<Record<string, number>> = {
  ...{ char: 1, uchar: 1, short: 2, ushort: 2, int: 4, uint: 4, float: 4, double: 8 },
  ...{ int8: 1, uint8: 1, int16: 2, uint16: 2, int32: 4, uint32: 4, float32: 4, float64: 8 },
};

interface PlyProperty {
  readonly name: string;
  readonly bytes: number;
  /** For lists: the type of the count before the values. */
  readonly countType: string | null;
}

interface PlyElement {
  readonly name: string;
  readonly count: number;
  readonly properties: PlyProperty[];
}

interface PlyHeader {
  readonly format: string;
  readonly elements: readonly PlyElement[];
  /** Where the content begins. */
  readonly headerBytes: number;
}

function propertyOf(file: string, words: readonly string[]): PlyProperty {
  const isList = words[1] === 'list';
  const [type = '', name = ''] = isList ? words.slice(3) : words.slice(1);
  const countType = isList ? (words[2] ?? '') : null;
  const bytes = TYPE_BYTES[type];
  if (!bytes || name === '' || (countType !== null && !TYPE_BYTES[countType]))
    throw meshBroken(file, 'ply-property', { text: words.join(' ') });
  return { name, bytes, countType };
}

function headerOf(file: string, bytes: Uint8Array): PlyHeader {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 65_536));
  if (!/^ply\s/.test(start)) throw meshBroken(file, 'ply-magic', {});
  const end = /^end_header[^\n]*\n/m.exec(start);
  if (!end) throw meshTruncated(file, 'ply-end', {});
  const elements: PlyElement[] = [];
  let format = '';
  for (const line of start.slice(0, end.index).split(/\r?\n/)) {
    const words = line.trim().split(/\s+/);
    if (words[0] === 'format') format = words[1] ?? '';
    else if (words[0] === 'element') {
      const count = Number(words[2]);
      if (!Number.isSafeInteger(count) || count < 0)
        throw meshBroken(file, 'ply-count', { count: words[2] ?? '', name: words[1] ?? '' });
      elements.push({ name: words[1] ?? '', count, properties: [] });
    } else if (words[0] === 'property') {
      const element = elements.at(-1);
      if (!element) throw meshBroken(file, 'ply-property-first', {});
      element.properties.push(propertyOf(file, words));
    }
  }
  if (!['ascii', 'binary_little_endian', 'binary_big_endian'].includes(format))
    throw meshUnsupported(file, 'ply-format', { format });
  return { format, elements, headerBytes: end.index + end[0].length };
}

function readCount(view: DataView, at: number, type: string, little: boolean): number {
  const bytes = TYPE_BYTES[type] ?? 4;
  if (bytes === 1) return view.getUint8(at);
  if (bytes === 2) return view.getUint16(at, little);
  return /^u/.test(type) ? view.getUint32(at, little) : view.getInt32(at, little);
}

/** Walks over all elements; lists make each entry as long as it says. */
function checkBinary(file: string, bytes: Uint8Array, { format, elements, headerBytes }: PlyHeader): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = format === 'binary_little_endian';
  let at = headerBytes;
  const need = (end: number, element: PlyElement, i: number): void => {
    if (end > bytes.length)
      throw meshTruncated(file, 'ply-short', { count: element.count, name: element.name, found: i });
  };
  for (const element of elements) {
    const fixedBytes = element.properties.every(({ countType }) => countType === null)
      ? element.properties.reduce((sum, { bytes: size }) => sum + size, 0)
      : null;
    if (fixedBytes !== null) {
      need(at + element.count * fixedBytes, element, Math.floor((bytes.length - at) / Math.max(1, fixedBytes)));
      at += element.count * fixedBytes;
      continue;
    }
    for (let i = 0; i < element.count; i++)
      for (const { bytes: size, countType } of element.properties) {
        if (countType === null) {
          at += size;
          need(at, element, i);
          continue;
        }
        need(at + (TYPE_BYTES[countType] ?? 4), element, i);
        const count = readCount(view, at, countType, little);
        if (count < 0) throw meshBroken(file, 'ply-length', { name: element.name, length: count });
        at += (TYPE_BYTES[countType] ?? 4) + count * size;
        need(at, element, i);
      }
  }
}

function checkText(file: string, bytes: Uint8Array, { elements, headerBytes }: PlyHeader): void {
  const lines = new TextDecoder()
    .decode(bytes.subarray(headerBytes))
    .split('\n')
    .filter((line) => line.trim() !== '');
  let at = 0;
  for (const { name, count, properties } of elements)
    for (let i = 0; i < count; i++, at++) {
      const line = lines[at];
      if (line === undefined) throw meshTruncated(file, 'ply-short', { count, name, found: i });
      const shown = line.trim().slice(0, 60);
      const numbers = line.trim().split(/\s+/).map(Number);
      const needed = (properties[0]?.countType ?? null) !== null ? 1 + (numbers[0] ?? 0) : properties.length;
      if (numbers.length < needed || numbers.slice(0, needed).some(Number.isNaN)) {
        if (at === lines.length - 1) throw meshTruncated(file, 'line-cut', { line: shown });
        throw meshBroken(file, 'ply-entry', { number: i + 1, name, line: shown, count: needed });
      }
    }
}

/** @throws MeshImportError */
export function plyImport({ path }: GivenFile, bytes: Uint8Array): Object3D {
  const header = headerOf(path, bytes);
  const vertex = header.elements.find(({ name }) => name === 'vertex');
  const face = header.elements.find(({ name }) => name === 'face');
  const names = vertex?.properties.map(({ name }) => name) ?? [];
  if (!vertex || !['x', 'y', 'z'].every((name) => names.includes(name))) throw meshBroken(path, 'ply-vertices', {});
  if (header.format === 'ascii') checkText(path, bytes, header);
  else checkBinary(path, bytes, header);
  if (vertex.count === 0 || !face || face.count === 0) throw meshNoSurface(path, 'ply-points', { count: vertex.count });
  if (!face.properties.some(({ name }) => /^vertex_ind(ex|ices)$/.test(name))) throw meshBroken(path, 'ply-faces', {});
  const geometry = new PLYLoader().parse(bytes.slice().buffer as ArrayBuffer);
  if (!geometry.hasAttribute('normal')) geometry.computeVertexNormals();
  const hasColors = geometry.hasAttribute('color');
  // Scans are often open and wound either way.
  return new Mesh(
    geometry,
    new MeshStandardMaterial({
      color: hasColors ? '#ffffff' : PLAIN_COLOR,
      vertexColors: hasColors,
      roughness: 0.6,
      side: DoubleSide,
    }),
  );
}
