/** What the browser keeps of models, read again whenever that may have changed, and the two wishes about it. */
import { useEffect, useState } from 'react';
import { modelCacheClear, modelCacheInfo, storagePersist } from '../inference/model-cache';
import type { ModelStatus } from '../state/model-slice';
import type { ModelTrial } from '../ui/model-choice';
import type { KeepNote } from '../ui/model-dialog';
import type { KeptFiles } from '../ui/model-facts';

export interface KeptFilesControl {
  readonly kept: KeptFiles | null;
  readonly note: KeepNote | null;
  readonly persist: () => void;
  readonly clear: () => void;
}

/** Null where the browser does not tell: private windows may refuse even the question. */
const keptRead = (): Promise<KeptFiles | null> => modelCacheInfo().catch(() => null);

/** Deletes what is kept, and says what became of it. `clear` is for tests. */
export async function keptClear(clear: () => Promise<boolean> = modelCacheClear): Promise<KeepNote> {
  try {
    await clear();
    return 'clear.done';
  } catch {
    return 'clear.failed';
  }
}

/** Reads anew what is kept, and forgets the note about it, when a model, the one on trial too, begins or ends loading or is another one. */
export function useKeptFiles(status: ModelStatus, trial: ModelTrial['kind']): KeptFilesControl {
  const [kept, setKept] = useState<KeptFiles | null>(null);
  const [note, setNote] = useState<KeepNote | null>(null);
  // How far a load has come changes nothing yet.
  const model = status.kind === 'loading' ? status.kind : status;
  const [noted, setNoted] = useState({ model, trial });
  if (noted.model !== model || noted.trial !== trial) {
    setNoted({ model, trial });
    setNote(null);
  }
  useEffect(() => {
    let isCurrent = true;
    void keptRead().then((info) => isCurrent && setKept(info));
    return () => {
      isCurrent = false;
    };
  }, [model, trial]);
  const persist = async (): Promise<void> => {
    setNote((await storagePersist()) ? 'persist.yes' : 'persist.no');
    setKept(await keptRead());
  };
  const clear = async (): Promise<void> => {
    setNote(await keptClear());
    setKept(await keptRead());
  };
  return { kept, note, persist: () => void persist(), clear: () => void clear() };
}
