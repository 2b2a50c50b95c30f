import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MANIFEST } from '../inference/worker/test-fixtures';
import { modelCacheInfo, modelKeptBytes } from '../inference/model-cache';
import { runtimeMissingBytes } from '../inference/runtime-files';
import type { AppStore } from '../state/app-state';
import { modelStart, networkIsMetered } from './model-start';

vi.mock('../inference/model-cache', () => ({ modelCacheInfo: vi.fn(), modelKeptBytes: vi.fn() }));
vi.mock('../inference/runtime-files', () => ({ runtimeMissingBytes: vi.fn() }));

interface Visit {
  /** As the browser tells it; absent: it does not tell. */
  readonly connection?: object;
  /** Of a screen that is touched. */
  readonly touchPx?: readonly [width: number, height: number];
  readonly isOnline?: boolean;
  readonly keptBytes?: number;
  /** Null: its server does not tell. */
  readonly runtimeBytes?: number | null;
}

const MODEL_URL = 'https://host/m/';
const PHONE_PX = [412, 915] as const;
/** Needs 100 bytes, and lists a file that no start fetches. */
const LISTED = {
  ...MANIFEST,
  files: [
    ...MANIFEST.files.map((file, index) => ({ ...file, sizeBytes: index === 0 ? 101 - MANIFEST.files.length : 1 })),
    { path: 'onnx/decoder_fp32.onnx', sizeBytes: 900, sha256: 'f'.repeat(64) },
  ],
};

function visit({ connection, touchPx, isOnline = true, keptBytes = 0, runtimeBytes = 0 }: Visit) {
  vi.stubGlobal('navigator', { connection, onLine: isOnline });
  const [width, height] = touchPx ?? [1280, 720];
  vi.stubGlobal('window', { matchMedia: () => ({ matches: touchPx !== undefined }), screen: { width, height } });
  vi.mocked(modelCacheInfo).mockResolvedValue({ files: 1, bytes: keptBytes, isPersistent: false });
  vi.mocked(modelKeptBytes).mockResolvedValue(keptBytes);
  vi.mocked(runtimeMissingBytes).mockResolvedValue(runtimeBytes);
  const fetched = vi.fn<(url: URL) => Promise<Response>>(async () => {
    if (!isOnline) throw new TypeError('no network');
    return new Response(JSON.stringify(LISTED));
  });
  vi.stubGlobal('fetch', fetched);
  const load = vi.fn(async () => undefined);
  const consentAsk = vi.fn();
  const store = { getState: () => ({ model: { load, consentAsk } }) } as unknown as AppStore;
  return { store, load, consentAsk, fetched };
}

beforeEach(() => void vi.mocked(modelCacheInfo).mockReset());
afterEach(() => void vi.unstubAllGlobals());

const COSTLY: readonly [string, Visit][] = [
  ['a wish to save data', { connection: { saveData: true } }],
  ['a cellular connection', { connection: { type: 'cellular', effectiveType: '4g' } }],
  ['3g', { connection: { effectiveType: '3g' } }],
  ['2g', { connection: { effectiveType: 'slow-2g' } }],
  ['a phone', { connection: { effectiveType: '4g' }, touchPx: PHONE_PX }],
  ['a large phone on its side', { connection: { effectiveType: '4g' }, touchPx: [956, 440] }],
  ['a tablet that does not tell its connection', { touchPx: [1366, 1024] }],
];

describe('modelStart', () => {
  it.each<[string, Visit]>([
    ['a browser that tells nothing', {}],
    ['a fast connection', { connection: { saveData: false, type: 'wifi', effectiveType: '4g' } }],
    ['a large touched screen on one', { connection: { effectiveType: '4g' }, touchPx: [1920, 1080] }],
  ])('loads by itself on %s, without asking for the size', async (_name, of) => {
    const { store, load, consentAsk, fetched } = visit(of);
    await modelStart(store, MODEL_URL);
    expect(load).toHaveBeenCalledOnce();
    expect(consentAsk).not.toHaveBeenCalled();
    expect(fetched).not.toHaveBeenCalled();
  });

  it.each(COSTLY)('asks first on %s, and says how much it is', async (_name, of) => {
    const { store, load, consentAsk, fetched } = visit({ ...of, runtimeBytes: 30 });
    await modelStart(store, MODEL_URL);
    expect(consentAsk).toHaveBeenCalledWith(130);
    expect(load).not.toHaveBeenCalled();
    expect(String(fetched.mock.calls[0]?.[0])).toBe('https://host/m/manifest.json');
  });

  it.each(COSTLY)('loads on %s when nearly all of it is kept', async (_name, of) => {
    const { store, load, consentAsk } = visit({ ...of, keptBytes: 95 });
    await modelStart(store, MODEL_URL);
    expect(load).toHaveBeenCalledOnce();
    expect(consentAsk).not.toHaveBeenCalled();
  });

  it('asks for the runtime alone when only that is missing', async () => {
    const { store, load, consentAsk } = visit({ touchPx: PHONE_PX, keptBytes: 100, runtimeBytes: 30 });
    await modelStart(store, MODEL_URL);
    expect(consentAsk).toHaveBeenCalledWith(30);
    expect(load).not.toHaveBeenCalled();
  });

  it('asks without a size when the runtime’s is not known, rather than with one that is too small', async () => {
    const { store, consentAsk } = visit({ touchPx: PHONE_PX, runtimeBytes: null });
    await modelStart(store, MODEL_URL);
    expect(consentAsk).toHaveBeenCalledWith(null);
  });

  it('loads without network what is kept, and else asks without a size', async () => {
    const kept = visit({ touchPx: PHONE_PX, isOnline: false, keptBytes: 5 });
    await modelStart(kept.store, MODEL_URL);
    expect(kept.load).toHaveBeenCalledOnce();
    const empty = visit({ touchPx: PHONE_PX, isOnline: false });
    await modelStart(empty.store, MODEL_URL);
    expect(empty.consentAsk).toHaveBeenCalledWith(null);
  });

  it('asks when the browser does not let it see what is kept', async () => {
    const { store, consentAsk } = visit({ touchPx: PHONE_PX });
    vi.mocked(modelKeptBytes).mockRejectedValue(new Error('private window'));
    await modelStart(store, MODEL_URL);
    expect(consentAsk).toHaveBeenCalledWith(100);
  });
});

describe('networkIsMetered', () => {
  it.each<[object | undefined, boolean]>([
    [undefined, false],
    [{ type: 'wifi', effectiveType: '3g' }, false],
    [{ saveData: true }, true],
    [{ type: 'cellular' }, true],
  ])('%o: %s', (connection, isMetered) => {
    visit(connection ? { connection } : {});
    expect(networkIsMetered()).toBe(isMetered);
  });
});
