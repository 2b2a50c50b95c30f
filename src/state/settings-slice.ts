/** How the page looks and behaves, whatever it shows. */
import type { SliceContext } from './app-state';
import type { Language } from './language';
import type { PageShape } from './page-parts';
import type { Theme } from './storage-codec';

export interface SettingsSlice {
  /** The theme in force: the person's, else the address's, else the one kept from the last visit. */
  readonly theme: Theme;
  /** What the browser keeps: a theme that only the address asked for is not kept. */
  readonly themeKept: Theme;
  /** As the address asked for it; stays for the visit. */
  readonly shape: PageShape;
  /** What the browser keeps: a language that only the address asked for is not kept. */
  readonly languageKept: Language | null;
  /** What the person or the address chose; null leaves it to the browser. */
  readonly languageChosen: Language | null;
  /** The language in force. */
  readonly language: Language;
  /** Explore: the model answers by itself whenever the cameras rest. */
  readonly askAtRest: boolean;
  /** The tour was taken or declined, at this visit or before. */
  readonly tourSeen: boolean;
  /** 1 to 6 and N act on the whole page. Off for those who press them by accident or by speech. */
  readonly singleKeys: boolean;
  themeSet(theme: Theme): void;
  languageSet(language: Language): void;
  askAtRestSet(askAtRest: boolean): void;
  tourEnd(): void;
  singleKeysSet(singleKeys: boolean): void;
}

export function settingsSlice({ set, start }: SliceContext): SettingsSlice {
  const patch = (part: Partial<SettingsSlice>): void => set((state) => ({ settings: { ...state.settings, ...part } }));
  const languageChosen = start.url.language ?? start.stored.language;
  return {
    theme: start.url.theme ?? start.stored.theme,
    themeKept: start.stored.theme,
    shape: { isEmbedded: start.url.isEmbedded, hidden: start.url.hidden },
    languageKept: start.stored.language,
    languageChosen,
    language: languageChosen ?? start.systemLanguage,
    askAtRest: true,
    tourSeen: start.stored.tourSeen,
    singleKeys: start.stored.singleKeys,
    themeSet: (theme) => patch({ theme, themeKept: theme }),
    languageSet: (language) => patch({ languageKept: language, languageChosen: language, language }),
    askAtRestSet: (askAtRest) => patch({ askAtRest }),
    tourEnd: () => patch({ tourSeen: true }),
    singleKeysSet: (singleKeys) => patch({ singleKeys }),
  };
}
