/** How balanced Guess's pairs are: what every question set owes to those who are measured by it. */
import type { Vec3 } from '../core/vec3';
import type { PageFamilyId } from '../questions/page-families';
import { guessPair } from './guess-pair';
import { pairOptions, pairTruth } from './pair';
import type { ObjectStatus } from './view-slice';

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

/** Why there is no card: the object is not there, it has no marked front that the question could be about, or no rule knows what is true. */
export type PairSetLack = 'loading' | 'failed' | 'no-front' | 'own-words';

/** The card of the pairs with seeds 1 to `count`; null where none of them has a clear truth. */
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

/** The card of the object on screen. */
export function pairSetFind(
  object: ObjectStatus,
  { family, level }: Pick<PairSet, 'family' | 'level'>,
  count: number,
): PairSetCard | PairSetLack {
  if (object.kind !== 'ready') return object.kind;
  if (family === 'free') return 'own-words';
  const { id: objectId, framingPoints } = object;
  // Every other question has clear pairs on every object.
  return pairSetCard({ family, objectId, framingPoints, level }, count) ?? 'no-front';
}
