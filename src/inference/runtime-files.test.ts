import { afterEach, describe, expect, it, vi } from 'vitest';
import { runtimeBuild, runtimeMissingBytes, runtimeWasmUrl } from './runtime-files.ts';

afterEach(() => void vi.unstubAllGlobals());

interface FakeAdapter {
  readonly isFallbackAdapter?: boolean;
  readonly info?: { readonly isFallbackAdapter?: boolean };
}

/** A server, and what the browser keeps of it. */
function site({
  gpu = undefined as FakeAdapter | null | 'stuck' | undefined,
  kept = [] as readonly string[],
  length = '1000' as string | null,
}) {
  const requestAdapter = (): Promise<unknown> =>
    gpu === 'stuck' ? new Promise(() => undefined) : Promise.resolve(gpu);
  vi.stubGlobal('navigator', gpu === undefined ? {} : { gpu: { requestAdapter } });
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (init.cache === 'only-if-cached')
      return kept.includes(url) ? new Response('x') : new Response(null, { status: 504 });
    expect(init.method).toBe('HEAD');
    asked.push(url);
    return new Response(null, { headers: length === null ? {} : { 'content-length': length } });
  });
  return asked;
}

describe('what a start would fetch of the runtime', () => {
  it('is the build of the device that is likely', async () => {
    const onProcessor = site({});
    expect(await runtimeMissingBytes()).toBe(1000);
    expect(onProcessor).toEqual([runtimeWasmUrl('plain')]);
    const onGpu = site({ gpu: {} });
    await runtimeMissingBytes();
    expect(onGpu).toEqual([runtimeWasmUrl(runtimeBuild('webgpu'))]);
    expect(onGpu).not.toEqual(onProcessor);
  });

  it('is nothing where the browser keeps it, and nobody is asked', async () => {
    const onProcessor = site({ kept: [runtimeWasmUrl('plain')] });
    expect(await runtimeMissingBytes()).toBe(0);
    expect(onProcessor).toEqual([]);
  });

  it.each([
    { gpu: null },
    { gpu: { isFallbackAdapter: true } },
    { gpu: { info: { isFallbackAdapter: true } } },
    { gpu: 'stuck' as const },
  ])('is the plain build where WebGPU has no card that answers: %o', async ({ gpu }) => {
    vi.useFakeTimers();
    const asked = site({ gpu });
    const missing = runtimeMissingBytes();
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();
    expect(await missing).toBe(1000);
    expect(asked).toEqual([runtimeWasmUrl('plain')]);
  });

  it('is nothing where the plain build is kept, although there is a card: the last start ended on the processor', async () => {
    const asked = site({ gpu: {}, kept: [runtimeWasmUrl('plain')] });
    expect(await runtimeMissingBytes()).toBe(0);
    expect(asked).toEqual([]);
  });

  it('is unknown where the server does not tell or is not there', async () => {
    site({ length: null });
    expect(await runtimeMissingBytes()).toBeNull();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
    expect(await runtimeMissingBytes()).toBeNull();
  });
});
