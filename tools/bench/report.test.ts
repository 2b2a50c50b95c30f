import { describe, expect, it } from 'vitest';
import { peakBytes, peakBytesFromStatus } from './renderer-memory';
import { barsMissed, clocksMedian, median, ratiosOf, tableText, type Clocks } from './report';

const OURS: Clocks = {
  loadMs: 100,
  firstColdMs: 50,
  firstPreparedMs: 10,
  secondAnswerMs: 10,
  secondAnswerPlainMs: null,
  tokensPerSecond: 20,
  peakMemoryBytes: 2 ** 20,
};
const THEIRS: Clocks = {
  ...OURS,
  firstColdMs: 60,
  firstPreparedMs: 60,
  secondAnswerMs: 20,
  secondAnswerPlainMs: 70,
  tokensPerSecond: 5,
  peakMemoryBytes: 2 ** 21,
};

describe('benchmark report', () => {
  it('takes medians', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNaN();
    const runs = [1, 5, 3].map((loadMs) => ({ ...OURS, loadMs }));
    expect(clocksMedian(runs)).toEqual({ ...OURS, loadMs: 3 });
    expect(clocksMedian([OURS, { ...OURS, peakMemoryBytes: null }]).peakMemoryBytes).toBeNull();
  });

  it('gives ratios above one where ours is better', () => {
    const ratios = ratiosOf(OURS, THEIRS);
    expect(ratios).toEqual({
      load: 1,
      firstCold: 1.2,
      firstPrepared: 6,
      secondAnswer: 2,
      secondAnswerPlain: 7,
      decode: 4,
      peakMemory: 2,
    });
    expect(barsMissed(ratios)).toEqual([]);
  });

  it('names every bar that is missed, or not measured', () => {
    const ratios = ratiosOf({ ...OURS, secondAnswerMs: 15, peakMemoryBytes: null }, THEIRS);
    expect(barsMissed(ratios)).toEqual(['secondAnswer', 'secondAnswerPlain', 'peakMemory']);
  });

  it('prints a line a clock', () => {
    const lines = tableText(OURS, THEIRS).split('\n');
    expect(lines).toHaveLength(8);
    expect(lines.at(-1)).toMatch(/peakMemory +1\.0 +2\.0 MiB +2\.00×/);
  });
});

describe('peak memory', () => {
  it('reads the high-water mark, in bytes', () => {
    expect(peakBytesFromStatus('VmPeak:\t  900 kB\nVmHWM:\t   12 kB\nVmRSS:\t 10 kB\n')).toBe(12 * 1024);
    expect(peakBytesFromStatus('VmRSS:\t 10 kB\n')).toBeNull();
  });
  it.runIf(process.platform === 'linux')('finds that of a living process', () => {
    expect(peakBytes([process.pid, 2 ** 30])).toBeGreaterThan(2 ** 20);
    expect(peakBytes([2 ** 30])).toBeNull();
  });
});
