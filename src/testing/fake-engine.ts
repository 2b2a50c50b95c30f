/** An engine without a model, for tests: fixed answers, and every call can be made slow or failing. */
import {
  EngineError,
  type EngineErrorCode,
  type InferenceEngine,
  type LoadedModel,
  type LoadProgress,
  type PairPixels,
} from '../inference/engine';

export interface FakeEngineOptions {
  /** Probability of each option, in the order asked. @default 0.2, 0.7, 0.1 */
  readonly probabilities?: readonly number[] | ((pair: PairPixels) => readonly number[]);
  readonly text?: string;
  readonly progress?: readonly LoadProgress[];
  readonly model?: Partial<LoadedModel>;
  /** What `load` fails with. Removed by `mend`. */
  readonly loadFailure?: EngineErrorCode;
  readonly scoreFailure?: EngineErrorCode;
  /** Resolves when a call may go on. @default at once */
  readonly gate?: (call: 'load' | 'score' | 'generate') => Promise<void>;
}

export interface FakeEngine extends InferenceEngine {
  /** Whether the page closed it. */
  readonly isDisposed: () => boolean;
  readonly calls: {
    readonly kind: 'load' | 'prepare' | 'score' | 'generate';
    readonly pairKey: string;
    readonly prompt: string;
  }[];
  /** Lets failing calls succeed from now on. */
  mend(): void;
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

export function fakeEngineCreate(options: FakeEngineOptions = {}): FakeEngine {
  const calls: FakeEngine['calls'] = [];
  let isMended = false;
  let isDisposed = false;
  const pass = async (call: 'load' | 'score' | 'generate'): Promise<void> => options.gate?.(call);
  const note = (kind: FakeEngine['calls'][number]['kind'], pair: PairPixels | null, prompt = ''): void => {
    calls.push({ kind, pairKey: pair?.key ?? '', prompt });
  };
  return {
    calls,
    isDisposed: () => isDisposed,
    mend: () => {
      isMended = true;
    },
    load: async ({ onProgress } = {}) => {
      note('load', null);
      for (const progress of options.progress ?? []) onProgress?.(progress);
      await pass('load');
      if (options.loadFailure && !isMended) throw failure(options.loadFailure);
      return { ...MODEL, ...options.model };
    },
    prepare: async (pair) => note('prepare', pair),
    score: async (pair, question) => {
      note('score', pair, question.prompt);
      await pass('score');
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
