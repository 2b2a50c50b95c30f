import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../core/vec3';
import { PAGE_FAMILY_IDS } from '../questions/page-families';
import { LEVEL_START } from './guess-level';
import { pairSetCard, pairSetFind } from './pair-set-card';

const CUBE: readonly Vec3[] = [-0.5, 0.5].flatMap((x) =>
  [-0.5, 0.5].flatMap((y) => [-0.5, 0.5].map((z): Vec3 => [x, y, z])),
);
const card = (family: (typeof PAGE_FAMILY_IDS)[number], count: number) =>
  pairSetCard({ family, objectId: 'car', framingPoints: CUBE, level: LEVEL_START }, count);

describe('the card of a set of pairs', () => {
  it('counts every answer once and finds no constant answer that pays', () => {
    for (const family of PAGE_FAMILY_IDS.filter((id) => id !== 'free')) {
      const found = card(family, 120);
      if (!found) throw new Error(`${family} has no card`);
      const total = found.answers.reduce((sum, { count }) => sum + count, 0);
      expect({ family, total }).toEqual({ family, total: found.n });
      expect(found.bestConstantShare).toBe(Math.max(...found.answers.map(({ count }) => count)) / found.n);
      // Two answers share what is left beside "did not move"; chance alone makes some difference among 120 pairs.
      expect(found.bestConstantShare, family).toBeLessThan(0.62);
      expect(found.n, family).toBeGreaterThan(100);
    }
  });

  it('does not exist where nobody can say what is true', () => {
    expect(card('free', 5)).toBeNull();
  });

  it('tells why there is none', () => {
    const facing = { family: 'facing', level: LEVEL_START } as const;
    const vase = { kind: 'ready', id: 'vase', framingPoints: CUBE } as const;
    expect(pairSetFind({ kind: 'loading' }, facing, 5)).toBe('loading');
    expect(pairSetFind({ kind: 'failed', id: 'car' }, facing, 5)).toBe('failed');
    expect(pairSetFind(vase, facing, 5)).toBe('no-front');
    expect(pairSetFind(vase, { ...facing, family: 'free' }, 5)).toBe('own-words');
    for (const family of PAGE_FAMILY_IDS.filter((id) => id !== 'free' && id !== 'facing'))
      expect(pairSetFind(vase, { ...facing, family }, 20), family).toHaveProperty('n');
    expect(pairSetFind({ ...vase, id: 'car' }, facing, 20)).toHaveProperty('n');
  });
});
