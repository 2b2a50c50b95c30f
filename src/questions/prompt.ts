/** Prompts as in the paper: stem, lettered options, format suffix, joined by single spaces. One prompt, one format. */
import prompts from '../contract/prompts.json';
import type { ItemOption } from '../contract/item';

export type AnswerFormat = keyof typeof prompts.formats;

/** As many as an item may have options (contract/item.schema.json). */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The letter of the option at `index`: A, B, C … */
export function optionLetter(index: number): string {
  const letter = LETTERS[index];
  if (!letter) throw new RangeError(`no letter for option ${index}`);
  return letter;
}

/** The given order, lettered. */
export const optionsWithLetters = (options: readonly Omit<ItemOption, 'letter'>[]): ItemOption[] =>
  options.map(({ key, text }, index) => ({ letter: optionLetter(index), key, text }));

/**
 * A second order, lettered anew: each option takes the letter before its own, the first one the last. No option keeps
 * its letter, so an answer that is always the same letter names another option. In the opposite order the middle one
 * would keep it.
 */
export const optionsRotated = (options: readonly ItemOption[]): ItemOption[] =>
  optionsWithLetters([...options.slice(1), ...options.slice(0, 1)]);

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
