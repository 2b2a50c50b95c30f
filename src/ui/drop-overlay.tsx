/** Covers the page while files are dragged over it: says that they may be dropped, and which. */
import { useT } from './i18n/use-t';

export function DropOverlay() {
  const t = useT();
  return (
    <div className="drop" aria-hidden="true">
      <div className="drop__frame">
        <svg viewBox="0 0 48 48">
          <path d="M24 5 41 14.5v19L24 43 7 33.5v-19zM7 14.5 24 24m0 19V24m17-9.5L24 24" />
        </svg>
        <p className="drop__title">{t('own.drop')}</p>
        <p>{t('own.drop.formats')}</p>
      </div>
    </div>
  );
}
