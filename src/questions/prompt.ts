/** Prompts as in the paper: stem, lettered options, format suffix, joined by single spaces. One prompt, one format. */
import prompts from '../contract/prompts.json';
import type { ItemOption } from '../contract/item';

export type AnswerFormat = keyof typeof prompts.formats;

const LETTERS = 'ABCDEFGHIJ';

/** The letter of the option at `index`: A, B, C … */
export function optionLetter(index: number): string {
  const letter = LETTERS[index];
  if (!letter) throw new RangeError(`no letter for option ${index}`);
  return letter;
}

/** The given order, lettered. */
export const optionsWithLetters = (options: readonly Omit<ItemOption, 'letter'>[]): ItemOption[] =>
  options.map(({ key, text }, index) => ({ letter: optionLetter(index), key, text }));

/** The opposite order, lettered anew. */
export const optionsReversed = (options: readonly ItemOption[]): ItemOption[] =>
  optionsWithLetters(options.toReversed());

/** The text of a prompt, without image tokens. Formats that answer in words do not list the options. */
export function promptText(question: { stem: string; options: readonly ItemOption[] }, format: AnswerFormat): string {
  const { withOptions, suffix } = prompts.formats[format];
  const options = withOptions ? question.options.map(({ letter, text }) => `${letter}: ${text}`) : [];
  return [question.stem, ...options, suffix].join(prompts.optionSeparator);
}

/** The same with one image token per view in front, as Viewpoint-100K stores it. */
export const promptTextWithImages = (
  question: { stem: string; options: readonly ItemOption[] },
  format: AnswerFormat,
): string => prompts.imageToken.repeat(2) + promptText(question, format);
