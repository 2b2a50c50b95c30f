import { describe, expect, it } from 'vitest';
import { modelCacheClear, modelCacheInfo, modelCacheOpen, modelKeptBytes, storagePersist } from './model-cache.ts';
import { FakeCaches } from './worker/test-caches.ts';

const BASE = 'http://host/models/tiny/';
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const [USED, STALE] = ['a'.repeat(64), 'b'.repeat(64)] as const;

async function filled() {
  const caches = new FakeCaches();
  const cache = await modelCacheOpen(caches.storage, BASE);
  await cache.manifestKeep(`${BASE}manifest.json`, JSON.stringify({ files: [{ sha256: USED }] }));
  await cache.fileKeep(USED, bytes('used'));
  await cache.fileKeep(STALE, bytes('stale'));
  await cache.partKeep(STALE, 0, bytes('st'));
  await cache.partKeep(STALE, 2, bytes('al'));
  return { caches, cache };
}

describe('model cache', () => {
  it('gives back what it keeps, and parts in their order', async () => {
    const { cache } = await filled();
    expect(await cache.file(USED)).toEqual(bytes('used'));
    expect(await cache.parts(STALE)).toEqual([bytes('st'), bytes('al')]);
    expect(await cache.manifest(`${BASE}manifest.json`)).toContain(USED);
    await cache.partsForget(STALE);
    expect(await cache.parts(STALE)).toEqual([]);
  });

  it('prunes files and parts that no kept manifest lists', async () => {
    const { cache } = await filled();
    expect(await cache.prune()).toBe(3);
    expect(await cache.file(USED)).toBeDefined();
    expect(await cache.file(STALE)).toBeUndefined();
    expect(await cache.prune()).toBe(0);
  });

  it('gives only parts that join from the first byte on, whichever tab kept them', async () => {
    const { cache } = await filled();
    await cache.partKeep(STALE, 4, bytes('e!'));
    // Another tab, which cuts elsewhere.
    await cache.partKeep(STALE, 0, bytes('sta'));
    await cache.partKeep(STALE, 3, bytes('l'));
    expect(await cache.parts(STALE)).toEqual([bytes('sta'), bytes('l'), bytes('e!')]);
    await cache.partKeep(STALE, 3, bytes(''));
    expect(await cache.parts(STALE)).toEqual([bytes('sta')]);
  });

  it('forgets and prunes all parts, those with gaps and those of earlier versions too', async () => {
    const partsOf = (caches: FakeCaches): number =>
      [...(caches.stores.get('viewpoint-model-2')?.entries.keys() ?? [])].filter((key) => key.includes('-part/'))
        .length;
    const withOld = async (sha256: string) => {
      const { caches, cache } = await filled();
      const store = await caches.open('viewpoint-model-2');
      for (const index of [0, 1, 3])
        await store.put(`http://host/viewpoint-model-part/${sha256}/${index}`, new Response('old'));
      await cache.partKeep(sha256, 9, bytes('far'));
      return { caches, cache };
    };
    const broken = await withOld(STALE);
    // Counted, not placed: not taken for what they are not.
    expect(await broken.cache.parts(STALE)).toEqual([bytes('st'), bytes('al')]);
    await broken.cache.partsForget(STALE);
    expect(partsOf(broken.caches)).toBe(0);
    // Listed, and its whole file is kept: left behind by a tab that was closed.
    const whole = await withOld(USED);
    expect(await whole.cache.prune()).toBe(3 + 4);
    expect(partsOf(whole.caches)).toBe(0);
    expect(await whole.cache.file(USED)).toBeDefined();
    // Listed and still on its way.
    const onItsWay = await withOld(USED);
    await onItsWay.cache.fileForget(USED);
    expect(await onItsWay.cache.prune()).toBe(3);
    expect(partsOf(onItsWay.caches)).toBe(4);
  });

  it('keeps nothing and throws nothing without storage, or with one that refuses', async () => {
    const refusing = { keys: () => Promise.reject(new Error('private window')) } as unknown as CacheStorage;
    for (const storage of [undefined, refusing]) {
      const cache = await modelCacheOpen(storage, BASE);
      expect(await cache.fileKeep(USED, bytes('used'))).toBe(false);
      expect(await cache.file(USED)).toBeUndefined();
      expect(await cache.prune()).toBe(0);
    }
  });

  it('says whether a file found room, and keeps the expected manifest where it cannot take the other’s place', async () => {
    const { caches, cache } = await filled();
    const manifestUrl = `${BASE}manifest.json`;
    expect(await cache.fileKeep(STALE, bytes('stale'))).toBe(true);
    await cache.manifestExpect(manifestUrl, JSON.stringify({ files: [{ sha256: STALE }] }));
    caches.stores.get('viewpoint-model-2')?.roomSet(0);
    expect(await cache.fileKeep(STALE, bytes('stale, but longer'))).toBe(false);
    await cache.manifestKeep(manifestUrl, JSON.stringify({ files: [{ sha256: STALE }] }));
    await cache.prune();
    expect(await cache.manifest(manifestUrl)).toContain(USED);
    expect([await cache.file(USED), await cache.file(STALE)]).toEqual([bytes('used'), bytes('stale')]);
  });

  it('says what is kept, and clears it without touching other caches', async () => {
    const { caches } = await filled();
    const env = { caches: caches.storage, storage: { persisted: async () => true, persist: async () => true } };
    expect(await modelCacheInfo(env)).toEqual({ files: 2, bytes: 13, isPersistent: true });
    expect(await modelCacheClear(env)).toBe(true);
    expect([...caches.stores.keys()]).toEqual(['other']);
    expect(await modelCacheClear(env)).toBe(false);
    expect(await modelCacheInfo(env)).toMatchObject({ files: 0, bytes: 0 });
  });

  it('counts what is kept of one model’s files, and only whole ones', async () => {
    const { caches, cache } = await filled();
    const env = { caches: caches.storage, storage: undefined };
    await cache.fileForget(STALE);
    const files = [USED, STALE].map((sha256) => ({ sha256, sizeBytes: 10 }));
    expect(await modelKeptBytes(BASE, files, env)).toBe(10);
    expect(await modelKeptBytes('http://elsewhere/m/', files, env)).toBe(0);
    expect(await modelKeptBytes(BASE, files, { caches: undefined, storage: undefined })).toBe(0);
  });

  it('asks for lasting storage where the browser can, and takes no for an answer', async () => {
    const persisted = async () => false;
    expect(await storagePersist({ caches: undefined, storage: { persist: async () => true, persisted } })).toBe(true);
    expect(await storagePersist({ caches: undefined, storage: { persisted } })).toBe(false);
    const throwing = { persist: () => Promise.reject(new TypeError('not here')), persisted };
    expect(await storagePersist({ caches: undefined, storage: throwing })).toBe(false);
  });
});
