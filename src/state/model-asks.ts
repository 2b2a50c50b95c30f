/** What a model is asked about two pictures, and what its answer means. */
import { answerPace, type InferenceEngine, type PairPixels } from '../inference/engine';
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

/** Asks a question in own words. */
export async function saidBy(
  engine: InferenceEngine,
  pixels: PairPixels,
  stem: string,
  options: NonNullable<Parameters<InferenceEngine['generate']>[2]>,
): Promise<SaidText> {
  const prompt = promptText({ stem, options: [] }, 'words');
  const result = await engine.generate(pixels, { prompt, maxNewTokens: SAID_MAX_TOKENS }, options);
  const { text, finish, durationMs } = result;
  return { text: text.trim(), finish, durationMs, pace: answerPace(result) };
}
