/** A mesh of a person's own on its way to the page. */
import { useT } from './i18n/use-t';

export interface OwnObjectReadingProps {
  readonly file: string;
  /** Of the file, 0 … 1; stays 0 for formats that are read at one go. */
  readonly share: number;
  readonly onCancel: () => void;
}

export function OwnObjectReading({ file, share, onCancel }: OwnObjectReadingProps) {
  const t = useT();
  return (
    <>
      <p className="own__reading" role="status">
        {t('own.reading', { file })}
      </p>
      {share > 0 && (
        <div
          className="meter meter--load"
          role="progressbar"
          aria-label={t('own.reading', { file })}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
        >
          <i style={{ width: `${share * 100}%` }} />
        </div>
      )}
      <div className="dialog__row own__end">
        <button type="button" className="button" onClick={onCancel}>
          {t('own.cancel')}
        </button>
      </div>
    </>
  );
}
