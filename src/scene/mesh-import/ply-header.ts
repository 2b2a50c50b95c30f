/** The head of a `.ply`: what the content holds, in which order and of which types. */
import { meshBroken, meshTruncated, meshUnsupported } from './import-error';

export interface PlyType {
  readonly bytes: number;
  read(view: DataView, at: number, little: boolean): number;
  /** What full red, green or blue is written as. */
  readonly fullColor: number;
}

const INT8: PlyType = { bytes: 1, read: (view, at) => view.getInt8(at), fullColor: 255 };
const UINT8: PlyType = { bytes: 1, read: (view, at) => view.getUint8(at), fullColor: 255 };
const INT16: PlyType = { bytes: 2, read: (view, at, little) => view.getInt16(at, little), fullColor: 255 };
const UINT16: PlyType = { bytes: 2, read: (view, at, little) => view.getUint16(at, little), fullColor: 65_535 };
const INT32: PlyType = { bytes: 4, read: (view, at, little) => view.getInt32(at, little), fullColor: 255 };
const UINT32: PlyType = { bytes: 4, read: (view, at, little) => view.getUint32(at, little), fullColor: 255 };
const FLOAT32: PlyType = { bytes: 4, read: (view, at, little) => view.getFloat32(at, little), fullColor: 1 };
const FLOAT64: PlyType = { bytes: 8, read: (view, at, little) => view.getFloat64(at, little), fullColor: 1 };

const TYPES: ReadonlyMap<string, PlyType> = new Map(
  Object.entries({
    ...{ char: INT8, uchar: UINT8, short: INT16, ushort: UINT16, int: INT32, uint: UINT32 },
    ...{ int8: INT8, uint8: UINT8, int16: INT16, uint16: UINT16, int32: INT32, uint32: UINT32 },
    ...{ float: FLOAT32, double: FLOAT64, float32: FLOAT32, float64: FLOAT64 },
  }),
);

export interface PlyProperty {
  readonly name: string;
  readonly type: PlyType;
  /** For lists: the type of the count before the values. */
  readonly countType: PlyType | null;
}

export interface PlyElement {
  readonly name: string;
  readonly count: number;
  /** At least one, unless the count is 0. */
  readonly properties: PlyProperty[];
}

export interface PlyHeader {
  readonly format: 'ascii' | 'binary_little_endian' | 'binary_big_endian';
  readonly elements: readonly PlyElement[];
  /** Where the content begins. */
  readonly headerBytes: number;
}

/** Longer heads are none. */
const MAX_HEADER_BYTES = 65_536;

const startOf = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes.subarray(0, MAX_HEADER_BYTES));

export const plyIsText = (bytes: Uint8Array): boolean => /^format\s+ascii\b/m.test(startOf(bytes));

const isFormat = (format: string): format is PlyHeader['format'] =>
  ['ascii', 'binary_little_endian', 'binary_big_endian'].includes(format);

function propertyOf(file: string, words: readonly string[]): PlyProperty {
  const isList = words[1] === 'list';
  const [typeName = '', name = ''] = isList ? words.slice(3) : words.slice(1);
  const type = TYPES.get(typeName);
  const countType = isList ? TYPES.get(words[2] ?? '') : null;
  if (!type || name === '' || countType === undefined)
    throw meshBroken(file, 'ply-property', { text: words.join(' ') });
  return { name, type, countType };
}

/** @throws MeshImportError */
export function plyHeader(file: string, bytes: Uint8Array): PlyHeader {
  const start = startOf(bytes);
  if (!/^ply\s/.test(start)) throw meshBroken(file, 'ply-magic', {});
  // Where the first line ends with a carriage return alone, all do: a line feed after the head is content already.
  const end = (/^ply[^\r\n]*\r(?!\n)/.test(start) ? /^end_header[^\r\n]*\r/m : /^end_header[^\n]*\n/m).exec(start);
  if (!end) throw meshTruncated(file, 'ply-end', {});
  const elements: PlyElement[] = [];
  let format = '';
  for (const line of start.slice(0, end.index).split(/[\r\n]+/)) {
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
  if (!isFormat(format)) throw meshUnsupported(file, 'ply-format', { format });
  // No file is too short for entries of nothing: going through them could take for ever.
  const hollow = elements.find(({ count, properties }) => count > 0 && properties.length === 0);
  if (hollow) throw meshBroken(file, 'ply-hollow', { count: hollow.count, name: hollow.name });
  return { format, elements, headerBytes: end.index + end[0].length };
}
