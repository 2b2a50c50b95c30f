/** The model's answer about the pair on screen, a second model's under it, and the settings of both. */
import { lazy, useState } from 'react';
import { ModelHeadButton } from '../ui/model-head-button';
import { useT } from '../ui/i18n/use-t';
import { Deferred } from './deferred';
import { ModelAnswer } from './model-answer';
import { useAppState, useServices } from './services';
import { useModelTrial } from './use-model-trial';

const OwnPhotos = lazy(() => import('./own-photos').then((file) => ({ default: file.OwnPhotos })));
const ModelSettings = lazy(() => import('./model-settings').then((file) => ({ default: file.ModelSettings })));

export function ModelColumn() {
  const t = useT();
  const { store } = useServices();
  const rivalName = useAppState(({ rival }) => (rival.status.kind === 'ready' ? rival.status.model.modelName : null));
  const isRivalSeated = useAppState(({ rival }) => rival.status.kind !== 'idle');
  // Here, so that a model on trial goes on loading while the settings are closed.
  const trial = useModelTrial(store);
  const [open, setOpen] = useState<'settings' | 'photos' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <div className="model-column">
      <ModelAnswer
        seat="model"
        action={<ModelHeadButton kind="settings" label={t('model.settings')} onPress={() => setOpen('settings')} />}
      />
      {isRivalSeated && (
        <ModelAnswer
          seat="rival"
          action={
            <ModelHeadButton
              kind="leave"
              label={t('model.leave', { name: rivalName ?? t('model.title') })}
              onPress={() => store.getState().rival.leave()}
            />
          }
        />
      )}
      <p className="row">
        <button type="button" className="button button--quiet" onClick={() => setOpen('photos')}>
          {t('photos.open')}
        </button>
      </p>
      {open && (
        <Deferred onFailed={close}>
          {open === 'settings' ? <ModelSettings {...trial} onClose={close} /> : <OwnPhotos onClose={close} />}
        </Deferred>
      )}
    </div>
  );
}
