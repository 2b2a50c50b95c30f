import { describe, expect, it } from 'vitest';
import type { PairPixels } from '../inference/engine';
import type { Vec3 } from '../core/vec3';
import { fakeEngineCreate, type FakeEngineOptions } from '../testing/fake-engine';
import { appStoreCreate, pairCurrent } from './app-state';
import { askKey } from './model-slice';
import { STORED_EMPTY } from './storage-codec';
import { URL_DEFAULTS } from './url-codec';

const POINTS: readonly Vec3[] = [
  [-0.5, -0.5, -0.5],
  [0.5, 0.5, 0.5],
];

const view = (shade: number) => ({ data: new Uint8ClampedArray(4 * 8 * 8).fill(shade), sizePx: 8 });

function pageCreate(options: FakeEngineOptions = {}) {
  const engine = fakeEngineCreate(options);
  const store = appStoreCreate(
    {
      engine,
      capture: async (pair) => ({ key: pair.key, a: view(1), b: view(2) }),
      now: () => 0,
    },
    {
      url: { ...URL_DEFAULTS, seed: 7 },
      issues: [],
      stored: STORED_EMPTY,
      systemLanguage: 'en',
      seed: null,
    },
  );
  store.getState().view.objectReady('car', POINTS);
  return { store, engine };
}

async function answered(options: FakeEngineOptions) {
  const page = pageCreate(options);
  await page.store.getState().model.load();
  await page.store.getState().model.ask();
  return page;
}

const isSwapped = ({ a }: PairPixels): boolean => a.data[0] === 2;

describe('the check with swapped views', () => {
  it.each<[string, FakeEngineOptions['probabilities'], string, boolean]>([
    ['the opposite side agrees', (pair) => (isSwapped(pair) ? [0.8, 0.1, 0.1] : [0.1, 0.8, 0.1]), 'left', true],
    ['the same side contradicts', [0.8, 0.1, 0.1], 'left', false],
    ['no movement both times agrees', [0.1, 0.1, 0.8], 'none', true],
    ['a side and no movement contradict', (pair) => (isSwapped(pair) ? [0, 0, 1] : [1, 0, 0]), 'none', false],
  ])('%s', async (_case, probabilities, best, agrees) => {
    const { store } = await answered({ ...(probabilities && { probabilities }) });
    await store.getState().model.swapAsk();
    expect(store.getState().model.swapCheck).toMatchObject({ kind: 'answered', best, agrees });
  });

  it('waits for an answer, and goes with the pair', async () => {
    const { store, engine } = pageCreate();
    await store.getState().model.swapAsk();
    expect(engine.calls).toEqual([]);
    await store.getState().model.load();
    await store.getState().model.ask();
    await store.getState().model.swapAsk();
    store.getState().guess.next();
    await store.getState().model.ask();
    expect(store.getState().model.swapCheck.kind).toBe('none');
  });
});

describe('another model', () => {
  const remote = { kind: 'remote', host: 'host' } as const;

  it('takes over, without the answers of the one before, which is closed', async () => {
    const { store, engine } = await answered({});
    const other = fakeEngineCreate({ probabilities: [0.9, 0.1, 0] });
    store.getState().model.use(other, await other.load(), remote);
    expect(store.getState().model).toMatchObject({
      source: remote,
      status: { kind: 'ready' },
      answer: { kind: 'none' },
    });
    expect([engine.isDisposed(), other.isDisposed()]).toEqual([true, false]);
    await store.getState().model.ask();
    const pair = pairCurrent(store.getState());
    expect(store.getState().model.answer).toMatchObject({
      kind: 'answered',
      best: 'left',
      key: askKey(pair?.key ?? '', 'ego-translation'),
    });
  });

  it('is not overrun by the late end of the first one’s load', async () => {
    let release = (): void => undefined;
    const gate = (): Promise<void> => new Promise((resolve) => (release = resolve));
    const { store } = pageCreate({ gate, loadFailure: 'model/missing' });
    const loading = store.getState().model.load();
    const other = fakeEngineCreate();
    store.getState().model.use(other, await other.load(), remote);
    release();
    await loading;
    expect(store.getState().model).toMatchObject({ source: remote, status: { kind: 'ready' } });
  });

  it('answers beside the first, and leaves without a trace', async () => {
    const { store, engine } = await answered({});
    const other = fakeEngineCreate({ probabilities: [0.9, 0.1, 0] });
    expect(store.getState().rival.status.kind).toBe('idle');
    store.getState().rival.use(other, await other.load(), remote);
    await store.getState().rival.ask();
    await store.getState().rival.reason();
    expect(store.getState().rival).toMatchObject({
      answer: { kind: 'answered', best: 'left' },
      reasoning: { kind: 'done' },
    });
    expect(store.getState().model.answer).toMatchObject({ kind: 'answered', best: 'right' });
    store.getState().guess.next();
    expect(store.getState().rival.reasoning.kind).toBe('none');
    store.getState().rival.leave();
    expect(store.getState().rival).toMatchObject({ status: { kind: 'idle' }, answer: { kind: 'none' } });
    expect([engine.isDisposed(), other.isDisposed()]).toEqual([false, true]);
  });
});
