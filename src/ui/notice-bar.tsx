/** Something the person should know about, which does not stop them. */
import { Foreign } from './foreign';
import { useT } from './i18n/use-t';

export interface NoticeBarProps {
  readonly text: string;
  /** What somebody else's code said of it. */
  readonly quote: string | null;
  readonly onDismiss: () => void;
}

export function NoticeBar({ text, quote, onDismiss }: NoticeBarProps) {
  const t = useT();
  return (
    <div className="notice" role="alert">
      <p>
        {text} {quote && <Foreign words={quote} />}
      </p>
      <button type="button" className="icon-button" aria-label={t('notice.dismiss')} onClick={onDismiss}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M5.5 5.5l9 9m0-9-9 9" />
        </svg>
      </button>
    </div>
  );
}
