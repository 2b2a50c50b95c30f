/** Whether keys alone mean something. */
import { useT } from './i18n/use-t';

export interface SingleKeysCheckProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly className?: string;
}

export function SingleKeysCheck({ checked, onChange, className = '' }: SingleKeysCheckProps) {
  const t = useT();
  return (
    <label className={`check ${className}`.trim()}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      {t('menu.keys')}
    </label>
  );
}
