/** Rate of a download over the last seconds, and how long the rest takes. */

const WINDOW_MS = 5000;
/** Before this a rate says nothing. */
const FIRST_MS = 500;

export interface RateMeter {
  /** Bytes that came from the network just now. */
  add(bytes: number): void;
  /** Nothing until the rate can be told. */
  read(missingBytes: number): { readonly bytesPerSecond?: number; readonly remainingMs?: number };
}

/** `now`: milliseconds of a clock that only moves forward. */
export function rateMeter(now: () => number): RateMeter {
  let arrivals: { readonly atMs: number; readonly bytes: number }[] = [];
  let startMs: number | undefined;
  return {
    add: (bytes) => {
      const atMs = now();
      startMs ??= atMs;
      arrivals = arrivals.filter((arrival) => atMs - arrival.atMs <= WINDOW_MS);
      arrivals.push({ atMs, bytes });
    },
    read: (missingBytes) => {
      const atMs = now();
      if (startMs === undefined || atMs - startMs < FIRST_MS) return {};
      const recent = arrivals.filter((arrival) => atMs - arrival.atMs <= WINDOW_MS);
      const bytes = recent.reduce((sum, arrival) => sum + arrival.bytes, 0);
      const bytesPerSecond = (1000 * bytes) / Math.min(WINDOW_MS, atMs - startMs);
      return bytesPerSecond > 0 ? { bytesPerSecond, remainingMs: (1000 * missingBytes) / bytesPerSecond } : {};
    },
  };
}
