/**
 * Who answers, and what: loading a model, its scored answer about the pair on screen, the same with the views swapped, and its reasoning
 * on demand. Late results are dropped.
 */
import {
  answerPace,
  EngineError,
  type AnswerPace,
  engineErrorData,
  type EngineErrorData,
  type GenerateResult,
  type InferenceEngine,
  type LoadedModel,
  type LoadProgress,
  type PairPixels,
} from '../inference/engine';
import { oppositeAnswerKey } from '../questions/broad-families';
import { pairQuestionOf } from '../questions/page-families';
import { questionFor, type QuestionId } from '../questions/families';
import { parseAnswer } from '../questions/parse-answer';
import { optionsWithLetters, promptText } from '../questions/prompt';
import type { SliceContext } from './app-state';
import { saidBy, scoredBy } from './model-asks';
import { modelIsSame } from './model-families';
import { pairCurrent } from './selectors';
import { pairQuestion } from './pair';
import { questionId } from './question-slice';

/** Where a model comes from, as far as people are told. A key of an endpoint is no part of it. */
export type ModelSource =
  | { readonly kind: 'own' }
  | { readonly kind: 'folder'; readonly name: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'remote'; readonly host: string };

/** `model` is never empty; `rival` answers the same questions beside it once somebody has chosen one. */
export const MODEL_SEATS = ['model', 'rival'] as const;
export type ModelSeat = (typeof MODEL_SEATS)[number];

export type ModelStatus =
  | { readonly kind: 'idle' }
  /** Waits for a click, because the download may cost the person money. `totalBytes` null: not known. */
  | { readonly kind: 'consent'; readonly totalBytes: number | null }
  | { readonly kind: 'loading'; readonly progress: LoadProgress | null }
  | { readonly kind: 'ready'; readonly model: LoadedModel }
  | { readonly kind: 'failed'; readonly error: EngineErrorData };

export interface ModelOption {
  readonly key: string;
  readonly probability: number;
}

export interface ModelScores {
  readonly options: readonly ModelOption[];
  readonly best: string;
  readonly durationMs: number;
  /** The shares say only which option was named, not how sure the model is. */
  readonly isAnswerOnly: boolean;
}

export interface SaidText {
  readonly text: string;
  readonly finish: GenerateResult['finish'];
  readonly durationMs: number;
  /** Null where it was stopped before the first token. */
  readonly pace: AnswerPace | null;
}

export type ModelAnswer =
  | { readonly kind: 'none' }
  /** `text`: as far as an answer in own words has come. */
  | { readonly kind: 'waiting'; readonly key: string; readonly text: string }
  | ({ readonly kind: 'answered'; readonly key: string } & ModelScores)
  /** To a question in somebody's own words: there are no options to score. */
  | ({ readonly kind: 'said'; readonly key: string } & SaidText)
  | { readonly kind: 'failed'; readonly key: string; readonly error: EngineErrorData };

/** The same question with A and B exchanged. */
export type SwapCheck =
  | { readonly kind: 'none' }
  | { readonly kind: 'waiting'; readonly key: string }
  /** `agrees`: the opposite of its answer about the pair as shown, or "no movement" both times. */
  | { readonly kind: 'answered'; readonly key: string; readonly best: string; readonly agrees: boolean }
  | { readonly kind: 'failed'; readonly key: string; readonly error: EngineErrorData };

export type Reasoning =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly text: string }
  | {
      readonly kind: 'done';
      readonly text: string;
      readonly finish: GenerateResult['finish'];
      readonly durationMs: number;
      /** Null where it was stopped before the engine could say. */
      readonly pace: AnswerPace | null;
      /** The option that the text ends with; null when it names none. */
      readonly answer: string | null;
    }
  | { readonly kind: 'failed'; readonly error: EngineErrorData };

