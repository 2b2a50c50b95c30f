/** `magnitude` without its options: any angle, positive rightward, taken to the nearest whole degree. */
import { useState } from 'react';
import { useT } from './i18n/use-t';
import { numberFromText } from './number-text';

export interface AngleEntryProps {
  readonly disabled: boolean;
  readonly onAngle: (angleDeg: number) => void;
}

export function AngleEntry({ disabled, onAngle }: AngleEntryProps) {
  const t = useT();
  const [text, setText] = useState('');
  const angleDeg = Math.round(numberFromText(text) ?? 0);
  const isAngle = angleDeg !== 0 && Math.abs(angleDeg) <= 180;
  return (
    <form
      className="entry"
      onSubmit={(event) => {
        event.preventDefault();
        if (isAngle && !disabled) onAngle(angleDeg);
      }}
    >
      <label>
        {t('entry.angle')}
        <input
          type="text"
          inputMode="text"
          value={text}
          size={5}
          placeholder="+45"
          readOnly={disabled}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" className="button" aria-disabled={disabled || !isAngle}>
        {t('entry.angle.give')}
      </button>
    </form>
  );
}
