/** Tools for both cameras at once. */
import type { ReactNode } from 'react';
import { useT } from './i18n/use-t';

export interface PairToolsProps {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onReset: () => void;
  readonly onSwap: () => void;
  readonly onCopyAB: () => void;
  readonly onCopyBA: () => void;
  /** Stands below the buttons. */
  readonly children?: ReactNode;
}

const ICONS = {
  undo: 'M7.5 4.5 4 8l3.5 3.5M4 8h7.5a4.5 4.5 0 0 1 0 9H8',
  redo: 'M12.5 4.5 16 8l-3.5 3.5M16 8H8.5a4.5 4.5 0 0 0 0 9H12',
} as const;

export function PairTools(props: PairToolsProps) {
  const t = useT();
  return (
    <div className="tools" role="group" aria-label={t('pair.tools')}>
      <StepButton name="undo" isPossible={props.canUndo} onStep={props.onUndo} />
      <StepButton name="redo" isPossible={props.canRedo} onStep={props.onRedo} />
      <button type="button" className="button" onClick={props.onReset}>
        {t('pair.reset')}
      </button>
      <button type="button" className="button" onClick={props.onSwap}>
        {t('pair.swap')}
      </button>
      <button type="button" className="button" onClick={props.onCopyAB}>
        {t('pair.copyAB')}
      </button>
      <button type="button" className="button" onClick={props.onCopyBA}>
        {t('pair.copyBA')}
      </button>
      {props.children}
    </div>
  );
}

interface StepButtonProps {
  readonly name: keyof typeof ICONS;
  readonly isPossible: boolean;
  readonly onStep: () => void;
}

/** Keeps the focus when there is nothing left to step to. */
function StepButton({ name, isPossible, onStep }: StepButtonProps) {
  const t = useT();
  return (
    <button
      type="button"
      className="icon-button tools__step"
      aria-label={t(`pair.${name}`)}
      title={t(`pair.${name}`)}
      aria-keyshortcuts={name === 'undo' ? 'Control+Z Meta+Z' : 'Control+Shift+Z Meta+Shift+Z'}
      aria-disabled={!isPossible}
      onClick={() => {
        if (isPossible) onStep();
      }}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d={ICONS[name]} />
      </svg>
    </button>
  );
}
