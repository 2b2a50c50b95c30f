/** Reads the tasks of a page's thread out of a Chromium trace. Pure, so that tests can check it. */

/** Times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Of `dur`, how long the thread had a processor. */
  readonly tdur?: number;
  readonly id?: string;
  readonly args?: {
    readonly data?: {
      readonly startTime?: number;
      readonly cpuProfile?: {
        readonly nodes?: readonly { readonly id: number; readonly callFrame: { readonly functionName: string } }[];
        readonly samples?: readonly number[];
      };
      /** Between one sample and the next. */
      readonly timeDeltas?: readonly number[];
    };
  };
}

export interface PageTask {
  readonly durationMs: number;
  /** Of that, how long the thread stood and waited for the renderer of its pictures. */
  readonly drawingMs: number;
  /** Of that, how long the thread had a processor: neither waited nor stood back behind others. */
  readonly processorMs: number;
}

/** Names of the page's marks; tasks that overlap the time between them count. */
export const WORK_STARTS = 'bench-work-starts';
export const WORK_ENDS = 'bench-work-ends';

/** Names that the thread's scheduler gave its tasks over the versions of Chromium. */
const TASK = /^(RunTask|ThreadControllerImpl::RunTask)$/;
/**
 * Where the thread waits for WebGL to have drawn: reading a picture back (behind a fence too, what was drawn since comes first), the size
 * of a canvas (in three), shaders that are being compiled.
 */
const DRAWING = /(^|\.)(readPixels|getBufferSubData|setSize|getProgramParameter)$/;

interface Sample {
  readonly ts: number;
  readonly dur: number;
  readonly functionName: string;
}

/** What a thread's profiler saw. */
function samplesOf(events: readonly TraceEvent[], { pid, tid }: TraceEvent): Sample[] {
  const profile = events.find((event) => event.name === 'Profile' && event.pid === pid && event.tid === tid);
  let ts = profile?.args?.data?.startTime ?? 0;
  const names = new Map<number, string>();
  const samples: Sample[] = [];
  const chunks = events.filter(
    (event) => event.name === 'ProfileChunk' && event.pid === pid && event.id === profile?.id,
  );
  for (const { args } of chunks.sort((a, b) => a.ts - b.ts)) {
    for (const { id, callFrame } of args?.data?.cpuProfile?.nodes ?? []) names.set(id, callFrame.functionName);
    for (const [index, id] of (args?.data?.cpuProfile?.samples ?? []).entries()) {
      const dur = args?.data?.timeDeltas?.[index] ?? 0;
      ts += dur;
      samples.push({ ts, dur, functionName: names.get(id) ?? '' });
    }
  }
  return samples;
}

/** Longest first. @throws Error when the trace holds no marks or no task between them. */
export function pageTasks(events: readonly TraceEvent[]): PageTask[] {
  const starts = events.find(({ name }) => name === WORK_STARTS);
  const ends = events.findLast(({ name }) => name === WORK_ENDS);
  if (!starts || !ends) throw new Error('The trace holds no marks of the page.');
  const drawing = samplesOf(events, starts).filter(({ functionName }) => DRAWING.test(functionName));
  const found = events
    .filter(({ name, pid, tid }) => TASK.test(name) && pid === starts.pid && tid === starts.tid)
    .filter(({ ts, dur = 0 }) => ts + dur > starts.ts && ts < ends.ts)
    .map(({ ts, dur = 0, tdur = dur }): PageTask => {
      const during = drawing.filter((sample) => sample.ts > ts && sample.ts <= ts + dur);
      const drawingUs = during.reduce((sum, sample) => sum + sample.dur, 0);
      return { durationMs: dur / 1000, drawingMs: Math.min(dur, drawingUs) / 1000, processorMs: tdur / 1000 };
    })
    .sort((a, b) => b.durationMs - a.durationMs);
  if (found.length === 0) throw new Error('The trace holds no task of the page’s thread.');
  return found;
}
