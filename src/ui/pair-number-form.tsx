/** Number and difficulty of a seeded pair. */
import { useId, useState, type ReactNode } from 'react';
import { LEVEL_MAX, LEVEL_MIN } from '../state/guess-level';
import { SEED_MAX } from '../state/page-defaults';
import { useT } from './i18n/use-t';

export interface PairNumberFormProps {
  /** The number shown until another one is typed; null for none. */
  readonly seed: number | null;
  readonly level: number;
  readonly onLevel: (level: number) => void;
  readonly onDeal: (seed: number) => void;
  /** Further buttons. */
  readonly children?: ReactNode;
}

const LEVELS = Array.from({ length: LEVEL_MAX - LEVEL_MIN + 1 }, (_, index) => LEVEL_MIN + index);

export function PairNumberForm({ seed, level, onLevel, onDeal, children }: PairNumberFormProps) {
  const t = useT();
  const rangeId = useId();
  const [draft, setDraft] = useState<{ readonly of: number | null; readonly text: string } | null>(null);
  // A number that was drawn since replaces what was typed before.
  const text = draft && draft.of === seed ? draft.text : String(seed ?? '');
  const isSeed = /^\d{1,6}$/.test(text.trim());
  const isWrong = !isSeed && text !== '';
  return (
    <>
      <form
        className="dialog__row"
        onSubmit={(event) => {
          event.preventDefault();
          if (isSeed) onDeal(Number(text.trim()));
        }}
      >
        <label className="choice">
          <span className="choice__label">{t('pairs.seed')}</span>
          <input
            className="choice__number tabular"
            type="text"
            inputMode="numeric"
            size={7}
            value={text}
            aria-invalid={isWrong}
            aria-describedby={rangeId}
            onChange={(event) => setDraft({ of: seed, text: event.currentTarget.value })}
          />
        </label>
        <label className="choice">
          <span className="choice__label">{t('pairs.level')}</span>
          <select value={level} onChange={(event) => onLevel(Number(event.currentTarget.value))}>
            {LEVELS.map((one) => (
              <option key={one} value={one}>
                {one + 1}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="button button--solid" disabled={!isSeed}>
          {t('pairs.show')}
        </button>
        {children}
      </form>
      <p id={rangeId} className="dialog__text" role={isWrong ? 'alert' : undefined}>
        {t('pairs.range', { max: SEED_MAX })}
      </p>
    </>
  );
}
