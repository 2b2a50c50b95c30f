/** Keeps the page for visits without network, and the model's runtime once the model is in use. */
import type { AppState, AppStore } from '../state/app-state';
import { networkIsMetered } from './model-start';
import { serviceWorkerKeepRuntime, serviceWorkerRegister } from './service-worker-register';

/** Address of the runtime that answers; undefined while none does, and where the model runs elsewhere. */
const runtimeUrl = ({ model }: AppState): string | undefined =>
  model.status.kind === 'ready' ? model.status.model.runtimeUrl : undefined;

/** Call once, when the views are drawn: the files that are kept must not delay those that are shown. */
export async function offlineStart(store: AppStore): Promise<void> {
  // All objects are some megabytes: not on a connection that is to be spared.
  if (networkIsMetered()) return;
  if (!(await serviceWorkerRegister())) return;
  const keep = async (url: string | undefined): Promise<void> => {
    if (url !== undefined) await serviceWorkerKeepRuntime(url);
  };
  await keep(runtimeUrl(store.getState()));
  store.subscribe((state, before) => {
    if (runtimeUrl(state) !== runtimeUrl(before)) void keep(runtimeUrl(state));
  });
}
