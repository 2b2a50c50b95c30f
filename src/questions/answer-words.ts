/** What an answer in words says: which options it names, and which it denies. Lenient in wording, but never guesses. */
import type { ItemOption } from '../contract/item';
import { angleOfKey } from './broad-families';

const words = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[’']/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** How options are named; those that are not here by their keys, "moved-left" as "moved to the left". */
const NAMES: Readonly<Record<string, string>> = {
  up: 'up(?:wards?)?|higher|rose|raised|ascended',
  down: 'down(?:wards?)?|lower(?:ed)?|sank|descended',
  closer: 'closer|nearer|towards?|approached',
  farther: 'f[au]rther|away',
};
const VERBS: Readonly<Record<string, string>> = {
  moved: '(?:moved?|moves|strafed|shifted|slid|stepped|went)(?: sideways)?',
  turned: '(?:turn|turns|turned|rotates?|rotated|panned)(?: on the spot| in place)?',
};

function nameOf(key: string): string {
  const [verb = '', side] = key.split('-');
  if (side !== undefined) return `${VERBS[verb] ?? verb} (?:to the )?${side}(?:wards?)?`;
  return NAMES[key] ?? `${key}(?:wards?)?`;
}

const STILL =
  'no (?:movement|move|motion|change)|(?:not|n?t|didnt|doesnt|hasnt|wasnt) (?:mov(?:e|ed|ing)|chang(?:e|ed|ing))|unchanged|stayed|stationary|remained';
const UNTURNED = 'no rotation|(?:not|n?t|didnt|doesnt|hasnt|wasnt) (?:rotat(?:e|ed|ing)|turn(?:ed|ing)?)';
const NOTHING_MOVED = new RegExp(`\\b(?:${STILL}|${UNTURNED})\\b`);

/** How it is said that nothing changed, by the key of the option that means it. */
const RESTS: Readonly<Record<string, RegExp>> = {
  none: NOTHING_MOVED,
  same: new RegExp(`\\b(?:same|equal|${STILL})\\b`),
  // That it did not move leaves open whether it turned.
  neither:
    /\bneither\b|\bno change\b|\bunchanged\b|\b(?:not|didnt) (?:move|moved) (?:or|and|nor) (?:turn|rotate)|\bnothing changed\b/,
};
const NOT_SAME =
  /\b(?:not|never|isnt|wasnt|didnt|no longer)(?: (?:quite|exactly|stay|remain|keep|kept|be|at|have|the|is))* same\b/;

const DENIAL = '(?:not|never|n?t|didnt|doesnt|isnt|wasnt|hasnt|rather than|instead of)';

const denialOf = (names: string): RegExp => new RegExp(`\\b${DENIAL}(?: (?!but\\b)\\w+){0,5} (?:${names})\\b`);

const neitherOf = (names: string): RegExp =>
  new RegExp(`\\bneither (?:\\w+ ){0,3}?(?:${names}) (?:\\w+ )?nor (?:\\w+ ){0,3}?(?:${names})\\b`);

const SENTENCE_END = /[!?;\n。！？；]+|\.(?!\d)/;
/** "and" only where something else is spoken of after it. */
const CLAUSE_END =
  /[,:—，：]|\b(?:but|while|whereas|so|because|since|as|although|though)\b|\band\b(?!\s+(?:has|is|was|did|does|had|stays?|stayed|remains?|remained|not|never)\b)/i;
const OF_OBJECT =
  /^\W*(?:the|this|that|both|these|those)\s+(?:same\s+)?(?:objects?|scene|subject|background)\b(?!['’]s)/i;

/**
 * The sentences, without what they say about the object or the scene, as the question's own words do ("The object captured in these two
 * photos did not move"). Where the object's distance or side is asked for, only that it stayed is left out.
 */
function cameraSentences(text: string, options: readonly ItemOption[]): string[] {
  const objectTells = options.some(({ key }) => key === 'closer' || key === 'front');
  const isAside = (clause: string): boolean =>
    OF_OBJECT.test(clause) && (!objectTells || NOTHING_MOVED.test(words(clause)));
  return text.split(SENTENCE_END).map((sentence) => {
    const clauses = sentence.split(CLAUSE_END);
    return clauses.some(isAside) ? clauses.filter((clause) => !isAside(clause)).join(', ') : sentence;
  });
}

/** "The right answer" names no side. */
const withoutPraise = (said: string): string => said.replace(/\bright (answer|option|choice)\b/g, '$1');

/** Words by sentence, so that nothing reaches over the end of one. */
const saidIn = (text: string, options: readonly ItemOption[]): string =>
  withoutPraise(cameraSentences(text, options).map(words).join(' . '));

const NUMBER = /(?:([+＋\-−–－‑])|\b(plus|positive|minus|negative)\s+|([正负負]))?(\d+(?:\.\d+)?)/giu;
const ONLY_A_NUMBER = /^[^\p{L}\p{N}±~\-−–－‑]*\d+(?:\.\d+)?\s*(?:[°º]|degrees?|deg|度)?[^\p{L}\p{N}]*$/iu;
const SIDE = /\b(left|right)(?:wards?)?\b|([左右])/g;

/** The one side that is named anywhere; null for none, several, or one that is denied. */
function sideIn(text: string, options: readonly ItemOption[]): 'left' | 'right' | null {
  const said = saidIn(text, options);
  const sides = new Set([...said.matchAll(SIDE)].map(([, word, sign]) => word ?? (sign === '左' ? 'left' : 'right')));
  if (sides.size !== 1 || denialOf('left|right').test(said)) return null;
  return sides.has('left') ? 'left' : 'right';
}

/**
 * Options of degrees that the numbers name: by their sign; without one by the side that the text names, or as positive when it is nothing
 * but the number. A dash behind a number or a word is no sign: "35-40", "left-40".
 */
function keysInNumbers(text: string, options: readonly ItemOption[]): string[] {
  const side = sideIn(text, options) ?? (ONLY_A_NUMBER.test(text) ? 'right' : null);
  const anglesDeg = [...text.matchAll(NUMBER)].map(({ index, 1: mark, 2: word, 3: sign, 4: size }) => {
    const isJoint = /[\p{L}\d°º]/u.test(text.charAt(index - 1));
    const signed = (isJoint ? undefined : mark) ?? word?.toLowerCase() ?? sign;
    if (signed === undefined && side === null) return NaN;
    const isRight = signed === undefined ? side === 'right' : /^[+＋正p]/.test(signed);
    return isRight ? Number(size) : -Number(size);
  });
  return options.filter(({ key }) => anglesDeg.includes(angleOfKey(key) ?? NaN)).map(({ key }) => key);
}

/** Options that the words name: an option's whole text, else what it is called or the absence of all. Nothing where one is denied. */
export function keysInWords(text: string, options: readonly ItemOption[]): string[] {
  if (options.every(({ key }) => angleOfKey(key) !== null)) return keysInNumbers(text, options);
  const whole = withoutPraise(words(text));
  const exact = options.filter((option) => words(option.text) === whole || option.key === whole);
  if (exact.length === 1) return exact.map(({ key }) => key);

  const said = saidIn(text, options);
  const rest = options.find(({ key }) => key in RESTS);
  const moves = options.filter((option) => option !== rest).map(({ key }) => key);
  const names = moves.map(nameOf).join('|');
  const isNeither = neitherOf(names).test(said);
  const named = isNeither ? [] : moves.filter((key) => new RegExp(`\\b(?:${nameOf(key)})\\b`).test(said));
  if (named.length > 0) {
    const isContradicted = rest !== undefined && rest.key !== 'none' && said.includes(words(rest.text));
    return isContradicted || denialOf(names).test(said) ? [] : named;
  }
  if (!rest || NOT_SAME.test(said)) return [];
  const isRest =
    isNeither ||
    RESTS[rest.key]?.test(said) ||
    said.includes(words(rest.text)) ||
    (rest.key !== 'neither' && whole === 'no');
  return isRest ? [rest.key] : [];
}
