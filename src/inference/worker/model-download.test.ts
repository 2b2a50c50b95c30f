import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoadProgress } from '../engine.ts';
import { manifestDownload, modelDownload } from './download.ts';
import { FakeCaches } from './test-caches.ts';
import { MANIFEST } from './test-fixtures.ts';
import { URL_OF_MODEL, bytes, entry, signal, site, type Site } from './test-site.ts';

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

const content = (name: string, path: string): string => `${name} ${path}`;

/** A release of the folder; no file is that of another release. */
async function release(name: string): Promise<Site> {
  const files = await Promise.all(MANIFEST.files.map(({ path }) => entry(path, content(name, path))));
  const served = files.map(({ path }) => [path, { body: content(name, path) }] as const);
  return { 'manifest.json': { body: JSON.stringify({ ...MANIFEST, name, files }) }, ...Object.fromEntries(served) };
}

const DECODER = 'onnx/decoder.onnx';

describe('modelDownload', () => {
  async function visit(served: Site, caches: FakeCaches, visitSignal = signal) {
    const { deps, requested } = await site(served, caches);
    const seen: LoadProgress[] = [];
    const found = await manifestDownload(URL_OF_MODEL, deps, visitSignal);
    const started = await modelDownload(URL_OF_MODEL, found, deps, (progress) => seen.push(progress), visitSignal);
    return { name: started.manifest.name, files: started.files, last: seen.at(-1), requested, cache: deps.cache };
  }
  /** The first release has been fetched. */
  async function returning(): Promise<FakeCaches> {
    const caches = new FakeCaches();
    await visit(await release('first'), caches);
    return caches;
  }

  it.each<[string, Site]>([
    ['is not there', { [DECODER]: { body: '', status: 404 } }],
    ['cannot be reached', { [DECODER]: () => Promise.reject(new TypeError('Failed to fetch')) }],
    ['is not the one of the manifest', { [DECODER]: { body: content('thirds', DECODER) } }],
  ])('starts the version before when a file of the newer one %s, and tries that one again', async (_case, fault) => {
    const caches = await returning();
    const newer = await release('second');
    const { name, files, last } = await visit({ ...newer, ...fault }, caches);
    expect(name).toBe('first');
    expect([...files].map(([path, got]) => [path, new TextDecoder().decode(got)])).toEqual(
      MANIFEST.files.map(({ path }) => [path, content('first', path)]),
    );
    const totalBytes = MANIFEST.files.reduce((sum, { path }) => sum + content('first', path).length, 0);
    expect(last).toEqual({
      stage: 'download',
      receivedBytes: totalBytes,
      totalBytes,
      fromCache: true,
      cache: 'outdated',
    });
    expect(console.warn).toHaveBeenCalledWith(expect.stringContaining(DECODER));

    const next = await visit(newer, caches);
    expect(next.name).toBe('second');
    expect(next.requested).toContain(DECODER);
  });

  it('leaves the offline start to the version before while the newer one has no room beside it', async () => {
    const caches = await returning();
    const store = await caches.open('viewpoint-model-2');
    const usedBytes = [...store.entries.values()].reduce((sum, { length }) => sum + length, 0);
    const newer = await release('second');
    const listed = (newer['manifest.json'] as { body: string }).body;
    // For the manifest and one file.
    store.roomSet(usedBytes + listed.length + content('second', DECODER).length);
    expect(await visit(newer, caches)).toMatchObject({ name: 'second' });
    expect(await visit({}, caches)).toMatchObject({ name: 'first' });
    store.roomSet(Number.POSITIVE_INFINITY);
    expect(await visit(newer, caches)).toMatchObject({ name: 'second' });
    expect(await visit({}, caches)).toMatchObject({ name: 'second' });
    // Of the one before nothing is left: the manifest and its files.
    expect(store.entries.size).toBe(1 + MANIFEST.files.length);
  });

  it('says what is missing where the version before is not whole', async () => {
    const caches = await returning();
    const served = await release('second');
    const { cache } = await visit({}, caches);
    await cache.fileForget((await entry(DECODER, content('first', DECODER))).sha256);
    await expect(visit({ ...served, [DECODER]: { body: '', status: 404 } }, caches)).rejects.toMatchObject({
      code: 'model/missing',
      message: expect.stringContaining(DECODER),
    });
    await cache.fileKeep((await entry(DECODER, content('first', DECODER))).sha256, bytes(content('fir?t', DECODER)));
    await expect(visit({ ...served, [DECODER]: { body: '', status: 404 } }, caches)).rejects.toMatchObject({
      code: 'model/missing',
    });
  });

  it('starts nothing else when the person gave up, or memory ran out', async () => {
    const caches = await returning();
    const newer = await release('second');
    const controller = new AbortController();
    const gone = (): never => {
      controller.abort(new Error('given up'));
      throw new TypeError('Failed to fetch');
    };
    await expect(visit({ ...newer, [DECODER]: gone }, caches, controller.signal)).rejects.toThrow('given up');
    const [first, ...others] = MANIFEST.files;
    const huge = JSON.stringify({ ...MANIFEST, files: [{ ...first, sizeBytes: Number.MAX_SAFE_INTEGER }, ...others] });
    await expect(visit({ ...newer, 'manifest.json': { body: huge } }, caches)).rejects.toThrow(RangeError);
  });
});
