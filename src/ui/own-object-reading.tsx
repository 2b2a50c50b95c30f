/** A mesh of a person's own on its way to the page. */
import { useT } from './i18n/use-t';

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
