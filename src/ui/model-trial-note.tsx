/** How it goes with a model on trial: on its way, refused with the reason, or taken over. */
import { useEffect, useRef } from 'react';
import { EngineErrorText } from './engine-error-text';
import { useT } from './i18n/use-t';
import type { ModelTrial } from './model-choice';
import { ModelProgress } from './model-progress';

export function ModelTrialNote({ trial }: { readonly trial: ModelTrial }) {
  const t = useT();
  const outcome = useRef<HTMLDivElement>(null);
  // The form is longer than most screens: what became of it must not stay below the edge.
  useEffect(() => {
    outcome.current?.scrollIntoView({ block: 'nearest' });
  }, [trial.kind]);
  switch (trial.kind) {
    case 'none':
      return null;
    case 'loading':
      return (
        <div ref={outcome} className="dialog__part">
          <ModelProgress progress={trial.progress} />
        </div>
      );
    case 'failed':
      return (
        <div ref={outcome} className="trial-failed" role="alert">
          <p>
            <strong>{t('choose.failed')}</strong>
          </p>
          <p>
            <EngineErrorText error={trial.error} />
          </p>
          <p>{t('choose.failed.rest')}</p>
        </div>
      );
    case 'done':
      return (
        <div ref={outcome} className="trial-done" role="status">
          {t('choose.done', { name: trial.name })}
        </div>
      );
  }
}
