/**
 * Generated text into an answer. Two questions are kept apart: which option the text means (lenient), and whether it has
 * exactly the asked form (strict; the paper's format reward for the reasoned one).
 */
import type { ItemOption } from '../contract/item';
import { angleOfKey } from './broad-families';
import type { AnswerFormat } from './prompt';

export interface ParsedAnswer {
  /** The option's key; null when the text names none or more than one. */
  readonly key: string | null;
  readonly wellFormed: boolean;
}

/** Actial's reward: Python `re.fullmatch` with DOTALL and IGNORECASE. */
const REASONED_FORM = /^\s*<think>.*?<\/think>\s*<answer>.*?<\/answer>\s*$/is;

const words = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[’']/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

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

const NOTHING_MOVED =
  /\b(?:no (?:movement|rotation|move|motion|change)|(?:did|does|has|have|had|was|is) ?(?:not|nt) (?:move|moved|moving|rotate|rotated|rotating|turn|turned)|(?:didnt|doesnt|hasnt) (?:move|moved|rotate|rotated|turn|turned)|not (?:move|moved|rotate|rotated)|stayed|stationary|remained)\b/;
const NEITHER_SIDE = /\bneither (?:to the )?(?:left|right) nor (?:to the )?(?:left|right)\b/;
const NEGATED_SIDE = /\b(?:not|never|didnt|doesnt|isnt|rather than|instead of)\b(?: \w+){0,5} (?:left|right)\b/;

/** Options of degrees that the numbers name: by their sign, without one by the side that is named next to them, else as positive. */
function keysInNumbers(text: string, options: readonly ItemOption[]): string[] {
  const numbers = text.matchAll(/([+\-−]?)(\d+(?:\.\d+)?)(?:\s*(?:°|degrees?))?(?:\s+(?:to the )?(left|right)\b)?/gi);
  const anglesDeg = [...numbers].map(([, sign = '', size, side = '']) => {
    const isLeft = sign === '' ? side.toLowerCase() === 'left' : sign !== '+';
    return isLeft ? -Number(size) : Number(size);
  });
  return options.filter(({ key }) => anglesDeg.includes(angleOfKey(key) ?? NaN)).map(({ key }) => key);
}

/** Options that the words name: an option's whole text, else the bare side or the absence of one. */
function keysInWords(text: string, options: readonly ItemOption[]): string[] {
  if (options.every(({ key }) => angleOfKey(key) !== null)) return keysInNumbers(text, options);
  const said = words(text).replace(/\bright (answer|option|choice)\b/g, '$1');
  const exact = options.filter((option) => words(option.text) === said || option.key === said);
  if (exact.length === 1) return exact.map(({ key }) => key);
  const sides = new Set(
    options.filter(({ key }) => new RegExp(`\\b${key}(?:wards?)?\\b`).test(said)).map(({ key }) => key),
  );
  sides.delete('none');
  if (NEITHER_SIDE.test(said)) sides.clear();
  if (sides.size > 0) return NEGATED_SIDE.test(said) ? [] : [...sides];
  const none = options.find(({ key }) => key === 'none');
  return none &&
    (NOTHING_MOVED.test(said) || NEITHER_SIDE.test(said) || said === 'no' || said.includes(words(none.text)))
    ? ['none']
    : [];
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
