/** The model's settings, wired. */
import type { ModelChoice } from '../ui/model-choice';
import { ModelConsentDialog } from '../ui/model-consent-dialog';
import { ModelDialog } from '../ui/model-dialog';
import { MODEL_URL } from './assets';
import { useDownloadConsent } from './model-consent';
import { downloadSize, type DownloadSize } from './model-download-size';
import { useAppState, useServices } from './services';
import { useKeptFiles } from './use-kept-files';
import type { ModelTrialControl } from './use-model-trial';

/** What a chosen model costs the connection; undefined where nothing is downloaded. */
function choiceSizeRead(choice: ModelChoice): (() => Promise<DownloadSize | null>) | undefined {
  if (choice.kind === 'url') return () => downloadSize(choice.url);
  return choice.kind === 'own' ? () => downloadSize(MODEL_URL) : undefined;
}

/** Everything is fetched anew, but the runtime, which answers now. */
async function wholeSize(modelUrl: string): Promise<DownloadSize | null> {
  const size = await downloadSize(modelUrl);
  return size && { ...size, missingBytes: size.modelBytes };
}

export interface ModelSettingsProps extends ModelTrialControl {
  readonly onClose: () => void;
}

export function ModelSettings({ trial, choose, stop, onClose }: ModelSettingsProps) {
  const { store } = useServices();
  const source = useAppState(({ model }) => model.source);
  const status = useAppState(({ model }) => model.status);
  const redownloadError = useAppState(({ model }) => model.redownloadError);
  const { kept, note, persist, clear } = useKeptFiles(status, trial.kind);
  const consent = useDownloadConsent();
  const url = source.kind === 'url' ? source.url : MODEL_URL;
  return (
    <>
      <ModelDialog
        source={source}
        status={status}
        kept={kept}
        note={note}
        redownloadError={redownloadError}
        trial={trial}
        onLoad={() =>
          consent.guard(
            () => downloadSize(url),
            () => void store.getState().model.load(),
          )
        }
        onLoadStop={() => store.getState().model.loadStop()}
        onPersist={persist}
        onRedownload={() =>
          consent.guard(
            () => wholeSize(url),
            () => void store.getState().model.redownload(),
          )
        }
        onClear={clear}
        onChoose={(choice, seat) => {
          const sizeRead = choiceSizeRead(choice);
          if (sizeRead) consent.guard(sizeRead, () => choose(choice, seat));
          else choose(choice, seat);
        }}
        onStop={stop}
        onClose={onClose}
      />
      {consent.question && (
        <ModelConsentDialog bytes={consent.question.bytes} onAccept={consent.accept} onDecline={consent.decline} />
      )}
    </>
  );
}
