/** The benchmark's figures: medians of the runs, and how many times faster or smaller ours is. Pure, so that tests can check it. */

/** One run of one engine. Times in milliseconds; `secondAnswerPlain` is the call that reuses nothing, ours knows none. */
export interface Clocks {
  readonly loadMs: number;
  readonly firstColdMs: number;
  readonly firstPreparedMs: number;
  readonly secondAnswerMs: number;
  readonly secondAnswerPlainMs: number | null;
  readonly tokensPerSecond: number;
  /** Largest resident size of the renderer process; null where the system does not tell. */
  readonly peakMemoryBytes: number | null;
}

export const RATIO_NAMES = [
  'load',
  'firstCold',
  'firstPrepared',
  'secondAnswer',
  'secondAnswerPlain',
  'decode',
  'peakMemory',
] as const;
export type RatioName = (typeof RATIO_NAMES)[number];

/** What ratios must at least be on WASM with the real model. */
export const BARS: Readonly<Partial<Record<RatioName, number>>> = {
  firstPrepared: 5,
  secondAnswerPlain: 5,
  secondAnswer: 2,
  firstCold: 1,
  decode: 1,
  peakMemory: 1,
};

/** A task that holds a page's thread up for longer is felt (W3C Long Tasks). */
export const LONG_TASK_MS = 50;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  return sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2;
}

/** Field by field; null when any run has none. */
export function clocksMedian(runs: readonly Clocks[]): Clocks {
  const of = (pick: (run: Clocks) => number): number => median(runs.map(pick));
  const orNull = (pick: (run: Clocks) => number | null): number | null => {
    const values = runs.map(pick).filter((value) => value !== null);
    return values.length === runs.length ? median(values) : null;
  };
  return {
    loadMs: of((run) => run.loadMs),
    firstColdMs: of((run) => run.firstColdMs),
    firstPreparedMs: of((run) => run.firstPreparedMs),
    secondAnswerMs: of((run) => run.secondAnswerMs),
    secondAnswerPlainMs: orNull((run) => run.secondAnswerPlainMs),
    tokensPerSecond: of((run) => run.tokensPerSecond),
    peakMemoryBytes: orNull((run) => run.peakMemoryBytes),
  };
}

/** Theirs ÷ ours for times and memory, ours ÷ theirs for tokens per second: above 1 is better for us. */
export function ratiosOf(ours: Clocks, theirs: Clocks): Record<RatioName, number | null> {
  const plain = theirs.secondAnswerPlainMs;
  const memory =
    theirs.peakMemoryBytes === null || ours.peakMemoryBytes === null
      ? null
      : theirs.peakMemoryBytes / ours.peakMemoryBytes;
  return {
    load: theirs.loadMs / ours.loadMs,
    firstCold: theirs.firstColdMs / ours.firstColdMs,
    firstPrepared: theirs.firstPreparedMs / ours.firstPreparedMs,
    secondAnswer: theirs.secondAnswerMs / ours.secondAnswerMs,
    secondAnswerPlain: plain === null ? null : plain / ours.secondAnswerMs,
    decode: ours.tokensPerSecond / theirs.tokensPerSecond,
    peakMemory: memory,
  };
}

/** Names of the ratios that miss their bar or could not be measured. */
export function barsMissed(ratios: Readonly<Record<RatioName, number | null>>): RatioName[] {
  return RATIO_NAMES.filter((name) => {
    const bar = BARS[name];
    return bar !== undefined && !((ratios[name] ?? 0) >= bar);
  });
}

export function tableText(ours: Clocks, theirs: Clocks): string {
  const ratios = ratiosOf(ours, theirs);
  const shown = (value: number | null, digits: number): string => (value === null ? '–' : value.toFixed(digits));
  const mib = (bytes: number | null): number | null => (bytes === null ? null : bytes / 2 ** 20);
  const rows: readonly (readonly [RatioName, string, number | null, number | null])[] = [
    ['load', 'ms', ours.loadMs, theirs.loadMs],
    ['firstCold', 'ms', ours.firstColdMs, theirs.firstColdMs],
    ['firstPrepared', 'ms', ours.firstPreparedMs, theirs.firstPreparedMs],
    ['secondAnswer', 'ms', ours.secondAnswerMs, theirs.secondAnswerMs],
    ['secondAnswerPlain', 'ms', ours.secondAnswerMs, theirs.secondAnswerPlainMs],
    ['decode', 'tokens/s', ours.tokensPerSecond, theirs.tokensPerSecond],
    ['peakMemory', 'MiB', mib(ours.peakMemoryBytes), mib(theirs.peakMemoryBytes)],
  ];
  const lines = rows.map(([name, unit, our, their]) =>
    [
      name.padEnd(18),
      shown(our, 1).padStart(10),
      shown(their, 1).padStart(10),
      unit.padEnd(9),
      `${shown(ratios[name], 2)}×`.padStart(8),
    ].join(' '),
  );
  return [`${''.padEnd(18)} ${'ours'.padStart(10)} ${'theirs'.padStart(10)}`, ...lines].join('\n');
}
