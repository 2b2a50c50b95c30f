import { describe, expect, it } from 'vitest';
import { pageTasks, WORK_ENDS, WORK_STARTS, type TraceEvent } from './trace-tasks';

const PAGE = { pid: 1, tid: 2 };
const task = (ts: number, dur: number, thread = PAGE): TraceEvent => ({ name: 'RunTask', ts, dur, ...thread });
const MARKS: readonly TraceEvent[] = [
  { name: WORK_STARTS, ts: 1000, ...PAGE },
  { name: WORK_ENDS, ts: 90_000, ...PAGE },
];

/** Samples every 10 ms from `startTime`; the profiler's own thread writes them. */
function profile(startTime: number, functionNames: readonly string[]): TraceEvent[] {
  const nodes = functionNames.map((functionName, id) => ({ id, callFrame: { functionName } }));
  const data = {
    cpuProfile: { nodes, samples: nodes.map(({ id }) => id) },
    timeDeltas: functionNames.map(() => 10_000),
  };
  return [
    { name: 'Profile', id: '0x1', ts: startTime, args: { data: { startTime } }, ...PAGE },
    { name: 'ProfileChunk', id: '0x1', ts: startTime, args: { data }, pid: 1, tid: 7 },
  ];
}

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
    expect(pageTasks(events).map(({ durationMs }) => durationMs)).toEqual([60, 2]);
  });

  it('tell how long they waited for pictures', () => {
    const names = ['idle', 'readPixels', 'WebGLRenderer.setSize', 'render', 'readPixels'];
    const events = [...MARKS, { ...task(5000, 40_000), tdur: 15_000 }, ...profile(0, names)];
    expect(pageTasks(events)).toEqual([{ durationMs: 40, drawingMs: 20, processorMs: 15 }]);
  });

  it('cannot be read from a trace that shows nothing', () => {
    expect(() => pageTasks([task(1, 2)])).toThrow(/no marks/);
    expect(() => pageTasks(MARKS)).toThrow(/no task/);
  });
});
