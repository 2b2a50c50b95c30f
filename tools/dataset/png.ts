/** Pictures as PNG: 8-bit RGB, no filter, one compressed stream (RFC 2083). */
import { crc32, deflateSync } from 'node:zlib';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, check]);
}

/** @param rgb `sizePx`² pixels of 3 bytes, top row first */
export function pngFromRgb(rgb: Uint8Array, sizePx: number): Buffer {
  const rowBytes = sizePx * 3;
  if (rgb.length !== rowBytes * sizePx) throw new RangeError(`${rgb.length} bytes are no picture of ${sizePx} px`);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(sizePx, 0);
  header.writeUInt32BE(sizePx, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc((rowBytes + 1) * sizePx);
  for (let y = 0; y < sizePx; y++) rows.set(rgb.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
