/** The content of a `.ply`, entry by entry. No count is believed before the file is seen to be long enough for it. */
import { meshBroken, meshTruncated, type MeshImportError } from './import-error';
import type { PlyElement, PlyHeader } from './ply-header';
import { slicesOf, type Breathe, type Pause } from './slices';

/** Filled anew for every entry, so that millions of them need no memory. */
export interface PlyEntry {
  /** All its numbers, one property after the other; what lies behind the last is left from entries before. */
  readonly values: number[];
  /** Where the values of each property begin, and at last where the entry ends. */
  readonly starts: number[];
}

/** @param i of the entry among those of its element */
export type PlyVisit = (entry: PlyEntry, i: number) => void;

export type PlyVisits = ReadonlyMap<PlyElement, PlyVisit>;

type PlyRead = (file: string, bytes: Uint8Array, header: PlyHeader, visits: PlyVisits, pause: Pause) => Promise<void>;

const isLength = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const short = (file: string, { count, name }: PlyElement, found: number): MeshImportError =>
  meshTruncated(file, 'ply-short', { count, name, found });

const binaryRead: PlyRead = async (file, bytes, header, visits, pause) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = header.format === 'binary_little_endian';
  const entry: PlyEntry = { values: [], starts: [] };
  const { values, starts } = entry;
  let at = header.headerBytes;
  for (const element of header.elements) {
    const { name, count, properties } = element;
    const visit = visits.get(element);
    const leastBytes = properties.reduce((sum, { type, countType }) => sum + (countType ?? type).bytes, 0);
    if (count * leastBytes > bytes.length - at)
      throw short(file, element, Math.floor((bytes.length - at) / leastBytes));
    if (!visit && properties.every(({ countType }) => countType === null)) {
      at += count * leastBytes;
      continue;
    }
    for (let i = 0; i < count; i++) {
      let filled = 0;
      for (const [p, { type, countType }] of properties.entries()) {
        starts[p] = filled;
        let length = 1;
        if (countType) {
          if (at + countType.bytes > bytes.length) throw short(file, element, i);
          length = countType.read(view, at, little);
          if (!isLength(length)) throw meshBroken(file, 'ply-length', { name, length });
          at += countType.bytes;
        }
        if (at + length * type.bytes > bytes.length) throw short(file, element, i);
        if (visit) for (let k = 0; k < length; k++) values[filled++] = type.read(view, at + k * type.bytes, little);
        at += length * type.bytes;
      }
      starts[properties.length] = filled;
      visit?.(entry, i);
      const pausing = pause(at / bytes.length);
      if (pausing) await pausing;
    }
  }
};

/** Each entry has a line of its own. */
const textRead: PlyRead = async (file, bytes, header, visits, pause) => {
  const lines = new TextDecoder()
    .decode(bytes.subarray(header.headerBytes))
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '');
  const entry: PlyEntry = { values: [], starts: [] };
  const { values, starts } = entry;
  let at = 0;
  for (const element of header.elements) {
    const { name, count, properties } = element;
    if (count > lines.length - at) throw short(file, element, lines.length - at);
    for (let i = 0; i < count; i++) {
      const line = (lines[at++] as string).trim();
      const numbers = line.split(/\s+/).map(Number);
      let [filled, needed] = [0, 0];
      for (const [p, { countType }] of properties.entries()) {
        starts[p] = filled;
        const length = countType ? (numbers[needed++] ?? NaN) : 1;
        if (!isLength(length) && !Number.isNaN(length)) throw meshBroken(file, 'ply-length', { name, length });
        for (let k = 0; needed + k < numbers.length && k < length; k++)
          values[filled++] = numbers[needed + k] as number;
        // A length that is no number makes the line a bad one, below.
        needed += isLength(length) ? length : 0;
      }
      starts[properties.length] = filled;
      if (numbers.length !== needed || numbers.some(Number.isNaN)) {
        const shown = line.slice(0, 60);
        if (at === lines.length) throw meshTruncated(file, 'line-cut', { line: shown });
        throw meshBroken(file, 'ply-entry', { number: i + 1, name, line: shown, count: needed });
      }
      visits.get(element)?.(entry, i);
      const pausing = pause(at / lines.length);
      if (pausing) await pausing;
    }
  }
};

/**
 * Goes through everything; elements that nobody visits are only looked over.
 * @throws MeshImportError when the content is shorter than the header says, or contradicts it
 */
export async function plyContentRead(
  file: string,
  bytes: Uint8Array,
  header: PlyHeader,
  visits: PlyVisits,
  breathe: Breathe,
): Promise<void> {
  const read = header.format === 'ascii' ? textRead : binaryRead;
  await read(file, bytes, header, visits, slicesOf(breathe));
}
