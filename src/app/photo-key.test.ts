import { describe, expect, it } from 'vitest';
import type { ViewPixels } from '../inference/engine';
import { photosKey } from './photo-key';

const photo = (grey: number): ViewPixels => ({ data: new Uint8ClampedArray(4 * 2 * 2).fill(grey), sizePx: 2 });

describe('photosKey', () => {
  it('is the same for the same pictures, so that a second question goes on from the first', () => {
    expect(photosKey(photo(10), photo(20))).toBe(photosKey(photo(10), photo(20)));
  });

  it('is another one for other pictures, another order and another size', () => {
    const large: ViewPixels = { data: new Uint8ClampedArray(4 * 4 * 4).fill(10), sizePx: 4 };
    const keys = [
      photosKey(photo(10), photo(20)),
      photosKey(photo(20), photo(10)),
      photosKey(photo(10), photo(21)),
      photosKey(large, photo(20)),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
