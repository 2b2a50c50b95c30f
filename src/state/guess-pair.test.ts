import { describe, expect, it } from 'vitest';
import { degDifference } from '../core/angles';
import type { Vec3 } from '../core/vec3';
import { angleOfKey } from '../questions/broad-families';
import { PAGE_FAMILY_IDS, pageGrade, type PageFamilyId } from '../questions/page-families';
import { guessPair } from './guess-pair';
import { LEVEL_MAX, LEVEL_START, levelTurnDeg } from './guess-level';
import { pairOptions, pairTruth } from './pair';

const CUBE: readonly Vec3[] = [-0.5, 0.5].flatMap((x) =>
  [-0.5, 0.5].flatMap((y) => [-0.5, 0.5].map((z): Vec3 => [x, y, z])),
);
const HARDER_AND_EASIER = [0, 1, 3, LEVEL_MAX];
const GRADED = PAGE_FAMILY_IDS.filter((id) => id !== 'free');
const SEEDS = Array.from({ length: 240 }, (_, seed) => seed);

const keyOf = (family: PageFamilyId, seed: number, level = 2): string => {
  const pair = guessPair(seed, 'car', family, CUBE, level);
  const { answer } = pairTruth(pair, family);
  if (answer.kind !== 'key') throw new Error(`${family}, seed ${seed}: ${answer.reason}`);
  expect(pairOptions(pair, family).map(({ key }) => key)).toContain(answer.key);
  return answer.key;
};

