/**
 * An engine that asks an OpenAI-compatible endpoint with two images. The key lives in this closure only: it is never stored, logged or
 * part of an error. Answers stream; options are scored by asking for an option's text.
 */
import type { CallOptions, EngineErrorCode, InferenceEngine, PairPixels, ScoreResult, ViewPixels } from './engine.ts';
import { afterThinking, EngineError } from './engine.ts';
import { engineError } from './errors.ts';
import { bodyIsAbsence, remoteAddress, statusIsAbsence, wrongAddressError } from './remote-address.ts';
import {
  answerParse,
  noAnswerError,
  optionSharesFromAnswer,
  streamDeltas,
  tokenLogProbs,
  wordsOf,
  type ChatDelta,
  type NamedShares,
} from './remote-answer.ts';
import { callRun, overheard, type Call } from './remote-call.ts';
import { keyCheck, statusError, unreachableError } from './remote-refusal.ts';

export interface RemoteEngineOptions {
  /** Up to and including the version, as the provider's documentation gives it: `https://host/v1`. A query goes along. */
  readonly baseUrl: string;
  /** Empty where the endpoint wants none. Kept in memory only. */
  readonly apiKey: string;
  readonly model: string;
  /** Side of the pictures to send, in pixels. @default 512 */
  readonly imageSizePx?: number;
  /** For tests. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** For tests: a picture as a `data:` address. @default PNG by the browser */
  readonly pictureUrl?: (view: ViewPixels) => Promise<string>;
}

/** An endpoint that streams sends something more often, also while it thinks. */
const SILENCE_MS = 120_000;
/** An answer that is not streamed comes at once, after all that a slow model thinks. */
const WHOLE_SILENCE_MS = 900_000;
/** Enough for any option's text. */
const SCORE_MAX_TOKENS = 64;
/** Besides, where the limit counts what the model thinks before it answers. */
const THINKING_MAX_TOKENS = 4096;
const SHOWN_CHARS = 300;
/** What ends a text that has begun, and leaves it standing. */
const STOPS: ReadonlySet<EngineErrorCode> = new Set(['inference/aborted', 'remote/deadline']);

/** Endpoints differ in what of a request they take. */
interface Dialect {
  readonly givesLogProbs: boolean;
  /** Newer models of OpenAI take `max_completion_tokens`, which counts thinking too, and no temperature. */
  readonly limitName: 'max_tokens' | 'max_completion_tokens';
  readonly takesTemperature: boolean;
  /** Some refuse to count a streamed answer's tokens. */
  readonly countsTokens: boolean;
}

const DIALECT_USUAL: Dialect = {
  givesLogProbs: true,
  limitName: 'max_tokens',
  takesTemperature: true,
  countsTokens: true,
};

/** What is left when every term has been refused. */
const DIALECT_LEAST: Dialect = {
  givesLogProbs: false,
  limitName: 'max_completion_tokens',
  takesTemperature: false,
  countsTokens: false,
};

/** How a refusal names the term that it is about: then nobody has to guess. */
const TERM_NAMES: Readonly<Record<keyof Dialect, RegExp>> = {
  givesLogProbs: /logprobs/i,
  limitName: /max_completion_tokens/i,
  takesTemperature: /temperature/i,
  countsTokens: /stream_options|include_usage/i,
};

interface ChatWish {
  readonly maxTokens: number;
  readonly logProbs?: boolean;
  readonly stream?: boolean;
}

/** What to leave out after a refusal, by what the endpoint said; null when there is nothing left that it may dislike. */
function termRefused(dialect: Dialect, said: string, wish: ChatWish): keyof Dialect | null {
  if (dialect.limitName === 'max_tokens' && /max_completion_tokens|max_tokens/i.test(said)) return 'limitName';
  if (dialect.takesTemperature && TERM_NAMES.takesTemperature.test(said)) return 'takesTemperature';
  // Few say that it was the log-probabilities or the counting.
  if (dialect.givesLogProbs && wish.logProbs === true) return 'givesLogProbs';
  if (dialect.countsTokens && wish.stream === true) return 'countsTokens';
  return null;
}

