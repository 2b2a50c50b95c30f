/** Which object stands there: a button with its picture that opens the choice of all. */
import { useCallback, useRef, useState } from 'react';
import { useT } from './i18n/use-t';
import type { ObjectChoice } from './object-choice';
import { ObjectDialog } from './object-dialog';

export interface ObjectPickerProps {
  readonly objects: readonly ObjectChoice[];
  readonly objectId: string;
  /** Null: let the seed pick. */
  readonly onObject: (id: string | null) => void;
  /** Somebody wants to bring a mesh of their own. */
  readonly onOwnObject: () => void;
  readonly onOwnKeep: (id: string, keep: boolean) => void;
  readonly onOwnRemove: (id: string) => void;
}

export function ObjectPicker({ objects, objectId, onObject, onOwnObject, onOwnKeep, onOwnRemove }: ObjectPickerProps) {
  const t = useT();
  const button = useRef<HTMLButtonElement>(null);
  /** Where the choice hangs, in CSS pixels of the window; null while it is closed. */
  const [anchor, setAnchor] = useState<{ readonly topPx: number; readonly rightPx: number } | null>(null);
  const current = objects.find(({ id }) => id === objectId);
  const name = current?.name ?? objectId;

  const open = (): void => {
    const box = button.current?.getBoundingClientRect();
    setAnchor({ topPx: (box?.bottom ?? 0) + 8, rightPx: document.documentElement.clientWidth - (box?.right ?? 0) });
  };
  // A dialog gives the focus back to where it was opened from.
  const close = useCallback(() => setAnchor(null), []);

  return (
    <>
      <button
        ref={button}
        type="button"
        className="picker"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        aria-label={t('objects.open', { name })}
        onClick={open}
      >
        {current?.thumbnailUrl && <img className="picker__picture" src={current.thumbnailUrl} alt="" />}
        <span className="picker__name">{name}</span>
        <svg className="picker__arrow" viewBox="0 0 12 12" aria-hidden="true">
          <path d="m3 4.6 3 3 3-3" />
        </svg>
      </button>
      {anchor && (
        <ObjectDialog
          objects={objects}
          objectId={objectId}
          anchor={anchor}
          onClose={close}
          onObject={onObject}
          onOwnObject={onOwnObject}
          onOwnKeep={onOwnKeep}
          onOwnRemove={onOwnRemove}
        />
      )}
    </>
  );
}
