/** A modal dialog on the native element: focus stays inside, Escape and a click beside it close it, and focus goes back where it was. */
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { useT } from './i18n/use-t';
import { useBesideClose } from './use-beside-close';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Dialog({ title, onClose, children }: DialogProps) {
  const t = useT();
  const titleId = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const besideClose = useBesideClose();
  return (
    <dialog ref={ref} className="dialog" aria-labelledby={titleId} onClose={onClose} {...besideClose}>
      <div className="dialog__body">
        <header className="dialog__head">
          <h2 id={titleId}>{title}</h2>
          <button
            type="button"
            className="icon-button"
            aria-label={t('dialog.close')}
            title={t('dialog.close')}
            onClick={() => ref.current?.close()}
          >
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d="M5.5 5.5l9 9m0-9-9 9" />
            </svg>
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
