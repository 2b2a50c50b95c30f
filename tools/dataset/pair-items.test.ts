import Ajv from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import itemSchema from '../../src/contract/item.schema.json';
import { orbitChange } from '../../src/core/relative-pose';
import { rngFromSeed } from '../../src/core/rng';
import { oppositeAnswerKey, PAIR_FAMILY_IDS, type PairFamilyId } from '../../src/questions/broad-families';
import { familyColumns, pairItems, type PairItem } from '../../src/questions/pair-items';
import { pairTruth } from '../../src/questions/pair-truth';
import { setCard } from '../../src/questions/set-card';
import { magnitudeSizesDeg, slotsDeal } from '../../src/questions/slot-dealer';
import { sampleObjects } from './sample-objects.test-helper';

const OBJECTS = sampleObjects(90);
const FEW = OBJECTS.slice(0, 7);
const of = (family: PairFamilyId, count: number, seed = 's1', objects = OBJECTS): PairItem[] =>
  pairItems({ seed, family, count, split: 'train', objects });
const spread = (counts: readonly number[]): number => Math.max(...counts) - Math.min(...counts);

describe('pairItems', () => {
  const validate = new Ajv({ strict: false }).compile(itemSchema);

  it.each(PAIR_FAMILY_IDS)('%s: items obey the schema and their poses', (family) => {
    const made = of(family, 36);
    expect(made).toHaveLength(36);
    for (const { item } of made) {
      expect(validate(item), JSON.stringify(validate.errors)).toBe(true);
      expect(pairTruth(item.question as PairFamilyId & 'vertical', item.viewA, item.viewB)).toEqual({
        kind: 'key',
        key: item.answerKey,
      });
      expect(item.options.filter(({ key }) => key === item.answerKey)).toHaveLength(1);
    }
    expect(new Set(made.map(({ item }) => item.id)).size).toBe(36);
  });

  it.each([
    ['ego-translation', { left: 90, right: 90, none: 0 }],
    ['object-translation', { left: 90, right: 90, none: 0 }],
    ['ego-rotation', { left: 90, right: 90, none: 0 }],
    ['no-movement', { left: 0, right: 0, none: 180 }],
    ['vertical', { up: 60, down: 60, same: 60 }],
    ['distance', { closer: 60, farther: 60, same: 60 }],
    ['decoupled', { 'moved-right': 36, 'moved-left': 36, 'turned-right': 36, 'turned-left': 36, neither: 36 }],
  ] as const)('%s: keys and letters are exactly even', (family, keys) => {
    const card = setCard(of(family, 180).map(({ item }) => item)).families[family];
    expect(card?.keys).toEqual(keys);
    expect(new Set(Object.values(card?.letters ?? {})).size).toBe(1);
  });

  it('magnitude: sides and letters are even, every option has its mirror, and no rank is favoured', () => {
    const made = of('magnitude', 360);
    const ranks = [0, 0, 0];
    for (const { item } of made) {
      const keys = item.options.map(({ key }) => key);
      expect(keys).toContain(oppositeAnswerKey(item.answerKey));
      const sizes = [...new Set(keys.map((key) => Number(key.split('-')[1])))].sort((a, b) => a - b);
      expect(sizes).toHaveLength(3);
      expect(
        Math.min((sizes[1] as number) - (sizes[0] as number), (sizes[2] as number) - (sizes[1] as number)),
      ).toBeGreaterThanOrEqual(15);
      const rank = sizes.indexOf(Number(item.answerKey.split('-')[1]));
      ranks[rank] = (ranks[rank] ?? 0) + 1;
    }
    expect(made.filter(({ item }) => item.answerKey.startsWith('right'))).toHaveLength(180);
    expect(Object.values(setCard(made.map(({ item }) => item)).families['magnitude']?.letters ?? {})).toEqual([
      60, 60, 60, 60, 60, 60,
    ]);
    for (const count of ranks) expect(count).toBeGreaterThan(90);
  });

  it('is a function of its seed, and uses objects in turn', () => {
    expect(of('vertical', 30)).toEqual(of('vertical', 30));
    expect(of('vertical', 30, 's2')).not.toEqual(of('vertical', 30));
    const made = of('ego-rotation', 42, 's1', FEW);
    expect(spread(FEW.map((_, index) => made.filter(({ objectIndex }) => objectIndex === index).length))).toBe(0);
  });

  it.each(PAIR_FAMILY_IDS)('%s: asks about no pair of views twice, and stays even until none is left', (family) => {
    const made = of(family, 2000, 's1', FEW);
    const pairs = made.map(({ objectIndex, viewA, viewB }) => [objectIndex, ...[viewA, viewB].sort()].join());
    expect(new Set(pairs).size).toBe(made.length);
    // Nearly all that there is: two standing pairs, some ten or more of everything else.
    expect(made.length).toBeGreaterThanOrEqual(FEW.length * (family === 'no-movement' ? 2 : 9));
    expect(made.length).toBeLessThan(2000);
    const { keys, letters } = setCard(made.map(({ item }) => item)).families[family] ?? { keys: {}, letters: {} };
    const own =
      family === 'magnitude'
        ? ['left', 'right'].map((side) => made.filter(({ item }) => item.answerKey.startsWith(side)).length)
        : Object.values(keys).filter((count) => count > 0);
    expect(own).toHaveLength({ 'no-movement': 1, vertical: 3, distance: 3, decoupled: 5 }[family as 'vertical'] ?? 2);
    // Distance has twelve columns for its three keys: a part of a round may hold one of them more often.
    expect(spread(own)).toBeLessThanOrEqual(family === 'distance' ? 3 : 1);
    expect(spread(Object.values(letters))).toBeLessThanOrEqual(2);
    expect(new Set(made.map(({ item }) => item.id)).size).toBe(made.length);
  });

  it('takes another way to the same answer where one is used up: an object holds one zoom', () => {
    const made = of('distance', 12 * FEW.length, 's1', FEW);
    expect(made).toHaveLength(12 * FEW.length);
    expect(made.filter(({ item }) => item.viewA.fovYDeg !== item.viewB.fovYDeg)).toHaveLength(FEW.length);
    expect(made.filter(({ item }) => item.answerKey === 'same')).toHaveLength(4 * FEW.length);
  });

  it('spreads |Δ azimuth| over the evaluation range', () => {
    const sizes = of('ego-translation', 160).map(({ item }) =>
      Math.abs(orbitChange(item.viewA, item.viewB, [0, 0, 0]).deltaAzimuthDeg),
    );
    for (const [lo, hi] of [
      [20, 40],
      [40, 60],
      [60, 80],
      [80, 100],
    ] as const)
      expect(sizes.filter((deg) => deg >= lo && deg <= hi).length).toBeGreaterThan(20);
  });

  it('a quarter of the distance items zoom without moving', () => {
    const zooms = of('distance', 120).filter(({ item }) => item.viewA.fovYDeg !== item.viewB.fovYDeg);
    expect(zooms).toHaveLength(30);
    for (const { item } of zooms) expect(item.viewB.positionWorld).toEqual(item.viewA.positionWorld);
    expect(zooms.every(({ item }) => item.answerKey === 'same')).toBe(true);
  });

  it('decoupled pairs stand on a textured floor; no other family sees it', { timeout: 30_000 }, () => {
    for (const family of PAIR_FAMILY_IDS)
      for (const { item } of of(family, 10))
        for (const { scene } of [item.viewA, item.viewB]) expect('worldGround' in scene).toBe(family === 'decoupled');
  });

  it('gives nothing where no object has a pair, and refuses seeds that no file name can hold', () => {
    const still = OBJECTS.map((object) => ({ ...object, views: object.views.slice(0, 1) }));
    expect(pairItems({ seed: 's', family: 'vertical', count: 9, split: 'train', objects: still })).toEqual([]);
    expect(() => of('vertical', 1, 'a/b')).toThrow(/file names/);
  });
});

