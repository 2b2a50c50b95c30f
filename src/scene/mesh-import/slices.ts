/** Long work in slices: the page draws, and takes a click, between two of them. */

/** Shorter than what is felt as a pause. */
const SLICE_MS = 40;
/** Asking for the time costs, too. */
const STEPS_BETWEEN_LOOKS = 512;

/** @param share of the work that is done, 0 … 1; rejects when the work was given up */
export type Breathe = (share: number) => Promise<void>;

/** Awaited where it is not null. */
export type Pause = (share: number) => Promise<void> | null;

/** To be called with every step. */
export function slicesOf(breathe: Breathe): Pause {
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

/** @param number of the line, counted from 1 */
export type LineVisit = (line: string, number: number, isLast: boolean) => void;

/** Goes through the lines of a text; the last one is what follows the last line end, be it empty. */
export async function linesVisit(text: string, breathe: Breathe, visit: LineVisit): Promise<void> {
  const pause = slicesOf(breathe);
  let number = 0;
  for (let at = 0; at <= text.length;) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    visit(text.slice(at, end), ++number, found < 0);
    at = end + 1;
    const pausing = pause(at / text.length);
    if (pausing) await pausing;
  }
}
