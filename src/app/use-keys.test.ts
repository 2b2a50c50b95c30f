import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { appStoreCreate } from '../state/app-state';
import { liveOrbitSet, liveOrbitsCreate } from '../state/live-orbits';
import { pairOptions, type Pair } from '../state/pair';
import { STORED_EMPTY } from '../state/storage-codec';
import { URL_DEFAULTS } from '../state/url-codec';
import { fakeEngineCreate } from '../testing/fake-engine';
import { flightsCreate } from './flights';
import type { Services } from './services';
import { keyDo } from './use-keys';

const POINTS = [
  [-0.8, -0.4, -0.4],
  [0.8, 0.4, 0.4],
] as const;

/** Explore, asking by how much the camera went around. */
function exploreCreate(): Services {
  const store = appStoreCreate(
    { engine: fakeEngineCreate(), capture: () => Promise.reject(new Error('no pictures here')), now: () => 0 },
    {
      url: { ...URL_DEFAULTS, mode: 'explore', family: 'magnitude' },
      issues: [],
      stored: STORED_EMPTY,
      systemLanguage: 'en',
      seed: 7,
    },
  );
  store.getState().view.objectReady('car', POINTS);
  const live = liveOrbitsCreate(pairOrbits(store.getState().view.pair as Pair));
  return { store, live, flights: flightsCreate(live, () => true) } as unknown as Services;
}

const pairOrbits = ({ a, b }: Pair) => ({ a: a.orbit, b: b.orbit });
const pairOf = ({ store }: Services): Pair => store.getState().view.pair as Pair;
const answerOf = ({ store }: Services): string | null => store.getState().question.answer;

const press = (services: Services, key: string, ctrlKey = false): void => {
  const event = { key, ctrlKey, metaKey: false, altKey: false, shiftKey: false, repeat: false, target: null };
  keyDo(services, { ...event, preventDefault: () => undefined } as unknown as KeyboardEvent, true, () => undefined);
};

/** What covers the page, as a selector finds it. */
let cover: string | null;

beforeEach(() => {
  cover = null;
  const querySelector = (selector: string): object | null => (cover && selector.includes(cover) ? {} : null);
  vi.stubGlobal('document', { querySelector });
  vi.stubGlobal('HTMLElement', EventTarget);
});
afterEach(() => vi.unstubAllGlobals());

describe('keys of the page', () => {
  it('answer with the option that is shown, though the camera has gone on', () => {
    const services = exploreCreate();
    const shown = pairOptions(pairOf(services), 'magnitude');
    const { b } = services.live.getState();
    liveOrbitSet(services.live, 'b', { ...b, azimuthDeg: b.azimuthDeg + 40 });
    press(services, '1');
    expect(answerOf(services)).toBe(shown[0]?.key);
    expect(pairOptions(pairOf(services), 'magnitude')[0]?.key).not.toBe(shown[0]?.key);
  });

  it.each(['dialog[open]', 'body.driver-active'])('do nothing behind %s, wherever the focus is', (covering) => {
    const services = exploreCreate();
    const before = pairOf(services);
    const { a } = before;
    services.store.getState().view.orbitsCommit({ a: a.orbit, b: a.orbit });
    const moved = pairOf(services);
    cover = covering;
    press(services, '1');
    press(services, 'z', true);
    expect([pairOf(services), answerOf(services)]).toEqual([moved, null]);
    cover = null;
    services.live.setState(pairOrbits(moved));
    press(services, 'z', true);
    expect(pairOrbits(pairOf(services))).toEqual(pairOrbits(before));
    press(services, '1');
    expect(answerOf(services)).not.toBeNull();
  });
});
