/** When to fetch the model: by itself where that costs nothing or nothing is left to fetch, else after a click. */
import { modelCacheInfo } from '../inference/model-cache';
import type { AppStore } from '../state/app-state';

const MOSTLY = 0.9;

interface NetworkInformation {
  readonly saveData?: boolean;
  readonly type?: string;
  readonly effectiveType?: string;
}

/** Undefined where the browser does not tell. */
const networkOfBrowser = (): NetworkInformation | undefined =>
  (navigator as Navigator & { readonly connection?: NetworkInformation }).connection;

/** Whether each megabyte may cost something, or was asked to be spared. */
export function networkIsMetered(): boolean {
  const connection = networkOfBrowser();
  return connection?.saveData === true || connection?.type === 'cellular';
}

/** Phones, metered and slow connections. */
function mustAskFirst(): boolean {
  const isSlow = /2g|3g/.test(networkOfBrowser()?.effectiveType ?? '');
  return networkIsMetered() || isSlow || window.matchMedia('(pointer: coarse) and (max-width: 940px)').matches;
}

/** Size of the whole download, from the model's own manifest; null when it cannot be read. */
async function modelBytes(modelUrl: string): Promise<number | null> {
  try {
    const response = await fetch(`${modelUrl}manifest.json`);
    const manifest = (await response.json()) as { files?: readonly { sizeBytes?: unknown }[] };
    const bytes = (manifest.files ?? []).reduce((sum, { sizeBytes }) => sum + Number(sizeBytes), 0);
    return bytes > 0 && Number.isFinite(bytes) ? bytes : null;
  } catch {
    return null;
  }
}

/** Whether an earlier visit has fetched about as much as the model weighs; what is missing then is not worth a question. */
async function isKept(totalBytes: number | null): Promise<boolean> {
  const { bytes } = await modelCacheInfo().catch(() => ({ bytes: 0 }));
  // Without network nobody can tell the size, and nothing can be spent either.
  return totalBytes === null ? bytes > 0 && !navigator.onLine : bytes >= MOSTLY * totalBytes;
}

export async function modelStart(store: AppStore, modelUrl: string): Promise<void> {
  const { load, consentAsk } = store.getState().model;
  if (!mustAskFirst()) return load();
  const totalBytes = await modelBytes(modelUrl);
  if (await isKept(totalBytes)) await load();
  else consentAsk(totalBytes);
}
