import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../state/language';
import { en, type MessageKey } from './en';
import { MESSAGES } from './messages';
import { translator } from './translate';

const keys = Object.keys(en) as MessageKey[];
const placeholders = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe.each(LANGUAGES)('messages in %s', (language) => {
  const messages = MESSAGES[language];

  it('has every message, none empty, none besides', () => {
    expect(Object.keys(messages).sort()).toEqual([...keys].sort());
    for (const key of keys) expect(messages[key].trim(), key).not.toBe('');
  });

  it('fills the same placeholders as English', () => {
    for (const key of keys) expect(placeholders(messages[key]), key).toEqual(placeholders(en[key]));
  });

  it('sets no space beside a full-width mark', () => {
    for (const key of keys) expect(messages[key], key).not.toMatch(/[，。：；！？、）] | [，。：；！？、（]/);
  });

  it('never calls a correct answer right', () => {
    if (language === 'en') expect(messages['verdict.correct']).not.toMatch(/right/i);
    else expect(messages['verdict.correct']).not.toMatch(/右/);
  });
});

describe('translator', () => {
  it('fills placeholders and leaves those without a value visible', () => {
    const t = translator(MESSAGES.zh);
    expect(t('view.name', { letter: 'A' })).toBe('视图 A');
    expect(t('view.name')).toBe('视图 {letter}');
  });
});
