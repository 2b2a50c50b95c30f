/** What names a pair of Guess: whatever has the same name is the same pair, in every tab and at every visit. */
import { PAGE_FAMILY_IDS, type PageFamilyId } from '../questions/page-families';
import { LEVEL_MAX } from './guess-level';
import { SEED_MAX } from './page-defaults';

export interface PairName {
  readonly objectId: string;
  readonly seed: number;
  readonly family: PageFamilyId;
  readonly level: number;
}

export const pairNameText = ({ objectId, seed, family, level }: PairName): string =>
  `${objectId}/${seed}/${family}/${level}`;

/** Longer than any name that the page makes. */
const OBJECT_ID_MAX = 100;

const isWithin = (value: unknown, max: number): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max;

/** Null for anything that names no pair. */
export function pairNameRead(value: unknown): PairName | null {
  if (typeof value !== 'object' || value === null) return null;
  const { objectId, seed, family, level } = value as Record<string, unknown>;
  const known = PAGE_FAMILY_IDS.find((id) => id === family);
  if (typeof objectId !== 'string' || objectId === '' || objectId.length > OBJECT_ID_MAX || !known) return null;
  if (!isWithin(seed, SEED_MAX) || !isWithin(level, LEVEL_MAX)) return null;
  return { objectId, seed, family: known, level };
}
