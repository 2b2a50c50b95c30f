/** One of the three columns: who speaks, a note at the side, and what is said. */
import type { ReactNode } from 'react';

export interface CardProps {
  readonly id: string;
  readonly title: string;
  readonly note?: string | undefined;
  /** A control at the end of the head. */
  readonly action?: ReactNode;
  readonly quiet?: boolean;
  readonly children: ReactNode;
}

export function Card({ id, title, note, action, quiet = false, children }: CardProps) {
  return (
    <section className="card" id={`card-${id}`} aria-labelledby={`card-${id}-title`} data-quiet={quiet}>
      <header className="card__head">
        <h2 id={`card-${id}-title`}>{title}</h2>
        <div className="card__end">
          {note && <span className="card__note">{note}</span>}
          {action}
        </div>
      </header>
      {children}
    </section>
  );
}
