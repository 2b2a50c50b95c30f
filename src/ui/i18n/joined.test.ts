import { describe, expect, it } from 'vitest';
import { listJoin, sentencesJoin } from './joined';
import { MESSAGES } from './messages';
import { translator } from './translate';

const en = translator(MESSAGES.en);
const zh = translator(MESSAGES.zh);

describe('joined texts', () => {
  it('have a space between sentences in English and none in Chinese', () => {
    expect(sentencesJoin(en, ['One.', 'Two.', 'Three.'])).toBe('One. Two. Three.');
    expect(sentencesJoin(zh, ['一。', '二。', '三。'])).toBe('一。二。三。');
  });

  it('have the language’s own mark between items', () => {
    expect(listJoin(en, ['a', 'b', 'c'])).toBe('a, b, c');
    expect(listJoin(zh, ['a', 'b', 'c'])).toBe('a；b；c');
  });

  it('leave out what is not there', () => {
    expect(sentencesJoin(en, [false, 'One.', null, '', 'Two.'])).toBe('One. Two.');
    expect(sentencesJoin(en, [null, false])).toBe('');
  });

  it('keep braces that a text brings along', () => {
    expect(sentencesJoin(en, ['The {second} one.', 'Two.'])).toBe('The {second} one. Two.');
  });
});
