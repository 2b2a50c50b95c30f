/** What the benchmark's page and the worker that holds @huggingface/transformers say to each other, and what the page offers. */

/** `maxNewTokens` is also how many come: no end token stops either side. */
export interface Ask {
  readonly seedA: number;
  readonly seedB: number;
  readonly sizePx: number;
  readonly prompt: string;
  readonly maxNewTokens: number;
}

export interface Answered {
  readonly tokenIds: readonly number[];
  /** From pixels to the last token. */
  readonly durationMs: number;
  readonly firstTokenMs: number;
}

export interface TheirsLoad {
  /** Folder above the model's, with a slash at its end. */
  readonly hostUrl: string;
  readonly modelId: string;
  readonly device: 'wasm' | 'webgpu';
  readonly threads: number;
}

export interface TheirsCalls {
  /** Gives the version of onnxruntime-web that it runs on. */
  load(params: TheirsLoad): Promise<string>;
  /** The library's plain call: pictures and prompt in, text out. */
  plain(ask: Ask): Promise<Answered>;
  /** Keeps the keys and values of everything up to the last image token, by `past_key_values` of the public API. */
  prefixKeep(ask: Ask): Promise<null>;
  /** Answers after the kept keys and values. */
  afterPrefix(ask: Ask): Promise<Answered>;
}

export type TheirsRequest = {
  [K in keyof TheirsCalls]: { readonly id: number; readonly kind: K; readonly params: Parameters<TheirsCalls[K]>[0] };
}[keyof TheirsCalls];

export type TheirsReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string };

export interface TrialPlan {
  readonly modelUrl: string;
  readonly hostUrl: string;
  readonly modelId: string;
  readonly backend: 'wasm' | 'webgpu';
  readonly threads: number;
  readonly sizePx: number;
  /** Different in every repetition: no pair is seen twice. */
  readonly seed: number;
  /** How long the cameras rest before a prepared question. */
  readonly restMs: number;
  readonly question: string;
  readonly otherQuestion: string;
  readonly longQuestion: string;
  readonly answerTokens: number;
  readonly decodeTokens: number;
}

export interface TrialResult {
  readonly loadMs: number;
  readonly firstColdMs: number;
  readonly firstPreparedMs: number;
  readonly secondAnswerMs: number;
  readonly secondAnswerPlainMs: number | null;
  readonly tokensPerSecond: number;
  /** Tokens of each answer, to see that both engines said the same. */
  readonly tokenIds: Readonly<Record<'firstCold' | 'firstPrepared' | 'secondAnswer' | 'decode', readonly number[]>>;
  readonly runtime: string;
}

export interface BenchPage {
  trial(engine: 'ours' | 'theirs', plan: TrialPlan): Promise<TrialResult>;
}
