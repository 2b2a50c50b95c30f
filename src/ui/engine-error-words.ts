/**
 * Why the model could not, in the page's language. Engines speak English and name the file or value: in other languages
 * a translated sentence comes before theirs.
 */
import type { EngineErrorData } from '../inference/engine';
import type { Translate } from './i18n/translate';

export const engineErrorWords = (t: Translate, { code, message }: EngineErrorData): string =>
  t(`engine.${code}`, { message });
