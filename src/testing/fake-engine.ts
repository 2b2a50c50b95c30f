/** An engine without a model, for tests: fixed answers, and every call can be made slow or failing. */
import {
  type DeviceInfo,
  EngineError,
  type EngineErrorCode,
  type InferenceEngine,
  type LoadedModel,
  type LoadProgress,
  type PairPixels,
} from '../inference/engine';

type FakeCall = 'load' | 'prepare' | 'score' | 'generate';

export interface FakeEngineOptions {
  /** Probability of each option, in the order asked. @default 0.2, 0.7, 0.1 */
  readonly probabilities?: readonly number[] | ((pair: PairPixels) => readonly number[]);
  readonly text?: string;
  readonly progress?: readonly LoadProgress[];
  readonly model?: Partial<LoadedModel>;
  /** What `load` fails with. Removed by `mend`. */
  readonly loadFailure?: EngineErrorCode;
  readonly scoreFailure?: EngineErrorCode;
  /** What fetching anew fails with before anything is deleted. @default it succeeds */
  readonly redownloadFailure?: EngineErrorCode;
  /** Resolves when a call may go on. @default at once */
  readonly gate?: (call: FakeCall) => Promise<void>;
}

export interface FakeEngine extends InferenceEngine {
  /** Whether the page closed it. */
  readonly isDisposed: () => boolean;
  readonly calls: {
    readonly kind: FakeCall;
    readonly pairKey: string;
    readonly prompt: string;
  }[];
  /** Keys of the pairs whose preparation was given up. */
  readonly abortedPairs: readonly string[];
  /** Lets failing calls succeed from now on. */
  mend(): void;
  /** Another device takes over. */
  deviceChange(device: DeviceInfo): void;
}

const MODEL: LoadedModel = {
  modelId: 'fake',
  modelName: 'Fake',
  imageSizePx: 8,
  totalBytes: 45_000_000,
  device: { backend: 'wasm', threads: 2, adapter: '', fallbackReason: '' },
};

const failure = (code: EngineErrorCode): EngineError =>
  new EngineError({ code, message: `The fake engine was told to fail with ${code}.`, detail: {} });

/** Never resolves: rejects when the signal is aborted. */
const aborted = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(failure('inference/aborted'))));

export function fakeEngineCreate(options: FakeEngineOptions = {}): FakeEngine {
  const calls: FakeEngine['calls'] = [];
  const watchers = new Set<(model: LoadedModel) => void>();
  const abortedPairs: string[] = [];
  let model: LoadedModel = { ...MODEL, ...options.model };
  let isMended = false;
  let isDisposed = false;
  const pass = async (call: FakeCall): Promise<void> => options.gate?.(call);
  const note = (kind: FakeEngine['calls'][number]['kind'], pair: PairPixels | null, prompt = ''): void => {
    calls.push({ kind, pairKey: pair?.key ?? '', prompt });
  };
  return {
    calls,
    abortedPairs,
    isDisposed: () => isDisposed,
    mend: () => {
      isMended = true;
    },
    load: async ({ onProgress, signal } = {}) => {
      note('load', null);
      for (const progress of options.progress ?? []) onProgress?.(progress);
      await Promise.race([pass('load'), aborted(signal)]);
      if (options.loadFailure && !isMended) throw failure(options.loadFailure);
      return model;
    },
    redownload: async () => {
      const code = options.redownloadFailure;
      if (code) throw new EngineError({ code, message: `${code}; what was kept is still there`, detail: { kept: 1 } });
      return model;
    },
    prepare: async (pair, { signal } = {}) => {
      note('prepare', pair);
      signal?.addEventListener('abort', () => abortedPairs.push(pair.key));
      await pass('prepare');
    },
    watch: (listener) => {
      watchers.add(listener);
      return () => void watchers.delete(listener);
    },
    deviceChange: (device) => {
      model = { ...model, device };
      watchers.forEach((watcher) => watcher(model));
    },
    score: async (pair, question, { signal } = {}) => {
      note('score', pair, question.prompt);
      await pass('score');
      if (signal?.aborted) throw failure('inference/aborted');
      if (options.scoreFailure && !isMended) throw failure(options.scoreFailure);
      const given = options.probabilities ?? [0.2, 0.7, 0.1];
      const probabilities = typeof given === 'function' ? given(pair) : given;
      return {
        options: question.options.map((text, index) => {
          const probability = probabilities[index] ?? 0;
          return { text, probability, logProb: Math.log(probability) };
        }),
        durationMs: 400,
        prefixReused: false,
      };
    },
    generate: async (pair, question, { signal, onText } = {}) => {
      note('generate', pair, question.prompt);
      const text = options.text ?? '<think>The front turns away.</think><answer>Move to the right</answer>';
      const half = text.slice(0, Math.floor(text.length / 2));
      onText?.(half);
      await pass('generate');
      const isStopped = signal?.aborted === true;
      if (!isStopped) onText?.(text);
      return {
        text: isStopped ? half : text,
        tokenIds: [],
        finish: isStopped ? 'aborted' : 'end',
        firstTokenMs: 50,
        durationMs: 1800,
      };
    },
    dispose: () => {
      isDisposed = true;
    },
  };
}
