/** What the browser keeps of models, read again whenever that may have changed, and the two wishes about it. */
import { useEffect, useState } from 'react';
import { modelCacheClear, modelCacheInfo, storagePersist } from '../inference/model-cache';
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

/** `changesWith`: read again when this becomes another value. */
export function useKeptFiles(changesWith: unknown): KeptFilesControl {
  const [kept, setKept] = useState<KeptFiles | null>(null);
  const [note, setNote] = useState<KeepNote | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void keptRead().then((info) => isCurrent && setKept(info));
    return () => {
      isCurrent = false;
    };
  }, [changesWith]);
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
