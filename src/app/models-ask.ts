/** Asking by hand, in whatever way the models answer otherwise. */
import { MODEL_SEATS } from '../state/model-slice';
import { camerasRest } from './cameras-rest';
import type { Services } from './services';

/** Every model that is ready, about the pictures on screen; whatever has been asked about them already is not asked again. */
export function modelsAsk(services: Services): void {
  camerasRest(services);
  for (const seat of MODEL_SEATS) {
    const { status, ask } = services.store.getState()[seat];
    if (status.kind === 'ready') void ask();
  }
}
