/** Reads the tasks of a page's thread out of a Chromium trace. Pure, so that tests can check it. */

export interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
}

/** Names of the page's marks; tasks that overlap the time between them count. */
export const WORK_STARTS = 'bench-work-starts';
export const WORK_ENDS = 'bench-work-ends';

/** Names that the thread's scheduler gave its tasks over the versions of Chromium. */
const TASK = /^(RunTask|ThreadControllerImpl::RunTask)$/;

/** Durations in milliseconds, longest first. @throws Error when the trace holds no marks or no task between them. */
export function tasksMs(events: readonly TraceEvent[]): number[] {
  const starts = events.find(({ name }) => name === WORK_STARTS);
  const ends = events.findLast(({ name }) => name === WORK_ENDS);
  if (!starts || !ends) throw new Error('The trace holds no marks of the page.');
  const found = events
    .filter(({ name, pid, tid }) => TASK.test(name) && pid === starts.pid && tid === starts.tid)
    .filter(({ ts, dur = 0 }) => ts + dur > starts.ts && ts < ends.ts)
    .map(({ dur = 0 }) => dur / 1000)
    .sort((a, b) => b - a);
  if (found.length === 0) throw new Error('The trace holds no task of the page’s thread.');
  return found;
}
