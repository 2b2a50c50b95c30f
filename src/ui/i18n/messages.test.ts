import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../state/language';
import { en, type MessageKey } from './en';
import { MESH_MESSAGES } from '../mesh-problem-text';
import { enMesh, type MeshMessageKey } from './en-mesh';
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

describe.each(LANGUAGES)('sentences about a refused mesh in %s', (language) => {
  const entries = Object.entries(MESH_MESSAGES[language]) as [MeshMessageKey, string][];

  it('fill the same placeholders as English, whole sentences the same', () => {
    for (const [key, text] of entries)
      expect([...new Set(placeholders(text))], key).toEqual([...new Set(placeholders(enMesh[key]))]);
  });

  it('set no space beside a full-width mark', () => {
    for (const [key, text] of entries) expect(text, key).not.toMatch(/[，。：；！？、）] | [，。：；！？、（]/);
  });
});

describe('translator', () => {
  it('fills placeholders and leaves those without a value visible', () => {
    const t = translator(MESSAGES.zh);
    expect(t('view.name', { letter: 'A' })).toBe('视图 A');
    expect(t('view.name')).toBe('视图 {letter}');
  });
});
