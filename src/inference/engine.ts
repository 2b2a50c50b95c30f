/** What the page may ask of a model, whoever answers: the worker, a fake in tests, a remote endpoint. */

/** A square picture: RGBA bytes, top row first, sRGB. `data.length === 4 * sizePx * sizePx`. */
export interface ViewPixels {
  readonly data: Uint8ClampedArray;
  readonly sizePx: number;
}

export type EngineErrorCode =
  | 'model/missing'
  | 'model/integrity'
  | 'model/manifest'
  | 'page/unreachable'
  | 'runtime/unavailable'
  | 'runtime/self-test'
  | 'runtime/out-of-memory'
  | 'runtime/device-lost'
  | 'inference/aborted'
  | 'inference/deadline'
  | 'inference/failed'
  | 'remote/unreachable'
  | 'remote/refused'
  | 'remote/address'
  | 'remote/deadline'
  | 'remote/failed';

/** Plain data, so that it crosses the worker border whole. `detail` names the file or value. */
export interface EngineErrorData {
  readonly code: EngineErrorCode;
  readonly message: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

export class EngineError extends Error {
  readonly code: EngineErrorCode;
  readonly detail: EngineErrorData['detail'];
  constructor(data: EngineErrorData) {
    super(data.message);
    this.name = 'EngineError';
    this.code = data.code;
    this.detail = data.detail;
  }
}

/** Whatever was thrown, as plain data for the page; what no engine named counts as a failed answer. */
export function engineErrorData(thrown: unknown): EngineErrorData {
  if (thrown instanceof EngineError) return { code: thrown.code, message: thrown.message, detail: thrown.detail };
  return { code: 'inference/failed', message: thrown instanceof Error ? thrown.message : String(thrown), detail: {} };
}

/** Which device answers, and why. */
export interface DeviceInfo {
  /** `remote`: an endpoint answers, not this machine. */
  readonly backend: 'webgpu' | 'wasm' | 'remote';
  /** 0 when remote. */
  readonly threads: number;
  /** Human-readable adapter name; empty on WASM; the endpoint's host when remote. */
  readonly adapter: string;
  /** Why this device and not a faster one; empty when the first choice works. */
  readonly fallbackReason: string;
}

export function deviceIsSame(a: DeviceInfo, b: DeviceInfo): boolean {
  const isSamePlace = a.backend === b.backend && a.threads === b.threads && a.adapter === b.adapter;
  return isSamePlace && a.fallbackReason === b.fallbackReason;
}

export interface LoadProgress {
  readonly stage: 'download' | 'start' | 'warm-up';
  readonly receivedBytes: number;
  readonly totalBytes: number;
  /** True when all bytes came from the cache. */
  readonly fromCache: boolean;
  /** Over the last seconds; absent until it can be told, and while nothing comes from the network. */
  readonly bytesPerSecond?: number;
  /** Until the last byte at this rate; absent like the rate. */
  readonly remainingMs?: number;
  /** Where the model starts; absent while its files and the runtime's come. */
  readonly backend?: 'webgpu' | 'wasm';
  /** What the cache held: nothing yet, this very model, another version of it, or files that no longer have their hash. */
  readonly cache?: 'empty' | 'current' | 'outdated' | 'damaged';
}

export interface LoadedModel {
  readonly modelId: string;
  readonly modelName: string;
  readonly imageSizePx: number;
  readonly totalBytes: number;
  /** Families of questions that it was trained for; absent: not said. */
  readonly families?: readonly string[];
  /** Absolute address of the runtime's WebAssembly; absent where the model runs elsewhere. */
  readonly runtimeUrl?: string;
  /** That of the runtime that answers when this device is lost; absent where it is the same. */
  readonly nextRuntimeUrl?: string;
  readonly device: DeviceInfo;
}

export interface ScoredOption {
  readonly text: string;
  /** Sum of the log-probabilities of the text's tokens and the end token. */
  readonly logProb: number;
  /** Calibrated share among the options; the shares sum to 1. */
  readonly probability: number;
}

export interface ScoreResult {
  readonly options: readonly ScoredOption[];
  readonly durationMs: number;
  /** Whether encoder output and prefix cache of this pair were already there. */
  readonly prefixReused: boolean;
  /** Set when the engine could only be asked for its answer: the shares then say which option it named, not how sure it is. */
  readonly isAnswerOnly?: true;
}

export interface GenerateResult {
  readonly text: string;
  readonly tokenIds: readonly number[];
  /** Set by engines that count the tokens of `text` without telling which they are. */
  readonly tokenCount?: number;
  readonly finish: 'end' | 'length' | 'aborted';
  readonly firstTokenMs: number;
  readonly durationMs: number;
}

/** How fast a text was written. */
export interface AnswerPace {
  /** 0: the engine does not say. */
  readonly tokens: number;
  readonly firstTokenMs: number;
  readonly durationMs: number;
}

export function answerPace({ tokenIds, tokenCount, firstTokenMs, durationMs }: GenerateResult): AnswerPace {
  return { tokens: tokenCount ?? tokenIds.length, firstTokenMs, durationMs };
}

/**
 * What follows a model's thinking aloud, which weighs several options. Some templates open it in the prompt, so that only its end is
 * seen; one that was cut off has no answer after it.
 */
export const afterThinking = (text: string): string =>
  (text.split(/<\/think(?:ing)?>/i).at(-1) ?? '').replace(/<think(?:ing)?>[\s\S]*$/i, '');

export interface CallOptions {
  readonly signal?: AbortSignal;
  /**
   * Counts from the call, loading included. Where it is absent, each kind of call has a limit that counts from when the model is ready;
   * for an endpoint, from when it last sent something.
   */
  readonly deadlineMs?: number;
}

export interface PairPixels {
  /** Identifies the two pictures; the same key means the same pixels. */
  readonly key: string;
  readonly a: ViewPixels;
  readonly b: ViewPixels;
}

export interface InferenceEngine {
  /**
   * Resolves when the model can answer; rejects with an {@link EngineError}. Calling again returns the same model. Without `deadlineMs`
   * it has no limit as a whole, since nobody can tell how long a download takes.
   */
  load(options?: CallOptions & { readonly onProgress?: (progress: LoadProgress) => void }): Promise<LoadedModel>;
  /** Encodes both views and prefills the prefix that all questions about the pair share. */
  prepare(pair: PairPixels, options?: CallOptions): Promise<void>;
  /**
   * Scores each option's text after the prompt (user text without pictures). `questionId`, where it is given, names the question for
   * models that were calibrated question by question.
   */
  score(
    pair: PairPixels,
    question: { readonly prompt: string; readonly options: readonly string[]; readonly questionId?: string },
    options?: CallOptions,
  ): Promise<ScoreResult>;
  /** Greedy answer to a prompt; `onText` gets the whole text so far after each token. */
  generate(
    pair: PairPixels,
    question: { readonly prompt: string; readonly maxNewTokens: number },
    options?: CallOptions & { readonly onText?: (textSoFar: string) => void },
  ): Promise<GenerateResult>;
  /**
   * Only where files are kept: deletes all of them, this model's and others', and loads the model anew. Calls that wait are answered
   * afterwards. A model that comes from a folder on disk keeps none: it is read again.
   */
  redownload?(options?: Parameters<InferenceEngine['load']>[0]): Promise<LoadedModel>;
  /**
   * Only where a model may change its device by itself: tells of every model that got ready from now on, after such a change too.
   * Returns how to listen no more.
   */
  watch?(listener: (model: LoadedModel) => void): () => void;
  /** Stops the worker; later calls reject. */
  dispose(): void;
}
