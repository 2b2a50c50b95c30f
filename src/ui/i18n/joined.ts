/** Puts texts next to each other as the language does: Chinese sets no space between sentences. */
import type { Translate } from './translate';

/** Leaves out what is not there. */
export type Part = string | false | null;

const isThere = (part: Part): part is string => typeof part === 'string' && part !== '';

const joined = (t: Translate, key: 'sentences' | 'list', parts: readonly Part[]): string => {
  const [start = '', ...others] = parts.filter(isThere);
  return others.reduce((first, second) => t(key, { first, second }), start);
};

export const sentencesJoin = (t: Translate, parts: readonly Part[]): string => joined(t, 'sentences', parts);

/** Items within one sentence. */
export const listJoin = (t: Translate, items: readonly Part[]): string => joined(t, 'list', items);
