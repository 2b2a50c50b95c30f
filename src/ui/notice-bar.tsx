/** Something the person should know about, which does not stop them. */
import { useT } from './i18n/use-t';

export interface NoticeBarProps {
  readonly text: string;
  readonly onDismiss: () => void;
}

export function NoticeBar({ text, onDismiss }: NoticeBarProps) {
  const t = useT();
  return (
    <div className="notice" role="alert">
      <p>{text}</p>
      <button type="button" className="icon-button" aria-label={t('notice.dismiss')} onClick={onDismiss}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M5.5 5.5l9 9m0-9-9 9" />
        </svg>
      </button>
    </div>
  );
}
