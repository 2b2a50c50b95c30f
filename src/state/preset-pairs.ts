/**
 * The pairs that a first visit opens with, few enough to know the model's answers beforehand: `npm run eval -- --presets`
 * works them out, and the page shows them until its own model can answer (contract/preset-answers.schema.json).
 */
import type { PresetAnswers } from '../contract/preset-answers';
import { QUESTION_IDS, type QuestionId } from '../questions/families';
import type { PageFamilyId } from '../questions/page-families';
import { LEVEL_START, levelObjects } from './guess-level';
import { objectOfSeed } from './guess-pair';
import { DEFAULT_OBJECT_ID } from './page-defaults';

/** Seeds 1 to this one. */
export const PRESET_SEEDS = 32;

/** Identifies a pair of Guess and the question about it, at the difficulty that everybody starts with. */
export interface PresetPair {
  readonly objectId: string;
  readonly seed: number;
  readonly family: QuestionId;
}

export const presetKey = (objectId: string, seed: number, family: PageFamilyId): string =>
  `${objectId}/${seed}/${family}`;

/** Every seed with the object of a first visit and with the one that comes when it is next. `dealtIds`: whatever chance may pick. */
export function presetPairs(dealtIds: readonly string[]): PresetPair[] {
  const next = levelObjects(LEVEL_START, dealtIds, false);
  return Array.from({ length: PRESET_SEEDS }, (_, index) => index + 1).flatMap((seed) => {
    const objectIds = new Set([DEFAULT_OBJECT_ID, objectOfSeed(seed, next, DEFAULT_OBJECT_ID)]);
    return [...objectIds].flatMap((objectId) => QUESTION_IDS.map((family) => ({ objectId, seed, family })));
  });
}

/** Shares of the options by their keys; null where nothing was worked out. */
export function presetShares(
  { answers }: PresetAnswers,
  pair: { readonly objectId: string; readonly seed: number; readonly level: number; readonly family: PageFamilyId },
): Readonly<Record<string, number>> | null {
  if (pair.level !== LEVEL_START) return null;
  const key = presetKey(pair.objectId, pair.seed, pair.family);
  return Object.hasOwn(answers, key) ? (answers[key] ?? null) : null;
}
