/** The committed answers are those of the shipped model, for every pair that a first visit may open with. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import type { PresetAnswers } from '../../src/contract/preset-answers';
import schema from '../../src/contract/preset-answers.schema.json';
import { MODEL_ID } from '../../src/app/model-id';
import { presetKey, presetPairs } from '../../src/state/preset-pairs';
import { builtinIds } from './objects';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('preset answers', () => {
  const presets = JSON.parse(read('src/contract/preset-answers.json')) as PresetAnswers;

  it('follow their schema', () => {
    const validate = new Ajv().compile(schema);
    expect(validate(presets), JSON.stringify(validate.errors)).toBe(true);
  });

  it('are of the shipped model; else write them anew: npm run eval -- --presets', () => {
    const sha256 = createHash('sha256')
      .update(read(`public/models/${MODEL_ID}/manifest.json`))
      .digest('hex');
    expect(presets).toMatchObject({ model: MODEL_ID, manifestSha256: sha256 });
  });

  it('are there for every pair, with shares that sum to one', () => {
    const keys = presetPairs(builtinIds()).map(({ objectId, seed, family }) => presetKey(objectId, seed, family));
    expect(Object.keys(presets.answers).sort()).toEqual([...new Set(keys)].sort());
    for (const [key, shares] of Object.entries(presets.answers)) {
      expect(Object.keys(shares).sort(), key).toEqual(['left', 'none', 'right']);
      expect(
        Object.values(shares).reduce((sum, share) => sum + share, 0),
        key,
      ).toBeCloseTo(1, 2);
    }
  });
});
