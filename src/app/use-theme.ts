/** Writes the theme in force to <html data-theme> and tells it. */
import { useEffect, useSyncExternalStore } from 'react';
import type { Theme } from '../state/storage-codec';

const DARK_QUERY = '(prefers-color-scheme: dark)';

function subscribeToSystem(onChange: () => void): () => void {
  const query = window.matchMedia(DARK_QUERY);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}

export type ThemeInForce = Exclude<Theme, 'system'>;

export function useTheme(theme: Theme): ThemeInForce {
  const systemIsDark = useSyncExternalStore(subscribeToSystem, () => window.matchMedia(DARK_QUERY).matches);
  const effective = theme === 'system' ? (systemIsDark ? 'dark' : 'light') : theme;
  useEffect(() => {
    document.documentElement.dataset['theme'] = effective;
  }, [effective]);
  return effective;
}
