import { describe, expect, it } from 'vitest';
import { placeTurn, type CameraPlace } from '../core/camera-place';
import { EVALUATION_RANGES } from '../questions/item-generator';
import type { PageFamilyId } from '../questions/page-families';
import { guessPair } from './guess-pair';
import { hasKnownLens, rangeIssues } from './training-range';

const A: CameraPlace = { azimuthDeg: 170, elevationDeg: 10, distanceM: 4 };
const B: CameraPlace = { azimuthDeg: -140, elevationDeg: 14, distanceM: 4.2 };

describe('what lies outside of the training', () => {
  it('is nothing for a pair of the evaluation, across ±180°, or without any movement', () => {
    expect(rangeIssues('ego-translation', A, B)).toEqual([]);
    expect(rangeIssues('ego-translation', B, A)).toEqual([]);
    expect(rangeIssues('ego-translation', A, A)).toEqual([]);
  });

  it.each<[string, CameraPlace, CameraPlace, readonly string[]]>([
    ['A from high above', { ...A, elevationDeg: 46 }, { ...B, elevationDeg: 50 }, ['elevation-a']],
    ['B from far below', { ...A, elevationDeg: -4 }, { ...B, elevationDeg: -12 }, ['elevation-b']],
    ['a small turn', A, { ...B, azimuthDeg: A.azimuthDeg + 19 }, ['azimuth']],
    ['a large turn', A, { ...B, azimuthDeg: A.azimuthDeg + 101 }, ['azimuth']],
    ['a rise', A, { ...B, elevationDeg: A.elevationDeg + 16 }, ['delta-elevation']],
    ['a step back', A, { ...B, distanceM: 4.5 }, ['distance']],
    ['a look past the object', A, placeTurn(B, 2, 0), ['aim']],
    ['only a step back', A, { ...A, distanceM: 6 }, ['azimuth', 'distance']],
  ])('names %s', (_name, a, b, issues) => {
    expect(rangeIssues('ego-translation', a, b)).toEqual(issues);
  });

  const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);
  const BOX = [-0.5, 0.5].flatMap((x) => [-0.4, 0.4].flatMap((y) => [-0.3, 0.3].map((z) => [x, y, z] as const)));
  it.each<PageFamilyId>(['ego-translation', 'no-movement', 'vertical', 'distance', 'decoupled', 'magnitude', 'facing'])(
    'is nothing of what Guess asks: %s',
    (family) => {
      const found = SEEDS.flatMap((seed) => {
        const { a, b } = guessPair(seed, 'box', family, BOX);
        return rangeIssues(family, a.orbit, b.orbit);
      });
      expect(found).toEqual([]);
    },
  );

  it('depends on the question', () => {
    const zoomed: CameraPlace = { ...A, fovYDeg: 24 };
    expect(rangeIssues('distance', A, zoomed)).toEqual([]);
    expect(rangeIssues('vertical', A, zoomed)).toEqual(['lens']);
    expect(rangeIssues('decoupled', A, { ...placeTurn(A, 9, 0), distanceM: 6 })).toEqual(['distance']);
  });

  it('holds at the ends of the ranges', () => {
    for (const turnDeg of EVALUATION_RANGES.absDeltaAzimuthDeg)
      expect(rangeIssues('ego-translation', A, { ...A, azimuthDeg: A.azimuthDeg + turnDeg })).toEqual([]);
  });
});

describe('the lens', () => {
  it('is known when both views share one of the range, the page’s own among them', () => {
    expect(hasKnownLens(A, B)).toBe(true);
    expect(hasKnownLens({ ...A, fovYDeg: 52 }, { ...B, fovYDeg: 52 })).toBe(true);
    expect(hasKnownLens({ ...A, fovYDeg: 36 }, B, 36)).toBe(true);
  });

  it('is not known when one view zooms, or both are wider or narrower', () => {
    expect(hasKnownLens(A, { ...B, fovYDeg: 30 })).toBe(false);
    expect(hasKnownLens({ ...A, fovYDeg: 53 }, { ...B, fovYDeg: 53 })).toBe(false);
    expect(hasKnownLens(A, B, 27)).toBe(false);
  });
});
