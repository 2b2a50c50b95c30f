import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OWN_WORDS_MAX, ownWordsOf, ownWordsRead } from './own-words';

/** Any text that a script or a clipboard can make, halves of characters among it. */
const anyTextArb = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 2 * OWN_WORDS_MAX })
  .map((units) => String.fromCharCode(...units));

describe('own words', () => {
  it('are one line within the limit that an address can carry, whatever was typed', () => {
    fc.assert(
      fc.property(anyTextArb, (text) => {
        const words = ownWordsOf(text);
        expect(words.length).toBeLessThanOrEqual(OWN_WORDS_MAX);
        expect(words).toBe(words.trim());
        expect(words).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        expect(decodeURIComponent(encodeURIComponent(words))).toBe(words);
        expect(ownWordsOf(words)).toBe(words);
        expect(ownWordsRead(words)).toBe(words === '' ? null : words);
      }),
    );
  });

  it.each([
    'Which wheel is nearer in view B?',
    '视图 B 中哪个轮子更近？',
    '100 % & more = “better” #1+1',
    '🚗 ⇒ 👀',
    'NaN',
  ])('stay as they are: %s', (words) => {
    expect(ownWordsOf(words)).toBe(words);
    expect(ownWordsRead(`  ${words} `)).toBe(words);
  });

  it('are cut at the limit, never through a character', () => {
    expect(ownWordsOf('x'.repeat(500))).toBe('x'.repeat(OWN_WORDS_MAX));
    expect(ownWordsOf(`${'x'.repeat(OWN_WORDS_MAX - 1)}😀`)).toBe('x'.repeat(OWN_WORDS_MAX - 1));
  });

  it.each(['', '  ', '\n', '\u0000', 'a\nb', 'a\u0007b', '\ud83d', 'x'.repeat(OWN_WORDS_MAX + 1)])(
    'are not read from %j',
    (text) => {
      expect(ownWordsRead(text)).toBeNull();
    },
  );
});
