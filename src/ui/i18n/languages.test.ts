import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../state/language';
import { HTML_LANG, speechAdopt, speechLast, speechLoad } from './languages';
import { MESSAGES } from './messages';

describe('speechLoad', () => {
  it('speaks English before anything else', () => {
    expect(speechLast()).toEqual({ language: 'en', messages: MESSAGES.en });
  });

  it.each(LANGUAGES)('loads the messages of %s, and speaks them only once they are adopted', async (language) => {
    const before = speechLast();
    const speech = await speechLoad(language);
    expect(speech).toEqual({ language, messages: MESSAGES[language] });
    expect(speechLast()).toBe(before);
    expect(speechAdopt(speech)).toBe(speechLast());
    expect(HTML_LANG[language]).toMatch(/^[a-z]{2}/);
  });
});
