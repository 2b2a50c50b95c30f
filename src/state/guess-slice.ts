/** One seeded pair after another: the pair, the person's answer, the score. */
import type { Verdict } from '../questions/grade';
import { pageGrade } from '../questions/page-families';
import type { SliceContext } from './app-state';
import { levelObjects, RUN_START, runAfter, type Run } from './guess-level';
import { guessPair, objectOfSeed } from './guess-pair';
import { DEFAULT_SEED, SEED_MAX } from './page-defaults';
import { pairTruth, type Pair } from './pair';
import { SCORE_EMPTY, type Score } from './storage-codec';

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
  /** What the answer was counted onto; null before it. */
  readonly uncounted: Pick<GuessSlice, 'score' | 'run' | 'levelNext'> | null;
  readonly score: Score;
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
  /** The answered pair looks the same from a place with another answer: nobody can know, so its answer does not count. */
  ambiguous(pairKey: string): void;
  next(): void;
  /** The pair of a seed and difficulty that somebody chose, whole numbers within their ranges. */
  deal(seed: number, level: number): void;
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
  uncounted: null,
} as const;

export function guessSlice({ set, get, start, deps }: SliceContext): GuessSlice {
  const patch = (part: Partial<GuessSlice>): void => set((state) => ({ guess: { ...state.guess, ...part } }));
  return {
    seed: start.url.seed ?? start.seed ?? DEFAULT_SEED,
    pair: null,
    ...UNANSWERED,
    score: start.stored.score,
    run: { level: start.url.level, ...RUN_START },
    levelNext: start.url.level,
    shown: (pairKey) => {
      const { pair, shownAtMs } = get().guess;
      if (pair?.key === pairKey && shownAtMs === null) patch({ shownAtMs: deps.now() });
    },
    answerGive: (key) => {
      const { guess, question } = get();
      if (!guess.pair || isGuessOver(guess)) return;
      const verdict = pageGrade(question.family, pairTruth(guess.pair, question.family).answer, key);
      const counts = verdict.kind !== 'ungraded' && !guess.peeked;
      const tally = guess.score[question.family];
      const counted = {
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
        uncounted: { score: guess.score, run: guess.run, levelNext: guess.levelNext },
        score: counts ? { ...guess.score, [question.family]: counted } : guess.score,
      });
    },
    peek: () => {
      if (!isGuessOver(get().guess)) patch({ peeked: true });
    },
    giveUp: () => {
      const { guess } = get();
      if (guess.pair && !isGuessOver(guess)) patch({ gaveUp: true });
    },
    ambiguous: (pairKey) => {
      const { pair, uncounted } = get().guess;
      if (pair?.key !== pairKey || !uncounted) return;
      patch({ ...uncounted, uncounted: null, verdict: { kind: 'ungraded', reason: 'ambiguous' } });
    },
    next: () => {
      const { guess } = get();
      guess.deal(seedAfter(guess.seed), guess.levelNext);
    },
    deal: (seed, level) => {
      const { guess, view } = get();
      patch({ seed, run: { ...guess.run, level }, levelNext: level, ...UNANSWERED });
      const objectIds = levelObjects(level, view.objectIds, get().question.family === 'facing');
      const objectId = view.objectPinned ? view.objectId : objectOfSeed(seed, objectIds, view.objectId);
      if (objectId !== view.objectId) view.objectLoad(objectId);
      get().guess.pairRenew();
    },
    scoreReset: () => patch({ score: SCORE_EMPTY, run: { ...get().guess.run, ...RUN_START }, uncounted: null }),
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
        patch({ pair: null, ...UNANSWERED });
        return;
      }
      const pair = guessPair(guess.seed, view.objectId, question.family, view.object.framingPoints, guess.run.level);
      patch({ pair, ...UNANSWERED });
    },
  };
}
