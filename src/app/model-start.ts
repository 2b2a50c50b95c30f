/** When to fetch the model: by itself where that costs nothing or nothing is left to fetch, else after a click. */
import { modelCacheInfo } from '../inference/model-cache';
import type { AppStore } from '../state/app-state';
import { downloadSize, type DownloadSize } from './model-download-size';

/** What is missing of a model and its runtime is not worth a question below this share of the model. */
const WORTH_ASKING = 0.1;

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

/** However it is held. */
const PHONE_SHORT_SIDE_MAX_PX = 940;

/** A device held in the hand that is small, or whose browser does not tell what it is connected by. */
function mayBeOnMobileData(): boolean {
  if (!window.matchMedia('(pointer: coarse)').matches) return false;
  const { width, height } = window.screen;
  return networkOfBrowser() === undefined || Math.min(width, height) <= PHONE_SHORT_SIDE_MAX_PX;
}

/** Phones, metered and slow connections. */
export function downloadsAreAsked(): boolean {
  const isSlow = /2g|3g/.test(networkOfBrowser()?.effectiveType ?? '');
  return networkIsMetered() || isSlow || mayBeOnMobileData();
}

export const isWorthAsking = (size: DownloadSize | null): boolean =>
  size === null || size.missingBytes > WORTH_ASKING * size.modelBytes;

/** Without network nobody can tell a size, and nothing can be spent either. */
async function isKeptOffline(): Promise<boolean> {
  if (navigator.onLine) return false;
  const { bytes } = await modelCacheInfo().catch(() => ({ bytes: 0 }));
  return bytes > 0;
}

export async function modelStart(store: AppStore, modelUrl: string): Promise<void> {
  const { load, consentAsk } = store.getState().model;
  if (!downloadsAreAsked()) return load();
  const size = await downloadSize(modelUrl);
  if (!isWorthAsking(size) || (size === null && (await isKeptOffline()))) await load();
  else consentAsk(size?.missingBytes ?? null);
}
