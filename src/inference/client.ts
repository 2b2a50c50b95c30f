/**
 * The page's side of the worker: starts it, starts it again after a failure, on the same device or on the next one, gives every call an
 * abort signal and a deadline, and shares one load between all callers.
 */
import { errorFrom, limitsFrom, named, raced } from './call-limits.ts';
import {
  DEVICE_LADDER,
  rungAfterError,
  rungBackend,
  rungBelow,
  rungFirst,
  rungLower,
  type DeviceRung,
} from './device-ladder.ts';
import type { CallOptions, InferenceEngine, LoadedModel, LoadProgress } from './engine.ts';
import { EngineError } from './engine.ts';
import {
  cancelError,
  engineError,
  engineErrorIsFatal,
  errorIsCrash,
  errorIsHang,
  errorIsOfRuntime,
  errorIsReplacement,
  workerCrashError,
  workerReplacedError,
} from './errors.ts';
import { modelCacheClear, storagePersist } from './model-cache.ts';
import type { ModelFolder } from './model-folder.ts';
import { modelReach } from './model-reach.ts';
import { modelUrlResolve } from './model-url.ts';
import { pairCopied } from './pair-copied.ts';
import type { Backend, ModelSource, StartProgress } from './protocol.ts';
import { createWorkerLink, type WorkerLink, type WorkerPort } from './worker-link.ts';

interface WorkerOptions {
  /** @default 'auto' – WebGPU where a real adapter exists, else WASM */
  readonly preferredBackend?: Backend | 'auto';
  /** Threads on WASM. @default 0 – the worker chooses */
  readonly threads?: number;
  /** For tests: makes the worker. */
  readonly startWorker?: () => WorkerPort;
  /** For tests: asks the browser to keep the files, once they have been fetched. */
  readonly persist?: () => Promise<boolean>;
  /** For tests: rejects when the model's server does not answer. */
  readonly reach?: (modelUrl: string, signal?: AbortSignal) => Promise<void>;
  /** For tests: deletes the kept files. */
  readonly clear?: () => Promise<boolean>;
}

export type WorkerEngineOptions = WorkerOptions &
  (
    | {
        /** Folder of the model, absolute or relative to the page. */
        readonly modelUrl: string;
      }
    | {
        /** A folder from the person's own disk. */
        readonly folder: ModelFolder;
      }
  );

export type WorkerEngine = InferenceEngine & Required<Pick<InferenceEngine, 'redownload' | 'watch'>>;

/** Deadlines in milliseconds where a call gives none; they count from when the model is ready. */
const DEADLINE_MS = { prepare: 60_000, score: 60_000, generate: 120_000 } as const;

/** A start on WebGPU that takes longer than this hangs in the driver or in the runtime. */
const START_LIMIT_MS = 120_000;

/** So many workers may break down without a reason, in a row, before the next device is tried. */
const CRASHES_ALLOWED = 1;

/** Of one call; no device is lost more often than it is tried. */
const ATTEMPTS = (CRASHES_ALLOWED + 1) * DEVICE_LADDER.length;

interface Loading {
  readonly promise: Promise<Started>;
  readonly controller: AbortController;
  readonly listeners: Set<(progress: LoadProgress) => void>;
  waiters: number;
  settled: boolean;
}

interface Started {
  readonly model: LoadedModel;
  readonly rung: DeviceRung;
}

function workerStart(): WorkerPort {
  return new Worker(new URL('./worker/main.ts', import.meta.url), { type: 'module', name: 'inference' });
}

function sourceFrom(options: WorkerEngineOptions): ModelSource {
  if ('folder' in options) return { kind: 'files', name: options.folder.name, files: options.folder.files };
  return { kind: 'url', url: modelUrlResolve(options.modelUrl) };
}

/**
 * An engine in a module worker of its own. `prepare`, `score` and `generate` load the model when nobody has yet, and are asked again
 * on the next device when theirs is lost. An aborted `generate` resolves with the text so far once decoding has begun; every other
 * aborted call rejects with `inference/aborted`.
 */
