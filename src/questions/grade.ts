/** Verdicts. A pair without a clear truth is never graded. */
import type { UndecidedReason } from './ground-truth';

export type UngradedReason = UndecidedReason | 'ambiguous' | 'no-front' | 'no-verdict';

/** The truth of any family. */
type AnyTruth =
  { readonly kind: 'key'; readonly key: string } | { readonly kind: 'undecided'; readonly reason: UngradedReason };
export type Verdict =
  | { readonly kind: 'correct' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'ungraded'; readonly reason: UngradedReason };

/** @param givenKey the answer; null when it named no option, which is wrong */
export function gradeAnswer(truth: AnyTruth, givenKey: string | null): Verdict {
  if (truth.kind === 'undecided') return { kind: 'ungraded', reason: truth.reason };
  return { kind: givenKey === truth.key ? 'correct' : 'wrong' };
}
