import { describe, expect, it } from 'vitest';
import type { PresetAnswers } from '../contract/preset-answers';
import { LEVEL_START } from './guess-level';
import { DEFAULT_OBJECT_ID } from './page-defaults';
import { PRESET_SEEDS, presetKey, presetPairs, presetShares } from './preset-pairs';

const IDS = ['car', 'mug', 'chair', 'letter-f'];
const ANSWERS: PresetAnswers = {
  schemaVersion: 1,
  model: 'm',
  manifestSha256: '',
  device: '',
  answers: { 'car/3/vertical': { up: 0.75, down: 0.25 } },
};

describe('preset pairs', () => {
  it('have every first seed with the object of a first visit and the one that comes next, three questions each', () => {
    const pairs = presetPairs(IDS);
    expect(new Set(pairs.map(({ objectId, seed, family }) => presetKey(objectId, seed, family))).size).toBe(
      pairs.length,
    );
    for (let seed = 1; seed <= PRESET_SEEDS; seed += 1) {
      const ids = pairs.filter((pair) => pair.seed === seed).map(({ objectId }) => objectId);
      expect(ids.filter((id) => id === DEFAULT_OBJECT_ID)).toHaveLength(3);
      expect(ids.length === 3 || ids.length === 6).toBe(true);
    }
    expect(new Set(pairs.map(({ objectId }) => objectId)).size).toBeGreaterThan(2);
  });

  it('are known at the first difficulty only, and never by the name of an object’s own property', () => {
    const pair = { objectId: 'car', seed: 3, level: LEVEL_START, family: 'vertical' } as const;
    expect(presetShares(ANSWERS, pair)).toEqual({ up: 0.75, down: 0.25 });
    expect(presetShares(ANSWERS, { ...pair, level: LEVEL_START + 1 })).toBeNull();
    expect(presetShares(ANSWERS, { ...pair, seed: 4 })).toBeNull();
  });
});
