/** System, light, dark, in turn. The projector's theme is in the menu. */
import type { Theme } from '../state/storage-codec';
import { useT } from './i18n/use-t';

export interface ThemeToggleProps {
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
}

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system', projector: 'system' };

export function ThemeToggle({ theme, onTheme }: ThemeToggleProps) {
  const t = useT();
  return (
    <button
      type="button"
      className="icon-button theme"
      aria-label={t(`theme.${theme}`)}
      title={t(`theme.${theme}`)}
      onClick={() => onTheme(NEXT[theme])}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="6.2" />
        {theme !== 'light' && (
          <path d="M10 3.8a6.2 6.2 0 0 1 0 12.4z" className={theme === 'dark' ? 'theme__full' : 'theme__half'} />
        )}
        {theme === 'dark' && <path d="M10 3.8a6.2 6.2 0 0 0 0 12.4z" className="theme__full" />}
      </svg>
    </button>
  );
}
