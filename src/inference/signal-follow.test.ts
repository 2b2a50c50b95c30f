import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { modelReach } from './model-reach.ts';
import { createRemoteEngine } from './remote-engine.ts';
import { controllerFollowing } from './signal-follow.ts';
import { filesDownload } from './worker/download.ts';
import { withinStall } from './worker/fetch-file.ts';
import { MANIFEST } from './worker/test-fixtures.ts';
import { URL_OF_MODEL, entry, site } from './worker/test-site.ts';

/** Listeners that a signal holds. */
function counted(signal: AbortSignal): () => number {
  let count = 0;
  const { addEventListener, removeEventListener } = signal;
  vi.spyOn(signal, 'addEventListener').mockImplementation((...args: Parameters<typeof addEventListener>) => {
    count++;
    addEventListener.apply(signal, args);
  });
  vi.spyOn(signal, 'removeEventListener').mockImplementation((...args: Parameters<typeof removeEventListener>) => {
    count--;
    removeEventListener.apply(signal, args);
  });
  return () => count;
}

describe('a controller that follows', () => {
  it('is aborted with the first reason, be it there already', () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const { controller } = controllerFollowing([first.signal, undefined, second.signal]);
    expect(controller.signal.aborted).toBe(false);
    second.abort('second');
    first.abort('first');
    expect(controller.signal.reason).toBe('second');
    expect(controllerFollowing([first.signal, second.signal]).controller.signal.reason).toBe('first');
  });

  it('leaves no listener behind, and follows no more', () => {
    const followed = new AbortController();
    const listeners = counted(followed.signal);
    const { controller, release } = controllerFollowing([followed.signal]);
    expect(listeners()).toBe(1);
    release();
    expect(listeners()).toBe(0);
    followed.abort();
    expect(controller.signal.aborted).toBe(false);
  });
});

describe('a browser without AbortSignal.any', () => {
  beforeEach(() => void vi.spyOn(AbortSignal, 'any').mockImplementation(() => expect.fail('not there')));
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it('downloads a model’s files', async () => {
    const { deps } = await site({ a: { body: 'aaaa' } });
    const { signal } = new AbortController();
    const listeners = counted(signal);
    const { files } = await filesDownload(URL_OF_MODEL, [await entry('a', 'aaaa')], deps, 'empty', () => 0, signal);
    expect(files.size).toBe(1);
    expect(listeners()).toBe(0);
  });

  it('limits a piece of work, and leaves nothing behind for each piece', async () => {
    const { signal } = new AbortController();
    const listeners = counted(signal);
    expect(await withinStall('u', 1000, signal, async () => 5)).toBe(5);
    await expect(withinStall('u', 1, signal, () => new Promise(() => undefined))).rejects.toThrow(/stood still/);
    expect(listeners()).toBe(0);
  });

  it('asks whether a model’s server is there, and gives that up', async () => {
    vi.stubGlobal('fetch', async (_url: string, { signal }: RequestInit) => {
      signal?.throwIfAborted();
      return new Response(JSON.stringify(MANIFEST));
    });
    const { signal } = new AbortController();
    const listeners = counted(signal);
    await expect(modelReach('https://host/m/', signal)).resolves.toBeUndefined();
    expect(listeners()).toBe(0);
    await expect(modelReach('https://host/m/', AbortSignal.abort())).rejects.toMatchObject({ code: 'model/missing' });
  });

  it('asks an endpoint', async () => {
    const engine = createRemoteEngine({
      baseUrl: 'https://host/v1',
      apiKey: '',
      model: 'm',
      fetch: async () => new Response('{"data":[{"id":"m"}]}'),
    });
    const { signal } = new AbortController();
    const listeners = counted(signal);
    await expect(engine.load({ signal })).resolves.toMatchObject({ modelId: 'm' });
    expect(listeners()).toBe(0);
  });
});
