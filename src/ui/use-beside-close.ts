/** Closes a modal dialog by a click beside it: the dialog element itself is what lies behind its panel. */
import { useRef, type MouseEvent, type PointerEvent } from 'react';

export interface BesideClose {
  readonly onPointerDown: (event: PointerEvent<HTMLDialogElement>) => void;
  readonly onClick: (event: MouseEvent<HTMLDialogElement>) => void;
}

export function useBesideClose(): BesideClose {
  // A selection that is dragged out of a field ends beside the dialog, but did not begin there.
  const isPressedBeside = useRef(false);
  return {
    onPointerDown: ({ target, currentTarget }) => {
      isPressedBeside.current = target === currentTarget;
    },
    onClick: ({ target, currentTarget }) => {
      if (target === currentTarget && isPressedBeside.current) currentTarget.close();
    },
  };
}
