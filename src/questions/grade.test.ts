import { describe, expect, it } from 'vitest';
import { gradeAnswer } from './grade';
import {
  FAMILY_IDS,
  familyQuestions,
  isOptionKey,
  isQuestionId,
  oppositeKey,
  questionFor,
  questionWordingId,
} from './families';

describe('gradeAnswer', () => {
  it.each([
    ['left', 'correct'],
    ['right', 'wrong'],
    ['none', 'wrong'],
    [null, 'wrong'],
  ])('truth left, given %s: %s', (given, verdict) => {
    expect(gradeAnswer({ kind: 'key', key: 'left' }, given)).toEqual({ kind: verdict });
  });

  it.each(['too-close', 'nearly-opposite', 'not-covered'] as const)('never grades a pair that is %s', (reason) => {
    for (const given of ['left', 'right', 'none', null])
      expect(gradeAnswer({ kind: 'undecided', reason }, given)).toEqual({ kind: 'ungraded', reason });
  });
});

describe('families', () => {
  it('ask questions that exist, with three options each', () => {
    for (const family of FAMILY_IDS) {
      for (const id of familyQuestions(family)) {
        expect(isQuestionId(id)).toBe(true);
        expect(questionFor(id).options.map(({ key }) => key)).toEqual(['left', 'right', 'none']);
      }
    }
    expect(familyQuestions('no-movement')).toHaveLength(3);
    expect(isQuestionId('no-movement')).toBe(false);
    expect(isOptionKey('up')).toBe(false);
  });

  it('mirror left and right only', () => {
    expect(['left', 'right', 'none'].map((key) => oppositeKey(key as 'left'))).toEqual(['right', 'left', 'none']);
  });

  it('name the page’s wording by id', () => {
    expect(questionWordingId('ego-rotation')).toBe('question.ego-rotation');
  });
});
