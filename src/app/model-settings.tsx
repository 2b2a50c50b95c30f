/** The model's settings, wired. */
import { ModelDialog } from '../ui/model-dialog';
import { useAppState, useServices } from './services';
import { useKeptFiles } from './use-kept-files';
import type { ModelTrialControl } from './use-model-trial';

export interface ModelSettingsProps extends ModelTrialControl {
  readonly onClose: () => void;
}

export function ModelSettings({ trial, choose, stop, onClose }: ModelSettingsProps) {
  const { store } = useServices();
  const source = useAppState(({ model }) => model.source);
  const status = useAppState(({ model }) => model.status);
  const { kept, note, persist, clear } = useKeptFiles(status.kind);
  return (
    <ModelDialog
      source={source}
      status={status}
      kept={kept}
      note={note}
      trial={trial}
      onLoad={() => void store.getState().model.load()}
      onLoadStop={() => store.getState().model.loadStop()}
      onPersist={persist}
      onRedownload={() => void store.getState().model.redownload()}
      onClear={clear}
      onChoose={choose}
      onStop={stop}
      onClose={onClose}
    />
  );
}
