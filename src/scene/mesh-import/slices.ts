/** Long work in slices: the page draws, and takes a click, between two of them. */

/** Shorter than what is felt as a pause. */
const SLICE_MS = 40;
/** Asking for the time costs, too. */
const STEPS_BETWEEN_LOOKS = 512;

/** @param share of the work that is done, 0 … 1; rejects when the work was given up */
export type Breathe = (share: number) => Promise<void>;

/** To be called with every step; what it returns is awaited where it is not null. */
export function slicesOf(breathe: Breathe): (share: number) => Promise<void> | null {
  let steps = 0;
  let startMs = performance.now();
  return (share) => {
    steps += 1;
    if (steps % STEPS_BETWEEN_LOOKS !== 0 || performance.now() - startMs < SLICE_MS) return null;
    return breathe(share).then(() => {
      startMs = performance.now();
    });
  };
}