export interface ModelSlice {
  readonly source: ModelSource;
  readonly status: ModelStatus;
  readonly answer: ModelAnswer;
  readonly swapCheck: SwapCheck;
  readonly reasoning: Reasoning;
  /** Why the model could not be fetched anew, where the one before still answers. */
  readonly redownloadError: EngineErrorData | null;
  consentAsk(totalBytes: number | null): void;
  load(): Promise<void>;
  /** Gives up a load under way; what has arrived is kept. */
  loadStop(): void;
  /**
   * Deletes the kept files and loads anew; does nothing where the model keeps none. Where its server cannot be reached, the model
   * before goes on answering.
   */
  redownload(): Promise<void>;
  /** Another engine answers from now on, which has loaded already; the one before is closed. */
  use(engine: InferenceEngine, model: LoadedModel, source: ModelSource): void;
  /** Empties the seat. */
  leave(): void;
  /**
   * Has both views of the pair on screen encoded, so that a question is answered sooner. Does nothing where that happened, where the
   * pictures would be sent away, or before the model is ready; a failure shows with the question.
   */
  prepare(): Promise<void>;
  /** Scores the options for the pair and question on screen. Does nothing before the model is ready. */
  ask(): Promise<void>;
  /** Ends the answer under way; one in own words stays as far as it has come. */
  askStop(): void;
  /** Asks again with the views exchanged. Does nothing before there is an answer about the pair on screen. */
  swapAsk(): Promise<void>;
  /** Asks about pictures that are not the page's own; nothing of it is kept here. Rejects with an {@link EngineError}. */
  askAbout(pixels: PairPixels, family: QuestionId, signal: AbortSignal): Promise<ModelScores>;
  reason(): Promise<void>;
  reasonStop(): void;
  reasoningClear(): void;
}

const REASONING_MAX_TOKENS = 256;

/** Identifies a question about a pair. */
export const askKey = (pairKey: string, family: string): string => `${family}|${pairKey}`;

/** What was stopped or failed, a person may ask again. A scored answer that was stopped says nothing. */
const mayAskAgain = (answer: ModelAnswer): boolean =>
  answer.kind === 'failed' || (answer.kind === 'said' && answer.finish === 'aborted');

const STOPPED = { finish: 'aborted', durationMs: 0, pace: null } as const;

const viewsSwapped = ({ key, a, b }: PairPixels): PairPixels => ({ key: `${key}|swapped`, a: b, b: a });

/** Of an engine that has just come. */
const FRESH = {
  answer: { kind: 'none' },
  swapCheck: { kind: 'none' },
  reasoning: { kind: 'none' },
  redownloadError: null,
} as const;

