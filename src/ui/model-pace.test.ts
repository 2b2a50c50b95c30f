import { describe, expect, it } from 'vitest';
import { en } from './i18n/en';
import { translator } from './i18n/translate';
import { paceText } from './model-pace';

const t = translator(en);

describe('paceText', () => {
  it.each([
    [{ tokens: 21, firstTokenMs: 500, durationMs: 1500 }, '21 tokens · 20 tokens/s · 0.5 s to the first'],
    [{ tokens: 3, firstTokenMs: 400, durationMs: 1400 }, '3 tokens · 2.0 tokens/s · 0.4 s to the first'],
    [{ tokens: 1, firstTokenMs: 400, durationMs: 500 }, '1 token · 0.4 s to the first'],
    [{ tokens: 40, firstTokenMs: 900, durationMs: 901 }, '40 tokens · 0.9 s to the first'],
    [{ tokens: 0, firstTokenMs: 1200, durationMs: 3000 }, '1.2 s to the first'],
  ])('%o', (pace, text) => expect(paceText(t, pace)).toBe(text));
});
