/** A word of the field, explained on hover, focus and tap. */
import { useEffect, useId, useState, type ReactNode } from 'react';

export interface TermProps {
  readonly children: ReactNode;
  readonly explanation: string;
}

export function Term({ children, explanation }: TermProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  // Wherever the focus is: a pointer alone may have opened it.
  useEffect(() => {
    if (!isOpen) return;
    const close = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') setOpen(false);
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [isOpen]);
  return (
    <span className="term" onMouseEnter={() => setOpen(true)} onMouseLeave={() => setOpen(false)}>
      <button
        type="button"
        className="term__word"
        aria-describedby={id}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => setOpen(true)}
      >
        {children}
      </button>
      <span role="tooltip" id={id} className="term__tip" data-open={isOpen}>
        {explanation}
      </span>
    </span>
  );
}
