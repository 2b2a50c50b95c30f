import { describe, expect, it } from 'vitest';
import {
  SCORE_EMPTY,
  SEEN_MAX,
  STORED_EMPTY,
  scoreHardest,
  scoreSum,
  storedMerge,
  storedRead,
  storedWrite,
  type OpenAnswer,
  type Stored,
} from './storage-codec';

describe('what the browser keeps', () => {
  it('restores what it wrote', () => {
    const score = { ...SCORE_EMPTY, 'ego-rotation': { correct: 2, total: 5 } };
    const stored: Stored = {
      theme: 'dark',
      language: 'zh',
      score,
      open: [{ objectId: 'car', seed: 7, family: 'ego-rotation', level: 2, isCorrect: true }],
      seen: ['car/7/ego-rotation/2'],
      tourSeen: true,
      singleKeys: false,
    };
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
    '{"seen":"car"}',
    '{"seen":[7,null,{}]}',
    '{"open":"car"}',
    '{"open":[7,null,{},{"objectId":"car"},{"objectId":"car","seed":-1,"family":"ego-rotation","level":2}]}',
    '{"open":[{"objectId":"car","seed":1,"family":"toString","level":2,"isCorrect":true}]}',
    '{"open":[{"objectId":"car","seed":1,"family":"ego-rotation","level":9,"isCorrect":true}]}',
  ])('starts afresh from %s', (text) => {
    expect(storedRead(text)).toEqual(STORED_EMPTY);
  });

  it('changes only what changed on this page, and adds up answers of two tabs', () => {
    const tally = (correct: number, total: number) => ({ ...SCORE_EMPTY, 'ego-rotation': { correct, total } });
    const before: Stored = { ...STORED_EMPTY, score: tally(2, 5) };
    const kept: Stored = { ...STORED_EMPTY, singleKeys: false, language: 'zh', score: tally(3, 7) };
    expect(storedMerge(kept, before, { ...before, score: tally(3, 6) })).toEqual({ ...kept, score: tally(4, 8) });
    expect(storedMerge(kept, before, { ...before, theme: 'dark' })).toEqual({ ...kept, theme: 'dark' });
    // An answer that is taken back, and a score that starts again.
    expect(storedMerge(kept, before, { ...before, score: tally(2, 4) }).score).toEqual(tally(3, 6));
    expect(storedMerge(kept, before, { ...before, score: SCORE_EMPTY }).score).toEqual(SCORE_EMPTY);
    const other: Stored = { ...STORED_EMPTY, score: SCORE_EMPTY };
    expect(storedMerge(other, before, { ...before, score: tally(1, 4) }).score).toEqual(SCORE_EMPTY);
  });

  it('keeps the pairs that two tabs have seen, and no more of them than it may', () => {
    const before: Stored = { ...STORED_EMPTY, seen: ['1', '2'] };
    const kept: Stored = { ...STORED_EMPTY, seen: ['1', '2', '3'] };
    expect(storedMerge(kept, before, { ...before, seen: ['1', '2', '4'] }).seen).toEqual(['1', '2', '3', '4']);
    expect(storedMerge(kept, before, { ...before, theme: 'dark' }).seen).toEqual(kept.seen);
    const many = Array.from({ length: SEEN_MAX }, (_, index) => `${index}`);
    const grown = storedMerge({ ...kept, seen: many }, before, { ...before, seen: ['1', '2', 'new'] }).seen;
    expect(grown).toEqual([...many.slice(1), 'new']);
    expect(storedRead(storedWrite({ ...kept, seen: [...many, 'new'] })).seen).toEqual(grown);
    // The score starts again.
    expect(storedMerge(kept, before, { ...before, seen: [] }).seen).toEqual([]);
  });

  it('does not take a first answer that is taken back for a score that starts again', () => {
    const tally = (correct: number, total: number) => ({ ...SCORE_EMPTY, 'ego-rotation': { correct, total } });
    const before: Stored = { ...STORED_EMPTY, seen: ['1'], score: tally(1, 1) };
    const kept: Stored = { ...STORED_EMPTY, seen: ['1', '2'], score: tally(3, 6) };
    expect(storedMerge(kept, before, { ...before, score: SCORE_EMPTY })).toEqual({ ...kept, score: tally(2, 5) });
  });

  it('takes an answer back once, however many tabs found that nobody could give it', () => {
    const tally = (correct: number, total: number) => ({ ...SCORE_EMPTY, 'ego-rotation': { correct, total } });
    const [one, other] = [7, 8].map((seed): OpenAnswer => {
      return { objectId: 'car', seed, family: 'ego-rotation', level: 2, isCorrect: true };
    }) as [OpenAnswer, OpenAnswer];
    const kept: Stored = { ...STORED_EMPTY, score: tally(3, 4), open: [one, other], seen: ['1'] };
    const back: Stored = { ...kept, score: tally(2, 3), open: [other] };
    const once = storedMerge(kept, kept, back);
    expect(once).toEqual(back);
    expect(storedMerge(once, kept, back)).toEqual(back);
    // It stays in the score; and an answer that is new joins what another tab has open.
    expect(storedMerge(kept, kept, { ...kept, open: [other] })).toEqual({ ...kept, open: [other] });
    const before: Stored = { ...kept, open: [] };
    expect(storedMerge(kept, before, { ...before, score: tally(4, 5), open: [{ ...one, seed: 9 }] })).toEqual({
      ...kept,
      score: tally(4, 5),
      open: [one, other, { ...one, seed: 9 }],
    });
    // The score had started again in another tab.
    expect(storedMerge(STORED_EMPTY, kept, back).score).toEqual(SCORE_EMPTY);
    const fresh: Stored = { ...STORED_EMPTY, score: tally(1, 1), seen: ['2'] };
    expect(storedMerge(fresh, kept, back).score).toEqual(tally(1, 1));
    expect(storedMerge(kept, kept, STORED_EMPTY)).toEqual(STORED_EMPTY);
  });

  it('sums the score and names the hardest question once there is enough of it', () => {
    const score = { ...SCORE_EMPTY, 'ego-translation': { correct: 3, total: 3 } };
    expect(scoreSum(score)).toEqual({ correct: 3, total: 3 });
    expect(scoreHardest(score)).toBeNull();
    expect(scoreHardest({ ...score, 'ego-rotation': { correct: 1, total: 4 } })).toBe('ego-rotation');
  });
});
