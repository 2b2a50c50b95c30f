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
  /** The person asked for the model's answer first, so that their own is not counted. */
  readonly peeked: boolean;
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
  next(): void;
  /** Score and row start again; pair and difficulty stay. */
  scoreReset(): void;
  /** Makes the pair of the present seed, object and question, unanswered. */
  pairRenew(): void;
}

const UNANSWERED = { answer: null, verdict: null, answerMs: null, shownAtMs: null, peeked: false } as const;

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
      if (!guess.pair || guess.answer !== null) return;
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
        score: counts ? { ...guess.score, [question.family]: counted } : guess.score,
      });
    },
    peek: () => {
      if (get().guess.answer === null) patch({ peeked: true });
    },
    next: () => {
      const { guess, view } = get();
      const seed = guess.seed >= SEED_MAX ? 0 : guess.seed + 1;
      patch({ seed, run: { ...guess.run, level: guess.levelNext } });
      const objectIds = levelObjects(guess.levelNext, view.objectIds, get().question.family === 'facing');
      const objectId = view.objectPinned ? view.objectId : objectOfSeed(seed, objectIds, view.objectId);
      if (objectId !== view.objectId)
        set((state) => ({ view: { ...state.view, objectId, object: { kind: 'loading' } } }));
      get().guess.pairRenew();
    },
    scoreReset: () => patch({ score: SCORE_EMPTY, run: { ...get().guess.run, ...RUN_START } }),
    pairRenew: () => {
      const { view, question, guess } = get();
      get().model.reasoningClear();
      get().rival.reasoningClear();
      if (view.object.kind !== 'ready' || view.object.id !== view.objectId) {
        patch({ pair: null, ...UNANSWERED });
        return;
      }
      const pair = guessPair(guess.seed, view.objectId, question.family, view.object.framingPoints, guess.run.level);
      patch({ pair, ...UNANSWERED });
    },
  };
}
