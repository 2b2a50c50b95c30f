import { describe, expect, it } from 'vitest';
import { engineErrorData } from '../inference/engine';
import { cancelError, workerCrashError } from '../inference/errors';
import { engineErrorWords } from './engine-error-words';
import { MESSAGES } from './i18n/messages';
import { translator } from './i18n/translate';

const errors = [workerCrashError('exit'), cancelError('deadline', 900), new Error('no such thing')].map(
  engineErrorData,
);

describe('why the model could not', () => {
  it.each(errors)('is the engine’s own sentence in English: $code', (error) => {
    expect(engineErrorWords(translator(MESSAGES.en), error)).toBe(error.message);
  });

  it.each(errors)('is a Chinese sentence before the engine’s own: $code', (error) => {
    const words = engineErrorWords(translator(MESSAGES.zh), error);
    expect(words).toMatch(/^\p{Script=Han}/u);
    expect(words.endsWith(error.message)).toBe(true);
  });
});
