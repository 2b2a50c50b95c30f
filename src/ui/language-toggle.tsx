/** Switches between the two languages; the label is the other language's own name, for those who can't read this one. */
import { LANGUAGES, type Language } from '../state/language';

export interface LanguageToggleProps {
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
}

/** Each language in its own words; `label` says how to change to it. */
export const LANGUAGE_NAMES: Readonly<
  Record<Language, { readonly short: string; readonly name: string; readonly label: string; readonly tag: string }>
> = {
  en: { short: 'EN', name: 'English', label: 'Switch to English', tag: 'en' },
  zh: { short: '中文', name: '中文', label: '切换到中文', tag: 'zh-Hans' },
};

export function LanguageToggle({ language, onLanguage }: LanguageToggleProps) {
  const next = LANGUAGES[(LANGUAGES.indexOf(language) + 1) % LANGUAGES.length] as Language;
  const { short, label, tag } = LANGUAGE_NAMES[next];
  return (
    <button
      type="button"
      className="icon-button language"
      lang={tag}
      aria-label={label}
      title={label}
      onClick={() => onLanguage(next)}
    >
      {short}
    </button>
  );
}
