import { afterEach, describe, expect, it, vi } from 'vitest';
import { runtimeBuild, runtimeMissingBytes, runtimeWasmUrl } from './runtime-files.ts';

afterEach(() => void vi.unstubAllGlobals());

/** A server, and what the browser keeps of it. */
function site({ gpu = false, kept = [] as readonly string[], length = '1000' as string | null }) {
  vi.stubGlobal('navigator', gpu ? { gpu: {} } : {});
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
    const onGpu = site({ gpu: true });
    await runtimeMissingBytes();
    expect(onGpu).toEqual([runtimeWasmUrl(runtimeBuild('webgpu'))]);
    expect(onGpu).not.toEqual(onProcessor);
  });

  it('is nothing where the browser keeps it, and nobody is asked', async () => {
    const onProcessor = site({ kept: [runtimeWasmUrl('plain')] });
    expect(await runtimeMissingBytes()).toBe(0);
    expect(onProcessor).toEqual([]);
    // WebGPU had no adapter the last time.
    const withoutAdapter = site({ gpu: true, kept: [runtimeWasmUrl('plain')] });
    expect(await runtimeMissingBytes()).toBe(0);
    expect(withoutAdapter).toEqual([]);
  });

  it('is unknown where the server does not tell or is not there', async () => {
    site({ length: null });
    expect(await runtimeMissingBytes()).toBeNull();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
    expect(await runtimeMissingBytes()).toBeNull();
  });
});
