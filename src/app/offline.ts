/** Keeps the page for visits without network, and the model's runtimes once the model is in use. */
import type { LoadedModel } from '../inference/engine';
import type { AppState, AppStore } from '../state/app-state';
import { downloadsAreAsked, networkIsMetered } from './model-start';
import { serviceWorkerKeepRuntime, serviceWorkerRegister } from './service-worker-register';

/** Undefined while no model is ready. */
const modelReady = ({ model }: AppState): LoadedModel | undefined =>
  model.status.kind === 'ready' ? model.status.model : undefined;

/** Safari has no idle callback; a few seconds after the model is ready nothing urgent is under way. */
const IDLE_AFTER_MS = 5000;

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in window) window.requestIdleCallback(() => resolve());
    else setTimeout(resolve, IDLE_AFTER_MS);
  });

/** The runtime in use at once; then, so that a device which is lost without network has a next one, the one after it. */
async function runtimesKeep({ runtimeUrl, nextRuntimeUrl }: LoadedModel): Promise<void> {
  if (runtimeUrl !== undefined) await serviceWorkerKeepRuntime(runtimeUrl);
  if (nextRuntimeUrl === undefined) return;
  await idle();
  // Where downloads are asked about, the question did not name this one.
  if (!downloadsAreAsked()) await serviceWorkerKeepRuntime(nextRuntimeUrl);
}

/** Call once, when the views are drawn: the files that are kept must not delay those that are shown. */
export async function offlineStart(store: AppStore): Promise<void> {
  // All objects are some megabytes: not on a connection that is to be spared. What an earlier visit set up there keeps runtimes still.
  if (!networkIsMetered() && !(await serviceWorkerRegister())) return;
  const keep = async (model: LoadedModel | undefined): Promise<void> => {
    if (model) await runtimesKeep(model);
  };
  store.subscribe((state, before) => {
    if (modelReady(state) !== modelReady(before)) void keep(modelReady(state));
  });
  await keep(modelReady(store.getState()));
}
