import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rngFromSeed } from './rng';

describe('rng', () => {
  it('gives the same stream for the same seed, also as text', () => {
    const draw = (seed: number | string): number[] => Array.from({ length: 5 }, rngFromSeed(seed).next);
    expect(draw(42)).toEqual(draw('42'));
    expect(draw(42)).not.toEqual(draw(43));
  });

  it('never changes: stored items depend on it', () => {
    const rng = rngFromSeed(1);
    expect([rng.int(1000), rng.int(1000), rng.int(1000), rng.fork('x').int(1000)]).toMatchInlineSnapshot(`
      [
        58,
        300,
        713,
        779,
      ]
    `);
  });

  it('forks without moving the parent, and by name only', () => {
    const [a, b] = [rngFromSeed(5), rngFromSeed(5)];
    a.fork('child').next();
    expect(a.next()).toBe(b.next());
    expect(a.fork('child').next()).toBe(b.fork('child').next());
    expect(a.fork('child').next()).not.toBe(a.fork('other').next());
  });

  it('stays in range and uses all of it', () => {
    const rng = rngFromSeed('range');
    const values = Array.from({ length: 20000 }, () => rng.range(-5, 45));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-5);
    expect(Math.max(...values)).toBeLessThan(45);
    const tenths = Array.from({ length: 10 }, (_, i) => values.filter((v) => Math.floor((v + 5) / 5) === i).length);
    for (const n of tenths) expect(Math.abs(n - 2000)).toBeLessThan(200);
  });

  it('shuffles into a permutation without touching the input', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.integer(), { maxLength: 30 }), (seed, items) => {
        const before = items.slice();
        expect(rngFromSeed(seed).shuffle(items).sort()).toEqual(before.slice().sort());
        expect(items).toEqual(before);
      }),
    );
  });

  it('refuses what it cannot draw', () => {
    expect(() => rngFromSeed(1).int(0)).toThrow(RangeError);
    expect(() => rngFromSeed(1).int(2.5)).toThrow(RangeError);
    expect(() => rngFromSeed(1).pick([])).toThrow(RangeError);
  });
});
