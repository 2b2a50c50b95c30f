/** Correct or wrong: a mark and a word. */
import type { Verdict } from '../questions/grade';
import { useT } from './i18n/use-t';

export interface VerdictChipProps {
  readonly verdict: Verdict;
}

const MARKS = { correct: 'M3 8.5l3.4 3.4L13 5', wrong: 'M4 4l8 8M12 4l-8 8', ungraded: 'M3 8h10' } as const;

export function VerdictChip({ verdict }: VerdictChipProps) {
  const t = useT();
  return (
    <span className="verdict" data-verdict={verdict.kind}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={MARKS[verdict.kind]} />
      </svg>
      {t(`verdict.${verdict.kind}`)}
    </span>
  );
}
