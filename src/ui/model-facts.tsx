/** What answers now: where it comes from, on which device and why there, how large it is and what of it the browser keeps. */
import type { LoadedModel } from '../inference/engine';
import type { ModelSource, ModelStatus } from '../state/model-slice';
import { DEVICE_RUNGS, deviceName, deviceRung, deviceWhy } from './device-words';
import { EngineErrorText } from './engine-error-text';
import { English } from './english';
import { formatMegabytes } from './format';
import { sentencesJoin } from './i18n/joined';
import type { Translate } from './i18n/translate';
import { useT } from './i18n/use-t';
import { MessageWith } from './message-with';

/** What the browser keeps of models. */
export interface KeptFiles {
  readonly files: number;
  readonly bytes: number;
  readonly isPersistent: boolean;
}

export interface ModelFactsProps {
  readonly source: ModelSource;
  readonly status: ModelStatus;
  /** Null while it is read, and where the browser does not tell. */
  readonly kept: KeptFiles | null;
}

function sourceText(t: Translate, source: ModelSource): string {
  switch (source.kind) {
    case 'own':
      return t('settings.source.own');
    case 'folder':
      return t('settings.source.folder', { name: source.name });
    case 'url':
      return t('settings.source.url', { url: source.url });
    case 'remote':
      return t('settings.source.remote', { host: source.host });
  }
}

function keptText(t: Translate, kept: KeptFiles | null): string {
  if (kept === null) return t('settings.kept.unknown');
  if (kept.files === 0) return t('settings.kept.none');
  return sentencesJoin(t, [
    t('settings.kept.files', { size: formatMegabytes(kept.bytes), count: kept.files }),
    t(kept.isPersistent ? 'settings.kept.firm' : 'settings.kept.loose'),
  ]);
}

export function ModelFacts({ source, status, kept }: ModelFactsProps) {
  const t = useT();
  return (
    <div className="dialog__part">
      <h3>{t('settings.now')}</h3>
      {status.kind === 'ready' && <p className="model-name">{status.model.modelName}</p>}
      <p className="dialog__text">
        {sentencesJoin(t, [
          sourceText(t, source),
          status.kind === 'loading' && t('settings.status.loading'),
          (status.kind === 'idle' || status.kind === 'consent') && t('settings.status.idle'),
        ])}
      </p>
      {status.kind === 'failed' && (
        <p className="dialog__text">
          <MessageWith id="settings.status.failed">
            <EngineErrorText error={status.error} />
          </MessageWith>
        </p>
      )}
      <dl className="facts">
        {status.kind === 'ready' && <DeviceFacts model={status.model} />}
        <div>
          <dt>{t('settings.kept')}</dt>
          <dd>{keptText(t, kept)}</dd>
        </div>
      </dl>
    </div>
  );
}

function DeviceFacts({ model: { device, totalBytes } }: { readonly model: LoadedModel }) {
  const t = useT();
  const why = deviceWhy(t, device);
  const rung = deviceRung(device);
  return (
    <>
      <div>
        <dt>{t('settings.device')}</dt>
        <dd>{deviceName(t, device)}</dd>
      </div>
      <div>
        <dt>{t('settings.why')}</dt>
        <dd>
          {why.isForeign ? <English words={why.words} /> : why.words}
          {why.detail !== '' && (
            <details className="fold">
              <summary>{t('device.why.detail')}</summary>
              <p lang="en">{why.detail}</p>
            </details>
          )}
          {rung && (
            <ol className="ladder" aria-label={t('device.ladder')}>
              {DEVICE_RUNGS.map((id) => (
                <li key={id} data-here={id === rung}>
                  {t(`device.ladder.${id}`)}
                  {id === rung && <span className="sr-only"> {t('device.ladder.here')}</span>}
                </li>
              ))}
            </ol>
          )}
        </dd>
      </div>
      {totalBytes > 0 && (
        <div>
          <dt>{t('settings.size')}</dt>
          <dd>{formatMegabytes(totalBytes)}</dd>
        </div>
      )}
    </>
  );
}
