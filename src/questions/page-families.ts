/** Every kind of question that the page asks: what it asks, its options about a given pair, its truth and its grade. */
import prompts from '../contract/prompts.json';
import type { CameraPose } from '../core/camera-pose';
import { rngFromSeed } from '../core/rng';
import {
  angleOfKey,
  angleOption,
  BROAD_FAMILY_IDS,
  fixedOptions,
  questionStem,
  type KeyedText,
  type PairQuestionId,
} from './broad-families';
import { posedTruth, type PosedQuestionId } from './facing';
import { QUESTION_IDS } from './families';
import { gradeAnswer, type Verdict } from './grade';
import type { UndecidedReason } from './ground-truth';
import { pairTruth } from './pair-truth';
import { MAGNITUDE_APART_DEG, MAGNITUDE_RANGE_DEG, magnitudeSizesDeg } from './slot-dealer';

/** `no-movement` asks whether the camera moved at all, and where; `free` is a question in one's own words. */
export const PAGE_FAMILY_IDS = [...QUESTION_IDS, 'no-movement', ...BROAD_FAMILY_IDS, 'facing', 'free'] as const;
export type PageFamilyId = (typeof PAGE_FAMILY_IDS)[number];
/** Whose stem and options a family borrows. */
export type AskedId = PosedQuestionId | 'free';

export const isPageFamilyId = (id: string): id is PageFamilyId => (PAGE_FAMILY_IDS as readonly string[]).includes(id);

export const askedOf = (family: PageFamilyId): AskedId => (family === 'no-movement' ? 'ego-translation' : family);

/** The question that two poses alone decide; null for the others: only these have an answer that turns round with the views. */
export function pairQuestionOf(family: PageFamilyId): PairQuestionId | null {
  const asked = askedOf(family);
  return asked === 'facing' || asked === 'free' ? null : asked;
}

/** `no-front`: the object has no front that people agree on. `no-verdict`: no rule can say what is true of own words. */
export type PageUndecidedReason = UndecidedReason | 'no-front' | 'no-verdict';
export type PageTruth =
  { readonly kind: 'key'; readonly key: string } | { readonly kind: 'undecided'; readonly reason: PageUndecidedReason };

export interface PosePair {
  readonly a: CameraPose;
  readonly b: CameraPose;
}

/** @param hasFront whether the object's front is marked */
export function pageTruth(family: PageFamilyId, poses: PosePair, hasFront: boolean): PageTruth {
  const asked = askedOf(family);
  if (asked === 'free') return { kind: 'undecided', reason: 'no-verdict' };
  if (asked === 'facing' && !hasFront) return { kind: 'undecided', reason: 'no-front' };
  return posedTruth(asked, poses.a, poses.b);
}

/** Angles from left to right, the true one and its mirror among them wherever there is a true one. */
function magnitudeOptions(poses: PosePair, seed: string): readonly KeyedText[] {
  const truth = pairTruth('magnitude', poses.a, poses.b);
  const truthDeg = truth.kind === 'key' ? Math.abs(angleOfKey(truth.key) ?? 0) : 45;
  const [lo, hi] = MAGNITUDE_RANGE_DEG;
  const sizes =
    truthDeg >= lo && truthDeg <= hi
      ? magnitudeSizesDeg(truthDeg, rngFromSeed(seed).fork('angles'))
      : [0, 1, 2].map((step) => truthDeg + step * 2 * MAGNITUDE_APART_DEG * (truthDeg > hi ? -1 : 1));
  const angles = sizes.flatMap((sizeDeg) => [sizeDeg, -sizeDeg]).sort((a, b) => a - b);
  return angles.map(angleOption);
}

/**
 * @param poses null: there is no pair yet; only options that are the same for every pair are known
 * @param seed the same pair gives the same options
 */
export function pageOptions(family: PageFamilyId, poses: PosePair | null, seed: string): readonly KeyedText[] {
  const asked = askedOf(family);
  switch (asked) {
    case 'free':
      return [];
    case 'magnitude':
      return poses ? magnitudeOptions(poses, seed) : [];
    case 'facing':
      return Object.entries(prompts.families.facing.options).map(([key, text]) => ({ key, text }));
    default:
      return fixedOptions(asked);
  }
}

/** The stem as the model is asked it. @param ownWords the question of `free` */
export function pageStem(family: PageFamilyId, ownWords: string): string {
  const asked = askedOf(family);
  if (asked === 'free') return ownWords;
  return asked === 'facing' ? prompts.families.facing.stem : questionStem(asked);
}

/** An angle that somebody typed is correct when no other option could be nearer to the truth. */
const MAGNITUDE_TOLERANCE_DEG = Math.floor(MAGNITUDE_APART_DEG / 2);

/** @param givenKey an option's key; for `magnitude` also any other whole angle's */
export function pageGrade(family: PageFamilyId, truth: PageTruth, givenKey: string): Verdict {
  const verdict = gradeAnswer(truth, givenKey);
  if (family !== 'magnitude' || truth.kind !== 'key') return verdict;
  const [trueDeg, givenDeg] = [angleOfKey(truth.key), angleOfKey(givenKey)];
  if (trueDeg === null || givenDeg === null) return verdict;
  // However small the turn: the other way round is another answer.
  const isNear = Math.sign(trueDeg) === Math.sign(givenDeg) && Math.abs(trueDeg - givenDeg) <= MAGNITUDE_TOLERANCE_DEG;
  return { kind: isNear ? 'correct' : 'wrong' };
}
