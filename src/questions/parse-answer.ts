/**
 * Generated text into an answer. Two questions are kept apart: which option the text means (lenient), and whether it has
 * exactly the asked form (strict; the paper's format reward for the reasoned one).
 */
import type { ItemOption } from '../contract/item';
import { keysInWords } from './answer-words';
import type { AnswerFormat } from './prompt';

export interface ParsedAnswer {
  /** The option's key; null when the text names none or more than one. */
  readonly key: string | null;
  readonly wellFormed: boolean;
}

/** Actial's reward: Python `re.fullmatch` with DOTALL and IGNORECASE. */
const REASONED_FORM = /^\s*<think>.*?<\/think>\s*<answer>.*?<\/answer>\s*$/is;

/** What is said after the thinking: the last `<answer>`, else all after `</think>`; null while still thinking. */
function finalPart(text: string): string | null {
  const answers = [...text.matchAll(/<answer>(.*?)<\/answer>/gis)];
  const last = answers.at(-1);
  if (last) return last[1] as string;
  const opened = text.match(/<answer>(.*)$/is);
  if (opened) return opened[1] as string;
  const afterThinking = text.split(/<\/think>/i);
  if (afterThinking.length > 1) return afterThinking.at(-1) as string;
  return /<think>/i.test(text) ? null : text;
}

/** Letters that stand as an answer: alone, in brackets, before a colon or line break, or after "answer is" and "option". */
function lettersIn(text: string): string[] {
  const alone = text.match(/^\W*([A-Za-z])\W*$/);
  if (alone) return [(alone[1] as string).toUpperCase()];
  const found = new Set<string>();
  for (const pattern of [
    /\(([A-H])\)/g,
    /^\W*([A-H])\s*[:.)]/g,
    /^\W*([A-H])\s*\n/g,
    // "A" may also be the article: "the answer is A camera move".
    /\b(?:[Aa]nswer|ANSWER|[Oo]ption|[Cc]hoice)\b\s*(?:is\b)?\s*[:=]?\W*(?:[Oo]ption\s+)?([B-H]\b|A\b(?!\s+[a-z]))/g,
    /\b(?:answer|option|choice)\b\s*(?:is\b)?\s*[:=]?\s*([a-h])\W*$/gi,
  ]) {
    for (const match of text.matchAll(pattern)) found.add((match[1] as string).toUpperCase());
  }
  return [...found];
}

/** The key that the text means. A letter and words that contradict each other mean nothing. */
function answerKeyIn(text: string, options: readonly ItemOption[]): string | null {
  const letters = lettersIn(text);
  const byLetter = letters.map((letter) => options.find((option) => option.letter === letter)?.key ?? null);
  const keys = new Set([...byLetter, ...keysInWords(text, options)]);
  if (keys.size !== 1) return null;
  return [...keys][0] ?? null;
}

function isWellFormed(text: string, options: readonly ItemOption[], format: AnswerFormat): boolean {
  switch (format) {
    case 'letter':
      return options.some(({ letter }) => letter === text.trim());
    case 'words':
      return options.some((option) => option.text === text.trim());
    case 'reasoned':
      return REASONED_FORM.test(text);
  }
}

export function parseAnswer(text: string, options: readonly ItemOption[], format: AnswerFormat): ParsedAnswer {
  const said = finalPart(text);
  return {
    key: said === null ? null : answerKeyIn(said.trim(), options),
    wellFormed: isWellFormed(text, options, format),
  };
}
