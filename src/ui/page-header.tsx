/** Name, mode, object, new pair, share, language, theme, and a menu for the rest. */
import type { MouseEvent, ReactNode } from 'react';
import type { Language } from '../state/language';
import type { Mode } from '../state/url-codec';
import type { Theme } from '../state/storage-codec';
import { HeaderMenu, type MenuEntry } from './header-menu';
import { useT } from './i18n/use-t';
import { LanguageToggle } from './language-toggle';
import { ModeSwitch } from './mode-switch';
import { ThemeToggle } from './theme-toggle';

export interface PageHeaderProps {
  readonly mode: Mode;
  /** The choice of an object. */
  readonly picker: ReactNode;
  readonly language: Language;
  readonly theme: Theme;
  readonly singleKeys: boolean;
  readonly onMode: (mode: Mode) => void;
  readonly onLanguage: (language: Language) => void;
  readonly onTheme: (theme: Theme) => void;
  readonly onSingleKeys: (singleKeys: boolean) => void;
  readonly onNewPair: () => void;
  readonly onShare: () => void;
  /** Actions without a button of their own. */
  readonly menu: readonly MenuEntry[];
}

/** Not as a link would: an entry of the history with an address of this moment would wait behind "back". */
function questionGo(event: MouseEvent): void {
  const question = document.getElementById('question');
  if (!question) return;
  event.preventDefault();
  question.focus();
}

export function PageHeader(props: PageHeaderProps) {
  const t = useT();
  return (
    <header className="top">
      <a className="skip" href="#question" onClick={questionGo}>
        {t('app.skip')}
      </a>
      <p className="brand">
        <svg viewBox="0 0 28 28" aria-hidden="true">
          <path d="M5 23 10.5 7.5 16 13z" className="brand__a" />
          <path d="M23 23 17.5 7.5 12 13z" className="brand__b" />
          <circle cx="14" cy="7" r="3.2" className="brand__object" />
        </svg>
        {t('app.name')}
      </p>
      <ModeSwitch mode={props.mode} onMode={props.onMode} />
      <div className="top__end">
        {props.picker}
        <button type="button" className="button top__new" onClick={props.onNewPair}>
          {t('pair.new')}
        </button>
        <button type="button" className="button top__share" onClick={props.onShare}>
          {t('share.open')}
        </button>
        <div className="top__prefs">
          <LanguageToggle language={props.language} onLanguage={props.onLanguage} />
          <ThemeToggle theme={props.theme} onTheme={props.onTheme} />
        </div>
        <HeaderMenu
          language={props.language}
          theme={props.theme}
          singleKeys={props.singleKeys}
          entries={[{ id: 'share', label: t('share.open'), onSelect: props.onShare }, ...props.menu]}
          onLanguage={props.onLanguage}
          onTheme={props.onTheme}
          onSingleKeys={props.onSingleKeys}
        />
      </div>
    </header>
  );
}