describe('slots', () => {
  it.each(PAIR_FAMILY_IDS)('%s: a full deck holds every column with every letter equally often', (family) => {
    const columns = familyColumns(family);
    const counts = new Map<string, number>();
    for (const { column, letterIndex } of slotsDeal(columns, 5, columns.length * 5, rngFromSeed(family))) {
      const name = `${column.question} ${column.pairColumn} ${letterIndex}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const times = columns.length / new Set(columns.map(({ question, pairColumn }) => question + pairColumn)).size;
    if (family === 'distance') expect(Math.max(...counts.values())).toBeLessThanOrEqual(3);
    else expect([...counts.values()].every((count) => count === times)).toBe(true);
  });
});

describe('magnitudeSizesDeg', () => {
  it('gives each size equally often as the truth, whatever options stand beside it', () => {
    const rng = rngFromSeed(5);
    const seen = new Map<number, number>();
    let first = 0;
    const draws = 20_000;
    for (let i = 0; i < draws; i++) {
      const truthDeg = 20 + rng.int(81);
      const sizes = magnitudeSizesDeg(truthDeg, rng);
      for (const size of sizes) seen.set(size, (seen.get(size) ?? 0) + 1);
      if (sizes[0] === truthDeg) first++;
    }
    // Every size of the circle is offered alike, so the options themselves carry no hint.
    const counts = Array.from({ length: 81 }, (_, index) => seen.get(20 + index) ?? 0);
    expect(Math.min(...counts)).toBeGreaterThan(0.8 * ((3 * draws) / 81));
    expect(first / draws).toBeCloseTo(1 / 3, 1);
    expect(() => magnitudeSizesDeg(19, rng)).toThrow(RangeError);
  });
});
