/** Why an object did not come, as data: the page says it in its own language. */
import { messageOf } from './error-message';
import type { MeshProblem } from './mesh-problem';

export type ObjectProblem =
  /** There is none of that name. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'connection' }
  /** Its file wants `address`, which lies on another server and so is never asked. */
  | { readonly kind: 'elsewhere'; readonly address: string }
  /** `reason`: the reader's own words. */
  | { readonly kind: 'file'; readonly reason: string }
  /** A person's own mesh that can no longer be read. */
  | { readonly kind: 'mesh'; readonly mesh: MeshProblem }
  /** Whole sentences: code that did not come. */
  | { readonly kind: 'other'; readonly message: string };

/** An error of the scene that says its problem, whose code comes with three.js and so later than the page, or any other error. */
export function objectProblemOf(error: unknown): ObjectProblem {
  if (error instanceof Error && 'problem' in error) return error.problem as ObjectProblem;
  return { kind: 'other', message: messageOf(error) };
}
