/** One seeded pair after another: the pair, the person's answer, the score. */
import type { Verdict } from '../questions/grade';
import type { AppState, SliceContext } from './app-state';
import { levelObjects, RUN_START, runAfter, type Run } from './guess-level';
import { guessPair, objectOfSeed } from './guess-pair';
import { DEFAULT_SEED, SEED_MAX } from './page-defaults';
import { pairVerdict, type Pair } from './pair';
import { pairNameText, type PairName } from './pair-name';
import {
  hasScored,
  openWith,
  SCORE_EMPTY,
  scoreWithout,
  seenWith,
  type OpenAnswer,
  type Score,
  type Stored,
} from './storage-codec';

/** An answer of this visit in the score. */
interface Counted {
  readonly name: string;
  readonly verdict: Verdict;
  /** The row of correct answers before it. */
  readonly run: Run;
}

/** The row of correct answers is mended over so many of them. */
const COUNTED_MAX = 32;

export interface GuessSlice {
  readonly seed: number;
  /** Null while the object loads. */
  readonly pair: Pair | null;
  /** Null until the person has answered. */
  readonly answer: string | null;
  readonly verdict: Verdict | null;
  /** From the pictures' first appearance to the answer. */
  readonly answerMs: number | null;
  /** When the pair was first drawn; null before. */
  readonly shownAtMs: number | null;
  /** The person asked for the truth instead of answering. */
  readonly gaveUp: boolean;
  /** The person asked for the model's answer first, so that their own is not counted. */
  readonly peeked: boolean;
  /** The last answers of this visit in the score, the newest last. */
  readonly counted: readonly Counted[];
  /** Answers in the score that nobody may have been able to give: their pairs are being compared with other places, or will be. */
  readonly open: readonly OpenAnswer[];
  /** An answer to an earlier pair was taken back while this one stood there. */
  readonly tookBack: boolean;
  readonly score: Score;
  /** Names of the pairs that were answered, or whose answer was shown, in this browser since the score began. */
  readonly seen: readonly string[];
  /** The pair was one of them before it was asked this time, so that it does not count. */
  readonly isRepeat: boolean;
  /** Difficulty of the pair on screen, and the row of correct answers. */
  readonly run: Run;
  /** Difficulty of the next pair. */
  readonly levelNext: number;
  /** The pictures are drawn: the clock starts. */
  shown(pairKey: string): void;
  /** An option's key; own words for the family without options. */
  answerGive(key: string): void;
  peek(): void;
  /** Shows the truth without an answer; the pair does not count, and the row of correct answers stays as it is. */
  giveUp(): void;
  /**
   * An answered pair was compared with other places.
   * @param isAmbiguous it looks the same from a place with another answer: nobody can know, so its answer does not count, even when another
   * pair stands there by now or it was given at an earlier visit. Difficulty goes back only with the pair on screen.
   */
  settle(pair: PairName, isAmbiguous: boolean): void;
  /** What the browser keeps since another of its tabs has written there: this tab's own answers are among it. */
  storedAdopt(stored: Pick<Stored, 'score' | 'open' | 'seen'>): void;
  next(): void;
  /**
   * The pair of a seed and difficulty that somebody chose, whole numbers within their ranges.
   * @param keepsObject they chose it for the object on screen; else the seed picks one, where nobody has
   */
  deal(seed: number, level: number, keepsObject?: boolean): void;
  /** Score and row start again; pair and difficulty stay. */
  scoreReset(): void;
  /**
   * Makes the pair of the present seed, object and question, unanswered. A seed whose pair is over or was peeked at is spent: the next
   * one takes its place, so that nobody is asked again what they have seen the answer of.
   */
  pairRenew(): void;
}

/** Answered or given up: nothing is hidden any more, and nothing more is taken. */
export const isGuessOver = ({ answer, gaveUp }: Pick<GuessSlice, 'answer' | 'gaveUp'>): boolean =>
  answer !== null || gaveUp;

const seedAfter = (seed: number): number => (seed >= SEED_MAX ? 0 : seed + 1);

const UNANSWERED = {
  answer: null,
  verdict: null,
  answerMs: null,
  shownAtMs: null,
  gaveUp: false,
  peeked: false,
} as const;

/** The pair that stands there in Guess, or will once its object is here. */
export const pairNameOf = ({ guess, view, question }: Pick<AppState, 'guess' | 'view' | 'question'>): PairName => ({
  objectId: view.objectId,
  seed: guess.seed,
  family: question.family,
  level: guess.run.level,
});

/** The row of correct answers as it would stand without one of the answers. */
const runWithout = ({ run }: Counted, later: readonly Counted[]): Run =>
  later.reduce((row, { verdict }) => runAfter(row, verdict), run);

