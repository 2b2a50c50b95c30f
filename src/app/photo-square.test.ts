import { describe, expect, it } from 'vitest';
import { squareOf } from './photo-square';

describe('the square of a photo', () => {
  it.each([
    [400, 300, 0, { xPx: 50, yPx: 0, sidePx: 300 }],
    [400, 300, -1, { xPx: 0, yPx: 0, sidePx: 300 }],
    [400, 300, 1, { xPx: 100, yPx: 0, sidePx: 300 }],
    [300, 401, 0.5, { xPx: 0, yPx: 76, sidePx: 300 }],
    [300, 300, 1, { xPx: 0, yPx: 0, sidePx: 300 }],
    [400, 300, 7, { xPx: 100, yPx: 0, sidePx: 300 }],
  ])('%i × %i, shifted by %d', (widthPx, heightPx, shift, square) => {
    expect(squareOf(widthPx, heightPx, shift)).toEqual(square);
  });
});
