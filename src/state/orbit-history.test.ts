import { describe, expect, it } from 'vitest';
import { placeStrafe, placeTurn } from '../core/camera-place';
import { fakeEngineCreate } from '../testing/fake-engine';
import { appStoreCreate, type AppStore } from './app-state';
import { urlStateOf } from './selectors';
import { orbitsDefault, type Orbits } from './page-defaults';
import { pairFromOrbits, pairOptions, pairTruth, type Pair } from './pair';
import { STORED_EMPTY } from './storage-codec';
import { URL_DEFAULTS, urlRead, urlWrite } from './url-codec';
import type { ViewSlice } from './view-slice';

const POINTS = [-0.5, 0.5].flatMap((x) => [-0.5, 0.5].map((y) => [x, y, 0.5] as const));
const START = orbitsDefault(POINTS);
/** Where a hand left it: more digits than an address holds. */
const DRAGGED = { azimuthDeg: -37.123456789, elevationDeg: 15.987654321, distanceM: 4.123456789 };

const scenesOf = ({ scenes }: ViewSlice) => [scenes.a, scenes.b] as const;

function exploring(): AppStore {
  const store = appStoreCreate(
    {
      engine: fakeEngineCreate(),
      capture: async () => Promise.reject(new Error('no pictures in this test')),
      now: () => 0,
    },
    {
      url: { ...URL_DEFAULTS, mode: 'explore' },
      issues: [],
      stored: STORED_EMPTY,
      systemLanguage: 'en',
      seed: 1,
    },
  );
  store.getState().view.objectReady('car', POINTS);
  return store;
}

const azimuthB = (store: AppStore): number | undefined => store.getState().view.pair?.b.orbit.azimuthDeg;
const at = (azimuthDeg: number): Orbits => ({ a: START.a, b: { ...START.b, azimuthDeg } });

