import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Vec3 } from '../core/vec3';
import { appStoreCreate } from '../state/app-state';
import type { Pair } from '../state/pair';
import { STORED_EMPTY } from '../state/storage-codec';
import { URL_DEFAULTS } from '../state/url-codec';
import { fakeEngineCreate } from '../testing/fake-engine';
import { ambiguityFollows } from './ambiguity-follow';
import type { LookAlike } from './look-alikes';

const POINTS: readonly Vec3[] = [
  [-0.5, -0.5, -0.5],
  [0.5, 0.5, 0.5],
];

function pageFollowed() {
  const store = appStoreCreate(
    { engine: fakeEngineCreate(), capture: () => Promise.reject(new Error('no pictures here')), now: () => 0 },
    { url: { ...URL_DEFAULTS, seed: 7 }, issues: [], stored: STORED_EMPTY, systemLanguage: 'en', seed: null },
  );
  store.getState().view.objectReady('car', POINTS);
  const searches: { pair: Pair; isWanted: () => boolean; end: (what: LookAlike['what'] | 'none') => void }[] = [];
  const stop = ambiguityFollows({
    store,
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
