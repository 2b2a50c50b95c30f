/** A word of the field, explained on hover, focus and tap. */
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';

export interface TermProps {
  readonly children: ReactNode;
  readonly explanation: string;
}

export function Term({ children, explanation }: TermProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const close = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') setOpen(false);
  };
  return (
    <span className="term" onMouseEnter={() => setOpen(true)} onMouseLeave={() => setOpen(false)}>
      <button
        type="button"
        className="term__word"
        aria-describedby={id}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => setOpen(true)}
        onKeyDown={close}
      >
        {children}
      </button>
      <span role="tooltip" id={id} className="term__tip" data-open={isOpen}>
        {explanation}
      </span>
    </span>
  );
}
