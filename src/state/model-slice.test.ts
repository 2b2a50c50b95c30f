import { describe, expect, it } from 'vitest';
import type { InferenceEngine, LoadedModel, PairPixels } from '../inference/engine';
import type { Vec3 } from '../core/vec3';
import { fakeEngineCreate, type FakeEngineOptions } from '../testing/fake-engine';
import { appStoreCreate } from './app-state';
import { pairCurrent } from './selectors';
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

  it('is not made where the question is about B alone', async () => {
    const { store, engine } = pageCreate();
    store.getState().question.familySet('facing');
    await store.getState().model.load();
    await store.getState().model.ask();
    expect(store.getState().model.answer.kind).toBe('answered');
    const before = engine.calls.length;
    await store.getState().model.swapAsk();
    expect(store.getState().model.swapCheck.kind).toBe('none');
    expect(engine.calls).toHaveLength(before);
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

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
const gateOf = (call: string) => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { gate: async (kind: string): Promise<void> => (kind === call ? opened : undefined), open: () => open() };
};

describe('a load that is stopped', () => {
  it('leaves the model as it was before, without an error, and can be begun again', async () => {
    const { gate, open } = gateOf('load');
    const { store } = pageCreate({ gate });
    const loading = store.getState().model.load();
    store.getState().model.loadStop();
    await loading;
    expect(store.getState().model.status).toEqual({ kind: 'idle' });
    open();
    await store.getState().model.load();
    expect(store.getState().model.status.kind).toBe('ready');
  });

  it('ends the question that waits for the model, too: it would have it fetched all the same', async () => {
    const { gate, open } = gateOf('score');
    const { store } = pageCreate({ gate });
    await store.getState().model.load();
    const asked = store.getState().model.ask();
    await settled();
    const fetched = store.getState().model.redownload();
    store.getState().model.loadStop();
    open();
    await Promise.all([asked, fetched]);
    expect(store.getState().model.answer).toMatchObject({ kind: 'said', finish: 'aborted' });
  });

  it('ends the check with swapped views, which can be asked for again', async () => {
    const { gate, open } = gateOf('swap');
    let isSwap = false;
    const { store } = await answered({ gate: (call) => gate(isSwap ? 'swap' : call) });
    isSwap = true;
    const swapped = store.getState().model.swapAsk();
    await settled();
    expect(store.getState().model.swapCheck.kind).toBe('waiting');
    isSwap = false;
    const fetched = store.getState().model.redownload();
    store.getState().model.loadStop();
    open();
    await Promise.all([swapped, fetched]);
    expect(store.getState().model.swapCheck.kind).toBe('none');
  });
});

describe('another device', () => {
  it('is told when it takes over, without asking anew', async () => {
    const { store, engine } = await answered({});
    const device = {
      backend: 'wasm',
      threads: 1,
      adapter: '',
      fallbackReason: 'The graphics device was lost.',
    } as const;
    engine.deviceChange(device);
    expect(store.getState().model).toMatchObject({
      status: { kind: 'ready', model: { device } },
      answer: { kind: 'answered' },
    });
    const { status } = store.getState().model;
    engine.deviceChange({ ...device });
    expect(store.getState().model.status).toBe(status);
  });
});

describe('newer files in the model’s folder', () => {
  it.each([
    { imageSizePx: 16 },
    { modelId: 'fake-2' },
    { modelName: 'Newer' },
    { families: ['facing'] },
    { totalBytes: 1 },
  ])('are told when the worker starts again with them: %o', async (change) => {
    let tell: ((model: LoadedModel) => void) | undefined;
    const first = fakeEngineCreate();
    const engine: InferenceEngine = { ...first, watch: (listener) => ((tell = listener), () => undefined) };
    const { store } = pageCreate();
    const model = await engine.load();
    store.getState().model.use(engine, model, { kind: 'own' });
    const { status } = store.getState().model;
    tell?.({ ...model });
    expect(store.getState().model.status).toBe(status);
    tell?.({ ...model, ...change });
    expect(store.getState().model.status).toMatchObject({ kind: 'ready', model: change });
  });
});

describe('an answer in own words', () => {
  const asks = async (options: FakeEngineOptions) => {
    const page = pageCreate({ text: 'It is a red car.', ...options });
    await page.store.getState().model.load();
    page.store.getState().view.modeSet('explore');
    page.store.getState().question.familySet('free');
    page.store.getState().question.ownWordsSet('What is it?');
    const asking = page.store.getState().model.ask();
    await settled();
    return { ...page, asking };
  };

  it('comes as it is written, with its pace', async () => {
    const { gate, open } = gateOf('generate');
    const { store, asking } = await asks({ gate });
    expect(store.getState().model.answer).toMatchObject({ kind: 'waiting', text: 'It is a ' });
    open();
    await asking;
    expect(store.getState().model.answer).toMatchObject({
      kind: 'said',
      text: 'It is a red car.',
      finish: 'end',
      pace: { firstTokenMs: 50, durationMs: 1800 },
    });
  });

  it('can be stopped, keeps what was written, and can be asked again', async () => {
    const { gate, open } = gateOf('generate');
    const { store, asking } = await asks({ gate });
    store.getState().model.askStop();
    open();
    await asking;
    expect(store.getState().model.answer).toMatchObject({ kind: 'said', text: 'It is a', finish: 'aborted' });
    await store.getState().model.ask();
    expect(store.getState().model.answer).toMatchObject({ kind: 'said', text: 'It is a red car.', finish: 'end' });
  });
});

describe('an answer in own words by a model that thinks aloud', () => {
  it.each([
    ['<think>A car? Or a bus?</think>It is red.', 'It is red.'],
    // Some prompts begin the thought.
    ['A car? Or a bus?</thinking>\n<answer>It is red.</answer>', 'It is red.'],
    ['<think>A car? Or a', ''],
  ])('is what comes after the thought: %s', async (text, said) => {
    const { gate, open } = gateOf('generate');
    const page = pageCreate({ text, gate });
    await page.store.getState().model.load();
    page.store.getState().view.modeSet('explore');
    page.store.getState().question.familySet('free');
    page.store.getState().question.ownWordsSet('What is it?');
    const asking = page.store.getState().model.ask();
    await settled();
    if (text.startsWith('<think>')) expect(page.store.getState().model.answer).toMatchObject({ text: '' });
    open();
    await asking;
    expect(page.store.getState().model.answer).toMatchObject({ kind: 'said', text: said });
  });
});

describe('a scored answer', () => {
  it('can be stopped and asked again', async () => {
    const { gate, open } = gateOf('score');
    const { store } = pageCreate({ gate });
    await store.getState().model.load();
    const asking = store.getState().model.ask();
    await settled();
    store.getState().model.askStop();
    open();
    await asking;
    expect(store.getState().model.answer).toMatchObject({ kind: 'said', text: '', finish: 'aborted' });
    await store.getState().model.ask();
    expect(store.getState().model.answer.kind).toBe('answered');
  });
});

describe('fetching anew', () => {
  it('leaves the model that answers where its server cannot be reached, and says why', async () => {
    const { store } = await answered({ redownloadFailure: 'model/missing' });
    const { status, answer } = store.getState().model;
    await store.getState().model.redownload();
    expect(store.getState().model).toMatchObject({ status, answer, redownloadError: { code: 'model/missing' } });
  });

  it('says nothing of an earlier failure once it has worked', async () => {
    const { store } = await answered({});
    store.setState(({ model }) => ({
      model: { ...model, redownloadError: { code: 'model/missing', message: '', detail: {} } },
    }));
    await store.getState().model.redownload();
    expect(store.getState().model).toMatchObject({ status: { kind: 'ready' }, redownloadError: null });
  });
});

describe('preparing', () => {
  it('encodes a pair once, and is given up for the next pair', async () => {
    const { gate } = gateOf('prepare');
    const { store, engine } = pageCreate({ gate });
    await store.getState().model.load();
    void store.getState().model.prepare();
    void store.getState().model.prepare();
    await settled();
    expect(engine.calls.filter(({ kind }) => kind === 'prepare')).toHaveLength(1);
    const first = pairCurrent(store.getState())?.key;
    await store.getState().model.ask();
    expect(engine.abortedPairs).toEqual([]);
    store.getState().guess.next();
    void store.getState().model.prepare();
    await settled();
    expect(engine.abortedPairs).toEqual([first]);
    expect(engine.calls.filter(({ kind }) => kind === 'prepare')).toHaveLength(2);
  });

  it('sends no pictures away', async () => {
    const { store, engine } = pageCreate({
      model: { device: { backend: 'remote', threads: 0, adapter: 'host', fallbackReason: '' } },
    });
    await store.getState().model.load();
    await store.getState().model.prepare();
    expect(engine.calls.map(({ kind }) => kind)).toEqual(['load']);
  });

  it('keeps a failure for the question', async () => {
    const { store } = pageCreate({
      gate: async (call) => (call === 'prepare' ? Promise.reject(new Error('lost')) : undefined),
    });
    await store.getState().model.load();
    await store.getState().model.prepare();
    expect(store.getState().model).toMatchObject({ status: { kind: 'ready' }, answer: { kind: 'none' } });
  });
});
