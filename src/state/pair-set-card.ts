/** How balanced Guess's pairs are: what every question set owes to those who are measured by it. */
import type { Vec3 } from '../core/vec3';
import type { PageFamilyId } from '../questions/page-families';
import { guessPair } from './guess-pair';
import { pairOptions, pairTruth } from './pair';

export interface PairSet {
  readonly family: PageFamilyId;
  readonly objectId: string;
  readonly framingPoints: readonly Vec3[];
  readonly level: number;
}

export interface PairSetCard {
  /** Pairs with a clear truth. */
  readonly n: number;
  /** How often each answer is right; `magnitude` by place among its options, counted from 1. */
  readonly answers: readonly { readonly key: string; readonly count: number }[];
  /** Share of correct answers of somebody who always gives the same one. */
  readonly bestConstantShare: number;
}

/** The card of the pairs with seeds 1 to `count`; null for questions whose truth no rule knows. */
export function pairSetCard({ family, objectId, framingPoints, level }: PairSet, count: number): PairSetCard | null {
  const counts = new Map<string, number>();
  let n = 0;
  for (let seed = 1; seed <= count; seed++) {
    const pair = guessPair(seed, objectId, family, framingPoints, level);
    const truth = pairTruth(pair, family).answer;
    if (truth.kind !== 'key') continue;
    n++;
    pairOptions(pair, family).forEach(({ key }, index) => {
      const name = family === 'magnitude' ? String(index + 1) : key;
      counts.set(name, (counts.get(name) ?? 0) + (key === truth.key ? 1 : 0));
    });
  }
  if (n === 0) return null;
  const answers = [...counts].map(([key, times]) => ({ key, count: times }));
  return { n, answers, bestConstantShare: Math.max(...counts.values()) / n };
}
