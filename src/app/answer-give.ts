/** The person's answer to the pair on screen, by button, key or text. */
import { camerasRest } from './cameras-rest';
import type { Services } from './services';

/** @param key an option's, or own words where there are no options */
export function answerGive(services: Services, key: string): void {
  // A camera still on its way would leave the pair that is answered.
  camerasRest(services);
  const { view, guess, question } = services.store.getState();
  if (view.mode === 'guess') guess.answerGive(key);
  else question.answerSet(key);
}