export function guessSlice({ set, get, start, deps }: SliceContext): GuessSlice {
  const patch = (part: Partial<GuessSlice>): void => set((state) => ({ guess: { ...state.guess, ...part } }));
  /** Names the pair that the address names, whatever its pictures. */
  const pairName = (): string => pairNameText(pairNameOf(get()));
  return {
    seed: start.url.seed ?? start.seed ?? DEFAULT_SEED,
    pair: null,
    ...UNANSWERED,
    counted: [],
    open: start.stored.open,
    tookBack: false,
    score: start.stored.score,
    seen: start.stored.seen,
    isRepeat: false,
    run: { level: start.url.level, ...RUN_START },
    levelNext: start.url.level,
    shown: (pairKey) => {
      const { pair, shownAtMs } = get().guess;
      if (pair?.key === pairKey && shownAtMs === null) patch({ shownAtMs: deps.now() });
    },
    answerGive: (key) => {
      const { guess, question } = get();
      if (!guess.pair || isGuessOver(guess)) return;
      const verdict = pairVerdict(guess.pair, question.family, key);
      const counts = verdict.kind !== 'ungraded' && !guess.peeked && !guess.isRepeat;
      const tally = guess.score[question.family];
      const more = {
        correct: tally.correct + (verdict.kind === 'correct' ? 1 : 0),
        total: tally.total + 1,
      };
      const run = counts ? runAfter(guess.run, verdict) : guess.run;
      patch({
        // The pair keeps its difficulty until the next one: the address of this one holds it.
        run: { ...run, level: guess.run.level },
        levelNext: run.level,
        answer: key,
        verdict,
        answerMs: guess.shownAtMs === null ? null : deps.now() - guess.shownAtMs,
        ...(counts && {
          counted: [...guess.counted, { name: pairName(), verdict, run: guess.run }].slice(-COUNTED_MAX),
          open: openWith(guess.open, [{ ...pairNameOf(get()), isCorrect: verdict.kind === 'correct' }]),
          score: { ...guess.score, [question.family]: more },
        }),
        seen: verdict.kind === 'ungraded' ? guess.seen : seenWith(guess.seen, [pairName()]),
      });
    },
    peek: () => {
      const { guess } = get();
      if (!isGuessOver(guess)) patch({ peeked: true, seen: seenWith(guess.seen, [pairName()]) });
    },
    giveUp: () => {
      const { guess } = get();
      if (guess.pair && !isGuessOver(guess)) patch({ gaveUp: true, seen: seenWith(guess.seen, [pairName()]) });
    },
    settle: (pair, isAmbiguous) => {
      const { guess } = get();
      const name = pairNameText(pair);
      const isAnsweredHere = guess.pair !== null && guess.answer !== null && name === pairName();
      if (isAmbiguous && isAnsweredHere) patch({ verdict: { kind: 'ungraded', reason: 'ambiguous' } });
      const answer = guess.open.find((one) => pairNameText(one) === name);
      if (!answer) return;
      const open = guess.open.filter((one) => one !== answer);
      if (!isAmbiguous) {
        patch({ open });
        return;
      }
      const at = guess.counted.findIndex((one) => one.name === name);
      const counted = guess.counted[at];
      const { level } = guess.run;
      patch({
        open,
        score: scoreWithout(guess.score, answer),
        // The row of an earlier visit is over.
        ...(counted && {
          counted: guess.counted.filter((one) => one !== counted),
          run: { ...runWithout(counted, guess.counted.slice(at + 1)), level },
        }),
        ...(isAnsweredHere ? { levelNext: level } : { tookBack: true }),
      });
    },
    storedAdopt: ({ score, open, seen }) => {
      const { guess } = get();
      const isNew = !isGuessOver(guess) && !guess.peeked;
      // Where the score began afresh, this pair counts again.
      if (seen.length === 0 && !hasScored(score)) guess.scoreReset();
      else patch({ score, open, seen, isRepeat: seen.includes(pairName()) && (guess.isRepeat || isNew) });
    },
    next: () => {
      const { guess } = get();
      guess.deal(seedAfter(guess.seed), guess.levelNext);
    },
    deal: (seed, level, keepsObject = false) => {
      const { guess, view } = get();
      patch({ seed, run: { ...guess.run, level }, levelNext: level, tookBack: false, ...UNANSWERED });
      const objectIds = levelObjects(level, view.objectIds, get().question.family === 'facing');
      const isKept = keepsObject || view.objectPinned;
      const objectId = isKept ? view.objectId : objectOfSeed(seed, objectIds, view.objectId);
      if (objectId !== view.objectId) view.objectLoad(objectId);
      get().guess.pairRenew();
    },
    scoreReset: () => {
      const run = { ...get().guess.run, ...RUN_START };
      patch({ score: SCORE_EMPTY, run, counted: [], open: [], tookBack: false, seen: [], isRepeat: false });
    },
    pairRenew: () => {
      const { view, question, model, rival } = get();
      model.reasoningClear();
      rival.reasoningClear();
      const before = get().guess;
      const { seed, run, levelNext } = before;
      if (isGuessOver(before) || before.peeked)
        patch({ seed: seedAfter(seed), run: { ...run, level: levelNext }, ...UNANSWERED });
      const { guess } = get();
      if (view.object.kind !== 'ready' || view.object.id !== view.objectId) {
        patch({ pair: null, isRepeat: false, ...UNANSWERED });
        return;
      }
      const pair = guessPair(guess.seed, view.objectId, question.family, view.object.framingPoints, guess.run.level);
      patch({ pair, isRepeat: guess.seen.includes(pairName()), ...UNANSWERED });
    },
  };
}
