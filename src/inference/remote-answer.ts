/** Reads what an OpenAI-compatible endpoint answers: its stream of events, its log-probabilities, the option that it named. */
import { afterThinking, type EngineError } from './engine.ts';
import { engineError } from './errors.ts';

export interface ChatDelta {
  /** Undefined: no part of the answer, only its count of tokens. */
  readonly text: string | undefined;
  readonly finish: string | undefined;
  /** Of the answer so far, without what was thought before it; undefined: not said. */
  readonly tokens: number | undefined;
}

interface Chunk {
  readonly choices?: readonly {
    readonly delta?: { readonly content?: unknown };
    readonly message?: { readonly content?: unknown };
    readonly finish_reason?: unknown;
  }[];
  readonly usage?: {
    readonly completion_tokens?: unknown;
    readonly completion_tokens_details?: { readonly reasoning_tokens?: unknown } | null;
  } | null;
  readonly error?: unknown;
}

const SHOWN_CHARS = 300;

/** What an endpoint says went wrong, in its own words, shortened. */
export function wordsOf(body: string): string {
  try {
    const parsed = JSON.parse(body) as { error?: { message?: unknown } | string; message?: unknown; detail?: unknown };
    const { error } = parsed;
    const said = typeof error === 'string' ? error : (error?.message ?? parsed.message ?? parsed.detail);
    if (typeof said === 'string' && said !== '') return said.slice(0, SHOWN_CHARS);
  } catch {
    // Not JSON: the text itself is all there is.
  }
  return body.replace(/\s+/g, ' ').trim().slice(0, SHOWN_CHARS) || 'nothing';
}

function answerTokens(usage: Chunk['usage']): number | undefined {
  const all = usage?.completion_tokens;
  if (typeof all !== 'number') return undefined;
  const thought = usage?.completion_tokens_details?.reasoning_tokens;
  return all - (typeof thought === 'number' ? thought : 0);
}

/** Undefined for a part that says nothing: some endpoints begin or end with one. */
function deltaFrom(json: string, scrubbed: (text: string) => string): ChatDelta | undefined {
  const chunk = answerParse(json, scrubbed) as Chunk | null;
  if (chunk?.error !== undefined && chunk.error !== null) {
    const said = wordsOf(scrubbed(json));
    throw engineError('remote/failed', `The endpoint stopped answering and said: "${said}". Ask again.`, { said });
  }
  const choice = chunk?.choices?.[0];
  const tokens = answerTokens(chunk?.usage);
  if (!choice) return tokens === undefined ? undefined : { text: undefined, finish: undefined, tokens };
  const content = choice.delta?.content ?? choice.message?.content;
  const finish = choice.finish_reason;
  return {
    text: typeof content === 'string' ? content : '',
    finish: typeof finish === 'string' ? finish : undefined,
    tokens,
  };
}

/** A 200 that holds no answer. */
export function noAnswerError(body: string): EngineError {
  const said = wordsOf(body);
  return engineError('remote/failed', `The endpoint gave no answer text; it said: "${said}". Check the model's name.`, {
    said,
  });
}

/** Not with the parser's own error: that quotes the text cut anywhere, a key in half too. */
export function answerParse(json: string, scrubbed: (text: string) => string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw noAnswerError(scrubbed(json));
  }
}

/** An error that came in a field of its own, as the data that others send. */
const errorData = (error: string): string => `{"error":${error.startsWith('{') ? error : JSON.stringify(error)}}`;

/** The payloads of server-sent events as they arrive, up to the one that ends them. */
async function* eventData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split(/\r\n|\n|\r/);
      rest = done ? '' : (lines.pop() ?? '');
      for (const line of lines) {
        // Comments keep the connection open; other fields say nothing about the text. Older servers of llama.cpp name a field `error`.
        const [, field, value = ''] = /^(data|error):(.*)$/s.exec(line) ?? [];
        const data = field === 'error' ? errorData(value.trim()) : value.trim();
        if (data === '[DONE]') return;
        if (data !== '') yield data;
      }
      if (done) return;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

/**
 * The parts of a streamed answer as they arrive (server-sent events), or the whole of one that was not streamed. Throws when the
 * endpoint says that it failed, and when it never gave a choice. `scrubbed` takes out of its words what must not be shown.
 */
