import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilsonInterval } from './wilson';

describe('wilsonInterval', () => {
  it.each([
    // Newcombe 1998, table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [29, 29, 0.883, 1],
  ])('%i of %i', (correct, n, lo, hi) => {
    const interval = wilsonInterval(correct, n);
    expect(interval[0]).toBeCloseTo(lo, 4);
    expect(interval[1]).toBeCloseTo(hi, 4);
  });

  it('knows nothing from nothing', () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  });

  it('holds the share, stays within 0 and 1, and mirrors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const correct = Math.round(share * n);
        const [lo, hi] = wilsonInterval(correct, n);
        expect(lo).toBeGreaterThanOrEqual(0);
        expect(hi).toBeLessThanOrEqual(1);
        expect(lo).toBeLessThanOrEqual(correct / n);
        expect(hi).toBeGreaterThanOrEqual(correct / n);
        const [mirrorLo, mirrorHi] = wilsonInterval(n - correct, n);
        expect(mirrorLo).toBeCloseTo(1 - hi, 12);
        expect(mirrorHi).toBeCloseTo(1 - lo, 12);
      }),
    );
  });

  it.each([
    [-1, 10],
    [11, 10],
    [1.5, 10],
    [0, -1],
    [0, Number.NaN],
  ])('refuses %d of %d', (correct, n) => {
    expect(() => wilsonInterval(correct, n)).toThrow(RangeError);
  });
});
