import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../state/language';
import { HTML_LANG, speechLast, speechLoad } from './languages';
import { MESSAGES } from './messages';

describe('speechLoad', () => {
  it('speaks English before anything else', () => {
    expect(speechLast()).toEqual({ language: 'en', messages: MESSAGES.en });
  });

  it.each(LANGUAGES)('loads the messages of %s, and remembers what was spoken last', async (language) => {
    const speech = await speechLoad(language);
    expect(speech).toEqual({ language, messages: MESSAGES[language] });
    expect(speechLast()).toBe(speech);
    expect(HTML_LANG[language]).toMatch(/^[a-z]{2}/);
  });
});
