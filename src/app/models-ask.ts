/** Asking by hand, in whatever way the models answer otherwise. */
import { MODEL_SEATS } from '../state/model-slice';
import type { Services } from './services';

/** Every model that is ready, about the pair where cameras rest (`camerasRest`); what has been asked about it already is not asked again. */
export function modelsAsk({ store }: Pick<Services, 'store'>): void {
  for (const seat of MODEL_SEATS) {
    const { status, ask } = store.getState()[seat];
    if (status.kind === 'ready') void ask();
  }
}
