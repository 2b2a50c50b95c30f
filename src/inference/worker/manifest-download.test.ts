import { afterEach, describe, expect, it, vi } from 'vitest';
import { manifestDownload } from './download.ts';
import { FakeCaches } from './test-caches.ts';
import { MANIFEST } from './test-fixtures.ts';
import { URL_OF_MODEL, bytes, signal, site, type Served, type Site } from './test-site.ts';

afterEach(() => void vi.useRealTimers());

describe('manifestDownload', () => {
  const json = JSON.stringify(MANIFEST);
  const [firstFile, ...otherFiles] = MANIFEST.files;
  const NEWER_SHA = '1'.repeat(64);
  const newerJson = JSON.stringify({ ...MANIFEST, files: [{ ...firstFile, sha256: NEWER_SHA }, ...otherFiles] });
  /** One that fetches all files, unless `isCutOff`. */
  const visit = async (body: string, caches: FakeCaches, isCutOff = false) => {
    const { deps } = await site({ 'manifest.json': { body } }, caches);
    const found = await manifestDownload(URL_OF_MODEL, deps, signal);
    if (!isCutOff) await found.settle(true);
    return { ...found, cache: deps.cache };
  };

  it('reads a good manifest', async () => {
    const { deps } = await site({ 'manifest.json': { body: json, type: 'application/json' } });
    expect(await manifestDownload(URL_OF_MODEL, deps, signal)).toMatchObject({
      manifest: MANIFEST,
      cacheState: 'empty',
    });
  });

  it.each<[string, Served]>([
    ['is cut off', { body: newerJson.slice(0, 50) }],
    ['is newer than this page can read', { body: newerJson.replace('"version":1', '"version":3') }],
    ['was trained with other prompts', { body: newerJson.replace('"promptsVersion":1', '"promptsVersion":2') }],
    ['has become a start page', { body: '<!doctype html>' }],
  ])('starts what is kept when the manifest %s', async (_case, served) => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const caches = new FakeCaches();
    await visit(json, caches);
    const { deps } = await site({ 'manifest.json': served }, caches);
    const found = await manifestDownload(URL_OF_MODEL, deps, signal);
    expect(found).toMatchObject({ manifest: MANIFEST, cacheState: 'current' });
    vi.restoreAllMocks();
  });

  it.each<[string, Record<string, Served>, string, RegExp]>([
    [
      'is not there',
      { 'manifest.json': { body: '', status: 404 } },
      'model/missing',
      /manifest.json is not there: the server answered 404/,
    ],
    [
      'is a start page',
      { 'manifest.json': { body: '<html>', type: 'text/html; charset=utf-8' } },
      'model/missing',
      /a web page instead/,
    ],
    [
      'is a start page of unknown type',
      { 'manifest.json': { body: '<!doctype html>' } },
      'model/missing',
      /a web page instead/,
    ],
    ['is cut off', { 'manifest.json': { body: json.slice(0, 50) } }, 'model/integrity', /it is not JSON/],
    [
      'breaks the schema',
      { 'manifest.json': { body: json.replace('"version":1', '"version":3') } },
      'model/manifest',
      /version must be 1, is 3/,
    ],
    ['cannot be reached', {}, 'model/missing', /could not be reached \(Failed to fetch\)/],
  ])('says so when it %s', async (_case, served, code, message) => {
    const { deps } = await site(served);
    const error: unknown = await manifestDownload(URL_OF_MODEL, deps, signal).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, detail: { file: `${URL_OF_MODEL}manifest.json` } });
    expect((error as Error).message).toMatch(message);
  });

  it('takes the kept one when the network is down', async () => {
    const caches = new FakeCaches();
    await visit(json, caches);
    expect(await manifestDownload(URL_OF_MODEL, (await site({}, caches)).deps, signal)).toMatchObject({
      manifest: MANIFEST,
      cacheState: 'current',
    });
  });

  it('knows when the folder holds other files than those kept', async () => {
    const caches = new FakeCaches();
    const state = async (body: string) => (await visit(body, caches)).cacheState;
    expect([await state(json), await state(json), await state(newerJson)]).toEqual(['empty', 'current', 'outdated']);
  });

  it('starts the old version without network while the files of a new one are not all there, and keeps both', async () => {
    const caches = new FakeCaches();
    const oldSha = MANIFEST.files[0]?.sha256 ?? '';
    const { cache } = await visit(json, caches);
    await cache.fileKeep(oldSha, bytes('old'));
    await visit(newerJson, caches, true);
    await cache.partKeep(NEWER_SHA, 0, bytes('ne'));
    const offline = await manifestDownload(URL_OF_MODEL, (await site({}, caches)).deps, signal);
    expect(offline.manifest).toEqual(MANIFEST);
    await offline.settle(true);
    expect([await cache.file(oldSha), await cache.parts(NEWER_SHA)]).toEqual([bytes('old'), [bytes('ne')]]);
    const online = await visit(newerJson, caches);
    expect(online.cacheState).toBe('outdated');
    expect((await manifestDownload(URL_OF_MODEL, (await site({}, caches)).deps, signal)).manifest).toMatchObject({
      files: [{ sha256: NEWER_SHA }, {}, {}, {}, {}],
    });
  });

  it('keeps both versions where a file of the new one found no room, and nothing that neither lists', async () => {
    const caches = new FakeCaches();
    const oldSha = MANIFEST.files[0]?.sha256 ?? '';
    const { cache } = await visit(json, caches);
    const { settle } = await visit(newerJson, caches, true);
    for (const sha256 of [oldSha, NEWER_SHA, '2'.repeat(64)]) await cache.fileKeep(sha256, bytes('file'));
    await settle(false);
    expect((await manifestDownload(URL_OF_MODEL, (await site({}, caches)).deps, signal)).manifest).toEqual(MANIFEST);
    const kept = await Promise.all([oldSha, NEWER_SHA, '2'.repeat(64)].map((sha256) => cache.file(sha256)));
    expect(kept.map((file) => file !== undefined)).toEqual([true, true, false]);
  });

  it('ends its request with the limit, headers or not', async () => {
    let asked: AbortSignal | null | undefined;
    const silent = ({ signal: given }: RequestInit): Served => {
      asked = given;
      return { body: new ReadableStream<Uint8Array<ArrayBuffer>>() };
    };
    const { deps } = await site({ 'manifest.json': silent });
    await expect(manifestDownload(URL_OF_MODEL, deps, signal)).rejects.toMatchObject({ code: 'model/missing' });
    expect(asked?.aborted).toBe(true);
  });

  it.each<[string, Site[string]]>([
    ['answers nothing', () => new Promise<Served>(() => undefined)],
    ['stops within the text', { body: new ReadableStream<Uint8Array<ArrayBuffer>>() }],
  ])('gives up a server that %s, sooner where a kept one can start', async (_case, silent) => {
    const caches = new FakeCaches();
    const { deps } = await site({ 'manifest.json': silent }, caches);
    await expect(manifestDownload(URL_OF_MODEL, deps, signal)).rejects.toMatchObject({
      code: 'model/missing',
      message: expect.stringContaining('stood still'),
    });
    await visit(json, caches);
    vi.useFakeTimers();
    const started = manifestDownload(URL_OF_MODEL, { ...deps, stallMs: 60_000 }, signal);
    await vi.advanceTimersByTimeAsync(5100);
    expect((await started).manifest).toEqual(MANIFEST);
  });

  it('does not keep a manifest that it refused', async () => {
    const caches = new FakeCaches();
    const bad = json.replace('"version":1', '"version":3');
    const { deps } = await site({ 'manifest.json': { body: bad } }, caches);
    await expect(manifestDownload(URL_OF_MODEL, deps, signal)).rejects.toThrow();
    await expect(manifestDownload(URL_OF_MODEL, (await site({}, caches)).deps, signal)).rejects.toMatchObject({
      code: 'model/missing',
    });
  });
});
