import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Manifest } from '../manifest.ts';
import type { LoadParams, StartProgress } from '../protocol.ts';
import { runtimeBuild, runtimeWasmUrl } from '../runtime-files.ts';
import { modelLoad } from './load.ts';
import { runtimeCreate } from './session.ts';
import { sha256Hex } from './sha256.ts';
import { FakeCaches } from './test-caches.ts';
import { MANIFEST } from './test-fixtures.ts';
import { tokenizerFromFiles } from './tokenizer.ts';

vi.mock('./ort.ts', () => ({ ortImport: vi.fn() }));
vi.mock('./self-test.ts', () => ({ selfTest: vi.fn() }));
vi.mock('./session.ts', () => ({ runtimeCreate: vi.fn() }));
// A real one, but where a test has no tokenizer's files.
vi.mock('./tokenizer.ts', { spy: true });

const events: string[] = [];

beforeEach(() => {
  events.length = 0;
  vi.stubGlobal('navigator', { hardwareConcurrency: 2 });
  vi.mocked(runtimeCreate).mockReset();
});
afterEach(() => void vi.unstubAllGlobals());

/** Every file of the folder holds an empty object, which is no tokenizer. */
const CONTENT = '{}';
const DECODER = 'onnx/decoder.onnx';

/** A release of the folder, told apart by its name and its graph's file. */
async function release(name: string, manifest: Manifest = MANIFEST): Promise<ReadonlyMap<string, string>> {
  const contents = manifest.files.map(({ path }): [string, string] => [path, path === DECODER ? name : CONTENT]);
  const files = await Promise.all(
    contents.map(async ([path, content]) => {
      const sha256 = await sha256Hex(new TextEncoder().encode(content));
      return { path, sizeBytes: content.length, sha256 };
    }),
  );
  return new Map([['manifest.json', JSON.stringify({ ...manifest, name, files })], ...contents]);
}

const PARAMS = { preferredBackend: 'wasm', threads: 1, startRung: 'wasm-threads', fallbackReason: '' } as const;

async function paramsOfFolder(): Promise<LoadParams> {
  const files = new Map([...(await release('tiny'))].map(([path, content]) => [path, new Blob([content])]));
  return { ...PARAMS, source: { kind: 'files', name: 'folder', files } };
}

const WASM_URL = runtimeWasmUrl('plain');

/** The network, as far as the page's own files go; `wasm` null: it does not come. */
function pageServes(wasm: string | null): void {
  vi.stubGlobal('fetch', async (url: string) => {
    events.push(url === WASM_URL ? 'wasm' : url);
    if (wasm === null) return new Response(null, { status: 404 });
    return new Response(wasm, { headers: { 'content-type': 'application/wasm' } });
  });
}

const load = (params: LoadParams) =>
  modelLoad(
    params,
    ({ stage, backend }: StartProgress) => events.push(backend ? `${stage} on ${backend}` : stage),
    new AbortController().signal,
  );

it('names a wrong tokenizer before it starts anything, so that no other device is tried', async () => {
  await expect(load(await paramsOfFolder())).rejects.toMatchObject({ detail: { file: 'tokenizer.json' } });
  expect(runtimeCreate).not.toHaveBeenCalled();
});

describe('the runtime', () => {
  beforeEach(() => void vi.mocked(tokenizerFromFiles).mockReturnValueOnce({} as never));

  it('is there before a start on the device begins, and is handed to it', async () => {
    pageServes('wasm');
    expect(await load(await paramsOfFolder())).toMatchObject({ outcome: 'ready' });
    expect(events.filter((event) => event !== 'download')).toEqual([
      'wasm',
      'start',
      'start on wasm',
      'warm-up on wasm',
    ]);
    const wasmBinary = new TextEncoder().encode('wasm');
    expect(runtimeCreate).toHaveBeenCalledWith(expect.objectContaining({ wasmBinary }));
  });

  it('ends the load when the network does not give it, and no other device is tried', async () => {
    pageServes(null);
    await expect(load(await paramsOfFolder())).rejects.toMatchObject({ code: 'page/unreachable' });
    expect(runtimeCreate).not.toHaveBeenCalled();
    expect(events).not.toContain('start on wasm');
  });
});

describe('a newer version that is not all there', () => {
  const URL_OF_MODEL = 'https://host/m/';
  const WASM_URLS = [WASM_URL, runtimeWasmUrl(runtimeBuild('webgpu'))];

  beforeEach(() => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    vi.stubGlobal('caches', new FakeCaches().storage);
  });
  afterEach(() => void vi.restoreAllMocks());

  async function startedWith(files: ReadonlyMap<string, string>, params: Partial<LoadParams> = {}) {
    vi.stubGlobal('fetch', async (url: string) => {
      const content = WASM_URLS.includes(url) ? 'wasm' : files.get(url.replace(URL_OF_MODEL, ''));
      if (content === undefined) return new Response(null, { status: 404 });
      return new Response(content, { headers: { 'content-type': 'application/octet-stream' } });
    });
    vi.mocked(tokenizerFromFiles).mockReturnValueOnce({} as never);
    const loaded = await load({ ...PARAMS, source: { kind: 'url', url: URL_OF_MODEL }, ...params });
    const { manifest, device } = vi.mocked(runtimeCreate).mock.lastCall?.[0] ?? {};
    return { name: loaded.outcome === 'ready' && loaded.model.modelName, ran: manifest?.name, rung: device?.rung };
  }
  const withoutDecoder = (files: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
    new Map([...files].filter(([path]) => path !== DECODER));

  it('leaves the start to the one before', async () => {
    expect(await startedWith(await release('first'))).toMatchObject({ name: 'first' });
    const newer = await release('second');
    expect(await startedWith(withoutDecoder(newer))).toMatchObject({ name: 'first', ran: 'first' });
    expect(await startedWith(newer)).toMatchObject({ name: 'second', ran: 'second' });
  });

  it('leaves its device too, where the one before has no decoder in 16-bit floats', async () => {
    const info = { vendor: 'acme', architecture: 'one', description: '' };
    const requestDevice = async () => ({ destroy: () => undefined });
    const adapter = { features: new Set(['shader-f16']), limits: {}, info, requestDevice };
    vi.stubGlobal('navigator', { hardwareConcurrency: 2, gpu: { requestAdapter: async () => adapter } });
    const onGpu = { preferredBackend: 'auto', startRung: 'webgpu-half' } as const;
    const [file] = MANIFEST.files;
    if (!file) throw new Error('no file');
    const { graphs, selfTest } = MANIFEST;
    const withHalf = await release('second', {
      ...MANIFEST,
      files: [...MANIFEST.files, ...['onnx/decoder_data', 'onnx/half.onnx'].map((path) => ({ ...file, path }))],
      graphs: {
        ...graphs,
        decoder: { ...graphs.decoder, data: 'decoder_data' },
        halfDecoder: { file: 'onnx/half.onnx', dataPath: 'half_data' },
      },
      selfTest: { ...selfTest, half: { tolerance: 1 } },
    });
    expect(await startedWith(await release('first'), onGpu)).toMatchObject({ rung: 'webgpu-full' });
    expect(await startedWith(withoutDecoder(withHalf), onGpu)).toMatchObject({ ran: 'first', rung: 'webgpu-full' });
    expect(await startedWith(withHalf, onGpu)).toMatchObject({ ran: 'second', rung: 'webgpu-half' });
  });
});
