/** A model on its way: the stage, a bar, how much of what, how fast, how long still. */
import type { LoadProgress } from '../inference/engine';
import { formatMegabytes, formatPercent } from './format';
import type { Translate } from './i18n/translate';
import { useT } from './i18n/use-t';
import { timeLeft } from './time-left';

export interface ModelProgressProps {
  /** Null until the first byte. */
  readonly progress: LoadProgress | null;
}

function bytesText(t: Translate, progress: LoadProgress, share: number): string {
  if (progress.fromCache) return t('model.loading.cached');
  const { receivedBytes, totalBytes, bytesPerSecond, remainingMs, stage } = progress;
  const sizes = { received: formatMegabytes(receivedBytes), total: formatMegabytes(totalBytes) };
  const parts = [t('model.loading.bytes', sizes), formatPercent(share)];
  if (stage === 'download' && bytesPerSecond !== undefined)
    parts.push(t('model.loading.rate', { size: formatMegabytes(bytesPerSecond) }));
  if (stage === 'download' && remainingMs !== undefined) parts.push(timeLeft(t, remainingMs));
  return parts.join(' · ');
}

export function ModelProgress({ progress }: ModelProgressProps) {
  const t = useT();
  const share = progress && progress.totalBytes > 0 ? progress.receivedBytes / progress.totalBytes : 0;
  const isDownload = progress?.stage === 'download';
  return (
    <>
      <p className="card__word card__word--soft">{t(progress ? `model.stage.${progress.stage}` : 'model.loading')}</p>
      <div
        className="meter meter--load"
        role="progressbar"
        aria-label={t('model.loading')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        data-busy={!isDownload}
      >
        <i style={{ width: `${(isDownload ? share : 1) * 100}%` }} />
      </div>
      {progress && progress.totalBytes > 0 && <p className="card__text tabular">{bytesText(t, progress, share)}</p>}
      {progress && !progress.fromCache && (progress.cache === 'outdated' || progress.cache === 'damaged') && (
        <p className="card__text">{t(`model.cache.${progress.cache}`)}</p>
      )}
    </>
  );
}
