/**
 * What the browser keeps between visits: theme, language, score, which of its answers may still be taken back, which pairs are behind the
 * person, whether single keys act and whether the tour was offered, nothing else. Damaged entries count as absent.
 */
import { PAGE_FAMILY_IDS, type PageFamilyId } from '../questions/page-families';
import { isLanguage, type Language } from './language';
import { pairNameRead, pairNameText, type PairName } from './pair-name';

/** `projector`: light, with large type, strong contrast and thick lines. */
export const THEMES = ['system', 'light', 'dark', 'projector'] as const;
export type Theme = (typeof THEMES)[number];

export interface Tally {
  readonly correct: number;
  readonly total: number;
}
export type Score = Readonly<Record<PageFamilyId, Tally>>;

/** An answer in the score of which it is not known yet whether anybody could have given it. */
export interface OpenAnswer extends PairName {
  readonly isCorrect: boolean;
}

export interface Stored {
  readonly theme: Theme;
  /** Null: the browser's own language decides. */
  readonly language: Language | null;
  readonly score: Score;
  /** Answers in the score whose pairs are still compared with other places, the newest last; a visit that ends before leaves them to the next. */
  readonly open: readonly OpenAnswer[];
  /** Names of the pairs that were answered, or whose answer was shown, since the score began: none of them counts again. The newest last. */
  readonly seen: readonly string[];
  /** The tour was taken or declined. */
  readonly tourSeen: boolean;
  /** Keys without Ctrl or Cmd act on the whole page. */
  readonly singleKeys: boolean;
}

const scoreOf = (tally: (id: PageFamilyId) => Tally): Score =>
  Object.fromEntries(PAGE_FAMILY_IDS.map((id) => [id, tally(id)])) as Record<PageFamilyId, Tally>;

export const SCORE_EMPTY: Score = scoreOf(() => ({ correct: 0, total: 0 }));

export const hasScored = (score: Score): boolean => PAGE_FAMILY_IDS.some((id) => score[id].total > 0);

/** A first visit. */
export const STORED_EMPTY: Stored = {
  theme: 'system',
  language: null,
  score: SCORE_EMPTY,
  open: [],
  seen: [],
  tourSeen: false,
  singleKeys: true,
};

export const STORAGE_KEY = 'viewpoint-playground:1';

/** Enough for many evenings; the oldest make room. */
export const SEEN_MAX = 500;
/** Longer than any name that the page makes. */
const SEEN_LENGTH_MAX = 200;

/** The names with more, which are then the newest. */
export const seenWith = (seen: readonly string[], names: readonly string[]): readonly string[] =>
  [...seen.filter((name) => !names.includes(name)), ...names].slice(-SEEN_MAX);

/** Nobody answers faster for long; the oldest stay in the score as they are. */
export const OPEN_MAX = 32;

export const isOneOf = (answers: readonly OpenAnswer[], answer: PairName): boolean =>
  answers.some((one) => pairNameText(one) === pairNameText(answer));

/** Those of the first that are not among the second. */
const openWithout = (answers: readonly OpenAnswer[], others: readonly OpenAnswer[]): readonly OpenAnswer[] =>
  answers.filter((answer) => !isOneOf(others, answer));

export const openWith = (open: readonly OpenAnswer[], more: readonly OpenAnswer[]): readonly OpenAnswer[] =>
  [...openWithout(open, more), ...more].slice(-OPEN_MAX);

function openRead(value: unknown): readonly OpenAnswer[] {
  if (!Array.isArray(value)) return STORED_EMPTY.open;
  const answers = value.flatMap((entry: unknown) => {
    const name = pairNameRead(entry);
    return name ? [{ ...name, isCorrect: (entry as { isCorrect?: unknown }).isCorrect === true }] : [];
  });
  return answers.reduce<readonly OpenAnswer[]>((open, answer) => openWith(open, [answer]), []);
}

/** The score without an answer; a score that was changed by hand holds no fewer than none. */
export function scoreWithout(score: Score, { family, isCorrect }: Pick<OpenAnswer, 'family' | 'isCorrect'>): Score {
  const total = Math.max(0, score[family].total - 1);
  const correct = Math.max(0, score[family].correct - (isCorrect ? 1 : 0));
  return { ...score, [family]: { correct: Math.min(correct, total), total } };
}

