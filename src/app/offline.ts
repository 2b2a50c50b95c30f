/** Keeps the page for visits without network, and the model's runtime once the model is in use. */
import type { AppState, AppStore } from '../state/app-state';
import { networkOfBrowser } from './model-start';
import { serviceWorkerKeepRuntime, serviceWorkerRegister } from './service-worker-register';

const runsHere = ({ model }: AppState): boolean =>
  model.status.kind === 'ready' && model.status.model.device.backend !== 'remote';

/** Call once, when the views are drawn: the files that are kept must not delay those that are shown. */
export async function offlineStart(store: AppStore): Promise<void> {
  // All objects are some megabytes: not on a connection that is to be spared.
  if (networkOfBrowser()?.saveData === true) return;
  if (!(await serviceWorkerRegister())) return;
  if (runsHere(store.getState())) await serviceWorkerKeepRuntime();
  store.subscribe((state, before) => {
    if (runsHere(state) && !runsHere(before)) void serviceWorkerKeepRuntime();
  });
}
