/** Explore's cameras, taken over as they are. */
import { VIEW_NAMES } from '../state/page-defaults';
import type { Services } from './services';

/**
 * Ends flights and commits where the cameras are now. What is done next (an answer, an undo, the way to Guess) is about the pictures on
 * screen, not about those of a moment ago. Does nothing in Guess.
 */
export function camerasRest({ store, live, flights }: Services): void {
  const { view } = store.getState();
  if (view.mode !== 'explore' || !view.pair) return;
  VIEW_NAMES.forEach((name) => flights.stop(name));
  view.orbitsCommit(live.getState());
}