export function modelSlice({ set, get, deps }: SliceContext, seat: ModelSeat): ModelSlice {
  const patch = (part: Partial<ModelSlice>): void => set((state) => ({ [seat]: { ...state[seat], ...part } }));
  const own = (): ModelSlice => get()[seat];
  let loading: AbortController | null = null;
  /** The pair whose views are being encoded, or were last. */
  let preparing: { readonly pairKey: string; readonly controller: AbortController } | null = null;
  let asking: AbortController | null = null;
  let swapping: AbortController | null = null;
  let reasoning: AbortController | null = null;

  /** After a device is lost another one answers, maybe by newer files, and the page says so. */
  const watchedOf = (watched: InferenceEngine): InferenceEngine => {
    watched.watch?.((model) => {
      const { status } = own();
      if (engine !== watched || status.kind !== 'ready') return;
      if (!modelIsSame(status.model, model)) patch({ status: { kind: 'ready', model } });
    });
    return watched;
  };
  /** Null while the seat is empty. */
  let engine: InferenceEngine | null = seat === 'model' ? watchedOf(deps.engine) : null;

  const prepareAbort = (): void => {
    preparing?.controller.abort();
    preparing = null;
  };

  const loadBy = async (run: InferenceEngine['load']): Promise<void> => {
    const { status: before } = own();
    const controller = new AbortController();
    loading?.abort();
    loading = controller;
    // Its worker, and what that had prepared, may be another one afterwards.
    prepareAbort();
    const isCurrent = (): boolean => loading === controller;
    patch({ status: { kind: 'loading', progress: null }, redownloadError: null });
    try {
      const onProgress = (progress: LoadProgress): void => {
        if (isCurrent() && own().status.kind === 'loading') patch({ status: { kind: 'loading', progress } });
      };
      const model = await run({ onProgress, signal: controller.signal });
      if (isCurrent()) patch({ status: { kind: 'ready', model } });
    } catch (thrown) {
      const error = engineErrorData(thrown);
      const isStopped = error.code === 'inference/aborted';
      if (!isCurrent()) return;
      if (error.detail['kept'] === 1) patch({ status: before, redownloadError: isStopped ? null : error });
      else patch({ status: isStopped ? { kind: 'idle' } : { kind: 'failed', error } });
    }
  };

  const reasonAbort = (): void => {
    reasoning?.abort();
    reasoning = null;
  };

  /** Nothing of the engine before stays, neither its answers nor its worker. */
  const engineSet = (next: InferenceEngine | null): void => {
    loading?.abort();
    loading = null;
    prepareAbort();
    asking?.abort();
    asking = null;
    swapping?.abort();
    reasonAbort();
    const before = engine;
    engine = next && watchedOf(next);
    before?.dispose();
  };

  return {
    source: { kind: 'own' },
    status: { kind: 'idle' },
    ...FRESH,
    consentAsk: (totalBytes) => {
      if (own().status.kind === 'idle') patch({ status: { kind: 'consent', totalBytes } });
    },
    load: async () => {
      const { kind } = own().status;
      if (kind === 'loading' || kind === 'ready') return;
      const used = engine;
      if (used) await loadBy((options) => used.load(options));
    },
    loadStop: () => {
      if (own().status.kind !== 'loading') return;
      loading?.abort();
      // A question that waits for the model would have it fetched all the same.
      prepareAbort();
      for (const waiting of [asking, swapping, reasoning]) waiting?.abort();
    },
    redownload: async () => {
      const redownload = engine?.redownload;
      if (redownload) await loadBy((options) => redownload(options));
    },
    use: (next, model, source) => {
      engineSet(next);
      patch({ source, status: { kind: 'ready', model }, ...FRESH });
    },
    leave: () => {
      engineSet(null);
      patch({ source: { kind: 'own' }, status: { kind: 'idle' }, ...FRESH });
    },
    prepare: async () => {
      const pair = pairCurrent(get());
      const { status } = own();
      if (!pair || !engine || status.kind !== 'ready' || status.model.device.backend === 'remote') return;
      if (preparing?.pairKey === pair.key) return;
      prepareAbort();
      const controller = new AbortController();
      preparing = { pairKey: pair.key, controller };
      try {
        const pixels = await deps.capture(pair, status.model.imageSizePx);
        if (!controller.signal.aborted) await engine.prepare(pixels, { signal: controller.signal });
      } catch {
        // The question about this pair does the same work and says what is wrong.
      }
    },
    ask: async () => {
      const pair = pairCurrent(get());
      const { status, answer } = own();
      if (!pair || !engine || status.kind !== 'ready') return;
      const question = pairQuestion(pair, get().question);
      const key = askKey(pair.key, questionId(get().question));
      if (question.stem === '') return;
      if (answer.kind !== 'none' && answer.key === key && !mayAskAgain(answer)) return;
      // What is being encoded of this very pair, the question uses.
      if (preparing?.pairKey !== pair.key) prepareAbort();
      asking?.abort();
      swapping?.abort();
      const controller = new AbortController();
      asking = controller;
      const { signal } = controller;
      const isCurrent = (): boolean => asking === controller;
      patch({ answer: { kind: 'waiting', key, text: '' }, swapCheck: { kind: 'none' } });
      const onText = (text: string): void => {
        if (isCurrent()) patch({ answer: { kind: 'waiting', key, text } });
      };
      try {
        const pixels = await deps.capture(pair, status.model.imageSizePx);
        if (!isCurrent()) return;
        const answered: ModelAnswer =
          question.options.length === 0
            ? { kind: 'said', key, ...(await saidBy(engine, pixels, question.stem, { signal, onText })) }
            : { kind: 'answered', key, ...(await scoredBy(engine, pixels, question, signal)) };
        if (isCurrent()) patch({ answer: answered });
      } catch (thrown) {
        if (!isCurrent()) return;
        const error = engineErrorData(thrown);
        const now = own().answer;
        const text = now.kind === 'waiting' ? now.text : '';
        const isStopped = signal.aborted && error.code === 'inference/aborted';
        patch({ answer: isStopped ? { kind: 'said', key, text, ...STOPPED } : { kind: 'failed', key, error } });
      }
    },
    askStop: () => {
      if (own().answer.kind === 'waiting') asking?.abort();
    },
    swapAsk: async () => {
      const pair = pairCurrent(get());
      const { status, answer } = own();
      if (!pair || !engine || status.kind !== 'ready' || answer.kind !== 'answered') return;
      const { key, best } = answer;
      if (key !== askKey(pair.key, questionId(get().question)) || !pairQuestionOf(get().question.family)) return;
      const question = pairQuestion(pair, get().question);
      swapping?.abort();
      const controller = new AbortController();
      swapping = controller;
      patch({ swapCheck: { kind: 'waiting', key } });
      try {
        const pixels = await deps.capture(pair, status.model.imageSizePx);
        if (controller.signal.aborted) return;
        const swapped = await scoredBy(engine, viewsSwapped(pixels), question, controller.signal);
        if (controller.signal.aborted) return;
        const agrees = swapped.best === oppositeAnswerKey(best);
        patch({ swapCheck: { kind: 'answered', key, best: swapped.best, agrees } });
      } catch (thrown) {
        if (!controller.signal.aborted) patch({ swapCheck: { kind: 'failed', key, error: engineErrorData(thrown) } });
      } finally {
        // Stopped with a load.
        if (swapping === controller && own().swapCheck.kind === 'waiting') patch({ swapCheck: { kind: 'none' } });
      }
    },
    askAbout: async (pixels, family, signal) => {
      if (engine) return scoredBy(engine, pixels, questionFor(family), signal);
      throw new EngineError({
        code: 'runtime/unavailable',
        message: 'No model is chosen. Choose one first.',
        detail: {},
      });
    },
    reason: async () => {
      const pair = pairCurrent(get());
      const { status } = own();
      if (!pair || !engine || status.kind !== 'ready') return;
      reasonAbort();
      const controller = new AbortController();
      reasoning = controller;
      const isCurrent = (): boolean => reasoning === controller;
      patch({ reasoning: { kind: 'running', text: '' } });
      try {
        const question = pairQuestion(pair, get().question);
        const options = optionsWithLetters(question.options);
        const pixels = await deps.capture(pair, status.model.imageSizePx);
        if (!isCurrent()) return;
        const result = await engine.generate(
          pixels,
          { prompt: promptText({ stem: question.stem, options }, 'reasoned'), maxNewTokens: REASONING_MAX_TOKENS },
          {
            signal: controller.signal,
            onText: (text) => {
              if (isCurrent()) patch({ reasoning: { kind: 'running', text } });
            },
          },
        );
        if (!isCurrent()) return;
        const { text, finish, durationMs } = result;
        const answer = parseAnswer(text, options, 'reasoned').key;
        patch({ reasoning: { kind: 'done', text, finish, durationMs, pace: answerPace(result), answer } });
      } catch (thrown) {
        if (!isCurrent()) return;
        const stopped = own().reasoning;
        const error = engineErrorData(thrown);
        if (error.code !== 'inference/aborted') patch({ reasoning: { kind: 'failed', error } });
        else if (stopped.kind === 'running')
          patch({ reasoning: { kind: 'done', text: stopped.text, ...STOPPED, answer: null } });
      }
    },
    reasonStop: () => reasoning?.abort(),
    reasoningClear: () => {
      reasonAbort();
      if (own().reasoning.kind !== 'none') patch({ reasoning: { kind: 'none' } });
    },
  };
}
