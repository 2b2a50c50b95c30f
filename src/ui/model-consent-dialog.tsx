/** A download that somebody wished for, and what it weighs, before any of it is fetched. */
import { Dialog } from './dialog';
import { formatMegabytes } from './format';
import { useT } from './i18n/use-t';

export interface ModelConsentDialogProps {
  /** Null: nobody tells. */
  readonly bytes: number | null;
  readonly onAccept: () => void;
  readonly onDecline: () => void;
}

export function ModelConsentDialog({ bytes, onAccept, onDecline }: ModelConsentDialogProps) {
  const t = useT();
  return (
    <Dialog title={t('consent.title')} onClose={onDecline}>
      <p className="dialog__text">
        {bytes === null ? t('consent.unknown') : t('consent.size', { size: formatMegabytes(bytes) })}
      </p>
      <div className="dialog__row">
        <button type="button" className="button button--solid" onClick={onAccept}>
          {t('consent.accept')}
        </button>
        <button type="button" className="button" onClick={onDecline}>
          {t('consent.decline')}
        </button>
      </div>
    </Dialog>
  );
}
