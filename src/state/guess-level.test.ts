import { describe, expect, it } from 'vitest';
import type { Verdict } from '../questions/grade';
import { LEVEL_MAX, LEVEL_MIN, levelObjects, runAfter, RUN_START, type Run } from './guess-level';

const CORRECT: Verdict = { kind: 'correct' };
const WRONG: Verdict = { kind: 'wrong' };
const runOf = (level: number, ...verdicts: Verdict[]): Run => verdicts.reduce(runAfter, { level, ...RUN_START });

describe('difficulty', () => {
  it('goes up after three in a row and down after a wrong one, within its limits', () => {
    expect(runOf(2, CORRECT, CORRECT)).toEqual({ level: 2, streak: 2, bestStreak: 2 });
    expect(runOf(2, CORRECT, CORRECT, CORRECT)).toEqual({ level: 3, streak: 3, bestStreak: 3 });
    expect(runOf(2, CORRECT, CORRECT, WRONG, CORRECT)).toEqual({ level: 1, streak: 1, bestStreak: 2 });
    expect(runOf(LEVEL_MIN, WRONG).level).toBe(LEVEL_MIN);
    expect(runOf(LEVEL_MAX, CORRECT, CORRECT, CORRECT).level).toBe(LEVEL_MAX);
  });

  it('is left alone by an answer that is not graded', () => {
    const run = runOf(2, CORRECT);
    expect(runAfter(run, { kind: 'ungraded', reason: 'too-close' })).toBe(run);
  });

  it('shows things with a front first and figures of blocks last', () => {
    const all = ['car', 'dog', 'block-figure-a'];
    expect(levelObjects(0, all, false)).toEqual(['car', 'dog']);
    expect(levelObjects(2, all, false)).toEqual(all);
    expect(levelObjects(4, all, false)).toEqual(['block-figure-a']);
    expect(levelObjects(4, all, true)).toEqual(['car', 'dog']);
    expect(levelObjects(4, ['car'], false)).toEqual(['car']);
  });
});
