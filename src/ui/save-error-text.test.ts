import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Language } from '../state/language';
import { MESSAGES } from './i18n/messages';
import { translator } from './i18n/translate';
import { TranslateContext } from './i18n/use-t';
import { SaveError } from './save-error';
import { SaveErrorText } from './save-error-text';

const shown = (language: Language, error: unknown): string =>
  renderToStaticMarkup(
    createElement(TranslateContext, { value: translator(MESSAGES[language]) }, createElement(SaveErrorText, { error })),
  );

describe('why nothing was saved', () => {
  it('is said in the page’s language', () => {
    const error = new SaveError('loading');
    expect(shown('en', error)).toMatch(/still loading\. Try again/);
    expect(shown('zh', error)).toBe('物体还在加载。请稍后再试。');
  });

  it.each([new Error('Failed to fetch'), 'Failed to fetch'])(
    'is what the browser says where it is not known, marked as English: %s',
    (error) => {
      const quote = '<span lang="en">Failed to fetch</span>';
      expect(shown('en', error)).toBe(quote);
      expect(shown('zh', error)).toMatch(new RegExp(`^\\p{Script=Han}.*${quote}$`, 'u'));
    },
  );
});
