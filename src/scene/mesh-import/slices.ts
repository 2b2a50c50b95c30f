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

/** Where a text has one sign after another; no stretch without it is gone through twice. */
function placesOf(text: string, sign: string): (from: number) => number {
  let found = text.indexOf(sign);
  return (from) => {
    if (found >= 0 && found < from) found = text.indexOf(sign, from);
    return found < 0 ? text.length : found;
  };
}

/**
 * Goes through the lines of a text; the last one is what follows the last line end, be it empty. Old programs end lines with a
 * carriage return alone.
 */
export async function linesVisit(text: string, breathe: Breathe, visit: LineVisit): Promise<void> {
  const pause = slicesOf(breathe);
  const [feed, carriage] = [placesOf(text, '\n'), placesOf(text, '\r')];
  let number = 0;
  for (let at = 0; at <= text.length;) {
    const end = Math.min(feed(at), carriage(at));
    visit(text.slice(at, end), ++number, end === text.length);
    at = end + (text.startsWith('\r\n', end) ? 2 : 1);
    const pausing = pause(at / text.length);
    if (pausing) await pausing;
  }
}