export async function* streamDeltas(
  response: Response,
  scrubbed: (text: string) => string = (text) => text,
): AsyncGenerator<ChatDelta> {
  if (!response.headers.get('content-type')?.includes('text/event-stream') || !response.body) {
    const body = await response.text();
    const delta = deltaFrom(body, scrubbed);
    if (delta?.text === undefined) throw noAnswerError(scrubbed(body));
    yield delta;
    return;
  }
  let hasChoice = false;
  let last = '';
  for await (const data of eventData(response.body)) {
    const delta = deltaFrom((last = data), scrubbed);
    if (!delta) continue;
    if (delta.text !== undefined) hasChoice = true;
    yield delta;
  }
  if (!hasChoice) throw noAnswerError(scrubbed(last));
}

/** Sum of the answer's log-probabilities; undefined when the endpoint tells none. */
export function tokenLogProbs(answer: unknown): number | undefined {
  const { choices } = answer as {
    choices?: readonly { logprobs?: { content?: readonly { logprob?: unknown }[] } | null }[];
  };
  const tokens = choices?.[0]?.logprobs?.content;
  if (!tokens || tokens.length === 0) return undefined;
  const sum = tokens.reduce((total, { logprob }) => total + (typeof logprob === 'number' ? logprob : Number.NaN), 0);
  return Number.isFinite(sum) ? sum : undefined;
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('−', '-')
    .replace(/[^\p{L}\p{N}+\-°.]+/gu, ' ')
    .replace(/\.(?!\d)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** A dot inside a number ends nothing. */
const SENTENCE_END = /[!?;:\n]|\.(?!\d)/;
/** Of {@link plain} words: "didn't" are two. */
const DENIAL = /\b(?:not|never|neither|cannot|\w+n t|(?:did|does|do|is|was|has)nt|rather than)\b/;
/** Behind a denial, such an option agrees with it: "It did not move, so no movement". */
const DENYING_OPTION = /^(?:no|none|neither)\b/;

/** Whether the answer says in some sentence that it is not this option. */
function isDenied(answer: string, option: string): boolean {
  const name = plain(option);
  if (DENYING_OPTION.test(name)) return false;
  return answer.split(SENTENCE_END).some((sentence) => {
    const said = ` ${plain(sentence)} `;
    const at = said.indexOf(` ${name} `);
    return at >= 0 && DENIAL.test(said.slice(0, at));
  });
}

/**
 * The one option that an answer names: by its whole text, or as the only one that it contains. What it thinks aloud before does not
 * count. Undefined for none or several, and for one that it denies.
 */
export function optionNamed(answer: string, options: readonly string[]): number | undefined {
  const spoken = afterThinking(answer);
  const said = plain(spoken);
  const exact = options.findIndex((option) => plain(option) === said);
  if (exact >= 0) return exact;
  const padded = ` ${said} `;
  const contained = options.flatMap((option, index) => (padded.includes(` ${plain(option)} `) ? [index] : []));
  const [named] = contained;
  return named === undefined || contained.length > 1 || isDenied(spoken, options[named] ?? '') ? undefined : named;
}

export interface NamedShares {
  readonly shares: readonly number[];
  /** The shares say only which option was named. */
  readonly isAnswerOnly: boolean;
}

/**
 * Shares of the options: the named one gets the probability of its text, the others the rest in equal parts. Where no probability is
 * known, or one so small that another wording took most of it, only the name counts: an option that was not named must never lead.
 * Undefined when the answer names no option.
 */
export function optionSharesFromAnswer(
  answer: string,
  options: readonly string[],
  logProb: number | undefined,
): NamedShares | undefined {
  const named = optionNamed(answer, options);
  if (named === undefined) return undefined;
  const others = options.length - 1;
  const said = logProb === undefined ? 0 : Math.min(1, Math.exp(logProb));
  const isAnswerOnly = said * options.length <= 1;
  const share = isAnswerOnly || others === 0 ? 1 : said;
  return { shares: options.map((_, index) => (index === named ? share : (1 - share) / others)), isAnswerOnly };
}
