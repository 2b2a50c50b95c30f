import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LoadProgress } from '../engine.ts';
import type { ManifestFile } from '../manifest.ts';
import { filesDownload, type DownloadDeps, type ModelFiles } from './download.ts';
import { contentRange } from './fetch-file.ts';
import { FakeCaches } from './test-caches.ts';
import { URL_OF_MODEL, bytes, entry, signal, site, type Served } from './test-site.ts';

afterEach(() => void vi.useRealTimers());

describe('filesDownload', () => {
  const fetched = (files: readonly ManifestFile[], deps: DownloadDeps, seen: LoadProgress[] = []) =>
    filesDownload(URL_OF_MODEL, files, deps, 'empty', (progress) => seen.push(progress), signal);
  const download = async (...args: Parameters<typeof fetched>): Promise<ModelFiles> => (await fetched(...args)).files;
  const failure = (files: readonly ManifestFile[], deps: DownloadDeps): Promise<unknown> =>
    download(files, deps).then(
      () => 'no error',
      (thrown: unknown) => thrown,
    );
  /** Serves a text with ranges, and breaks off after `limit` bytes of each answer. */
  const ranged =
    (text: string, limit: number) =>
    (init: RequestInit): Served => {
      const from = Number(/bytes=(\d+)-/.exec(new Headers(init.headers).get('range') ?? '')?.[1] ?? 0);
      const chunk = bytes(text.slice(from, from + limit));
      let sent = false;
      const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull: (controller) => {
          if (from + chunk.length >= text.length && sent) controller.close();
          else if (sent) controller.error(new TypeError('network error'));
          else controller.enqueue(chunk);
          sent = true;
        },
      });
      if (from === 0) return { body };
      const range = `bytes ${from}-${text.length - 1}/${text.length}`;
      return { body, status: 206, headers: { 'content-range': range } };
    };

  it('reports progress, keeps files by hash, and asks the network once', async () => {
    const caches = new FakeCaches();
    const files = await Promise.all([entry('a', 'aaaa'), entry('onnx/b', 'bb')]);
    const { deps, requested } = await site({ a: { body: 'aaaa' }, 'onnx/b': { body: 'bb' } }, caches);
    // A manifest must list the files, or they are pruned as stale.
    await deps.cache.manifestKeep(`${URL_OF_MODEL}manifest.json`, JSON.stringify({ files }));
    const seen: LoadProgress[] = [];
    const got = await download(files, deps, seen);
    expect(new TextDecoder().decode(got.get('onnx/b'))).toBe('bb');
    const whole = { stage: 'download', receivedBytes: 6, totalBytes: 6, cache: 'empty' };
    expect(seen.at(-1)).toEqual({ ...whole, fromCache: false });
    await download(files, deps, seen);
    expect(seen.at(-1)).toEqual({ ...whole, fromCache: true });
    expect(requested).toHaveLength(2);
    expect([...caches.stores.keys()]).toEqual(['other', 'viewpoint-model-2']);
  });

  it('tells rate and time left while bytes arrive', async () => {
    let clockMs = 0;
    const { deps } = await site({ a: ranged('aaaaaaaa', 2), b: { body: 'b' } });
    const seen: LoadProgress[] = [];
    const slow = { ...deps, now: () => (clockMs += 400) };
    await download([await entry('a', 'aaaaaaaa')], slow, seen);
    const told = seen.filter((progress) => progress.bytesPerSecond !== undefined);
    expect(told.length).toBeGreaterThan(0);
    for (const { bytesPerSecond = 0, remainingMs = 0, receivedBytes } of told)
      expect(remainingMs).toBeCloseTo((1000 * (8 - receivedBytes)) / bytesPerSecond);
  });

  it('works without a cache', async () => {
    const { deps } = await site({ a: { body: 'aaaa' } });
    expect((await download([await entry('a', 'aaaa')], deps)).size).toBe(1);
  });

  it.each<[string, Served, string, RegExp]>([
    ['truncated', { body: 'aa' }, 'model/integrity', /2 of 4 bytes arrived/],
    [
      'truncated on the server',
      { body: 'aa', headers: { 'content-length': '2' } },
      'model/integrity',
      /copy has 2 of 4 bytes/,
    ],
    ['too long', { body: 'aaaaa' }, 'model/integrity', /longer than the 4 bytes/],
    ['corrupt', { body: 'aaab' }, 'model/integrity', /its SHA-256 is [0-9a-f]{64}, not/],
    ['missing', { body: '', status: 404 }, 'model/missing', /answered 404/],
    ['kept back by a broken server', { body: '', status: 503 }, 'model/missing', /answered 503/],
    ['a start page', { body: '<html>', type: 'text/html' }, 'model/missing', /a web page instead/],
  ])('names a file that is %s', async (_case, served, code, message) => {
    const { deps } = await site({ 'onnx/a.onnx': served });
    const error = await failure([await entry('onnx/a.onnx', 'aaaa')], deps);
    expect(error).toMatchObject({ code, detail: { file: `${URL_OF_MODEL}onnx/a.onnx` } });
    expect((error as Error).message).toMatch(message);
  });

  it.each([408, 429, 503])('tries again when the server answers %i', async (status) => {
    let times = 0;
    const { deps, waits } = await site({ a: () => (++times === 1 ? { body: '', status } : { body: 'aaaa' }) });
    expect((await download([await entry('a', 'aaaa')], deps)).size).toBe(1);
    expect(waits).toHaveLength(1);
  });

  it('does not take the length of another origin’s package for that of the file', async () => {
    const packed = { body: 'aaaa', headers: { 'content-length': '2' } };
    const { deps } = await site({ a: { ...packed, isForeign: true }, b: packed });
    expect((await download([await entry('a', 'aaaa')], deps)).size).toBe(1);
    expect(await failure([await entry('b', 'aaaa')], deps)).toMatchObject({ code: 'model/integrity' });
  });

  it('keeps what has arrived of the others when one file is damaged', async () => {
    const caches = new FakeCaches();
    const files = await Promise.all([entry('bad', 'aaaa'), entry('slow', 'abcdefghij')]);
    let arrived = (): void => undefined;
    const half = new Promise<void>((resolve) => (arrived = resolve));
    const slow = (): Served => ({
      body: new ReadableStream<Uint8Array<ArrayBuffer>>({
        start: (controller) => controller.enqueue(bytes('abcd')),
        pull: () => (arrived(), new Promise<void>(() => undefined)),
      }),
    });
    const bad = async (): Promise<Served> => (await half, { body: 'aaab' });
    const { deps } = await site({ bad, slow }, caches);
    expect(await failure(files, { ...deps, stallMs: 10_000 })).toMatchObject({ code: 'model/integrity' });
    expect(await deps.cache.parts(files[1]?.sha256 ?? '')).toEqual([bytes('abcd')]);
  });

  it('gives up a server that accepts and stays silent', async () => {
    const { deps } = await site({ a: () => new Promise<Served>(() => undefined) });
    expect(await failure([await entry('a', 'aaaa')], deps)).toMatchObject({
      code: 'model/missing',
      message: expect.stringContaining('stood still'),
    });
  });

  it('goes on reporting while nothing arrives, so that the rate does not stand still', async () => {
    vi.useFakeTimers();
    const stuck = (): Served => ({
      body: new ReadableStream<Uint8Array<ArrayBuffer>>({ start: (controller) => controller.enqueue(bytes('aa')) }),
    });
    const { deps } = await site({ a: stuck });
    const seen: LoadProgress[] = [];
    const failing = download([await entry('a', 'aaaa')], { ...deps, stallMs: 10_000 }, seen).catch(() => undefined);
    await vi.advanceTimersByTimeAsync(8500);
    const rates = seen.map(({ bytesPerSecond }) => bytesPerSecond);
    expect(rates[1]).toBeGreaterThan(rates[3] ?? Number.POSITIVE_INFINITY);
    expect(rates.at(-1)).toBeUndefined();
    await vi.advanceTimersByTimeAsync(60_000);
    await failing;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('names every file that the folder lacks', async () => {
    const files = await Promise.all(['a', 'b', 'c'].map((path) => entry(path, path)));
    const gone = { body: '', status: 404 };
    const { deps } = await site({ a: { body: 'a' }, b: gone, c: gone });
    expect(await failure(files, deps)).toMatchObject({ code: 'model/missing', detail: { missing: 'b, c' } });
  });

  it('asks once more past the HTTP cache when a file is damaged', async () => {
    let times = 0;
    const { deps, inits } = await site({ a: () => ({ body: ++times === 1 ? 'aaab' : 'aaaa' }) });
    const seen: LoadProgress[] = [];
    await download([await entry('a', 'aaaa')], deps, seen);
    expect(inits[1]).toMatchObject({ cache: 'reload' });
    expect(seen.at(-1)?.receivedBytes).toBe(4);
  });

  it('does not trust a damaged entry of its own cache, and says so', async () => {
    const caches = new FakeCaches();
    const file = await entry('a', 'aaaa');
    const { deps, requested } = await site({ a: { body: 'aaaa' } }, caches);
    await deps.cache.fileKeep(file.sha256, bytes('aaax'));
    const seen: LoadProgress[] = [];
    const got = await download([file], deps, seen);
    expect(new TextDecoder().decode(got.get('a'))).toBe('aaaa');
    expect(requested).toEqual(['a']);
    expect(seen.at(-1)).toMatchObject({ cache: 'damaged', fromCache: false });
  });

  it('goes on by range when the connection breaks off, as often as bytes arrive', async () => {
    const { deps, inits, waits } = await site({ a: ranged('abcdefghij', 2) });
    const got = await download([await entry('a', 'abcdefghij')], deps);
    expect(new TextDecoder().decode(got.get('a'))).toBe('abcdefghij');
    const ranges = inits.map((init) => new Headers(init.headers).get('range'));
    expect(ranges).toEqual([null, 'bytes=2-', 'bytes=4-', 'bytes=6-', 'bytes=8-']);
    expect(waits).toHaveLength(4);
  });

  it('keeps what has arrived for the next visit, and forgets it when the file is whole', async () => {
    const caches = new FakeCaches();
    const file = await entry('a', 'abcdefghij');
    let dead = false;
    const serve = ranged('abcdefghij', 6);
    const broken = await site(
      { a: (init) => (dead ? { body: '', status: 503 } : ((dead = true), serve(init))) },
      caches,
    );
    expect(await failure([file], broken.deps)).toMatchObject({ code: 'model/missing' });
    const store = caches.stores.get('viewpoint-model-2');
    expect([...(store?.entries.keys() ?? [])].filter((key) => key.includes('part'))).toHaveLength(1);

    const again = await site({ a: ranged('abcdefghij', 10) }, caches);
    await again.deps.cache.manifestKeep(`${URL_OF_MODEL}manifest.json`, JSON.stringify({ files: [file] }));
    const seen: LoadProgress[] = [];
    await download([file], again.deps, seen);
    expect(new Headers(again.inits[0]?.headers).get('range')).toBe('bytes=6-');
    expect(seen.at(-1)?.receivedBytes).toBe(10);
    expect([...(store?.entries.keys() ?? [])].map((key) => key.replace(/[0-9a-f]{64}/, '#'))).toEqual([
      `${URL_OF_MODEL}manifest.json`,
      'http://host/viewpoint-model-file/#',
    ]);
  });

  it('goes on from what two tabs kept of the same file at once', async () => {
    const caches = new FakeCaches();
    const MIB = 2 ** 20;
    const content = Array.from({ length: 10 }, (_, index) => String(index).repeat(MIB)).join('');
    const file = await entry('a', content);
    /** Serves pieces of so many MiB, each after its gate, then breaks off for good. */
    const tab = async (pieces: readonly (readonly [sizeMib: number, gate: Promise<unknown>])[]) => {
      let isFirst = true;
      const serve = (): Served => {
        if (!isFirst) return { body: '', status: 503 };
        isFirst = false;
        const left = [...pieces];
        let from = 0;
        const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
          pull: async (controller) => {
            const [sizeMib, gate] = left.shift() ?? [0, null];
            await gate;
            if (sizeMib === 0) controller.error(new TypeError('network error'));
            else controller.enqueue(bytes(content.slice(from, (from += sizeMib * MIB))));
          },
        });
        return { body };
      };
      const { deps } = await site({ a: serve }, caches);
      return failure([file], { ...deps, stallMs: 10_000 });
    };
    const kept = async (count: number): Promise<void> => {
      const store = await caches.open('viewpoint-model-2');
      while ([...store.entries.keys()].length < count) await new Promise((resolve) => setTimeout(resolve, 1));
    };
    const one = tab([
      [4, Promise.resolve()],
      [4, kept(1).then(() => other)],
    ]);
    const other = tab([[5, kept(1)]]);
    for (const error of await Promise.all([one, other])) expect(error).toMatchObject({ code: 'model/missing' });
    const again = await site({ a: ranged(content, content.length) }, caches);
    const got = await download([file], again.deps);
    expect(new TextDecoder().decode(got.get('a')) === content).toBe(true);
    expect(again.inits.map((init) => new Headers(init.headers).get('range'))).toEqual([`bytes=${5 * MIB}-`]);
    const store = await caches.open('viewpoint-model-2');
    expect([...store.entries.keys()].filter((key) => key.includes('part'))).toEqual([]);
  });

  it('does not blame the server for kept parts that are longer than the file', async () => {
    const file = await entry('a', 'abcdef');
    const { deps } = await site({ a: { body: 'abcdef' } }, new FakeCaches());
    await deps.cache.partKeep(file.sha256, 0, bytes('abcdefgh'));
    expect((await download([file], deps)).size).toBe(1);
  });

  it('says whether all files are kept, and makes room for a whole one by its own parts', async () => {
    const files = await Promise.all([entry('a', 'abcdef'), entry('b', 'bb')]);
    const [file] = files;
    for (const [roomBytes, expected] of [
      [100, true],
      [8, true],
      [7, false],
    ] as const) {
      const caches = new FakeCaches();
      const { deps } = await site({ a: ranged('abcdef', 6), b: { body: 'bb' } }, caches);
      await deps.cache.partKeep(file?.sha256 ?? '', 0, bytes('abcd'));
      caches.stores.get('viewpoint-model-2')?.roomSet(roomBytes);
      const { files: got, areKept } = await fetched(files, deps);
      expect([...got.keys()].sort()).toEqual(['a', 'b']);
      expect(areKept, `${roomBytes} bytes`).toBe(expected);
      expect(await deps.cache.parts(file?.sha256 ?? '')).toEqual([]);
    }
  });

  it('starts from the first byte when the server knows no ranges or the kept part is wrong', async () => {
    for (const kept of ['abc', 'xyz']) {
      const caches = new FakeCaches();
      const file = await entry('a', 'abcdef');
      const serve = kept === 'abc' ? () => ({ body: 'abcdef' }) : ranged('abcdef', 6);
      const { deps } = await site({ a: serve }, caches);
      await deps.cache.partKeep(file.sha256, 0, bytes(kept));
      const seen: LoadProgress[] = [];
      const got = await download([file], deps, seen);
      expect(new TextDecoder().decode(got.get('a'))).toBe('abcdef');
      expect(seen.at(-1)?.receivedBytes).toBe(6);
    }
  });

  it('trusts a range whose header another origin hides, and not one that starts elsewhere', async () => {
    for (const [headers, ranges] of [
      [{}, ['bytes=3-']],
      [{ 'content-range': 'bytes 2-5/6' }, ['bytes=3-', null]],
    ] as const) {
      const file = await entry('a', 'abcdef');
      const serve = (init: RequestInit): Served =>
        new Headers(init.headers).has('range') ? { body: 'def', status: 206, headers } : { body: 'abcdef' };
      const { deps, inits } = await site({ a: serve }, new FakeCaches());
      await deps.cache.partKeep(file.sha256, 0, bytes('abc'));
      const got = await download([file], deps);
      expect(new TextDecoder().decode(got.get('a'))).toBe('abcdef');
      expect(inits.map((init) => new Headers(init.headers).get('range'))).toEqual(ranges);
    }
  });

  it('gives up a download that stands still', async () => {
    const stuck = (): Served => ({
      body: new ReadableStream<Uint8Array<ArrayBuffer>>({ start: (controller) => controller.enqueue(bytes('aa')) }),
    });
    const { deps } = await site({ a: stuck });
    expect(await failure([await entry('a', 'aaaa')], deps)).toMatchObject({
      code: 'model/missing',
      message: expect.stringContaining('stood still'),
    });
  });

  it('rejects with the reason of an abort', async () => {
    const controller = new AbortController();
    const { deps } = await site({ a: { body: 'aaaa' } });
    const aborted = {
      ...deps,
      fetch: async (_url: string, init: RequestInit) => (
        controller.abort(new Error('left')),
        init.signal?.throwIfAborted(),
        new Response('')
      ),
    };
    await expect(
      filesDownload(URL_OF_MODEL, [await entry('a', 'aaaa')], aborted, 'empty', () => undefined, controller.signal),
    ).rejects.toThrow('left');
  });
});

describe('contentRange', () => {
  it.each([
    ['bytes 5-9/10', { start: 5, size: 10 }],
    ['bytes */10', { start: undefined, size: 10 }],
    ['bytes 5-9/*', undefined],
    [null, undefined],
  ])('%s', (header, expected) => {
    expect(contentRange(header)).toEqual(expected);
  });
});
