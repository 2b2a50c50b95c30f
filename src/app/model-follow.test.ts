import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../core/vec3';
import { appStoreCreate } from '../state/app-state';
import { pairCurrent } from '../state/selectors';
import { askKey } from '../state/model-slice';
import { questionId } from '../state/question-slice';
import { STORED_EMPTY } from '../state/storage-codec';
import { URL_DEFAULTS } from '../state/url-codec';
import { fakeEngineCreate, type FakeEngineOptions } from '../testing/fake-engine';
import { modelsFollow } from './use-page-effects';

const POINTS: readonly Vec3[] = [
  [-0.5, -0.5, -0.5],
  [0.5, 0.5, 0.5],
];

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

async function pageFollowed(options: FakeEngineOptions = {}) {
  const engine = fakeEngineCreate(options);
  const view = { data: new Uint8ClampedArray(4 * 8 * 8), sizePx: 8 };
  const store = appStoreCreate(
    { engine, capture: async ({ key }) => ({ key, a: view, b: view }), now: () => 0 },
    { url: { ...URL_DEFAULTS, seed: 7 }, issues: [], stored: STORED_EMPTY, systemLanguage: 'en', seed: null },
  );
  store.getState().view.objectReady('car', POINTS);
  modelsFollow({ store });
  await store.getState().model.load();
  await settled();
  const key = (): string => askKey(pairCurrent(store.getState())?.key ?? '', questionId(store.getState().question));
  const kinds = (): string[] => engine.calls.map(({ kind }) => kind);
  return { store, engine, key, kinds };
}

describe('modelsFollow', () => {
  it('asks about the pair of Guess again after another question was asked by hand in Explore', async () => {
    const { store, key } = await pageFollowed();
    const guessed = key();
    store.getState().settings.askAtRestSet(false);
    store.getState().view.modeSet('explore');
    await store.getState().model.ask();
    expect(store.getState().model.answer).toMatchObject({ kind: 'answered', key: key() });
    store.getState().view.modeSet('guess');
    await settled();
    expect(key()).toBe(guessed);
    expect(store.getState().model.answer).toMatchObject({ kind: 'answered', key: guessed });
  });

  it('asks once, and after a failure only when another model answers', async () => {
    const { store, kinds } = await pageFollowed({ scoreFailure: 'inference/failed' });
    store.getState().settings.askAtRestSet(false);
    await settled();
    expect(kinds()).toEqual(['load', 'score']);
    const other = fakeEngineCreate();
    store.getState().model.use(other, await other.load(), { kind: 'own' });
    await settled();
    expect(store.getState().model.answer.kind).toBe('answered');
  });

  it('prepares the pair once where it does not ask', async () => {
    const { store, engine, kinds } = await pageFollowed();
    store.getState().settings.askAtRestSet(false);
    store.getState().view.modeSet('explore');
    store.getState().question.answerSet('left');
    await settled();
    expect(kinds()).toEqual(['load', 'score', 'prepare']);
    expect(engine.calls.at(-1)?.pairKey).toBe(pairCurrent(store.getState())?.key);
  });

  it('prepares while a question in own words has no words yet', async () => {
    const { store, kinds } = await pageFollowed();
    store.getState().view.modeSet('explore');
    await settled();
    store.getState().question.familySet('free');
    await settled();
    expect(kinds().at(-1)).toBe('prepare');
    store.getState().question.ownWordsSet('What colour is it?');
    await settled();
    expect(kinds().at(-1)).toBe('generate');
  });

  it('asks own words about a pair of Guess only when somebody has sent them with it', async () => {
    const { store, kinds } = await pageFollowed();
    store.getState().question.familySet('free');
    store.getState().question.ownWordsSet('What colour is it?');
    await settled();
    expect(kinds().at(-1)).toBe('prepare');
    store.getState().guess.answerGive('What colour is it?');
    await settled();
    expect(kinds().at(-1)).toBe('generate');
    store.getState().guess.next();
    await settled();
    expect(kinds().at(-1)).toBe('prepare');
    store.getState().guess.giveUp();
    await settled();
    expect(kinds().at(-1)).toBe('prepare');
    expect(store.getState().model.answer).not.toMatchObject({
      key: expect.stringContaining(pairCurrent(store.getState())?.key ?? ''),
    });
  });
});
