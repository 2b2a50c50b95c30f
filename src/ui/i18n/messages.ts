/** The messages of every language. */
import type { Language } from '../../state/language';
import { en, type Messages } from './en';
import { zh } from './zh';

export const MESSAGES: Readonly<Record<Language, Messages>> = { en, zh };

/** What <html lang> says, so that screen readers and hyphenation follow. */
export const HTML_LANG: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-Hans' };
