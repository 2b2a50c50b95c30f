import { describe, expect, it } from 'vitest';
import { pixelValuesFromSeed, pixelValuesFromViews } from './preprocess.ts';

const image = { sizePx: 2, mean: [0.5, 0.25, 0], std: [0.5, 0.25, 1] };
/** Pixel p, channel c of view v is 100·v + 10·p + c; alpha is 255. */
const view = (v: number) => ({
  sizePx: 2,
  data: Uint8ClampedArray.from({ length: 16 }, (_, i) =>
    i % 4 === 3 ? 255 : 100 * v + 10 * Math.floor(i / 4) + (i % 4),
  ),
});

describe('pixelValuesFromViews', () => {
  it('puts channels apart, view A first, and normalises by the manifest', () => {
    const values = pixelValuesFromViews(view(0), view(1), image);
    expect(values).toHaveLength(24);
    const at = (v: number, c: number, p: number) => values[(v * 3 + c) * 4 + p];
    for (const v of [0, 1]) {
      for (const c of [0, 1, 2]) {
        for (const p of [0, 1, 2, 3]) {
          const byte = 100 * v + 10 * p + c;
          expect(at(v, c, p)).toBeCloseTo((byte / 255 - (image.mean[c] ?? 0)) / (image.std[c] ?? 1), 6);
        }
      }
    }
  });

  it('names both sizes when they differ, and the view', () => {
    const call = () => pixelValuesFromViews(view(0), { sizePx: 3, data: new Uint8ClampedArray(36) }, image);
    expect(call).toThrow(/View B is 3 px wide, but the model takes 2 px/);
    expect(() => pixelValuesFromViews({ sizePx: 2, data: new Uint8ClampedArray(12) }, view(1), image)).toThrow(
      /View A holds 12 bytes/,
    );
  });
});

describe('pixelValuesFromSeed', () => {
  it('follows the formula of the schema with exact integers', () => {
    const values = pixelValuesFromSeed(123, 16);
    for (const i of [0, 1, 2, 1000, values.length - 1]) {
      const expected = Number((BigInt(i) * 2654435761n + 123n) % 4294967296n) / 2 ** 31 - 1;
      expect(values[i]).toBe(Math.fround(expected));
    }
  });
});
