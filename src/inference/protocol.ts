/**
 * What the page and the inference worker say to each other. One map correlates each request with its result; every message is
 * plain data, carries the id of its request, and is a member of one of two unions.
 *
 * There is no message to close a model: the page terminates the worker, which frees everything at once, even where it hangs. Which
 * device answers, and why, travels in the result of `load` (`LoadedModel.device`) and nowhere else: a device that is lost is an `error`,
 * after which the page loads again in a new worker and is told anew.
 */
import type { DeviceRung } from './device-ladder.ts';
import type { EngineErrorData, GenerateResult, LoadedModel, LoadProgress, PairPixels, ScoreResult } from './engine.ts';

export type Backend = 'webgpu' | 'wasm';

/** Where a model folder comes from: an address, or files from the person's own disk by their path in the folder. */
export type ModelSource =
  | {
      readonly kind: 'url';
      /** Absolute, with a slash at its end. */
      readonly url: string;
    }
  | { readonly kind: 'files'; readonly name: string; readonly files: ReadonlyMap<string, Blob> };

export interface LoadParams {
  readonly source: ModelSource;
  /** `auto` takes WebGPU where a real adapter exists. */
  readonly preferredBackend: Backend | 'auto';
  /** Threads on WASM; 0 lets the worker choose. */
  readonly threads: number;
  /** Rungs above are not tried. */
  readonly startRung: DeviceRung;
  /** Why earlier starts on rungs above were given up; empty at the first start. */
  readonly fallbackReason: string;
}

/** Progress as the worker tells it. */
export interface StartProgress extends LoadProgress {
  /** The device that was found, which may lie below the one where the start was told to begin; absent until it is known. */
  readonly rung?: DeviceRung;
}

/** A runtime that failed on one device can't be trusted to start again in the same worker, so the page starts a new one. */
export type LoadOutcome =
  | { readonly outcome: 'ready'; readonly model: LoadedModel; readonly rung: DeviceRung }
  | { readonly outcome: 'restart'; readonly next: DeviceRung; readonly reason: string };

export interface ScoreParams {
  readonly pair: PairPixels;
  readonly prompt: string;
  readonly options: readonly string[];
  readonly questionId?: string;
}

export interface GenerateParams {
  readonly pair: PairPixels;
  readonly prompt: string;
  readonly maxNewTokens: number;
}

/** Request kind to what is asked and what comes back. */
export interface RequestMap {
  readonly load: { readonly params: LoadParams; readonly result: LoadOutcome };
  readonly prepare: { readonly params: { readonly pair: PairPixels }; readonly result: null };
  readonly score: { readonly params: ScoreParams; readonly result: ScoreResult };
  readonly generate: { readonly params: GenerateParams; readonly result: GenerateResult };
}

export type RequestKind = keyof RequestMap;

export type RequestMessage<K extends RequestKind = RequestKind> = {
  [P in K]: {
    readonly type: 'request';
    readonly id: number;
    readonly kind: P;
    readonly params: RequestMap[P]['params'];
  };
}[K];

export type CancelReason = 'aborted' | 'deadline';

export interface CancelMessage {
  readonly type: 'cancel';
  readonly id: number;
  readonly reason: CancelReason;
}

export type ToWorker = RequestMessage | CancelMessage;

export type ResultMessage<K extends RequestKind = RequestKind> = {
  [P in K]: {
    readonly type: 'result';
    readonly id: number;
    readonly kind: P;
    readonly result: RequestMap[P]['result'];
  };
}[K];

export type FromWorker =
  | ResultMessage
  | { readonly type: 'error'; readonly id: number; readonly error: EngineErrorData }
  | { readonly type: 'progress'; readonly id: number; readonly progress: StartProgress }
  | { readonly type: 'text'; readonly id: number; readonly textSoFar: string };
