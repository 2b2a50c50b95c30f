/** The model before it can answer: waiting for consent, on its way, or failed. */
import type { ModelStatus } from '../state/model-slice';
import { EngineErrorText } from './engine-error-text';
import { formatMegabytes } from './format';
import { useT } from './i18n/use-t';
import { ModelProgress } from './model-progress';

export interface ModelLoadingProps {
  readonly status: Exclude<ModelStatus, { kind: 'ready' }>;
  readonly onLoad: () => void;
  readonly onLoadStop: () => void;
}

export function ModelLoading({ status, onLoad, onLoadStop }: ModelLoadingProps) {
  const t = useT();
  switch (status.kind) {
    case 'idle':
    case 'consent': {
      const bytes = status.kind === 'consent' ? status.totalBytes : null;
      return (
        <>
          <p className="card__text">{t('model.about')}</p>
          <button type="button" className="button button--solid" onClick={onLoad}>
            {bytes === null ? t('model.load') : t('model.load.size', { size: formatMegabytes(bytes) })}
          </button>
          <p className="card__text">{t('model.consent')}</p>
        </>
      );
    }
    case 'loading':
      return (
        <>
          <ModelProgress progress={status.progress} />
          <p className="row">
            <button type="button" className="button" onClick={onLoadStop}>
              {t('model.load.stop')}
            </button>
          </p>
          <p className="card__text">{t('model.about')}</p>
        </>
      );
    case 'failed':
      return (
        <div className="card__part" role="alert">
          <p className="card__word card__word--soft">{t('model.failed')}</p>
          <p className="card__text">
            <EngineErrorText error={status.error} />
          </p>
          <p className="row">
            <button type="button" className="button" onClick={onLoad}>
              {t('model.retry')}
            </button>
          </p>
          <p className="card__text">{t('model.failed.rest')}</p>
        </div>
      );
  }
}
