import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Vec3 } from '../core/vec3';
import { liveOrbitSet, liveOrbitsCreate } from '../state/live-orbits';
import type { Pair } from '../state/pair';
import { exploreStoreCreate } from '../testing/explore-store';
import { flightsCreate } from './flights';
import { wishHold } from './use-items';

const POINTS: readonly Vec3[] = [
  [-0.5, -0.5, -0.5],
  [0.5, 0.5, 0.5],
];
const START = { azimuthDeg: 0, elevationDeg: 10, distanceM: 5 };

function pageCreate() {
  const store = exploreStoreCreate();
  const live = liveOrbitsCreate({ a: START, b: START });
  const services = { store, live, flights: flightsCreate(live, () => false) };
  /** As the page does it when a pair is there. */
  const camerasFollow = (): void => {
    const { a, b } = store.getState().view.pair as Pair;
    live.setState({ a: a.orbit, b: b.orbit });
  };
  const objectReady = (): void => {
    store.getState().view.objectReady('car', POINTS);
    camerasFollow();
  };
  return { ...services, services, objectReady, camerasFollow };
}

let frame: FrameRequestCallback;
beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    frame = callback;
    return 1;
  });
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  vi.spyOn(performance, 'now').mockReturnValue(0);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('an item that takes long', () => {
  it.each(['explore', 'guess'] as const)('is still wished for when the page’s first object has come, in %s', (mode) => {
    const { services, store, objectReady } = pageCreate();
    store.getState().view.modeSet(mode);
    const isStillWished = wishHold(services);
    objectReady();
    expect(isStillWished()).toBe(true);
  });

  it('is still wished for when a camera has arrived, and not when it was sent elsewhere', () => {
    const { services, store, live, flights, objectReady, camerasFollow } = pageCreate();
    objectReady();
    const arrive = (azimuthDeg: number): void => {
      flights.fly('a', { ...START, azimuthDeg, distanceM: 4.12345678 });
      frame(300);
    };
    arrive(70.123456);
    const isStillWished = wishHold(services);
    frame(10_000);
    expect(live.getState().a.azimuthDeg).toBeCloseTo(70.12, 2);
    store.getState().view.orbitsCommit(live.getState());
    camerasFollow();
    expect(isStillWished()).toBe(true);
    arrive(-20);
    expect(isStillWished()).toBe(false);
  });

  it.each<[string, (page: ReturnType<typeof pageCreate>) => void]>([
    ['moved a camera', ({ live }) => liveOrbitSet(live, 'b', { ...START, azimuthDeg: 50 })],
    ['chose another object', ({ store }) => store.getState().view.objectChoose('mug')],
    ['went on to Guess', ({ store }) => store.getState().view.modeSet('guess')],
  ])('is not wished for any more when somebody %s', (_what, act) => {
    const page = pageCreate();
    page.objectReady();
    const isStillWished = wishHold(page.services);
    expect(isStillWished()).toBe(true);
    act(page);
    expect(isStillWished()).toBe(false);
  });

  it('is not wished for any more when somebody took the next pair of Guess', () => {
    const { services, store, objectReady } = pageCreate();
    store.getState().view.modeSet('guess');
    objectReady();
    const isStillWished = wishHold(services);
    store.getState().guess.answerGive('left');
    expect(isStillWished()).toBe(true);
    store.getState().guess.next();
    expect(isStillWished()).toBe(false);
  });
});
