/** What a model is asked about two pictures, and what its answer means. */
import { afterThinking, answerPace, type InferenceEngine, type PairPixels } from '../inference/engine';
import { optionsWithLetters, promptText } from '../questions/prompt';
import type { ModelOption, ModelScores, SaidText } from './model-slice';
import type { AskedQuestion } from './pair';

const SAID_MAX_TOKENS = 48;

/** Key of the likeliest option, the first of equals. */
export const bestKey = (options: readonly ModelOption[]): string =>
  options.reduce((top, option) => (option.probability > top.probability ? option : top)).key;

/** Scores the options of a question. */
export async function scoredBy(
  engine: InferenceEngine,
  pixels: PairPixels,
  question: AskedQuestion,
  signal: AbortSignal,
): Promise<ModelScores> {
  const texts = question.options.map(({ text }) => text);
  const prompt = promptText({ stem: question.stem, options: optionsWithLetters(question.options) }, 'words');
  const result = await engine.score(pixels, { prompt, options: texts, questionId: question.id }, { signal });
  const options = question.options.map(({ key }, index): ModelOption => {
    return { key, probability: result.options[index]?.probability ?? 0 };
  });
  return { options, best: bestKey(options), durationMs: result.durationMs, isAnswerOnly: result.isAnswerOnly === true };
}

/** Without its thought aloud, and without the tags that worked reasoning puts around an answer. */
const saidWords = (text: string): string => afterThinking(text).replaceAll(/<\/?answer>/gi, '');

/** Asks a question in own words; what the model thinks aloud before its answer is no part of it. */
export async function saidBy(
  engine: InferenceEngine,
  pixels: PairPixels,
  stem: string,
  { signal, onText }: { readonly signal: AbortSignal; readonly onText: (textSoFar: string) => void },
): Promise<SaidText> {
  const prompt = promptText({ stem, options: [] }, 'words');
  const result = await engine.generate(
    pixels,
    { prompt, maxNewTokens: SAID_MAX_TOKENS },
    { signal, onText: (text) => onText(saidWords(text).trimStart()) },
  );
  const { text, finish, durationMs } = result;
  return { text: saidWords(text).trim(), finish, durationMs, pace: answerPace(result) };
}
