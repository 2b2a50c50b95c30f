import { describe, expect, it } from 'vitest';
import { formatDeg, formatSignedDeg } from './format';
import { numberFromText } from './number-text';

describe('a typed number', () => {
  it.each([
    ['45', 45],
    [' +12.5° ', 12.5],
    ['−30', -30],
    ['-7,25', -7.25],
    ['0', 0],
    ['１２．５', 12.5],
    ['－３０°', -30],
  ])('%s is read', (text, value) => {
    expect(numberFromText(text)).toBe(value);
  });

  it.each(['', ' ', '°', '−', 'left', '1e999', '1e7', '0x10', 'Infinity', 'NaN', '1,2,3'])('“%s” is none', (text) => {
    expect(numberFromText(text)).toBeNull();
  });

  it('may be one that the page itself has written', () => {
    expect(numberFromText(formatDeg(-12.5, 1))).toBe(-12.5);
    expect(numberFromText(formatSignedDeg(43, 0))).toBe(43);
  });
});
