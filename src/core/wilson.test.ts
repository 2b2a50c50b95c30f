import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusteredInterval, wilsonInterval } from './wilson';

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

describe('clusteredInterval', () => {
  const clusters = (size: number, ...corrects: number[]) => corrects.map((correct) => ({ n: size, correct }));

  it('is Wilson’s for clusters of one', () => {
    const [lo, hi] = clusteredInterval(clusters(1, ...Array<number>(60).fill(1), ...Array<number>(20).fill(0)));
    const [plainLo, plainHi] = wilsonInterval(60, 80);
    // Sample variances divide by one less: 80 trials vary as 79 would.
    expect(lo).toBeCloseTo(plainLo, 2);
    expect(hi).toBeCloseTo(plainHi, 2);
  });

  it('counts clusters, not trials, when a cluster is all right or all wrong', () => {
    const [lo, hi] = clusteredInterval(clusters(4, ...Array<number>(15).fill(4), ...Array<number>(5).fill(0)));
    const [fewLo, fewHi] = wilsonInterval(15, 20);
    expect(lo).toBeCloseTo(fewLo, 1);
    expect(hi).toBeCloseTo(fewHi, 1);
    expect(hi - lo).toBeGreaterThan(1.8 * (wilsonInterval(60, 80)[1] - wilsonInterval(60, 80)[0]));
  });

  it('is never narrower than of independent trials, and defined for one cluster and for none', () => {
    expect(clusteredInterval(clusters(4, 3, 3, 3, 3))).toEqual(wilsonInterval(12, 16));
    expect(clusteredInterval(clusters(5, 3))).toEqual(wilsonInterval(3, 5));
    expect(clusteredInterval([])).toEqual([0, 1]);
  });

  it('refuses a cluster with more right answers than trials', () => {
    expect(() => clusteredInterval([{ n: 2, correct: 3 }])).toThrow(RangeError);
  });
});
