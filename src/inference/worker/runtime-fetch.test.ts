import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startErrorIsOfDevice } from '../device-ladder.ts';
import { EngineError } from '../engine.ts';
import { runtimeWasmUrl } from '../runtime-files.ts';
import { ortImport } from './ort.ts';
import { runtimeFetch } from './runtime-fetch.ts';
import { bytes, signal, site, type Served, type Site } from './test-site.ts';

vi.mock('./ort.ts', () => ({ ortImport: vi.fn() }));
beforeEach(() => void vi.mocked(ortImport).mockReset());

const URL_OF_WASM = runtimeWasmUrl('plain');

/** Sends the first bytes and then breaks off, or says nothing more. */
const cut = (how: 'breaks' | 'stalls'): Served => ({
  body: new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(bytes('was')),
    pull: (controller) => {
      if (how === 'stalls') return new Promise<void>(() => undefined);
      controller.error(new TypeError('network error'));
      return undefined;
    },
  }),
});
const whole: Served = { body: 'wasm', type: 'application/wasm' };

/** The entries one after another, then the last for ever. */
function after(...entries: readonly Site[string][]): Site[string] {
  let times = 0;
  return async (init) => {
    const entry = entries[Math.min(times++, entries.length - 1)];
    if (!entry) throw new TypeError('Failed to fetch');
    return typeof entry === 'function' ? entry(init) : entry;
  };
}
const refused = (): never => {
  throw new TypeError('Failed to fetch');
};

async function fetched(entry: Site[string]) {
  const { deps, requested, waits } = await site({ [URL_OF_WASM]: entry });
  const outcome = await runtimeFetch('wasm', deps, signal).catch((thrown: unknown) => thrown);
  return { outcome, requested, waits };
}

describe('runtimeFetch', () => {
  it('gives the WebAssembly of the device’s build, and has fetched its code', async () => {
    const { outcome, requested } = await fetched(whole);
    expect(outcome).toEqual(bytes('wasm'));
    expect(requested).toEqual([URL_OF_WASM]);
    expect(ortImport).toHaveBeenCalledWith('wasm');
  });

  it.each<[string, Site[string]]>([
    ['breaks off', cut('breaks')],
    ['stands still', cut('stalls')],
    ['is refused', refused],
    ['gets a busy server', { body: '', status: 503 }],
  ])('begins again, from the first byte, when the download %s', async (_case, fault) => {
    const { outcome, waits } = await fetched(after(fault, whole));
    expect(outcome).toEqual(bytes('wasm'));
    expect(waits).toHaveLength(1);
  });

  it.each<[string, () => Site[string], RegExp, number]>([
    ['breaks off', () => () => cut('breaks'), /broke off \(network error\)/, 3],
    ['stands still', () => () => cut('stalls'), /stood still\./, 3],
    ['is refused', () => refused, /could not be reached/, 3],
    ['is answered with 404', () => ({ body: '', status: 404 }), /was answered with 404/, 1],
    ['is answered with a web page', () => ({ body: '<html>', type: 'text/html' }), /was answered with 404/, 1],
  ])(
    'says to check the network when the download %s every time, and blames no device',
    async (_case, fault, why, times) => {
      const { outcome, requested } = await fetched(fault());
      expect(outcome).toMatchObject({ code: 'page/unreachable', detail: { file: URL_OF_WASM } });
      if (!(outcome instanceof EngineError)) return;
      expect(outcome.message).toMatch(why);
      expect(outcome.message).toContain('Check the network, then load the model again.');
      expect(outcome.message).not.toContain('folder');
      expect(startErrorIsOfDevice(outcome.code)).toBe(false);
      expect(requested).toHaveLength(times);
    },
  );

  it('blames no device when the code does not arrive, and leaves code that is wrong to the start', async () => {
    vi.mocked(ortImport).mockRejectedValue(new TypeError('Failed to fetch dynamically imported module'));
    expect((await fetched(whole)).outcome).toMatchObject({ code: 'page/unreachable' });
    vi.mocked(ortImport).mockReturnValue(new Promise(() => undefined));
    expect((await fetched(whole)).outcome).toMatchObject({ code: 'page/unreachable', detail: { stallMs: 30 } });
    vi.mocked(ortImport).mockRejectedValue(new SyntaxError('Unexpected token'));
    expect((await fetched(whole)).outcome).toEqual(bytes('wasm'));
  });

  it('ends with the load', async () => {
    const controller = new AbortController();
    const { deps } = await site({ [URL_OF_WASM]: () => cut('stalls') });
    const fetching = runtimeFetch('wasm', { ...deps, stallMs: 10_000 }, controller.signal);
    controller.abort(new Error('enough'));
    await expect(fetching).rejects.toThrow('enough');
  });
});