/** What an endpoint said that may do in other terms; undefined for any other error. */
function termsRefusal(thrown: unknown, wish: ChatWish): string | undefined {
  const status = statusOf(thrown);
  if (!(thrown instanceof EngineError) || status === undefined) return undefined;
  const said = String(thrown.detail['said']);
  // OpenAI forbids log-probabilities of models that think, as if it were for lack of rights.
  const isForbiddenWish = status === 403 && wish.logProbs === true && TERM_NAMES.givesLogProbs.test(said);
  return isForbiddenWish || [400, 422, 501].includes(status) ? said : undefined;
}

/** Whether a listed name is the wished one, with the tag or the folder that the endpoint itself would add, or without the wished variant. */
const isSameModel = (listed: string, wished: string): boolean =>
  listed === wished ||
  listed.startsWith(`${wished}:`) ||
  listed.endsWith(`/${wished}`) ||
  wished.startsWith(`${listed}:`);

/** The endpoint's own answer to what failed; undefined where none came. */
const statusOf = (thrown: unknown): number | undefined =>
  thrown instanceof EngineError && typeof thrown.detail['status'] === 'number' ? thrown.detail['status'] : undefined;

async function pngDataUrl({ data, sizePx }: ViewPixels): Promise<string> {
  const canvas = new OffscreenCanvas(sizePx, sizePx);
  const context = canvas.getContext('2d');
  if (!context)
    throw engineError(
      'inference/failed',
      'The browser gives no 2D canvas to pack the pictures with. Close other tabs, then ask again.',
    );
  context.putImageData(new ImageData(new Uint8ClampedArray(data), sizePx), 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(binary)}`;
}

/** Throws a TypeError when `baseUrl` is no address. */
export function createRemoteEngine(options: RemoteEngineOptions): InferenceEngine {
  const { apiKey, model } = options;
  const address = remoteAddress(options.baseUrl);
  const send = options.fetch ?? ((url: string, init: RequestInit) => fetch(url, init));
  const pictureUrl = options.pictureUrl ?? pngDataUrl;
  const closing = new AbortController();
  /** Learned from refusals, once. */
  let dialect = DIALECT_USUAL;
  /** It was cut off before it said anything, so it thinks first. */
  let isThinker = false;
  /** Whether a limit leaves room for that. */
  const countsThinking = ({ limitName }: Dialect): boolean => isThinker || limitName === 'max_completion_tokens';

  /** Whatever the endpoint repeats, the key stays out of messages. */
  const withoutKey = (text: string): string => (apiKey === '' ? text : text.replaceAll(apiKey, '***'));
  const errorWithoutKey = ({ code, message, detail }: EngineError): EngineError => {
    const entries = Object.entries(detail).map(([name, value]): [string, string | number] => {
      return [name, typeof value === 'string' ? withoutKey(value) : value];
    });
    return engineError(code, withoutKey(message), Object.fromEntries(entries));
  };

  async function request(path: string, body: unknown, { signal, heard }: Call): Promise<Response> {
    const url = address.shown(path);
    const headers: Record<string, string> = {};
    if (apiKey !== '') {
      keyCheck(apiKey);
      headers['authorization'] = `Bearer ${apiKey}`;
    }
    if (body !== undefined) headers['content-type'] = 'application/json';
    const init: RequestInit = { headers, signal, method: body === undefined ? 'GET' : 'POST' };
    // No cookies and no address of this page: the endpoint learns the question and nothing else.
    const quiet: RequestInit = { ...init, credentials: 'omit', referrerPolicy: 'no-referrer' };
    let response: Response;
    try {
      response = await send(address.of(path), body === undefined ? quiet : { ...quiet, body: JSON.stringify(body) });
    } catch (thrown) {
      signal.throwIfAborted();
      const said = thrown instanceof Error ? thrown.message : String(thrown);
      throw unreachableError(url, said.replaceAll(address.of(path), url));
    }
    heard();
    if (response.ok) return overheard(response, heard);
    // Before it is shortened: a key that is cut in half is not found any more.
    throw statusError(url, response.status, wordsOf(withoutKey(await response.text().catch(() => ''))));
  }

  /** Whatever stops the work becomes an engine error without the key. */
  async function limited<T>(callOptions: CallOptions, silenceMs: number, work: (call: Call) => Promise<T>): Promise<T> {
    try {
      return await callRun(callOptions, { host: address.host, closing: closing.signal, silenceMs }, work);
    } catch (thrown) {
      throw thrown instanceof EngineError ? errorWithoutKey(thrown) : thrown;
    }
  }

  /** Asks with two pictures, again in other terms where the endpoint refuses the usual ones. */
  async function chat(pair: PairPixels, prompt: string, wish: ChatWish, call: Call): Promise<Response> {
    const [a, b] = await Promise.all([pictureUrl(pair.a), pictureUrl(pair.b)]);
    const image = (url: string) => ({ type: 'image_url', image_url: { url } });
    const content = [image(a), image(b), { type: 'text', text: prompt }];
    let learned: Partial<Dialect> = {};
    for (;;) {
      const terms = { ...dialect, ...learned };
      const { givesLogProbs, limitName, takesTemperature, countsTokens } = terms;
      const limit = wish.maxTokens + (countsThinking(terms) ? THINKING_MAX_TOKENS : 0);
      const body = {
        model,
        messages: [{ role: 'user', content }],
        [limitName]: limit,
        ...(takesTemperature && { temperature: 0 }),
        ...(wish.logProbs === true && givesLogProbs && { logprobs: true }),
        ...(wish.stream === true && { stream: true }),
        ...(wish.stream === true && countsTokens && { stream_options: { include_usage: true } }),
      };
      try {
        const response = await request('chat/completions', body, call);
        dialect = { ...dialect, ...learned };
        return response;
      } catch (thrown) {
        const said = termsRefusal(thrown, wish);
        const term = said === undefined ? null : termRefused(terms, said, wish);
        if (said === undefined || term === null) throw thrown;
        const change = { [term]: DIALECT_LEAST[term] };
        learned = { ...learned, ...change };
        // A guess has to prove right first; this holds whatever becomes of the next request.
        if (TERM_NAMES[term].test(said)) dialect = { ...dialect, ...change };
      }
    }
  }

  /** `isCut`: its tokens ended before the answer did. */
  async function ask(
    pair: PairPixels,
    prompt: string,
    call: Call,
  ): Promise<{ text: string; logProb: number | undefined; isCut: boolean }> {
    const response = await chat(pair, prompt, { maxTokens: SCORE_MAX_TOKENS, logProbs: true }, call);
    const json = await response.text();
    const answer = answerParse(json, withoutKey) as {
      choices?: readonly { message?: { content?: unknown }; finish_reason?: unknown }[];
    } | null;
    const choice = answer?.choices?.[0];
    const text = choice?.message?.content;
    const isCut = choice?.finish_reason === 'length';
    if (typeof text === 'string') return { text, logProb: tokenLogProbs(answer), isCut };
    if (isCut) return { text: '', logProb: undefined, isCut };
    throw noAnswerError(withoutKey(json));
  }

  /** The option that the endpoint names when asked for one. Throws when it does not name exactly one. */
  async function askForOption(
    pair: PairPixels,
    prompt: string,
    options: readonly string[],
    call: Call,
  ): Promise<NamedShares> {
    for (;;) {
      const { text, logProb, isCut } = await ask(pair, prompt, call);
      const named = optionSharesFromAnswer(text, options, logProb);
      if (named) return named;
      if (isCut && !countsThinking(dialect)) {
        isThinker = true;
        continue;
      }
      const shown = withoutKey(text).slice(0, SHOWN_CHARS);
      const cutText = `The endpoint's answer was cut off before it named an option: "${shown}". Ask again, or take a model that thinks less.`;
      const otherText = `The endpoint's answer does not name exactly one of the options: "${shown}". Ask again, or take another model.`;
      throw engineError('inference/failed', isCut ? cutText : otherText, { answer: shown });
    }
  }

  /** The names of its models; undefined where there is no list for us: an endpoint that answers chats only, or a wrong address. */
  async function modelNames(call: Call): Promise<readonly string[] | undefined> {
    const response = await request('models', undefined, call).catch((thrown: unknown) => {
      const status = statusOf(thrown);
      // A key may be good for chats alone; a wrong one is refused there too.
      if (statusIsAbsence(status) || status === 401 || status === 403) return undefined;
      throw thrown;
    });
    const list = (await response?.json().catch(() => undefined)) as { data?: unknown } | null | undefined;
    if (!Array.isArray(list?.data)) return undefined;
    const models = list.data as readonly ({ id?: unknown } | null)[];
    return models.flatMap((listed) => (typeof listed?.id === 'string' ? [listed.id] : []));
  }

  /** Asks for a chat about nothing: an endpoint refuses it at no cost, at a wrong address there is none that could. */
  async function chatChecked(call: Call): Promise<void> {
    const path = 'chat/completions';
    try {
      const response = await request(path, { model, messages: [], max_tokens: 1 }, call);
      const body = await response.text();
      if (bodyIsAbsence(body)) throw wrongAddressError(address.shown(path), response.status, withoutKey(body));
    } catch (thrown) {
      const status = statusOf(thrown);
      if (!(thrown instanceof EngineError) || thrown.code !== 'remote/failed' || status === undefined) throw thrown;
      if (statusIsAbsence(status)) throw wrongAddressError(address.shown(path), status, String(thrown.detail['said']));
    }
  }

  return {
    load: (callOptions = {}) =>
      limited(callOptions, SILENCE_MS, async (call) => {
        const names = await modelNames(call);
        // Whether the model is there, the first question will show.
        if (!names) await chatChecked(call);
        if (names && names.length > 0 && !names.some((name) => isSameModel(name, model))) {
          const known = names.slice(0, 8).join(', ') + (names.length > 8 ? ', …' : '');
          throw engineError(
            'model/missing',
            `The endpoint has no model "${model}"; it lists ${known}. Take one of these.`,
            {
              model,
              known,
            },
          );
        }
        const device = { backend: 'remote', threads: 0, adapter: address.host, fallbackReason: '' } as const;
        return { modelId: model, modelName: model, imageSizePx: options.imageSizePx ?? 512, totalBytes: 0, device };
      }),
    // Nothing can be prepared from here: every request carries its pictures.
    prepare: (_pair, callOptions = {}) => limited(callOptions, SILENCE_MS, async () => undefined),
    score: (pair, question, callOptions = {}) =>
      limited(callOptions, WHOLE_SILENCE_MS, async (call): Promise<ScoreResult> => {
        if (question.options.length === 0)
          throw engineError('inference/failed', 'There are no options to score. Pass at least one.');
        const startMs = performance.now();
        const list = question.options.map((option) => `- ${option}`).join('\n');
        const prompt = `${question.prompt}\nAnswer with exactly one of these lines and nothing else:\n${list}`;
        const named = await askForOption(pair, prompt, question.options, call);
        const scored = question.options.map((option, i) => {
          const probability = named.shares[i] ?? 0;
          return { text: option, logProb: Math.log(probability), probability };
        });
        const result = { options: scored, durationMs: performance.now() - startMs, prefixReused: false };
        return named.isAnswerOnly ? { ...result, isAnswerOnly: true } : result;
      }),
    generate: async (pair, question, { onText, ...callOptions } = {}) => {
      const startMs = performance.now();
      let text = '';
      let firstTokenMs = 0;
      let tokenCount: number | undefined;
      let finish: 'end' | 'length' | 'aborted' = 'end';
      const take = ({ text: more = '', finish: reason, tokens }: ChatDelta): void => {
        if (text === '' && more !== '') firstTokenMs = performance.now() - startMs;
        text += more;
        tokenCount = tokens ?? tokenCount;
        if (reason === 'length') finish = 'length';
        if (more !== '') onText?.(text);
      };
      try {
        await limited(callOptions, SILENCE_MS, async (call) => {
          const wish = { maxTokens: question.maxNewTokens, stream: true };
          const read = async (): Promise<void> => {
            const response = await chat(pair, question.prompt, wish, call);
            for await (const delta of streamDeltas(response, withoutKey)) take(delta);
          };
          const isEmpty = (): boolean => afterThinking(text).trim() === '';
          await read();
          if (finish !== 'length' || !isEmpty()) return;
          if (!countsThinking(dialect)) {
            isThinker = true;
            text = '';
            finish = 'end';
            tokenCount = undefined;
            await read();
          }
          if (!isEmpty()) return;
          const shown = withoutKey(text).slice(0, SHOWN_CHARS);
          const message = `The endpoint gave no answer after its thinking: "${shown}". Ask again, or take a model that thinks less.`;
          throw engineError('inference/failed', message, { answer: shown });
        });
      } catch (thrown) {
        const isStopped = thrown instanceof EngineError && STOPS.has(thrown.code);
        if (!isStopped || text === '' || closing.signal.aborted) throw thrown;
        finish = 'aborted';
      }
      const result = { text, tokenIds: [], finish, firstTokenMs, durationMs: performance.now() - startMs };
      return tokenCount === undefined ? result : { ...result, tokenCount };
    },
    dispose: () => closing.abort(),
  };
}
