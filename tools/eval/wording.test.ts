import { describe, expect, it } from 'vitest';
import paraphrases from '../../src/contract/paraphrases.json';
import { sceneSpecSample } from '../../src/core/scene-spec';
import type { ViewpointItem } from '../../src/questions/item-generator';
import { itemSet } from '../../src/testing/item-set';
import { itemReworded } from './wording';

const ITEMS = itemSet(
  {
    seed: 5,
    families: ['ego-translation'],
    count: 40,
    split: 'test',
    objectIds: ['box'],
    sampleScene: sceneSpecSample,
  },
  () => [
    [-0.5, -0.5, -0.5],
    [0.5, 0.5, 0.5],
  ],
);

describe('itemReworded', () => {
  it('asks in wordings that training never used, all of them, and changes nothing else', () => {
    const reworded = ITEMS.map(itemReworded);
    expect(new Set(reworded.map(({ stem }) => stem))).toEqual(new Set(paraphrases.heldOut['ego-translation']));
    expect(reworded.map((item, index) => ({ ...item, stem: ITEMS[index]?.stem }))).toEqual(ITEMS);
    for (const { stem } of reworded) expect(paraphrases.taught['ego-translation']).not.toContain(stem);
  });

  it('says which question has no other wording', () => {
    const unknown = { ...ITEMS[0], question: 'facing' } as unknown as ViewpointItem;
    expect(() => itemReworded(unknown)).toThrow(/held-out wording of "facing"/);
  });
});
