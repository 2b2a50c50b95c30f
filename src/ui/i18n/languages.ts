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

const ENGLISH: Speech = { language: 'en', messages: en };
let last = ENGLISH;

/** Rejects when the messages do not come; they are asked for again the next time. */
export async function speechLoad(language: Language): Promise<Speech> {
  last = { language, messages: await LOADERS[language]() };
  return last;
}

/** What was spoken last, for where the page itself is gone. English before anything else. */
export const speechLast = (): Speech => last;
