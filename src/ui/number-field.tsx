/** A number that can be typed or stepped. Text that is no number is dropped; numbers outside the range go to its end or around. */
import { useId, useState } from 'react';
import { formatDeg } from './format';
import { numberFromText } from './number-text';

export interface NumberFieldProps {
  readonly label: string;
  readonly short: string;
  readonly value: number;
  readonly digits: number;
  readonly step: number;
  readonly min: number;
  readonly max: number;
  /** The range closes on itself, as azimuths do: numbers outside of it mean the same as one inside. */
  readonly wraps: boolean;
  readonly unit: '°' | '';
  readonly onValue: (value: number) => void;
}

/** Never a signed zero. */
const fixedText = (value: number, digits: number): string => (Number(value.toFixed(digits)) + 0).toFixed(digits);

export function NumberField({ label, short, value, digits, step, min, max, wraps, unit, onValue }: NumberFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const shown = unit === '°' ? formatDeg(value, digits) : fixedText(value, digits);
  const limited = (wanted: number): number => (wraps ? wanted : Math.max(min, Math.min(max, wanted)));
  const commit = (): void => {
    if (draft === null) return;
    setDraft(null);
    const number = numberFromText(draft);
    if (number !== null) onValue(limited(number));
  };
  const stepBy = (direction: 1 | -1): void => {
    setDraft(null);
    onValue(limited(value + direction * step));
  };
  return (
    <span className="field">
      <label htmlFor={id}>
        <span aria-hidden="true">{short}</span>
        <span className="sr-only">{label}</span>
      </label>
      <input
        id={id}
        className="tabular"
        type="text"
        inputMode="text"
        role="spinbutton"
        aria-valuenow={Number(value.toFixed(digits))}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuetext={shown}
        value={draft ?? shown}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          else if (event.key === 'Escape') setDraft(null);
          else if (event.key === 'ArrowUp') stepBy(1);
          else if (event.key === 'ArrowDown') stepBy(-1);
          else return;
          event.preventDefault();
        }}
      />
      <span className="field__steps">
        <button type="button" tabIndex={-1} aria-label={`${label} −`} onClick={() => stepBy(-1)}>
          −
        </button>
        <button type="button" tabIndex={-1} aria-label={`${label} +`} onClick={() => stepBy(1)}>
          +
        </button>
      </span>
    </span>
  );
}