export function createWorkerEngine(options: WorkerEngineOptions): WorkerEngine {
  const source = sourceFrom(options);
  const preferredBackend = options.preferredBackend ?? 'auto';
  let link: WorkerLink | undefined;
  let loading: Loading | undefined;
  let startRung = rungFirst(preferredBackend);
  let reasons: string[] = [];
  let crashes = 0;
  /** Nothing below could do better when a load or a call last failed. */
  let exhausted = false;
  /** Where the last start ended; until then a start that nobody waits for any more is given up. */
  let answering: DeviceRung | undefined;
  /** How often the model was fetched anew. */
  let downloads = 0;
  let disposed = false;
  /** Whether to ask again after a worker's breakdown; all calls that it took down with it go by the first one's finding. */
  const asksAgainAfter = new WeakMap<WorkerLink, boolean>();
  const watchers = new Set<(model: LoadedModel) => void>();

  const rungReset = (): void => {
    startRung = rungFirst(preferredBackend);
    reasons = [];
    crashes = 0;
    exhausted = false;
  };

  /** Somebody asks for one more try: what failed before may have been the moment's, on every device. */
  const resetWhenExhausted = (): void => {
    if (exhausted && !loading) rungReset();
  };

  const refuseDisposed = (): void => {
    if (disposed) throw engineError('runtime/unavailable', 'The engine was closed. Create a new one.');
  };

  const linkEnsure = (): WorkerLink => {
    refuseDisposed();
    if (link) return link;
    const created = createWorkerLink((options.startWorker ?? workerStart)(), (error) => {
      link = undefined;
      // A load that is under way goes on in the next worker or fails by itself.
      if (loading?.settled) loading = undefined;
      // The question that hung is not asked again, so nobody else counts this. A processor may just be slow.
      if (answering && errorIsHang(error) && rungBackend(answering) === 'webgpu')
        crashAllowed(error, answering, created);
    });
    link = created;
    return created;
  };

  /** Several calls may report the same loss: only the first leaves the rung. */
  function rungLeave(left: DeviceRung, next: DeviceRung, reason: string): void {
    if (rungLower(startRung, left) !== left) return;
    startRung = next;
    reasons.push(reason);
    crashes = 0;
  }

  /** One start in one worker. Where the worker breaks down or hangs, the next rung is tried as after any failed start. */
  async function startOnce(loadingNow: Pick<Loading, 'controller' | 'listeners'>): Promise<Started | undefined> {
    const { signal } = loadingNow.controller;
    const rung = startRung;
    const used = linkEnsure();
    let reached = rung;
    let hangs: ReturnType<typeof setTimeout> | undefined;
    const onProgress = (progress: StartProgress): void => {
      reached = progress.rung ?? reached;
      clearTimeout(hangs);
      // What the worker says and not the rung: it may have found no WebGPU, and WASM may take longer without hanging.
      if (progress.backend === 'webgpu')
        hangs = setTimeout(
          () => used.stop(workerCrashError(`it did not start within ${START_LIMIT_MS / 1000} s`)),
          START_LIMIT_MS,
        );
      loadingNow.listeners.forEach((listener) => listener(progress));
    };
    try {
      const outcome = await used.request(
        'load',
        { source, preferredBackend, threads: options.threads ?? 0, startRung, fallbackReason: reasons.join(' ') },
        { signal, onProgress },
      );
      if (outcome.outcome === 'ready') return { model: outcome.model, rung: outcome.rung };
      rungLeave(rung, outcome.next, outcome.reason);
      used.stop(engineError('runtime/unavailable', outcome.reason));
    } catch (thrown) {
      // Below the device that broke down: those between it and where the start began are not there.
      const next = rungBelow(reached);
      if (!(thrown instanceof EngineError) || !errorIsCrash(thrown) || next === undefined) throw thrown;
      used.stop(thrown);
      rungLeave(reached, next, thrown.message);
    } finally {
      clearTimeout(hangs);
    }
    return undefined;
  }

  /** A load that failed may leave a half-started runtime behind: its worker is not used again. */
  async function startOrStop(loadingNow: Pick<Loading, 'controller' | 'listeners'>): Promise<Started> {
    let fetched = false;
    const watch = (progress: LoadProgress): void => void (fetched ||= !progress.fromCache);
    loadingNow.listeners.add(watch);
    try {
      for (;;) {
        const started = await startOnce(loadingNow);
        if (!started) continue;
        if (fetched) void (options.persist ?? storagePersist)();
        exhausted = false;
        answering = started.rung;
        watchers.forEach((watcher) => watcher(started.model));
        return started;
      }
    } catch (thrown) {
      if (!loadingNow.controller.signal.aborted) {
        exhausted = true;
        link?.stop(errorFrom(thrown));
      }
      throw thrown;
    } finally {
      loadingNow.listeners.delete(watch);
    }
  }

  function loadingEnsure(): Loading {
    if (loading && !loading.controller.signal.aborted) return loading;
    const begun = { controller: new AbortController(), listeners: new Set<(progress: LoadProgress) => void>() };
    const promise = startOrStop(begun);
    const current: Loading = { ...begun, promise, waiters: 0, settled: false };
    promise.then(
      () => (current.settled = true),
      () => {
        current.settled = true;
        if (loading === current) loading = undefined;
      },
    );
    loading = current;
    return current;
  }

  async function start(callOptions: Parameters<InferenceEngine['load']>[0] = {}): Promise<Started> {
    const { signal, onProgress } = callOptions;
    signal?.throwIfAborted();
    const current = loadingEnsure();
    current.waiters++;
    if (onProgress) current.listeners.add(onProgress);
    try {
      return await raced(() => current.promise, callOptions);
    } finally {
      current.waiters--;
      if (onProgress) current.listeners.delete(onProgress);
      // Nobody waits any more: end the download, and the worker with it, before the next load can start in it. After a lost device
      // the next start goes on: somebody who turns to other pairs quickly would never see its end.
      if (current.waiters === 0 && !current.settled && answering === undefined) {
        current.controller.abort();
        link?.stop(cancelError('aborted'));
      }
    }
  }

  /** Whether a failed call may be asked again, having seen to it that another worker or device answers it. */
  function recovered(error: EngineError, rung: DeviceRung, used: WorkerLink): boolean {
    if (errorIsReplacement(error)) return true;
    const isFatal = engineErrorIsFatal(error.code);
    // A graphics device can fail in more ways than it has names for; a processor that fails once fails again.
    const isOfGpu = rungBackend(rung) === 'webgpu' && errorIsOfRuntime(error);
    if (!isFatal && !isOfGpu && !errorIsCrash(error)) return false;
    // A trap inside the worker leaves it alive but of no use.
    used.stop(error);
    const isAllowed = isFatal
      ? leftFor(rungAfterError(rung, error.code), rung, error)
      : crashAllowed(error, rung, used);
    if (!isAllowed) exhausted = true;
    return isAllowed;
  }

  function leftFor(next: DeviceRung | undefined, rung: DeviceRung, error: EngineError): boolean {
    if (next === undefined) return false;
    rungLeave(rung, next, error.message);
    return true;
  }

  /** One worker's end is one breakdown, however many calls it takes along. */
  function crashAllowed(error: EngineError, rung: DeviceRung, used: WorkerLink): boolean {
    const found = asksAgainAfter.get(used);
    if (found !== undefined) return found;
    const isAllowed = ++crashes <= CRASHES_ALLOWED || leftFor(rungBelow(rung), rung, error);
    asksAgainAfter.set(used, isAllowed);
    return isAllowed;
  }

  const onModel: typeof answered = (kind, callOptions, call) =>
    named(answered(kind, callOptions, call), callOptions.signal);

  /** Runs a call on a loaded model; after a lost device or worker, once more on what comes next. */
  async function answered<T>(
    kind: keyof typeof DEADLINE_MS,
    callOptions: CallOptions,
    call: (link: WorkerLink, limits: CallOptions) => Promise<T>,
  ): Promise<T> {
    const limits = limitsFrom(callOptions);
    // Somebody asks; what is prepared by itself would try every device again at each rest of a camera.
    if (kind !== 'prepare') resetWhenExhausted();
    for (let attempt = 1; ; attempt++) {
      const downloadsBefore = downloads;
      let rung: DeviceRung;
      try {
        ({ rung } = await start(limits()));
      } catch (thrown) {
        // The start that this call waited for is over because the model is fetched anew: the next one counts.
        if (downloads === downloadsBefore || callOptions.signal?.aborted || attempt === ATTEMPTS) throw thrown;
        continue;
      }
      const used = linkEnsure();
      try {
        const result = await call(used, { deadlineMs: DEADLINE_MS[kind], ...limits() });
        crashes = 0;
        return result;
      } catch (thrown) {
        if (!(thrown instanceof EngineError) || disposed || attempt === ATTEMPTS) throw thrown;
        if (!recovered(thrown, rung, used)) throw thrown;
      }
    }
  }

  async function load(callOptions: Parameters<InferenceEngine['load']>[0] = {}): Promise<LoadedModel> {
    resetWhenExhausted();
    return (await start(callOptions)).model;
  }

  /** Rejects with `kept` in its detail: nothing has been deleted yet, and the model that answers is still there. */
  async function reachOrKeep(url: string, signal: AbortSignal | undefined, limits: () => CallOptions): Promise<void> {
    try {
      await named(
        raced(() => (options.reach ?? modelReach)(url, signal), limits()),
        signal,
      );
    } catch (thrown) {
      const { code, message, detail } = errorFrom(thrown);
      throw engineError(code, message, { ...detail, kept: 1 });
    }
  }

  async function redownload(callOptions: Parameters<InferenceEngine['load']>[0] = {}): Promise<LoadedModel> {
    const limits = limitsFrom(callOptions);
    // A folder is read again from the disk: what other models keep is not its own to delete.
    if (source.kind === 'url') {
      await reachOrKeep(source.url, callOptions.signal, limits);
      // Meanwhile another model may have taken this one's place: what is kept is its own now.
      refuseDisposed();
      // Where the browser refuses its storage, nothing is kept; what it keeps all the same is checked by hash.
      await raced(() => (options.clear ?? modelCacheClear)().catch(() => false), limits());
    }
    downloads++;
    if (loading && !loading.settled) loading.controller.abort();
    link?.stop(workerReplacedError('the model is fetched anew'));
    loading = undefined;
    answering = undefined;
    rungReset();
    return load({ ...callOptions, ...limits() });
  }

  return {
    load: (callOptions) => named(load(callOptions), callOptions?.signal),
    redownload: (callOptions) => named(redownload(callOptions), callOptions?.signal),
    prepare: (pair, callOptions = {}) =>
      onModel('prepare', callOptions, async (used, limits) => {
        const copied = pairCopied(pair);
        await used.request('prepare', { pair: copied.pair }, limits, copied.buffers);
      }),
    score: (pair, question, callOptions = {}) =>
      onModel('score', callOptions, (used, limits) => {
        const copied = pairCopied(pair);
        return used.request('score', { pair: copied.pair, ...question }, limits, copied.buffers);
      }),
    generate: (pair, question, callOptions = {}) =>
      onModel('generate', callOptions, (used, limits) => {
        const copied = pairCopied(pair);
        const { onText } = callOptions;
        const more = { ...limits, keepsPartialResult: true, ...(onText && { onText }) };
        return used.request('generate', { pair: copied.pair, ...question }, more, copied.buffers);
      }),
    watch: (listener) => {
      watchers.add(listener);
      return () => void watchers.delete(listener);
    },
    dispose: () => {
      disposed = true;
      watchers.clear();
      link?.stop(engineError('inference/aborted', 'The engine was closed.'));
    },
  };
}
