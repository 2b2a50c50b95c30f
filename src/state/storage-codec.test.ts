import { describe, expect, it } from 'vitest';
import {
  SCORE_EMPTY,
  STORED_EMPTY,
  scoreHardest,
  scoreSum,
  storedRead,
  storedWrite,
  type Stored,
} from './storage-codec';

describe('what the browser keeps', () => {
  it('restores what it wrote', () => {
    const score = { ...SCORE_EMPTY, 'ego-rotation': { correct: 2, total: 5 } };
    const stored: Stored = { theme: 'dark', language: 'zh', score, tourSeen: true, singleKeys: false };
    expect(storedRead(storedWrite(stored))).toEqual(stored);
  });

  it.each([
    null,
    '',
    '{',
    'null',
    '7',
    '[]',
    '{"theme":"pink","score":3}',
    '{"language":"xx"}',
    '{"score":{"ego-rotation":{"correct":3,"total":2}}}',
    '{"score":{"ego-rotation":{"correct":-1,"total":2}}}',
    '{"score":{"ego-rotation":{"correct":"1","total":2}}}',
    '{"score":{"ego-rotation":{"correct":0.5,"total":2}}}',
    '{"singleKeys":0,"tourSeen":1}',
  ])('starts afresh from %s', (text) => {
    expect(storedRead(text)).toEqual(STORED_EMPTY);
  });

  it('sums the score and names the hardest question once there is enough of it', () => {
    const score = { ...SCORE_EMPTY, 'ego-translation': { correct: 3, total: 3 } };
    expect(scoreSum(score)).toEqual({ correct: 3, total: 3 });
    expect(scoreHardest(score)).toBeNull();
    expect(scoreHardest({ ...score, 'ego-rotation': { correct: 1, total: 4 } })).toBe('ego-rotation');
  });
});
