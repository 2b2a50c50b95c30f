import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { modelCacheInfo } from '../inference/model-cache';
import type { AppStore } from '../state/app-state';
import { modelStart, networkIsMetered } from './model-start';

vi.mock('../inference/model-cache', () => ({ modelCacheInfo: vi.fn() }));

interface Visit {
  /** As the browser tells it; absent: it does not tell. */
  readonly connection?: object;
  readonly isPhone?: boolean;
  readonly isOnline?: boolean;
  readonly keptBytes?: number;
}

const MANIFEST = { files: [{ sizeBytes: 60 }, { sizeBytes: 40 }] };

function visit({ connection, isPhone = false, isOnline = true, keptBytes = 0 }: Visit) {
  vi.stubGlobal('navigator', { connection, onLine: isOnline });
  vi.stubGlobal('window', { matchMedia: () => ({ matches: isPhone }) });
  vi.mocked(modelCacheInfo).mockResolvedValue({ files: 1, bytes: keptBytes, isPersistent: false });
  const fetched = vi.fn(async () => {
    if (!isOnline) throw new TypeError('no network');
    return new Response(JSON.stringify(MANIFEST));
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
  ['a phone', { isPhone: true }],
];

describe('modelStart', () => {
  it.each<[string, Visit]>([
    ['a browser that tells nothing', {}],
    ['a fast connection', { connection: { saveData: false, type: 'wifi', effectiveType: '4g' } }],
  ])('loads by itself on %s, without asking for the size', async (_name, of) => {
    const { store, load, consentAsk, fetched } = visit(of);
    await modelStart(store, '/m/');
    expect(load).toHaveBeenCalledOnce();
    expect(consentAsk).not.toHaveBeenCalled();
    expect(fetched).not.toHaveBeenCalled();
  });

  it.each(COSTLY)('asks first on %s, and says how much it is', async (_name, of) => {
    const { store, load, consentAsk, fetched } = visit(of);
    await modelStart(store, '/m/');
    expect(consentAsk).toHaveBeenCalledWith(100);
    expect(load).not.toHaveBeenCalled();
    expect(fetched).toHaveBeenCalledWith('/m/manifest.json');
  });

  it.each(COSTLY)('loads on %s when nearly all of it is kept', async (_name, of) => {
    const { store, load, consentAsk } = visit({ ...of, keptBytes: 95 });
    await modelStart(store, '/m/');
    expect(load).toHaveBeenCalledOnce();
    expect(consentAsk).not.toHaveBeenCalled();
  });

  it('loads without network what is kept, and else asks without a size', async () => {
    const kept = visit({ isPhone: true, isOnline: false, keptBytes: 5 });
    await modelStart(kept.store, '/m/');
    expect(kept.load).toHaveBeenCalledOnce();
    const empty = visit({ isPhone: true, isOnline: false });
    await modelStart(empty.store, '/m/');
    expect(empty.consentAsk).toHaveBeenCalledWith(null);
  });

  it('asks when the browser does not let it see what is kept', async () => {
    const { store, consentAsk } = visit({ isPhone: true });
    vi.mocked(modelCacheInfo).mockRejectedValue(new Error('private window'));
    await modelStart(store, '/m/');
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
