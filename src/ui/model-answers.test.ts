import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { en } from './i18n/en';
import { ModelAnswers, type ModelAnswersProps } from './model-answers';

const WORDS = 'The left one.';

const shown = (answer: ModelAnswersProps['answer']): string =>
  renderToStaticMarkup(
    createElement(ModelAnswers, { answer, isFree: true, onStop: () => undefined, onRetry: () => undefined }),
  );
const said = (finish: 'end' | 'length' | 'aborted'): string =>
  shown({ kind: 'said', key: '', text: WORDS, finish, durationMs: 900, pace: null });

const statusOf = (html: string): string => /<div[^>]*role="status"[^>]*>(.*?)<\/div>/.exec(html)?.[1] ?? 'no status';

describe('an answer in own words', () => {
  it('is read out once it is finished, not piece by piece', () => {
    const waiting = shown({ kind: 'waiting', key: '', text: WORDS });
    expect(waiting).toContain(WORDS);
    // It is there already, or its first words would be missed.
    expect(statusOf(waiting)).toBe('');
    expect(statusOf(said('end'))).toContain(WORDS);
  });

  it('says how it ended where that was not by itself', () => {
    expect(statusOf(said('length'))).toContain(en['reason.length']);
    expect(statusOf(said('aborted'))).toContain(en['reason.stopped']);
    expect(said('end')).not.toMatch(new RegExp(`${en['reason.length']}|${en['reason.stopped']}`));
  });
});
