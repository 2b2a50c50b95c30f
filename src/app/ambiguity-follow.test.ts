import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Vec3 } from '../core/vec3';
import type { NormalizedObject } from '../scene/normalized-object';
import { appStoreCreate } from '../state/app-state';
import type { Pair } from '../state/pair';
import { STORED_EMPTY, type Stored } from '../state/storage-codec';
import { URL_DEFAULTS } from '../state/url-codec';
import { fakeEngineCreate } from '../testing/fake-engine';
import { ambiguityFollows } from './ambiguity-follow';
import type { LookAlike } from './look-alikes';

const POINTS: readonly Vec3[] = [
  [-0.5, -0.5, -0.5],
  [0.5, 0.5, 0.5],
];

/** @param here objects that can be loaded */
function pageFollowed(stored: Partial<Stored> = {}, here: readonly string[] = ['car']) {
  const store = appStoreCreate(
    { engine: fakeEngineCreate(), capture: () => Promise.reject(new Error('no pictures here')), now: () => 0 },
    {
      url: { ...URL_DEFAULTS, seed: 7 },
      issues: [],
      stored: { ...STORED_EMPTY, ...stored },
      systemLanguage: 'en',
      seed: null,
    },
  );
  store.getState().view.objectReady('car', POINTS);
  const searches: { pair: Pair; isWanted: () => boolean; end: (what: LookAlike['what'] | 'none') => void }[] = [];
  const stop = ambiguityFollows({
    store,
    library: {
      list: async () => [],
      loaded: () => null,
      load: async (id) => {
        if (!here.includes(id)) throw new Error(`no ${id} here`);
        return { framingPoints: POINTS } as NormalizedObject;
      },
    },
    graphics: { current: () => null, ready: async () => undefined, share: () => undefined },
    lookAlikes: {
      find: (pair, question, isWanted) =>
        new Promise((resolve) => {
          const pictures = {} as LookAlike['pictures'];
          const end = (what: LookAlike['what'] | 'none'): void =>
            resolve(what === 'none' ? what : { pairKey: pair.key, question, otherKey: 'left', what, pictures });
          searches.push({ pair, isWanted, end });
        }),
    },
  });
  const total = (): number => store.getState().guess.score['ego-translation'].total;
  return { store, searches, total, stop };
}

describe('ambiguityFollows', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each(['next', 'explore', 'question'] as const)('takes back an answer that was left by way of %s', async (way) => {
    const { store, searches, total } = pageFollowed();
    const answered = store.getState().guess.pair;
    store.getState().guess.answerGive('left');
    if (way === 'next') store.getState().guess.next();
    else if (way === 'explore') store.getState().view.modeSet('explore');
    else store.getState().question.familySet('ego-rotation');
    await vi.advanceTimersByTimeAsync(1000);
    expect(searches.map(({ pair, isWanted }) => [pair, isWanted()])).toEqual([[answered, true]]);
    expect(total()).toBe(1);
    searches[0]?.end('picture');
    await vi.advanceTimersByTimeAsync(0);
    expect(total()).toBe(0);
  });

  it('leaves counted what can be told, by light and shadow too', async () => {
    const { store, searches, total } = pageFollowed();
    for (let i = 0; i < 2; i++) {
      store.getState().guess.answerGive('left');
      store.getState().guess.next();
    }
    await vi.advanceTimersByTimeAsync(1000);
    searches[0]?.end('none');
    searches[1]?.end('object');
    await vi.advanceTimersByTimeAsync(0);
    expect(total()).toBe(2);
  });

  it('asks at the next visit again what this one did not learn, about the same pair, and what cannot be asked then stays open', async () => {
    const first = pageFollowed();
    first.store.getState().guess.answerGive('left');
    const pair = first.store.getState().guess.pair;
    first.stop();
    const { score, seen, open } = first.store.getState().guess;
    const [answer] = open;
    if (!answer) throw new Error('nothing is open');
    const gone = { ...answer, objectId: 'own-chair-1' };
    const { store, searches, total } = pageFollowed({ score, seen, open: [gone, answer] });
    await vi.advanceTimersByTimeAsync(1000);
    expect(searches.map((search) => [search.pair, search.isWanted()])).toEqual([[pair, true]]);
    expect(total()).toBe(1);
    searches[0]?.end('picture');
    await vi.advanceTimersByTimeAsync(0);
    expect(total()).toBe(0);
    expect(store.getState().guess).toMatchObject({ open: [gone], tookBack: true, answer: null });
  });

  it('does not ask at the next visit what this one learned', async () => {
    const { store, searches } = pageFollowed();
    store.getState().guess.answerGive('left');
    await vi.advanceTimersByTimeAsync(1000);
    expect(store.getState().guess.open).toHaveLength(1);
    searches[0]?.end('none');
    await vi.advanceTimersByTimeAsync(0);
    expect(store.getState().guess.open).toEqual([]);
  });

  it('searches nothing for a pair that was given up, and nothing any more once it is stopped', async () => {
    const { store, searches, stop } = pageFollowed();
    store.getState().guess.giveUp();
    await vi.advanceTimersByTimeAsync(1000);
    expect(searches).toHaveLength(0);
    store.getState().guess.next();
    store.getState().guess.answerGive('left');
    await vi.advanceTimersByTimeAsync(1000);
    stop();
    expect(searches[0]?.isWanted()).toBe(false);
  });
});
