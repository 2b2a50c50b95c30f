/** Explore: both cameras fly to where Guess would put them for a seed and difficulty. */
import { guessPair } from '../state/guess-pair';
import { VIEW_NAMES } from '../state/page-defaults';
import { seedDraw } from './seed-draw';
import type { Services } from './services';

/** Does nothing while the object loads: how far the cameras stand hangs on its size. */
export function exploreDraw({ store, flights }: Services, seed: number, level: number): void {
  const { view, question } = store.getState();
  if (view.object.kind !== 'ready') return;
  const pair = guessPair(seed, view.objectId, question.family, view.object.framingPoints, level);
  VIEW_NAMES.forEach((name) => flights.fly(name, pair[name].orbit));
  view.drawnSet({ seed, level });
}

/** The difficulty that was chosen last, else the one that Guess has come to. */
export const drawLevel = ({ view, guess }: ReturnType<Services['store']['getState']>): number =>
  view.drawn.level ?? guess.levelNext;

export const exploreDrawAny = (services: Services): void =>
  exploreDraw(services, seedDraw(), drawLevel(services.store.getState()));
