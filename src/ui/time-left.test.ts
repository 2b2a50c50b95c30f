import { describe, expect, it } from 'vitest';
import { MESSAGES } from './i18n/messages';
import { translator } from './i18n/translate';
import { timeLeft } from './time-left';

describe('time left', () => {
  it.each([
    [0, 'a few seconds left'],
    [4_900, 'a few seconds left'],
    [12_400, 'about 12 seconds left'],
    [33_000, 'about 35 seconds left'],
    [54_000, 'about 55 seconds left'],
    [70_000, 'about a minute left'],
    [100_000, 'about 2 minutes left'],
    [3_600_000, 'about 60 minutes left'],
    [3_700_000, 'over an hour left'],
    [Number.POSITIVE_INFINITY, 'over an hour left'],
  ])('%i ms: %s', (remainingMs, text) => {
    expect(timeLeft(translator(MESSAGES.en), remainingMs)).toBe(text);
  });
});
