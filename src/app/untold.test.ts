/** What stands beside answers about a pair that nobody can tell, and while cameras leave the pair that was answered. */
import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../core/vec3';
import type { DeviceInfo } from '../inference/engine';
import { appStoreCreate, type AppStore } from '../state/app-state';
import { pairNameOf } from '../state/guess-slice';
import { liveOrbitSet, liveOrbitsCreate } from '../state/live-orbits';
import type { Pair } from '../state/pair';
import { pairTruth } from '../state/pair';
import { pairCurrent } from '../state/selectors';
import { STORED_EMPTY } from '../state/storage-codec';
import { URL_DEFAULTS, type Mode } from '../state/url-codec';
import { fakeEngineCreate } from '../testing/fake-engine';
import { en } from '../ui/i18n/en';
import type { LookAlikeView } from '../ui/look-alike-note';
import { ModelAnswer } from './model-answer';
import { QuestionRow } from './question-row';
import { ServicesContext, type Services } from './services';
import { AmbiguityContext } from './use-ambiguity';
import { YouColumn } from './you-column';

const POINTS: readonly Vec3[] = [
  [-0.5, -0.5, -0.5],
  [0.5, 0.5, 0.5],
];
const PROCESSOR: DeviceInfo = { backend: 'wasm', threads: 2, adapter: '', fallbackReason: '' };
const ALIKE: LookAlikeView = { what: 'picture', otherKey: 'left', bUrl: '', otherUrl: '' };

/** A page whose model has answered, and whose person is about to. */
async function pageCreate(mode: Mode, device = PROCESSOR) {
  const view = { data: new Uint8ClampedArray(4 * 8 * 8), sizePx: 8 };
  const store = appStoreCreate(
    {
      engine: fakeEngineCreate({ model: { device }, probabilities: [0.1, 0.1, 0.8] }),
      capture: async ({ key }) => ({ key, a: view, b: view }),
      now: () => 0,
    },
    { url: { ...URL_DEFAULTS, mode, seed: 7 }, issues: [], stored: STORED_EMPTY, systemLanguage: 'en', seed: null },
  );
  store.getState().view.objectReady('car', POINTS);
  await store.getState().model.load();
  await store.getState().model.ask();
  const { a, b } = pairOf(store);
  const live = liveOrbitsCreate({ a: a.orbit, b: b.orbit });
  /** Drawn as it is now: on a server, stores show how they began. */
  const shown = (part: ReactNode, found: LookAlikeView | null = null): string => {
    const now = <T extends { getState: () => object }>(of: T): T => ({ ...of, getInitialState: of.getState });
    const services = { store: now(store), live: now(live) } as unknown as Services;
    const told = createElement(AmbiguityContext, { value: found }, part);
    return renderToStaticMarkup(createElement(ServicesContext, { value: services }, told));
  };
  return { store, live, shown };
}

const pairOf = (store: AppStore): Pair => pairCurrent(store.getState()) as Pair;

/** Neither the truth nor what the model says. */
function wrongKey(store: AppStore): string {
  const truth = pairTruth(pairOf(store), 'ego-translation').answer;
  if (truth.kind !== 'key' || truth.key === 'none') throw new Error('the pair was meant to have a side');
  return truth.key === 'left' ? 'right' : 'left';
}

const buttons = createElement(QuestionRow, { hasPictures: true, onNewPair: () => undefined });
const model = createElement(ModelAnswer, { seat: 'model', action: null });
const you = createElement(YouColumn, { onTour: () => undefined });

const MARKED = /data-(true|wrong)="true"/;
const chips = (html: string): (string | undefined)[] =>
  [...html.matchAll(/data-verdict="(\w+)"/g)].map(([, verdict]) => verdict);

describe('a pair that nobody can tell', () => {
  it('has no correct and no wrong answer in Guess', async () => {
    const { store, shown } = await pageCreate('guess');
    store.getState().guess.answerGive(wrongKey(store));
    expect(shown(buttons)).toMatch(MARKED);
    expect(chips(shown(model))).toEqual(['wrong']);
    store.getState().guess.settle(pairNameOf(store.getState()), true);
    expect(shown(buttons)).not.toMatch(MARKED);
    expect(chips(shown(model))).toEqual(['ungraded']);
  });

  it('has none in Explore either', async () => {
    const { store, shown } = await pageCreate('explore');
    store.getState().question.answerSet(wrongKey(store));
    // By light and shadow it can be told.
    for (const found of [null, { ...ALIKE, what: 'object' as const }]) {
      expect(shown(buttons, found)).toMatch(MARKED);
      expect([shown(model, found), shown(you, found)].flatMap(chips)).toEqual(['wrong', 'wrong']);
    }
    expect(shown(buttons, ALIKE)).not.toMatch(MARKED);
    expect([shown(model, ALIKE), shown(you, ALIKE)].flatMap(chips)).toEqual(['ungraded', 'ungraded']);
  });
});

describe('answers in Explore', () => {
  it('have no mark while a camera is elsewhere', async () => {
    const { store, live, shown } = await pageCreate('explore');
    store.getState().question.answerSet(wrongKey(store));
    expect(shown(buttons)).toMatch(MARKED);
    liveOrbitSet(live, 'b', { ...live.getState().b, azimuthDeg: 0 });
    expect(shown(buttons)).not.toMatch(MARKED);
  });
});

describe('what a model was trained on', () => {
  it('is not spoken of where nobody knows it', async () => {
    const outside = en['model.range'].slice(0, 12);
    const far = {
      a: { azimuthDeg: 0, elevationDeg: 80, distanceM: 4 },
      b: { azimuthDeg: 70, elevationDeg: 5, distanceM: 4 },
    };
    for (const [device, isSaid] of [
      [PROCESSOR, true],
      [{ ...PROCESSOR, backend: 'remote', adapter: 'host' }, false],
    ] as const) {
      const { store, shown } = await pageCreate('explore', device);
      store.getState().view.orbitsCommit(far);
      await store.getState().model.ask();
      const html = shown(model);
      expect(html).toContain('class="bars"');
      expect(html.includes(outside)).toBe(isSaid);
    }
  });
});
