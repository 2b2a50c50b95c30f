/** What went wrong in the place where something should be, and what to do. */
import { Foreign } from './foreign';

export interface TroubleProps {
  readonly title: string;
  readonly what: string;
  /** What somebody else's code or the browser said of it. */
  readonly quote?: string;
  /** Advice, or a button's text when there is something to press. */
  readonly remedy: string;
  readonly onRemedy?: () => void;
}

export function Trouble({ title, what, quote, remedy, onRemedy }: TroubleProps) {
  return (
    <div className="trouble" role="alert">
      <h2>{title}</h2>
      <p>
        {what} {quote && <Foreign words={quote} />}
      </p>
      {onRemedy ? (
        <button type="button" className="button button--solid" onClick={onRemedy}>
          {remedy}
        </button>
      ) : (
        <p>{remedy}</p>
      )}
    </div>
  );
}
