/** How hard Guess is: it follows the person. Level 2 is where everybody starts, and what an address without a level means. */
import type { Verdict } from '../questions/grade';
import { hasMarkedFront } from './marked-front';

export const LEVEL_MIN = 0;
export const LEVEL_MAX = 4;
export const LEVEL_START = 2;

/** So many in a row lead one level up; a wrong one leads down. */
const UP_AFTER = 3;

/** |Δ azimuth|. */
export type TurnRangeDeg = readonly [lo: number, hi: number];

/**
 * The smaller the turn, the smaller the change in the pictures. The questions' own range begins at 20°. `magnitude`, which asks
 * for the size itself, uses the start's alone.
 */
const TURN_DEG: readonly TurnRangeDeg[] = [
  [50, 82],
  [36, 82],
  [24, 82],
  [20, 50],
  [20, 34],
];

const clamp = (level: number): number => Math.max(LEVEL_MIN, Math.min(LEVEL_MAX, Math.round(level)));

export const levelTurnDeg = (level: number): TurnRangeDeg => TURN_DEG[clamp(level)] as TurnRangeDeg;

export interface Run {
  readonly level: number;
  /** Correct answers in a row. */
  readonly streak: number;
  /** The longest row of this visit. */
  readonly bestStreak: number;
}

export const RUN_START: Omit<Run, 'level'> = { streak: 0, bestStreak: 0 };

/** The run after an answer; one that is not graded changes nothing. */
export function runAfter(run: Run, verdict: Verdict): Run {
  if (verdict.kind === 'ungraded') return run;
  if (verdict.kind === 'wrong') return { ...run, streak: 0, level: clamp(run.level - 1) };
  const streak = run.streak + 1;
  const level = streak % UP_AFTER === 0 ? clamp(run.level + 1) : run.level;
  return { level, streak, bestStreak: Math.max(run.bestStreak, streak) };
}

/** Things that people know come first, figures of blocks last. Never an empty list for a list that is not. */
export function levelObjects(level: number, objectIds: readonly string[], needsFront: boolean): readonly string[] {
  const known = objectIds.filter(hasMarkedFront);
  const figures = objectIds.filter((id) => !hasMarkedFront(id));
  const wanted = needsFront || level < LEVEL_START ? known : level === LEVEL_MAX ? figures : objectIds;
  return wanted.length > 0 ? wanted : objectIds;
}
