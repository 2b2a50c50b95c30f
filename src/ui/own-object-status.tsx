/** A mesh of a person's own on its way to the page: being read, or refused with the reason. */
import type { MessageKey } from './i18n/en';
import { useT } from './i18n/use-t';

/** Why a mesh was refused. */
export type OwnErrorCode = MessageKey extends infer Key
  ? Key extends `own.error.${infer Code}`
    ? Code
    : never
  : never;

export function OwnObjectReading({ file, onCancel }: { readonly file: string; readonly onCancel: () => void }) {
  const t = useT();
  return (
    <>
      <p className="own__reading" role="status">
        {t('own.reading', { file })}
      </p>
      <div className="dialog__row own__end">
        <button type="button" className="button" onClick={onCancel}>
          {t('own.cancel')}
        </button>
      </div>
    </>
  );
}

export interface OwnObjectFailedProps {
  readonly code: OwnErrorCode;
  readonly file: string;
  /** The reason in full; in English. */
  readonly message: string;
  /** Null: the mesh cannot be shown without what is missing. */
  readonly onContinue: (() => void) | null;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

export function OwnObjectFailed({ code, file, message, onContinue, onAgain, onClose }: OwnObjectFailedProps) {
  const t = useT();
  return (
    <>
      <div className="own__failed" role="alert">
        <h3>{t(`own.error.${code}`, { file })}</h3>
        <p lang="en">{message}</p>
        <p className="dialog__text">{t('own.failed.kept')}</p>
      </div>
      <div className="dialog__row own__end">
        <button type="button" className="button button--quiet" onClick={onClose}>
          {t('own.cancel')}
        </button>
        {onContinue && (
          <button type="button" className="button" onClick={onContinue}>
            {t('own.failed.continue')}
          </button>
        )}
        <button type="button" className="button button--solid" onClick={onAgain}>
          {t('own.failed.again')}
        </button>
      </div>
    </>
  );
}
