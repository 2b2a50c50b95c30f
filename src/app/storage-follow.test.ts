import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Vec3 } from '../core/vec3';
import { appStoreCreate } from '../state/app-state';
import { scoreSum, storedRead } from '../state/storage-codec';
import { URL_DEFAULTS } from '../state/url-codec';
import { fakeEngineCreate } from '../testing/fake-engine';
import { storageFollows } from './use-page-effects';

const POINTS: readonly Vec3[] = [
  [-0.5, -0.5, -0.5],
  [0.5, 0.5, 0.5],
];

/** Two tabs over one storage. An event waits until `deliver`, and then holds what was written when it arose, as browsers have it. */
let kept: string | null;
let writes: number;
let tabs: ReturnType<typeof tabCreate>[];

function tabCreate(seed: number) {
  const listeners: ((event: StorageEvent) => void)[] = [];
  const waiting: StorageEvent[] = [];
  const tab = {
    listeners,
    waiting,
    deliver: () => waiting.splice(0).forEach((event) => listeners.forEach((l) => l(event))),
  };
  const window = {
    addEventListener: (_type: string, listener: (event: StorageEvent) => void) => listeners.push(listener),
    removeEventListener: () => undefined,
    localStorage: { getItem: () => kept, setItem: (key: string, text: string) => write(tab, key, text) },
  };
  const store = appStoreCreate(
    { engine: fakeEngineCreate(), capture: () => Promise.reject(new Error('no pictures here')), now: () => 0 },
    { url: { ...URL_DEFAULTS, seed }, issues: [], stored: storedRead(kept), systemLanguage: 'en', seed: null },
  );
  store.getState().view.objectReady('car', POINTS);
  /** The code reads the global when it runs: each tab's own. */
  const within = <T>(act: () => T): T => {
    vi.stubGlobal('window', window);
    return act();
  };
  within(() => storageFollows({ store }));
  return {
    ...tab,
    deliver: () => within(tab.deliver),
    guess: () => store.getState().guess,
    answer: () => within(() => store.getState().guess.answerGive('left')),
    next: () => within(() => store.getState().guess.next()),
    reset: () => within(() => store.getState().guess.scoreReset()),
    total: () => scoreSum(store.getState().guess.score).total,
  };
}

function write(from: { waiting: StorageEvent[] }, key: string, text: string): void {
  kept = text;
  writes++;
  for (const { waiting } of tabs)
    if (waiting !== from.waiting) waiting.push({ key, newValue: text } as unknown as StorageEvent);
}

const keptTotal = (): number => scoreSum(storedRead(kept).score).total;

beforeEach(() => {
  kept = null;
  writes = 0;
  tabs = [];
  tabs.push(tabCreate(1), tabCreate(50));
});
afterEach(() => vi.unstubAllGlobals());

const pairOfTabs = () => tabs as [ReturnType<typeof tabCreate>, ReturnType<typeof tabCreate>];

describe('two tabs', () => {
  it('show one score, and write nothing that they only heard of', () => {
    const [one, other] = pairOfTabs();
    one.answer();
    other.answer();
    one.deliver();
    other.deliver();
    expect([one.total(), other.total(), keptTotal()]).toEqual([2, 2, 2]);
    expect(one.guess().open).toHaveLength(2);
    expect(writes).toBe(2);
  });

  it('start again together', () => {
    const [one, other] = pairOfTabs();
    one.answer();
    other.deliver();
    other.reset();
    one.deliver();
    expect(one.guess()).toMatchObject({ seen: [], open: [], counted: [] });
    expect([one.total(), keptTotal()]).toEqual([0, 0]);
    expect(writes).toBe(2);
    one.next();
    one.answer();
    expect(keptTotal()).toBe(1);
    expect(storedRead(kept).seen).toHaveLength(1);
  });

  it('lose no answer to news that are older than it, and count none twice', () => {
    const [one, other] = pairOfTabs();
    other.answer();
    // Its own answer comes between the other one's and the news of that.
    one.answer();
    one.deliver();
    expect([one.total(), one.guess().open.length, one.guess().answer]).toEqual([2, 2, 'left']);
    one.next();
    one.answer();
    other.deliver();
    expect([one.total(), other.total(), keptTotal()]).toEqual([3, 3, 3]);
  });

  it('take no reset of another for their own: what is answered after it stays', () => {
    const [one, other] = pairOfTabs();
    one.answer();
    // This tab knows of a pair that was seen; the score starts again, and another answer is given before the news of it arrive.
    other.deliver();
    one.reset();
    one.next();
    one.answer();
    other.deliver();
    expect([other.total(), keptTotal()]).toEqual([1, 1]);
  });
});
