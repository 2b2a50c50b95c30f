import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { degDifference, degFromRad, degWrap, radFromDeg } from './angles';

describe('degWrap', () => {
  it.each([
    [0, 0],
    [180, 180],
    [-180, 180],
    [181, -179],
    [-181, 179],
    [360, 0],
    [720 + 45, 45],
    [-720 - 45, -45],
  ])('%d° is %d°', (deg, wrapped) => {
    expect(degWrap(deg)).toBe(wrapped);
  });

  it('keeps the direction and lands in (−180, 180]', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e5, max: 1e5, noNaN: true }), (deg) => {
        const wrapped = degWrap(deg);
        expect(wrapped).toBeGreaterThan(-180);
        expect(wrapped).toBeLessThanOrEqual(180);
        expect(Math.cos(radFromDeg(wrapped))).toBeCloseTo(Math.cos(radFromDeg(deg)), 6);
        expect(Math.sin(radFromDeg(wrapped))).toBeCloseTo(Math.sin(radFromDeg(deg)), 6);
      }),
    );
  });

  it('keeps what is no number', () => {
    expect(degWrap(Number.NaN)).toBeNaN();
    expect(degWrap(Infinity)).toBeNaN();
  });

  it('measures the short way', () => {
    expect(degDifference(-170, 170)).toBe(20);
    expect(degDifference(170, -170)).toBe(-20);
    expect(degFromRad(radFromDeg(33))).toBeCloseTo(33, 12);
  });
});