describe('undo and redo', () => {
  it('steps back and forward through where the cameras rested', () => {
    const store = exploring();
    store.getState().view.orbitsCommit(at(60));
    store.getState().view.orbitsCommit(at(90));
    store.getState().view.undo();
    expect(azimuthB(store)).toBe(60);
    store.getState().view.undo();
    expect(azimuthB(store)).toBe(START.b.azimuthDeg);
    store.getState().view.undo();
    expect(azimuthB(store)).toBe(START.b.azimuthDeg);
    store.getState().view.redo();
    store.getState().view.redo();
    store.getState().view.redo();
    expect(azimuthB(store)).toBe(90);
  });

  it('keeps where cameras were moved to while another object loads, as one step', () => {
    const store = exploring();
    store.getState().view.objectChoose('mug');
    store.getState().view.orbitsCommit(at(60));
    store.getState().view.orbitsCommit(at(90));
    expect(azimuthB(store)).toBe(START.b.azimuthDeg);
    store.getState().view.objectReady('mug', POINTS);
    expect(azimuthB(store)).toBe(90);
    store.getState().view.undo();
    expect(azimuthB(store)).toBe(START.b.azimuthDeg);
    store.getState().view.objectChoose('car');
    store.getState().view.objectReady('car', POINTS);
    expect(azimuthB(store)).toBe(START.b.azimuthDeg);
  });

  it('goes back while another object loads, and stays there when it comes', () => {
    const store = exploring();
    const { view } = store.getState();
    view.orbitsCommit(at(60));
    view.objectChoose('mug');
    // As an undo does it: first the cameras are taken over as they are.
    const { a, b } = store.getState().view.pair as Pair;
    view.orbitsCommit({ a: a.orbit, b: b.orbit });
    view.undo();
    expect(azimuthB(store)).toBe(START.b.azimuthDeg);
    view.objectReady('mug', POINTS);
    expect(azimuthB(store)).toBe(START.b.azimuthDeg);
    view.redo();
    expect(azimuthB(store)).toBe(60);
  });

  it('takes back a movement that was made while another object loads, and no more', () => {
    const store = exploring();
    const { view } = store.getState();
    view.orbitsCommit(at(60));
    view.objectChoose('mug');
    view.orbitsCommit(at(90));
    view.undo();
    view.objectReady('mug', POINTS);
    expect(azimuthB(store)).toBe(60);
    view.redo();
    expect(azimuthB(store)).toBe(90);
  });

  it('takes the cameras of the pair again when they come back to where they stood, which is no step', () => {
    const store = exploring();
    store.getState().view.orbitsCommit(at(60));
    const { pair: before, history } = store.getState().view;
    store.getState().view.orbitsCommit({ ...at(60), a: { ...START.a } });
    const { view } = store.getState();
    expect(view.pair).toEqual(before);
    // Whoever follows the pair sees a new one, and sets the cameras to the very places that it holds.
    expect(view.pair).not.toBe(before);
    expect(view.history).toBe(history);
  });

  it('forgets what was undone once a camera goes somewhere else', () => {
    const store = exploring();
    store.getState().view.orbitsCommit(at(60));
    store.getState().view.undo();
    store.getState().view.orbitsCommit(at(-60));
    store.getState().view.redo();
    expect(azimuthB(store)).toBe(-60);
    store.getState().view.undo();
    expect(azimuthB(store)).toBe(START.b.azimuthDeg);
  });

  it('does not count resting where one was, and forgets the answer with the pair', () => {
    const store = exploring();
    store.getState().view.orbitsCommit(at(60));
    store.getState().view.orbitsCommit(at(60));
    store.getState().question.answerSet('left');
    store.getState().view.undo();
    expect(azimuthB(store)).toBe(START.b.azimuthDeg);
    expect(store.getState().question.answer).toBeNull();
  });

  it('does not count what only gets its address', () => {
    const store = exploring();
    const start = { ...START, a: DRAGGED };
    store.setState(({ view }) => ({
      view: { ...view, pair: pairFromOrbits(view.objectId, start, ...scenesOf(view)) },
    }));
    store.getState().view.orbitsCommit({ a: { ...start.a }, b: { ...start.b } });
    expect(store.getState().view.history.past).toHaveLength(0);
    expect(store.getState().view.pair?.a.orbit.azimuthDeg).not.toBe(DRAGGED.azimuthDeg);
  });

  it('leaves a pair whose cameras nobody moved, and what was answered about it', () => {
    const store = exploring();
    const pair = pairFromOrbits('car', { ...START, a: DRAGGED }, ...scenesOf(store.getState().view));
    store.setState(({ view }) => ({ view: { ...view, pair } }));
    store.getState().question.answerSet('left');
    store.getState().view.orbitsCommit({ a: pair.a.orbit, b: pair.b.orbit });
    expect(store.getState().view.pair).toBe(pair);
    expect(store.getState().question.answer).toBe('left');
    // Once they were moved and came back, the pair has its address, and the options are still the same.
    store.getState().view.orbitsCommit({ a: { ...pair.a.orbit }, b: { ...pair.b.orbit } });
    const addressed = store.getState().view.pair as Pair;
    expect(addressed.key).not.toBe(pair.key);
    expect(pairOptions(addressed, 'magnitude')).toEqual(pairOptions(pair, 'magnitude'));
  });

  it('keeps a bounded number of steps, and its hands off Guess', () => {
    const store = exploring();
    for (let step = 1; step <= 130; step++) store.getState().view.orbitsCommit(at(step));
    expect(store.getState().view.history.past).toHaveLength(100);
    store.getState().view.modeSet('guess');
    store.getState().view.undo();
    expect(azimuthB(store)).toBe(130);
  });

  it('leads back from a guess that was taken along', () => {
    const store = exploring();
    store.getState().view.modeSet('guess');
    store.getState().guess.answerGive('left');
    store.getState().view.modeSet('explore');
    store.getState().view.undo();
    expect(store.getState().view.pair?.a.orbit).toEqual(START.a);
  });
});

describe('free cameras', () => {
  it('are exact for the truth, also after a trip through the address', () => {
    for (const [b, key] of [
      [placeStrafe(DRAGGED, 0.7, 0), 'right'],
      [placeStrafe(DRAGGED, -0.7, 0), 'left'],
      [placeTurn(DRAGGED, 9, 0), 'none'],
    ] as const) {
      const store = exploring();
      store.getState().view.orbitsCommit({ a: DRAGGED, b });
      const again = exploring();
      const { orbitA, orbitB } = urlRead(urlWrite(urlStateOf(store.getState()))).state;
      if (!orbitA || !orbitB) throw new Error('the address holds both cameras');
      again.getState().view.orbitsCommit({ a: orbitA, b: orbitB });
      for (const one of [store, again]) {
        const { pair } = one.getState().view;
        expect(pair && pairTruth(pair, 'ego-translation').answer).toEqual({ kind: 'key', key });
      }
    }
  });

  it('are too close to call below the shift of a 5° orbit', () => {
    const store = exploring();
    const b = placeStrafe(START.a, 0.05 * START.a.distanceM, 0);
    store.getState().view.orbitsCommit({ a: START.a, b });
    const { pair } = store.getState().view;
    expect(pair && pairTruth(pair, 'ego-translation').answer).toEqual({ kind: 'undecided', reason: 'too-close' });
  });
});
