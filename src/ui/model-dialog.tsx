/** The model's settings: what answers now and what is kept of it, and another model in its place. */
import type { EngineErrorData } from '../inference/engine';
import { Dialog } from './dialog';
import { EngineErrorText } from './engine-error-text';
import { useT } from './i18n/use-t';
import { ModelChooser, type ModelChooserProps } from './model-chooser';
import { ModelFacts, type ModelFactsProps } from './model-facts';
import { ModelProgress } from './model-progress';

/** What became of a wish about the kept files. */
export type KeepNote = 'persist.yes' | 'persist.no' | 'clear.done' | 'clear.failed';

export interface ModelDialogProps extends ModelFactsProps, Pick<ModelChooserProps, 'trial' | 'onChoose' | 'onStop'> {
  readonly note: KeepNote | null;
  /** Why the model could not be fetched anew. */
  readonly redownloadError: EngineErrorData | null;
  readonly onLoad: () => void;
  readonly onLoadStop: () => void;
  readonly onPersist: () => void;
  readonly onRedownload: () => void;
  readonly onClear: () => void;
  readonly onClose: () => void;
}

export function ModelDialog(props: ModelDialogProps) {
  const t = useT();
  const { source, status, kept, note, redownloadError } = props;
  const isKept = kept !== null && kept.files > 0;
  const isWaiting = status.kind === 'idle' || status.kind === 'consent' || status.kind === 'failed';
  const keepsFiles = source.kind === 'own' || source.kind === 'url';
  // Without a model that came from what was kept, there is none that could go on answering.
  const said = note === 'clear.done' && !(keepsFiles && status.kind === 'ready') ? 'clear.idle' : note;
  // What a trial fetches lies beside the kept files and would go with them.
  const isFetching = props.trial.kind === 'loading';
  return (
    <Dialog title={t('settings.title')} onClose={props.onClose}>
      <ModelFacts source={source} status={status} kept={kept} />
      {status.kind === 'loading' && (
        <div className="dialog__part">
          <ModelProgress progress={status.progress} />
          <p className="row">
            <button type="button" className="button" onClick={props.onLoadStop}>
              {t('model.load.stop')}
            </button>
          </p>
        </div>
      )}
      <div className="dialog__part">
        <div className="dialog__row">
          {isWaiting && (
            <button type="button" className="button" onClick={props.onLoad}>
              {t('settings.load')}
            </button>
          )}
          {isKept && !kept.isPersistent && (
            <button type="button" className="button" onClick={props.onPersist}>
              {t('settings.persist')}
            </button>
          )}
          {keepsFiles && status.kind === 'ready' && !isFetching && (
            <button type="button" className="button" onClick={props.onRedownload}>
              {t('settings.again')}
            </button>
          )}
          {isKept && status.kind !== 'loading' && !isFetching && (
            <button type="button" className="button" onClick={props.onClear}>
              {t('settings.clear')}
            </button>
          )}
        </div>
        <p className="dialog__text" role="status">
          {redownloadError ? <EngineErrorText error={redownloadError} /> : said && t(`settings.${said}`)}
        </p>
      </div>
      <hr className="dialog__rule" />
      <ModelChooser
        current={source.kind}
        isOwnInUse={source.kind === 'own' && (status.kind === 'ready' || status.kind === 'loading')}
        trial={props.trial}
        onChoose={props.onChoose}
        onStop={props.onStop}
      />
    </Dialog>
  );
}
