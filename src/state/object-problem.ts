/** Why an object did not come, as data: the page says it in its own language. */
export type ObjectProblem =
  /** There is none of that name. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'connection' }
  /** Its file wants `address`, which lies on another server and so is never asked. */
  | { readonly kind: 'elsewhere'; readonly address: string }
  /** `reason`: the reader's own words. */
  | { readonly kind: 'file'; readonly reason: string };

/** The problem of an error that some layer below the page raised; any other error is the file's. */
export function objectProblemOf(error: unknown): ObjectProblem {
  if (error instanceof Error && 'problem' in error) return error.problem as ObjectProblem;
  return { kind: 'file', reason: error instanceof Error ? error.message : String(error) };
}
