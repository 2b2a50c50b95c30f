/** The messages of every language at once, for tests and tools; the page loads them one by one (languages.ts). */
import type { Language } from '../../state/language';
import { en, type Messages } from './en';
import { zh } from './zh';

export const MESSAGES: Readonly<Record<Language, Messages>> = { en, zh };
