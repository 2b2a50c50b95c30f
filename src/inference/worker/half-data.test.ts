import { describe, expect, it } from 'vitest';
import { HalfData, halfFloatBits } from './half-data.ts';

const bitsOf = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0] as number;

describe('halfFloatBits', () => {
  it.each([
    ['zero', 0, 0],
    ['its sign', -0, 0x8000],
    ['one', 1, 0x3c00],
    ['a third, rounded down', 1 / 3, 0x3555],
    ['−2/3, rounded', -2 / 3, 0xb955],
    ['halves to the even one below', 1 + 2 ** -11, 0x3c00],
    ['halves to the even one above', 1 + 3 * 2 ** -11, 0x3c02],
    ['a carry into the exponent', 2 - 2 ** -12, 0x4000],
    ['the greatest', 65504, 0x7bff],
    ['what rounds to it', 65519, 0x7bff],
    ['what rounds beyond', 65520, 0x7c00],
    ['what is far beyond', -1e9, 0xfc00],
    ['infinity', Infinity, 0x7c00],
    ['no number', NaN, 0x7e00],
    ['the least normal one', 2 ** -14, 0x0400],
    ['what rounds up to it', 2 ** -14 - 2 ** -26, 0x0400],
    ['a subnormal one', 3 * 2 ** -24, 0x0003],
    ['half a step, to zero', 2 ** -25, 0],
    ['just above half a step', 2 ** -25 + 2 ** -40, 1],
    ['one and a half steps', 3 * 2 ** -25, 2],
    ['what vanishes', 2 ** -30, 0],
  ])('knows %s', (_name, value, expected) => {
    expect(halfFloatBits(bitsOf(value))).toBe(expected);
  });
});

describe('HalfData', () => {
  it('gives what lies at twice the bytes, rounded, from a file that begins anywhere', () => {
    const file = new Uint8Array(4 * 4 + 3);
    file.set(new Uint8Array(Float32Array.of(1, -2, 0.5, 65536).buffer), 1);
    const data = new HalfData(file.subarray(1, 18));
    expect(data.byteLength).toBe(8);
    expect([...new Uint16Array(data.subarray(2, 6).buffer)]).toEqual([0xc000, 0x3800]);
    expect([...new Uint16Array(data.subarray().buffer)]).toEqual([0x3c00, 0xc000, 0x3800, 0x7c00]);
  });
});
