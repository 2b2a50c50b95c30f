/** The messages as a page gets them: English comes with it, other languages when they are first wanted. */
import type { Language } from '../../state/language';
import { en, type Messages } from './en';

/** What <html lang> says, so that screen readers and hyphenation follow. */
export const HTML_LANG: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-Hans' };

const LOADERS: Readonly<Record<Language, () => Promise<Messages>>> = {
  en: async () => en,
  zh: async () => (await import('./zh')).zh,
};

/** A language whose messages are here. */
export interface Speech {
  readonly language: Language;
  readonly messages: Messages;
}

let spoken: Speech = { language: 'en', messages: en };

/** Rejects when the messages do not come. */
export const speechLoad = async (language: Language): Promise<Speech> => ({
  language,
  messages: await LOADERS[language](),
});

/** The page speaks this from now on. */
export function speechAdopt(speech: Speech): Speech {
  spoken = speech;
  return speech;
}

/** What was spoken last, for where the page itself is gone. English before anything else. */
export const speechLast = (): Speech => spoken;
