/**
 * Faults on purpose, in a real browser with the toy model. In files and in the cache: here. Of devices and workers:
 * `runtime-devices.browser.ts`.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mayUsePython, toyModelFolder } from '../lib/toy-model.ts';
import { FaultyHost } from './faulty-host.ts';
import { engineBrowser, type EngineBrowser } from './harness.ts';

const MINUTE = 60_000;

interface ListedFile {
  path: string;
  sizeBytes: number;
  sha256: string;
}

describe.skipIf(!mayUsePython())('faults of files', () => {
  const host = new FaultyHost();
  let modelUrl = '';
  let browser: EngineBrowser;
  let data = '';

  const manifest = (): { files: ListedFile[] } =>
    JSON.parse(host.content('manifest.json').toString()) as { files: ListedFile[] };

  /** A new release: one file says the same in other bytes. */
  const releaseNewer = (name: string, more = Buffer.from('\n')): void => {
    const content = Buffer.concat([host.content(name), more]);
    const files = manifest().files.map((file) =>
      file.path === name
        ? { path: name, sizeBytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }
        : file,
    );
    host.changed.set(name, content);
    host.changed.set('manifest.json', Buffer.from(JSON.stringify({ ...manifest(), files })));
  };

  beforeAll(async () => {
    host.folder = toyModelFolder();
    data = manifest().files.find((file) => file.path.endsWith('_data'))?.path ?? '';
    modelUrl = await host.start();
    browser = await engineBrowser(host.folder);
  }, 4 * MINUTE);

  afterAll(async () => {
    await browser?.close();
    host.stop();
  });

  const cachesClear = (): Promise<void> =>
    browser.page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name);
    });

  beforeEach(async () => {
    host.reset();
    await cachesClear();
  });

  const load = () =>
    browser.page.evaluate((url) => {
      window.enginePage.start({ modelUrl: url, preferredBackend: 'wasm' });
      return window.enginePage.load();
    }, modelUrl);

  /** Loads, and gives what the cache held and which files were fetched. */
  const loadKnown = async () => {
    host.served.length = 0;
    const loaded = await load();
    if (!loaded.ok) throw new Error(`${loaded.code}: ${loaded.message}`);
    const found = loaded.value.stages.findLast(({ stage }) => stage === 'download');
    return { cache: found?.cache, fetched: host.served.filter((name) => name !== 'manifest.json') };
  };

  const scores = async (): Promise<boolean> =>
    (await browser.page.evaluate(() => window.enginePage.score({ seedA: 1, seedB: 2 }, 'Which?', ['a', 'b']))).ok;

  const cachePaths = (): Promise<string[]> =>
    browser.page.evaluate(async () => {
      const name = (await caches.keys()).find((key) => key.startsWith('viewpoint-model-'));
      const keys = name === undefined ? [] : await (await caches.open(name)).keys();
      return keys.map(({ url }) => new URL(url).pathname);
    });

  const partPaths = async (): Promise<string[]> =>
    (await cachePaths()).filter((path) => path.includes('/viewpoint-model-part/'));

  it(
    'goes on by range after a connection broke off',
    async () => {
      host.faults.set(data, 'break-once');
      expect(await load()).toMatchObject({ ok: true });
      const ranges = host.served.filter((served) => served.includes(' from '));
      expect(ranges).toHaveLength(1);
      expect(ranges[0]).toMatch(new RegExp(`^${data} from [1-9]`));
    },
    MINUTE,
  );

  it(
    'goes on by range when a connection stays open and brings nothing for a minute',
    async () => {
      host.faults.set(data, 'stall-once');
      // In the worker a minute passes in two seconds.
      browser.page.once('worker', (worker) => {
        void worker.evaluate(() => {
          const waitReal = globalThis.setTimeout;
          const waitShort = (call: () => void, ms = 0): unknown => waitReal(call, ms >= 60_000 ? ms / 30 : ms);
          Object.assign(globalThis, { setTimeout: waitShort });
        });
      });
      expect(await load()).toMatchObject({ ok: true });
      const ranges = host.served.filter((served) => served.startsWith(`${data} from `));
      expect(ranges).toHaveLength(1);
      expect(await scores()).toBe(true);
    },
    MINUTE,
  );

  it(
    'goes on in the next visit where the page was closed amid a download',
    async () => {
      // Parts are kept by four megabytes: the toy's weights get as many bytes behind them that nobody reads.
      releaseNewer(data, Buffer.alloc(12 * 2 ** 20));
      host.faults.set(data, 'stall-once');
      const { page } = browser;
      const broken = load().catch(() => undefined);
      await expect.poll(partPaths, { timeout: MINUTE / 2 }).not.toEqual([]);
      await page.reload();
      await broken;
      await page.waitForFunction(() => 'enginePage' in window);
      const { fetched } = await loadKnown();
      expect(fetched).toContainEqual(expect.stringMatching(new RegExp(`^${data} from [1-9]\\d{6}`)));
      expect(fetched.filter((name) => name.startsWith(data))).toHaveLength(1);
      expect(await scores()).toBe(true);
      expect(await partPaths()).toEqual([]);
    },
    MINUTE,
  );

  it(
    'answers where the browser gives it no storage, and keeps the model once there is some',
    async () => {
      const { page } = browser;
      const session = await page.context().newCDPSession(page);
      const origin = new URL(page.url()).origin;
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1024 });
      try {
        expect((await loadKnown()).fetched).toContain(data);
        expect(await scores()).toBe(true);
        expect(await cachePaths()).toEqual([]);
      } finally {
        await session.send('Storage.overrideQuotaForOrigin', { origin });
      }
      expect((await loadKnown()).fetched).toContain(data);
      expect(await loadKnown()).toEqual({ cache: 'current', fetched: [] });
    },
    MINUTE,
  );

  it(
    'fetches a damaged file again, and refuses one that stays damaged',
    async () => {
      host.faults.set(data, 'corrupt-once');
      expect(await load()).toMatchObject({ ok: true });
      await cachesClear();
      host.faults.set(data, 'corrupt');
      expect(await load()).toMatchObject({
        ok: false,
        code: 'model/integrity',
        message: expect.stringContaining(data),
      });
    },
    MINUTE,
  );

  it(
    'refuses a file that the server has only half of, keeps none of it, and loads once it is whole',
    async () => {
      host.faults.set(data, 'truncated');
      expect(await load()).toMatchObject({
        ok: false,
        code: 'model/integrity',
        message: expect.stringContaining(data),
      });
      const sha256 = manifest().files.find(({ path }) => path === data)?.sha256 ?? '';
      expect((await cachePaths()).filter((path) => path.includes(sha256))).toEqual([]);
      host.faults.clear();
      expect((await loadKnown()).fetched).toEqual([data]);
      expect(await scores()).toBe(true);
    },
    MINUTE,
  );

  it(
    'names all files that the folder lacks',
    async () => {
      host.faults.set(data, 'missing').set('tokenizer.json', 'missing');
      const loaded = await load();
      expect(loaded).toMatchObject({ ok: false, code: 'model/missing' });
      if (!loaded.ok) for (const name of [data, 'tokenizer.json']) expect(loaded.message).toContain(name);
    },
    MINUTE,
  );

  it(
    'notices a kept file that is no longer what it was, and fetches only that one',
    async () => {
      await loadKnown();
      const sha256 = manifest().files.find(({ path }) => path === data)?.sha256 ?? '';
      await browser.page.evaluate(async (hash) => {
        for (const name of await caches.keys()) {
          const cache = await caches.open(name);
          const key = (await cache.keys()).find(({ url }) => url.endsWith(hash));
          const kept = key && (await cache.match(key));
          if (!kept) continue;
          const bytes = new Uint8Array(await kept.arrayBuffer());
          bytes[7] = (bytes[7] ?? 0) ^ 1;
          await cache.put(key, new Response(bytes, { headers: kept.headers }));
        }
      }, sha256);
      expect(await loadKnown()).toEqual({ cache: 'damaged', fetched: [data] });
      expect(await scores()).toBe(true);
      expect(await loadKnown()).toEqual({ cache: 'current', fetched: [] });
    },
    MINUTE,
  );

  it(
    'replaces an older version: fetches only what changed and deletes what nobody lists',
    async () => {
      await loadKnown();
      const before = await cachePaths();
      const old = manifest().files.find(({ path }) => path === 'tokenizer_config.json')?.sha256 ?? '';
      releaseNewer('tokenizer_config.json');
      expect(await loadKnown()).toEqual({ cache: 'outdated', fetched: ['tokenizer_config.json'] });
      expect(await scores()).toBe(true);
      const after = await cachePaths();
      expect(after).toHaveLength(before.length);
      expect(after.filter((path) => path.includes(old))).toEqual([]);
    },
    MINUTE,
  );

  it(
    'starts the older version when the newer one did not come whole, without network too, and the newer one once it is there',
    async () => {
      await loadKnown();
      releaseNewer('tokenizer_config.json');
      host.faults.set('tokenizer_config.json', 'missing');
      expect(await loadKnown()).toEqual({ cache: 'outdated', fetched: [] });
      expect(await scores()).toBe(true);
      await browser.page.route(`${modelUrl}**`, (route) => route.abort());
      try {
        expect(await load()).toMatchObject({ ok: true });
        expect(await scores()).toBe(true);
      } finally {
        await browser.page.unroute(`${modelUrl}**`);
      }
      host.faults.clear();
      expect((await loadKnown()).fetched).toEqual(['tokenizer_config.json']);
    },
    MINUTE,
  );
});
