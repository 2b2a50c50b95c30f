import { describe, expect, it } from 'vitest';
import { guessPair } from '../state/guess-pair';
import { liveOrbitsCreate } from '../state/live-orbits';
import { orbitsDefault } from '../state/page-defaults';
import { exploreStoreCreate } from '../testing/explore-store';
import { drawLevel, exploreDraw, exploreDrawAny } from './explore-draw';
import { flightsCreate } from './flights';
import type { Services } from './services';

const POINTS = [
  [-0.8, -0.4, -0.4],
  [0.8, 0.4, 0.4],
] as const;

function pageCreate(isReady: boolean): Services {
  const store = exploreStoreCreate();
  if (isReady) store.getState().view.objectReady('car', POINTS);
  const live = liveOrbitsCreate(orbitsDefault(POINTS));
  // Motion reduced: the cameras are where they fly to at once.
  return { store, live, flights: flightsCreate(live, () => true) } as unknown as Services;
}

describe('a random pair in Explore', () => {
  it('is Guess’s pair of the same number and difficulty, every time', () => {
    const page = pageCreate(true);
    exploreDraw(page, 31, 4);
    const { a, b } = guessPair(31, 'car', 'ego-translation', POINTS, 4);
    expect(page.live.getState()).toEqual({ a: a.orbit, b: b.orbit });
    const other = pageCreate(true);
    exploreDraw(other, 31, 4);
    expect(other.live.getState()).toEqual(page.live.getState());
    exploreDraw(other, 32, 4);
    expect(other.live.getState()).not.toEqual(page.live.getState());
  });

  it('can be named afterwards, and keeps the difficulty that was chosen', () => {
    const page = pageCreate(true);
    page.store.getState().view.drawnSet({ level: 0 });
    exploreDrawAny(page);
    const { seed, level } = page.store.getState().view.drawn;
    expect(level).toBe(0);
    expect(drawLevel(page.store.getState())).toBe(0);
    const drawn = page.live.getState();
    exploreDraw(page, 1 + ((seed ?? 0) % 100), 0);
    exploreDraw(page, seed ?? 0, 0);
    expect(page.live.getState()).toEqual(drawn);
  });

  it('waits for the object', () => {
    const page = pageCreate(false);
    const before = page.live.getState();
    exploreDraw(page, 31, 2);
    expect(page.live.getState()).toBe(before);
    expect(page.store.getState().view.drawn.seed).toBeNull();
  });
});