const isSeenName = (value: unknown): value is string => typeof value === 'string' && value.length <= SEEN_LENGTH_MAX;

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

const flagRead = (value: unknown, fallback: boolean): boolean => (typeof value === 'boolean' ? value : fallback);

function tallyRead(value: unknown): Tally {
  const { correct, total } = (value ?? {}) as Record<string, unknown>;
  return isCount(correct) && isCount(total) && correct <= total ? { correct, total } : { correct: 0, total: 0 };
}

export function storedRead(text: string | null): Stored {
  let data: unknown = null;
  try {
    data = text === null ? null : JSON.parse(text);
  } catch {
    // Falls through to the defaults.
  }
  const entries = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  const { theme, language, score, open, seen, tourSeen, singleKeys } = entries;
  const tallies = (typeof score === 'object' && score !== null ? score : {}) as Record<string, unknown>;
  return {
    theme: THEMES.find((known) => known === theme) ?? STORED_EMPTY.theme,
    language: isLanguage(language) ? language : STORED_EMPTY.language,
    score: scoreOf((id) => tallyRead(tallies[id])),
    open: openRead(open),
    seen: Array.isArray(seen) ? seenWith([], seen.filter(isSeenName)) : STORED_EMPTY.seen,
    tourSeen: flagRead(tourSeen, STORED_EMPTY.tourSeen),
    singleKeys: flagRead(singleKeys, STORED_EMPTY.singleKeys),
  };
}

export const storedWrite = (stored: Stored): string => JSON.stringify(stored);

/**
 * What to keep after a change of this page: other tabs and embedded pages write the same entry, so only what changed here changes there,
 * and answers are added up. An answer that several tabs found to be one that nobody could give is taken back once.
 *
 * @param kept what stands in the browser's storage
 */
export function storedMerge(kept: Stored, before: Stored, after: Stored): Stored {
  // A first answer that is taken back leaves no score either, but its pair stays behind the person.
  const isReset =
    (hasScored(before.score) || before.seen.length > 0) && !hasScored(after.score) && after.seen.length === 0;
  const closed = openWithout(before.open, after.open);
  /** Settled by another tab, or gone with a score that started again there. */
  const isClosedThere = (id: PageFamilyId): boolean =>
    openWithout(closed, kept.open).some(({ family }) => family === id);
  const added = (id: PageFamilyId, count: keyof Tally): number => {
    const change = after.score[id][count] - before.score[id][count];
    return Math.max(0, kept.score[id][count] + (isClosedThere(id) ? Math.max(0, change) : change));
  };
  const pick = <Key extends 'theme' | 'language' | 'tourSeen' | 'singleKeys'>(key: Key): Stored[Key] =>
    after[key] === before[key] ? kept[key] : after[key];
  return {
    theme: pick('theme'),
    language: pick('language'),
    tourSeen: pick('tourSeen'),
    singleKeys: pick('singleKeys'),
    open: isReset ? [] : openWith(openWithout(kept.open, closed), openWithout(after.open, before.open)),
    seen: isReset
      ? []
      : seenWith(
          kept.seen,
          after.seen.filter((name) => !before.seen.includes(name)),
        ),
    score: isReset
      ? SCORE_EMPTY
      : scoreOf((id) => {
          const total = added(id, 'total');
          return { correct: Math.min(total, added(id, 'correct')), total };
        }),
  };
}

export function scoreSum(score: Score): Tally {
  const tallies = Object.values(score);
  const sum = (pick: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + pick(tally), 0);
  return { correct: sum(({ correct }) => correct), total: sum(({ total }) => total) };
}

/** The question with the lowest share of correct answers, once two questions were answered three times each; else null. */
export function scoreHardest(score: Score): PageFamilyId | null {
  const tried = PAGE_FAMILY_IDS.filter((id) => score[id].total >= 3);
  if (tried.length < 2) return null;
  const share = (id: PageFamilyId): number => score[id].correct / score[id].total;
  return tried.reduce((worst, id) => (share(id) < share(worst) ? id : worst));
}
