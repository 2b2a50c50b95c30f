/**
 * The families beyond the three of Viewpoint-100K: their keys and wording (contract/prompts.json), and the pairs that
 * items over rendered views are made of.
 */
import prompts from '../contract/prompts.json';
import { FAMILY_IDS, isOptionKey, oppositeKey, questionFor, type FamilyId, type QuestionId } from './families';

export const BROAD_FAMILY_IDS = ['vertical', 'distance', 'decoupled', 'magnitude'] as const;
export type BroadFamilyId = (typeof BROAD_FAMILY_IDS)[number];

/** Every family with a right answer that poses alone decide. */
export const PAIR_FAMILY_IDS = [...FAMILY_IDS, ...BROAD_FAMILY_IDS] as const;
export type PairFamilyId = FamilyId | BroadFamilyId;
/** Whose stem and options are asked. */
export type PairQuestionId = QuestionId | BroadFamilyId;

export interface KeyedText {
  readonly key: string;
  readonly text: string;
}

export const isBroadFamilyId = (id: string): id is BroadFamilyId =>
  (BROAD_FAMILY_IDS as readonly string[]).includes(id);

export const questionStem = (question: PairQuestionId): string => prompts.families[question].stem;

/** The options of a question whose options are always the same ones, in the order of the contract. */
export function fixedOptions(question: Exclude<PairQuestionId, 'magnitude'>): readonly KeyedText[] {
  if (!isBroadFamilyId(question)) return questionFor(question).options;
  return Object.entries(prompts.families[question].options).map(([key, text]) => ({ key, text }));
}

/**
 * An option of `magnitude`. Its key spells the sign as a side, because keys hold no signs: `right-45`.
 * @param angleDeg a whole number of degrees, not 0, positive rightward
 */
export function angleOption(angleDeg: number): KeyedText {
  if (!Number.isInteger(angleDeg) || angleDeg === 0)
    throw new RangeError(`an angle option needs a whole number of degrees other than 0, got ${angleDeg}`);
  const signed = `${angleDeg > 0 ? '+' : '-'}${Math.abs(angleDeg)}`;
  return {
    key: `${angleDeg > 0 ? 'right' : 'left'}-${Math.abs(angleDeg)}`,
    text: prompts.families.magnitude.optionTemplate.replace('{angle}', signed),
  };
}

/** Degrees, positive rightward, of a key that {@link angleOption} made; null for any other key. */
export function angleOfKey(key: string): number | null {
  const match = /^(left|right)-([1-9][0-9]*)$/.exec(key);
  return match ? (match[1] === 'right' ? 1 : -1) * Number(match[2]) : null;
}

const OPPOSITES: Readonly<Record<string, string>> = {
  up: 'down',
  down: 'up',
  closer: 'farther',
  farther: 'closer',
  'moved-right': 'moved-left',
  'moved-left': 'moved-right',
  'turned-right': 'turned-left',
  'turned-left': 'turned-right',
};

/** What an answer of any family becomes when A and B change places. */
export function oppositeAnswerKey(key: string): string {
  if (isOptionKey(key)) return oppositeKey(key);
  const angleDeg = angleOfKey(key);
  return angleDeg === null ? (OPPOSITES[key] ?? key) : angleOption(-angleDeg).key;
}
