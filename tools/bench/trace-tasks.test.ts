import { describe, expect, it } from 'vitest';
import { tasksMs, WORK_ENDS, WORK_STARTS, type TraceEvent } from './trace-tasks';

const PAGE = { pid: 1, tid: 2 };
const task = (ts: number, dur: number, thread = PAGE): TraceEvent => ({ name: 'RunTask', ts, dur, ...thread });
const MARKS: readonly TraceEvent[] = [
  { name: WORK_STARTS, ts: 1000, ...PAGE },
  { name: WORK_ENDS, ts: 90_000, ...PAGE },
];

describe('tasks of a trace', () => {
  it('are those of the page’s thread between its marks, longest first', () => {
    const events = [
      ...MARKS,
      task(500, 400),
      task(990, 2000),
      task(40_000, 60_000),
      task(95_000, 70_000),
      task(2000, 80_000, { pid: 1, tid: 3 }),
      task(2000, 80_000, { pid: 9, tid: 2 }),
    ];
    expect(tasksMs(events)).toEqual([60, 2]);
  });
  it('cannot be read from a trace that shows nothing', () => {
    expect(() => tasksMs([task(1, 2)])).toThrow(/no marks/);
    expect(() => tasksMs(MARKS)).toThrow(/no task/);
  });
});
