/**
 * Answers the protocol's requests one after another. Knows nothing of worker globals or of the runtime, so that tests run it in
 * Node with a fake model.
 */
import { cancelError, engineError, errorDataFrom } from '../errors.ts';
import type { DeviceRung } from '../device-ladder.ts';
import type { GenerateResult, LoadedModel, PairPixels, ScoreResult } from '../engine.ts';
import type {
  FromWorker,
  GenerateParams,
  LoadOutcome,
  LoadParams,
  RequestMessage,
  ScoreParams,
  StartProgress,
  ToWorker,
} from '../protocol.ts';

/** A model that is ready to answer. Every method checks its signal between runs of a graph and rejects with the signal's reason. */
export interface Answerer {
  /** `isAwaited`: whether another request waits for this one's end. */
  prepare(pair: PairPixels, signal: AbortSignal, isAwaited: () => boolean): Promise<void>;
  score(params: ScoreParams, signal: AbortSignal): Promise<ScoreResult>;
  generate(params: GenerateParams, onText: (textSoFar: string) => void, signal: AbortSignal): Promise<GenerateResult>;
}

export type LoadedAnswerer =
  | {
      readonly outcome: 'ready';
      readonly model: LoadedModel;
      readonly rung: DeviceRung;
      readonly answerer: Answerer;
    }
  | Extract<LoadOutcome, { outcome: 'restart' }>;

export interface HandlerDeps {
  load(params: LoadParams, onProgress: (progress: StartProgress) => void, signal: AbortSignal): Promise<LoadedAnswerer>;
  post(message: FromWorker): void;
}

/** The returned function takes every message from the page; it never throws and never rejects. */
export function createHandler({ load, post }: HandlerDeps): (message: ToWorker) => void {
  /** Jobs that wait or run, by id. */
  const jobs = new Map<number, { readonly controller: AbortController; started: boolean }>();
  let queue: Promise<void> = Promise.resolve();
  let loaded: Extract<LoadedAnswerer, { outcome: 'ready' }> | undefined;

  const answerer = (): Answerer => {
    if (loaded) return loaded.answerer;
    throw engineError('runtime/unavailable', 'No model is loaded in this worker. Load the model before asking it.');
  };

  async function answer(message: RequestMessage, signal: AbortSignal): Promise<void> {
    const { id } = message;
    switch (message.kind) {
      case 'load': {
        if (!loaded) {
          const outcome = await load(message.params, (progress) => post({ type: 'progress', id, progress }), signal);
          if (outcome.outcome === 'restart') return post({ type: 'result', id, kind: 'load', result: outcome });
          loaded = outcome;
        }
        const { model, rung } = loaded;
        return post({ type: 'result', id, kind: 'load', result: { outcome: 'ready', model, rung } });
      }
      case 'prepare':
        await answerer().prepare(message.params.pair, signal, () => jobs.size > 1);
        return post({ type: 'result', id, kind: 'prepare', result: null });
      case 'score':
        return post({ type: 'result', id, kind: 'score', result: await answerer().score(message.params, signal) });
      case 'generate': {
        const onText = (textSoFar: string): void => post({ type: 'text', id, textSoFar });
        return post({
          type: 'result',
          id,
          kind: 'generate',
          result: await answerer().generate(message.params, onText, signal),
        });
      }
      default:
        return message satisfies never;
    }
  }

  async function run(message: RequestMessage): Promise<void> {
    const job = jobs.get(message.id);
    if (!job) return;
    job.started = true;
    const { signal } = job.controller;
    try {
      await answer(message, signal);
    } catch (thrown) {
      const failed = message.kind === 'load' ? 'runtime/unavailable' : 'inference/failed';
      post({ type: 'error', id: message.id, error: errorDataFrom(signal.aborted ? signal.reason : thrown, failed) });
    } finally {
      jobs.delete(message.id);
    }
  }

  return (message) => {
    const { id } = message;
    if (message.type === 'request') {
      jobs.set(id, { controller: new AbortController(), started: false });
      queue = queue.then(() => run(message));
      return;
    }
    const job = jobs.get(id);
    if (!job) return;
    const error = cancelError(message.reason);
    job.controller.abort(error);
    if (job.started) return;
    // Still in the queue: answered now, however long the job before it takes.
    jobs.delete(id);
    post({ type: 'error', id, error: errorDataFrom(error) });
  };
}
