/** The same question with the two pictures exchanged: does the model contradict itself? */
import { useLayoutEffect, useRef } from 'react';
import type { PageFamilyId } from '../questions/page-families';
import type { SwapCheck } from '../state/model-slice';
import { EngineErrorText } from './engine-error-text';
import { useT } from './i18n/use-t';
import { MessageWith } from './message-with';
import { optionText } from './option-text';

export interface SwapCheckPanelProps {
  readonly question: PageFamilyId;
  /** Its answer about the pair as shown. */
  readonly best: string;
  readonly check: SwapCheck;
  readonly onAsk: () => void;
}

export function SwapCheckPanel({ question, best, check, onAsk }: SwapCheckPanelProps) {
  const t = useT();
  const isWaiting = check.kind === 'waiting';
  const outcome = useRef<HTMLDivElement>(null);
  const isAsked = useRef(false);
  const isAnswered = check.kind === 'answered';
  // The button goes once it got what it asked for: whoever stood on it goes on at the answer.
  useLayoutEffect(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isAnswered && isAsked.current && isLost) outcome.current?.focus({ preventScroll: true });
    if (isAnswered) isAsked.current = false;
  }, [isAnswered]);
  return (
    <div className="swap-check">
      {!isAnswered && (
        <button
          type="button"
          className="button"
          aria-disabled={isWaiting}
          title={t('swap.note')}
          onClick={() => {
            if (isWaiting) return;
            isAsked.current = true;
            onAsk();
          }}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M4 7h11m-3.2-3.2L15 7l-3.2 3.2M16 13H5m3.2 3.2L5 13l3.2-3.2" />
          </svg>
          {t(isWaiting ? 'swap.waiting' : 'swap.ask')}
        </button>
      )}
      <div ref={outcome} role="status" tabIndex={-1}>
        {check.kind === 'answered' && (
          <p className="swap-check__result" data-agrees={check.agrees}>
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d={check.agrees ? 'M4.5 10.5l3.6 3.6 7.4-8' : 'M5.5 5.5l9 9m0-9-9 9'} />
            </svg>
            {t(check.agrees ? 'swap.agrees' : check.best === best ? 'swap.disagrees' : 'swap.disagrees.other', {
              answer: optionText(t, question, check.best),
            })}
          </p>
        )}
        {check.kind === 'failed' && (
          <p className="card__text">
            <MessageWith id="swap.failed">
              <EngineErrorText error={check.error} />
            </MessageWith>
          </p>
        )}
      </div>
    </div>
  );
}
