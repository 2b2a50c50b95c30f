import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CUBE_FACES, ROOM_FACES_PX, roomPixelsDecode, roomPixelsEncode } from './room-pixels';

const faces = (make: (at: number) => number) =>
  ROOM_FACES_PX.map((facePx) =>
    Array.from({ length: CUBE_FACES }, (_, face) =>
      Uint16Array.from({ length: facePx ** 2 }, (_, at) => make(face + at)),
    ),
  );

describe('the room that objects mirror', () => {
  it('comes back from its bytes within the bits that they leave out, however it looks', () => {
    const room = faces((at) => (at * 7919) % 0x7c00);
    roomPixelsDecode(roomPixelsEncode(room)).forEach((level, index) =>
      level.forEach((face, side) =>
        face.forEach((bits, at) => {
          const off = Math.abs(bits - (room[index]?.[side]?.[at] as number));
          if (off > 2) throw new Error(`level ${index}, face ${side}, pixel ${at}: ${off} off`);
        }),
      ),
    );
  });

  it('has a file that fits, and shines from above', () => {
    const room = roomPixelsDecode(gunzipSync(readFileSync('src/scene/room-environment.bin')));
    const [up, down] = [2, 3].map((side) => Math.max(...(room[0]?.[side] ?? [])));
    expect(up).toBeGreaterThan(down as number);
  });

  it('refuses a file that was cut', () => {
    expect(() => roomPixelsDecode(new Uint8Array(1000))).toThrow(/1000 bytes instead of 1048320/);
  });
});
