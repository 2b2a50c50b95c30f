/**
 * Text to tokens and back, and the layout of a prompt: `<|im_start|>user\n`, the image tokens of A and B, the user's text,
 * `<|im_end|>\n<|im_start|>assistant\n`. Markers are appended as ids; the user's text can't contain any.
 */
import { Tokenizer } from '@huggingface/tokenizers';
import prompts from '../../contract/prompts.json' with { type: 'json' };
import { EngineError } from '../engine.ts';
import { engineError } from '../errors.ts';
import type { Manifest } from '../manifest.ts';

const TURN_START = '<|im_start|>';
const TURN_END = '<|im_end|>';

export interface PromptTokenizer {
  /** What all questions about a pair share; ends with its last image token. */
  readonly prefixIds: readonly number[];
  /** Tokens that all of the page's questions begin with, which may be none. */
  readonly openingIds: readonly number[];
  /** From the user's text to the start of the answer. */
  questionIds(userText: string): number[];
  /** Tokens of an answer, without the end token. */
  answerIds(text: string): number[];
  /** Text of generated tokens; special tokens are left out. */
  text(ids: readonly number[]): string;
}

function parseJson(bytes: Uint8Array, file: string): object {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Falls through to the error below, which names the file.
  }
  throw engineError('model/integrity', `${file} is not JSON. Export the model again, or copy its folder again.`, {
    file,
  });
}

/** Throws `model/integrity` that names the file when the two are not a tokenizer's. */
export function tokenizerFromFiles(
  tokenizerJson: Uint8Array,
  configJson: Uint8Array,
  text: Manifest['text'],
): PromptTokenizer {
  const model = parseJson(tokenizerJson, 'tokenizer.json');
  const config = parseJson(configJson, 'tokenizer_config.json');
  try {
    return promptTokenizer(new Tokenizer(model, config), text);
  } catch (thrown) {
    if (thrown instanceof EngineError) throw thrown;
    const cause = thrown instanceof Error ? thrown.message : String(thrown);
    throw engineError(
      'model/integrity',
      `tokenizer.json holds no tokenizer that this page can use (${cause}). Export the model again, or copy its folder again.`,
      { file: 'tokenizer.json', cause },
    );
  }
}

export function promptTokenizer(tokenizer: Tokenizer, text: Manifest['text']): PromptTokenizer {
  const marker = (content: string): number => {
    const id = tokenizer.token_to_id(content);
    if (id !== undefined) return id;
    throw engineError(
      'model/manifest',
      `tokenizer.json has no token ${content}, which every prompt needs. Export the model again.`,
      {
        file: 'tokenizer.json',
        token: content,
      },
    );
  };
  const turnStart = marker(TURN_START);
  const turnEnd = marker(TURN_END);
  const specials = [...tokenizer.get_added_tokens_decoder().values()]
    .filter((token) => token.special)
    .map((token) => token.content);
  const plain = (piece: string): number[] =>
    piece === '' ? [] : tokenizer.encode(piece, { add_special_tokens: false }).ids;
  // A special token typed by a person stays text: cut inside it, so that the tokenizer can't see it whole.
  const harmless = (userText: string): number[] => textCutAt(userText, specials).flatMap(plain);

  const stems = Object.values(prompts.families).map(({ stem }) => plain(stem));
  const imageIds = new Array<number>(2 * text.imageTokensPerView).fill(text.imageTokenId);
  const afterText = [turnEnd, ...plain('\n'), turnStart, ...plain('assistant\n')];
  return {
    prefixIds: [turnStart, ...plain('user\n'), ...imageIds],
    openingIds: sharedStart(stems),
    questionIds: (userText) => [...harmless(userText), ...afterText],
    answerIds: harmless,
    text: (ids) => tokenizer.decode([...ids], { skip_special_tokens: true, clean_up_tokenization_spaces: false }),
  };
}

/** The longest beginning that all sequences have. */
export function sharedStart(sequences: readonly (readonly number[])[]): number[] {
  const [first = []] = sequences;
  const end = first.findIndex((id, index) => sequences.some((sequence) => sequence[index] !== id));
  return first.slice(0, end < 0 ? first.length : end);
}

/** Cuts a text after the first character of every occurrence of one of the words. */
export function textCutAt(text: string, words: readonly string[]): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (words.some((word) => word.length > 1 && text.startsWith(word, i))) {
      pieces.push(text.slice(start, i + 1));
      start = i + 1;
    }
  }
  pieces.push(text.slice(start));
  return pieces;
}
