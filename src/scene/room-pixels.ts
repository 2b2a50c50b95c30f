/**
 * The soft-box room that objects mirror, already blurred for every roughness (`npm run environment` made it). Rendering it takes a graphics
 * card an instant, but seconds where there is none, on every visit. No three.js here: the file is fetched while that still comes.
 */
import roomUrl from './room-environment.bin?url';

/** Sides of a cube's faces, from a mirror's to the roughest: what three.js expects of a room of 256 pixels. */
export const ROOM_FACES_PX = [256, 128, 64, 32, 16, 8] as const;
export const CUBE_FACES = 6;

/** Grey, as the room is: half floats' bits; by level, then by face (+x, −x, +y, −y, +z, −z), row by row. */
export type RoomPixels = readonly (readonly Uint16Array[])[];

/** Bits that the file leaves out at the end of each half float: a quarter of a percent, less than a screen's step. */
const BITS_LEFT_OUT = 2;

/** Guesses a pixel from those to its left and above: the median of both and of the plane through them (as in lossless JPEG). */
function guessFrom(pixels: Uint16Array, at: number, facePx: number): number {
  const isFirstColumn = at % facePx === 0;
  const above = pixels[at - facePx] ?? 0;
  if (isFirstColumn) return above;
  const left = pixels[at - 1] as number;
  if (at < facePx) return left;
  const plane = left + above - (pixels[at - facePx - 1] as number);
  return Math.min(Math.max(plane, Math.min(left, above)), Math.max(left, above));
}

const pixelCount = CUBE_FACES * ROOM_FACES_PX.reduce<number>((sum, facePx) => sum + facePx ** 2, 0);

/** The other way round: what {@link roomPixelsDecode} reads. High bytes first, then low ones. */
export function roomPixelsEncode(room: RoomPixels): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * pixelCount);
  let to = 0;
  for (const [level, facePx] of ROOM_FACES_PX.entries())
    for (const face of room[level] ?? []) {
      const short = face.map((bits) => (bits + (1 << (BITS_LEFT_OUT - 1))) >> BITS_LEFT_OUT);
      for (let at = 0; at < short.length; at++, to++) {
        const off = (short[at] as number) - guessFrom(short, at, facePx);
        // Small either way becomes small and positive.
        const folded = off < 0 ? -2 * off - 1 : 2 * off;
        bytes[to] = folded >> 8;
        bytes[to + pixelCount] = folded & 0xff;
      }
    }
  return bytes;
}

/** @throws Error when the bytes are not as many as a room has */
export function roomPixelsDecode(bytes: Uint8Array): RoomPixels {
  if (bytes.length !== 2 * pixelCount)
    throw new Error(`The room's file unpacks to ${bytes.length} bytes instead of ${2 * pixelCount}.`);
  let from = 0;
  return ROOM_FACES_PX.map((facePx) =>
    Array.from({ length: CUBE_FACES }, () => {
      const face = new Uint16Array(facePx ** 2);
      for (let at = 0; at < face.length; at++, from++) {
        const folded = ((bytes[from] as number) << 8) | (bytes[from + pixelCount] as number);
        face[at] = guessFrom(face, at, facePx) + (folded & 1 ? -(folded + 1) / 2 : folded / 2);
      }
      return face.map((short) => short << BITS_LEFT_OUT);
    }),
  );
}

let loading: Promise<void> | null = null;
let loaded: RoomPixels | null = null;

async function fetchAndUnpack(): Promise<RoomPixels> {
  const response = await fetch(roomUrl);
  if (!response.ok || !response.body) throw new Error(`${roomUrl}: ${response.status}`);
  const unpacked = new Response(response.body.pipeThrough(new DecompressionStream('gzip')));
  return roomPixelsDecode(new Uint8Array(await unpacked.arrayBuffer()));
}

/** Resolves when {@link roomPixels} can be asked; whoever draws waits for it first. Never fails: a room can be rendered too. */
export function roomPixelsLoad(): Promise<void> {
  loading ??= fetchAndUnpack().then(
    (room) => {
      loaded = room;
    },
    (error: unknown) =>
      console.warn('The room that objects mirror is rendered here, because its file did not come:', error),
  );
  return loading;
}

/** Null before {@link roomPixelsLoad} and when the file did not come. */
export const roomPixels = (): RoomPixels | null => loaded;