describe('the pair of a seed', () => {
  it.each(GRADED)('of %s always has an answer among its options, the same every time', (family) => {
    for (const seed of SEEDS.slice(0, 60)) {
      for (const level of [0, 2, LEVEL_MAX]) keyOf(family, seed, level);
      expect(guessPair(seed, 'car', family, CUBE).key).toBe(guessPair(seed, 'car', family, CUBE).key);
    }
  });

  it('shows no two pictures that are the same, however the camera stayed', () => {
    const stayed = SEEDS.map((seed) => guessPair(seed, 'car', 'no-movement', CUBE)).filter(
      (pair) =>
        pairTruth(pair, 'no-movement').answer.kind === 'key' && pair.a.orbit.azimuthDeg === pair.b.orbit.azimuthDeg,
    );
    expect(stayed.length).toBeGreaterThan(40);
    for (const { a, b } of stayed) expect(a.scene).not.toEqual(b.scene);
  });

  it.each(['no-movement', 'vertical', 'distance', 'decoupled', 'facing'] as const)(
    'of %s has each answer about equally often',
    (family) => {
      const counts = new Map<string, number>();
      for (const seed of SEEDS) {
        const key = keyOf(family, seed);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      const options = pairOptions(guessPair(1, 'car', family, CUBE), family);
      expect(counts.size).toBe(options.length);
      const even = SEEDS.length / options.length;
      for (const [key, count] of counts) expect(count, key).toBeGreaterThan(0.6 * even);
    },
  );

  it('zooms without moving in some of the pairs about distance', () => {
    const pairs = SEEDS.map((seed) => guessPair(seed, 'car', 'distance', CUBE));
    const zooms = pairs.filter(({ a, b }) => a.pose.fovYDeg !== b.pose.fovYDeg);
    expect(zooms.length / pairs.length).toBeGreaterThan(0.15);
    expect(zooms.length / pairs.length).toBeLessThan(0.35);
    for (const { a, b } of zooms) expect(b.pose.positionWorld).toEqual(a.pose.positionWorld);
  });

  it('offers the true angle and its mirror', () => {
    for (const seed of SEEDS.slice(0, 40)) {
      const pair = guessPair(seed, 'car', 'magnitude', CUBE);
      const keys = pairOptions(pair, 'magnitude').map(({ key }) => key);
      expect(new Set(keys).size).toBe(6);
      for (const key of keys)
        expect(keys).toContain(key.startsWith('left') ? key.replace('left', 'right') : key.replace('right', 'left'));
    }
  });

  it.each(HARDER_AND_EASIER)('gives no size away by its place among those that are offered, on level %d', (level) => {
    const places = [0, 0, 0];
    for (let seed = 0; seed < 900; seed++) {
      const pair = guessPair(seed, 'car', 'magnitude', CUBE, level);
      const truthDeg = Math.abs(degDifference(pair.b.orbit.azimuthDeg, pair.a.orbit.azimuthDeg));
      const sizesDeg = pairOptions(pair, 'magnitude').map(({ key }) => Math.abs(angleOfKey(key) ?? 0));
      const place = [...new Set(sizesDeg)].sort((a, b) => a - b).indexOf(Math.round(truthDeg));
      places[place] = (places[place] ?? 0) + 1;
    }
    // A third of 900, and four standard deviations.
    for (const count of places) expect(Math.abs(count - 300), places.join()).toBeLessThan(4 * Math.sqrt(200));
  });

  it('rises or sinks beside the turn only above the start, and stays above the floor', () => {
    const rises = (level: number): number[] =>
      SEEDS.slice(0, 60).map((seed) => {
        const { a, b } = guessPair(seed, 'car', 'magnitude', CUBE, level);
        expect(Math.min(a.orbit.elevationDeg, b.orbit.elevationDeg)).toBeGreaterThan(4);
        return Math.round(Math.abs(b.orbit.elevationDeg - a.orbit.elevationDeg));
      });
    expect([0, 1, LEVEL_START, 3, LEVEL_MAX].map((level) => [...new Set(rises(level))])).toEqual([
      [0],
      [0],
      [0],
      [5],
      [10],
    ]);
  });

  it.each(HARDER_AND_EASIER)('shows no height in one picture alone that decides on level %d', (level) => {
    const counts = { low: 0, high: 0 };
    for (const seed of SEEDS) {
      const { a, b } = guessPair(seed, 'car', 'vertical', CUBE, level);
      if (a.orbit.elevationDeg === b.orbit.elevationDeg) counts[a.orbit.elevationDeg > 18 ? 'high' : 'low']++;
    }
    // Half of a third; a few of the high ones stand below 18°.
    expect(counts.high).toBeGreaterThan(SEEDS.length / 9);
    expect(counts.low).toBeGreaterThan(SEEDS.length / 9);
  });

  it.each([
    ['vertical', 2, '-96.8338,29.6222,3.0455', '-42.9019,17.3253,3.0455'],
    ['vertical', 3, '-103.2444,7.4681,2.7842', '-140.6486,7.4681,2.7842'],
    ['vertical', 5, '1.0421,6.6563,3.1391', '-26.0007,29.8376,3.1391'],
    ['magnitude', 1, '56.9567,6.4767,2.7371', '23.9567,6.4767,2.7371'],
    ['magnitude', 3, '-178.6001,10.1697,2.6778', '-101.6001,10.1697,2.6778'],
  ] as const)('of %s %d is at the start what links to it say', (family, seed, a, b) => {
    expect(guessPair(seed, 'car', family, CUBE).key).toContain(`car|${a},,,|${b},,,|`);
  });

  it('turns less the harder it is', () => {
    for (const level of [0, LEVEL_MAX]) {
      const [lo, hi] = levelTurnDeg(level);
      for (const seed of SEEDS.slice(0, 60)) {
        const { a, b } = guessPair(seed, 'car', 'ego-translation', CUBE, level);
        const turnDeg = Math.abs(degDifference(b.orbit.azimuthDeg, a.orbit.azimuthDeg));
        if (turnDeg === 0) continue;
        expect(turnDeg).toBeGreaterThanOrEqual(lo - 1e-9);
        expect(turnDeg).toBeLessThanOrEqual(hi + 1e-9);
      }
    }
  });
});

describe('grading', () => {
  it('takes an angle that no other option would be nearer to', () => {
    const truth = { kind: 'key', key: 'right-45' } as const;
    expect(pageGrade('magnitude', truth, 'right-45').kind).toBe('correct');
    expect(pageGrade('magnitude', truth, 'right-39').kind).toBe('correct');
    expect(pageGrade('magnitude', truth, 'right-37').kind).toBe('wrong');
    expect(pageGrade('magnitude', truth, 'left-45').kind).toBe('wrong');
    // Near in degrees, but the other way round.
    expect(pageGrade('magnitude', { kind: 'key', key: 'right-5' }, 'left-2').kind).toBe('wrong');
  });

  it('has no verdict on own words, nor on the side of an object without a front', () => {
    const pair = guessPair(3, 'block-figure-a', 'free', CUBE);
    expect(pairTruth(pair, 'free').answer).toEqual({ kind: 'undecided', reason: 'no-verdict' });
    expect(pairTruth(pair, 'facing').answer).toEqual({ kind: 'undecided', reason: 'no-front' });
    expect(pageGrade('free', pairTruth(pair, 'free').answer, 'Is it red?').kind).toBe('ungraded');
  });
});
