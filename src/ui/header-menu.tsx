/** Everything of the header that has no room of its own: language, theme, keys, and a list of further actions. */
import { useEffect, useId, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { LANGUAGES, type Language } from '../state/language';
import { THEMES, type Theme } from '../state/storage-codec';
import { useT } from './i18n/use-t';
import { LANGUAGE_NAMES } from './language-toggle';
import { SingleKeysCheck } from './single-keys-check';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly onSelect: () => void;
}

export interface HeaderMenuProps {
  readonly language: Language;
  readonly theme: Theme;
  readonly singleKeys: boolean;
  readonly entries: readonly MenuEntry[];
  readonly onLanguage: (language: Language) => void;
  readonly onTheme: (theme: Theme) => void;
  readonly onSingleKeys: (singleKeys: boolean) => void;
}

export function HeaderMenu(props: HeaderMenuProps) {
  const { language, theme, singleKeys, entries, onLanguage, onTheme, onSingleKeys } = props;
  const t = useT();
  const panelId = useId();
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);
  // Not every browser gives a pressed button the focus: where it has none, nothing loses it either.
  useEffect(() => {
    if (!isOpen) return;
    const press = ({ target }: PointerEvent): void => {
      if (target instanceof Node && !root.current?.contains(target)) setOpen(false);
    };
    document.addEventListener('pointerdown', press);
    return () => document.removeEventListener('pointerdown', press);
  }, [isOpen]);
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen) return;
    setOpen(false);
    toggle.current?.focus();
  };
  const leave = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (!currentTarget.contains(relatedTarget)) setOpen(false);
  };
  const select = (entry: MenuEntry): void => {
    // Focus first, so that a dialog that opens now gives it back to a button that is still there.
    toggle.current?.focus();
    setOpen(false);
    entry.onSelect();
  };
  return (
    <div ref={root} className="menu" onKeyDown={escape} onBlur={leave}>
      <button
        ref={toggle}
        type="button"
        className="icon-button menu__toggle"
        aria-label={t('menu.more')}
        title={t('menu.more')}
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={({ currentTarget }) => {
          currentTarget.focus();
          setOpen(!isOpen);
        }}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h13" />
        </svg>
      </button>
      {/* Takes focus, so that a press on its padding does not close it. */}
      <div id={panelId} className="menu__panel" hidden={!isOpen} tabIndex={-1}>
        <div className="menu__choice" role="group" aria-label={t('menu.language')}>
          {LANGUAGES.map((id) => (
            <button
              key={id}
              type="button"
              lang={LANGUAGE_NAMES[id].tag}
              aria-pressed={id === language}
              onClick={() => onLanguage(id)}
            >
              {LANGUAGE_NAMES[id].name}
            </button>
          ))}
        </div>
        <div className="menu__choice" role="group" aria-label={t('menu.theme')}>
          {THEMES.map((id) => (
            <button key={id} type="button" aria-pressed={id === theme} onClick={() => onTheme(id)}>
              {t(`theme.name.${id}`)}
            </button>
          ))}
        </div>
        <SingleKeysCheck checked={singleKeys} onChange={onSingleKeys} className="menu__check" />
        <ul className="menu__entries">
          {entries.map((entry) => (
            <li key={entry.id}>
              <button type="button" onClick={() => select(entry)}>
                {entry.label}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
