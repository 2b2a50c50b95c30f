import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import golden from '../contract/golden/intervals.json';
import { rngFromSeed } from './rng';
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

  it('is Wilson’s for clusters of one, and takes no notice of empty ones', () => {
    const ones = clusters(1, ...Array<number>(60).fill(1), ...Array<number>(20).fill(0));
    expect(clusteredInterval([...ones, { n: 0, correct: 0 }])).toEqual(wilsonInterval(60, 80));
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

  it.each([
    // Objects, trials of each at most, share of hard objects, right answers about hard and about easy ones.
    [10, 4, 0.5, 0.1, 0.9],
    [30, 8, 0.25, 0.3, 0.9],
    [90, 8, 0.5, 0.1, 0.9],
    [40, 8, 0, 0, 0.7],
  ])('holds the true share 95 times of 100: %i objects of up to %i trials', (objects, most, hardShare, hard, easy) => {
    const rng = rngFromSeed('coverage');
    const truth = hardShare * hard + (1 - hardShare) * easy;
    const draws = 2000;
    const holds = ([lo, hi]: readonly [number, number]): number => (lo <= truth && truth <= hi ? 1 : 0);
    let [clustered, plain] = [0, 0];
    for (let draw = 0; draw < draws; draw++) {
      const drawn = Array.from({ length: objects }, () => {
        const [n, share] = [1 + rng.int(most), rng.chance(hardShare) ? hard : easy];
        return { n, correct: Array.from({ length: n }, () => rng.chance(share)).filter(Boolean).length };
      });
      const sum = (key: 'n' | 'correct'): number => drawn.reduce((total, one) => total + one[key], 0);
      clustered += holds(clusteredInterval(drawn)) / draws;
      plain += holds(wilsonInterval(sum('correct'), sum('n'))) / draws;
    }
    expect(clustered).toBeGreaterThan(0.935);
    expect(clustered).toBeLessThan(0.98);
    // What this is for: where objects differ, trials counted as independent promise too much.
    if (hardShare > 0) expect(plain).toBeLessThan(0.85);
  });

  it.each(golden.cases)('gives the numbers that Python must give: %o', ({ clusters: pairs, ci95 }) => {
    const [lo, hi] = clusteredInterval(pairs.map(([n, correct]) => ({ n: n as number, correct: correct as number })));
    expect(lo).toBeCloseTo(ci95[0] as number, 12);
    expect(hi).toBeCloseTo(ci95[1] as number, 12);
  });

  it('refuses a cluster with more right answers than trials', () => {
    expect(() => clusteredInterval([{ n: 2, correct: 3 }])).toThrow(RangeError);
  });
});
