/** Guess or Explore. */
import type { Mode } from '../state/url-codec';
import { useT } from './i18n/use-t';

export interface ModeSwitchProps {
  readonly mode: Mode;
  readonly onMode: (mode: Mode) => void;
}

export function ModeSwitch({ mode, onMode }: ModeSwitchProps) {
  const t = useT();
  return (
    <div className="switch" role="group" aria-label={t('mode.label')} data-mode={mode}>
      {(['guess', 'explore'] as const).map((name) => (
        <button key={name} type="button" aria-pressed={name === mode} onClick={() => onMode(name)}>
          {t(`mode.${name}`)}
        </button>
      ))}
    </div>
  );
}
