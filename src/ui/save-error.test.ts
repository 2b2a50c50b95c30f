import { describe, expect, it } from 'vitest';
import { MESSAGES } from './i18n/messages';
import { translator } from './i18n/translate';
import { SaveError, saveErrorWords } from './save-error';

describe('why nothing was saved', () => {
  it('is said in the page’s language', () => {
    const error = new SaveError('loading');
    expect(saveErrorWords(translator(MESSAGES.en), error)).toMatch(/still loading\. Try again/);
    expect(saveErrorWords(translator(MESSAGES.zh), error)).toBe('物体还在加载。请稍后再试。');
  });

  it.each([new Error('Failed to fetch'), 'Failed to fetch'])(
    'is what the browser says where it is not known: %s',
    (error) => {
      expect(saveErrorWords(translator(MESSAGES.en), error)).toBe('Failed to fetch');
      expect(saveErrorWords(translator(MESSAGES.zh), error)).toMatch(/^\p{Script=Han}.*Failed to fetch$/u);
    },
  );
});
