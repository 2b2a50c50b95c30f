/** The question families and their verbatim wording (contract/prompts.json). The page's own words live in ui, by id. */
import prompts from '../contract/prompts.json';

/** The three questions of Viewpoint-100K. */
export const QUESTION_IDS = ['ego-translation', 'object-translation', 'ego-rotation'] as const;
export type QuestionId = (typeof QUESTION_IDS)[number];

/** Kinds of pairs. `no-movement` asks the same three questions about a camera that stayed. */
export const FAMILY_IDS = [...QUESTION_IDS, 'no-movement'] as const;
export type FamilyId = (typeof FAMILY_IDS)[number];

const OPTION_KEYS = ['left', 'right', 'none'] as const;
export type OptionKey = (typeof OPTION_KEYS)[number];

export const PROMPTS_VERSION = prompts.version;

export interface Question {
  readonly id: QuestionId;
  readonly stem: string;
  readonly options: readonly { readonly key: OptionKey; readonly text: string }[];
}

export const isQuestionId = (id: string): id is QuestionId => (QUESTION_IDS as readonly string[]).includes(id);
export const isOptionKey = (key: string): key is OptionKey => (OPTION_KEYS as readonly string[]).includes(key);

/** The paper's question, options in the fixed order left, right, none. */
export function questionFor(id: QuestionId): Question {
  const { stem, options } = prompts.families[id];
  return { id, stem, options: OPTION_KEYS.map((key) => ({ key, text: options[key] })) };
}

/** The questions that may be asked about a pair of this family. */
export const familyQuestions = (family: FamilyId): readonly QuestionId[] =>
  family === 'no-movement' ? QUESTION_IDS : [family];

/** What the answer becomes when A and B change places. */
export const oppositeKey = (key: OptionKey): OptionKey =>
  key === 'left' ? 'right' : key === 'right' ? 'left' : 'none';

/** Message id of the page's short wording of a question. */
export const questionWordingId = (question: QuestionId): `question.${QuestionId}` => `question.${question}`;
