/** Faults on purpose, in a real browser with the toy model: broken and damaged downloads, missing files, a lost graphics device. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engineBrowser, mayUsePython, toyModelFolder, type EngineBrowser } from './harness.ts';

const MINUTE = 60_000;

type Fault = 'break-once' | 'corrupt-once' | 'corrupt' | 'missing';

/** Serves the toy model from another origin, with ranges and with the faults that a test names by file. */
class FaultyHost {
  folder = '';
  readonly ranges: string[] = [];
  faults = new Map<string, Fault>();
  private readonly server: Server = createServer((request, response) => this.answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    return `http://127.0.0.1:${address.port}/`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('cache-control', 'no-store');
    const name = (request.url ?? '/').slice(1);
    const fault = this.faults.get(name);
    const file = path.join(this.folder, name);
    if (fault === 'missing' || !existsSync(file)) return void response.writeHead(404).end();
    const bytes = readFileSync(file);
    if (fault?.endsWith('-once')) this.faults.delete(name);
    if (fault === 'corrupt' || fault === 'corrupt-once') bytes[0] = (bytes[0] ?? 0) ^ 255;
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const start = Number(range?.[1] ?? 0);
    if (range) {
      this.ranges.push(`${name} from ${start}`);
      response.setHeader('content-range', `bytes ${start}-${bytes.length - 1}/${bytes.length}`);
    }
    response.writeHead(range ? 206 : 200, { 'content-length': bytes.length - start });
    if (fault !== 'break-once') return void response.end(bytes.subarray(start));
    response.write(bytes.subarray(start, Math.floor(bytes.length / 2)), () =>
      setTimeout(() => response.destroy(), 300),
    );
  }
}

describe.skipIf(!mayUsePython())('faults', () => {
  const host = new FaultyHost();
  let modelUrl = '';
  let browser: EngineBrowser;
  let data = '';

  beforeAll(async () => {
    host.folder = toyModelFolder();
    const manifest = JSON.parse(readFileSync(path.join(host.folder, 'manifest.json'), 'utf8')) as {
      files: { path: string; sizeBytes: number }[];
    };
    data = manifest.files.find((file) => file.path.endsWith('_data'))?.path ?? '';
    modelUrl = await host.start();
    browser = await engineBrowser(host.folder, { webgpu: true });
  }, 4 * MINUTE);

  afterAll(async () => {
    await browser?.close();
    host.stop();
  });

  beforeEach(async () => {
    host.faults.clear();
    host.ranges.length = 0;
    await browser.page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name);
    });
  });

  const load = (preferredBackend: 'wasm' | 'webgpu') =>
    browser.page.evaluate(
      (options) => {
        window.enginePage.start(options);
        return window.enginePage.load();
      },
      { modelUrl, preferredBackend },
    );

  it(
    'goes on by range after a connection broke off',
    async () => {
      host.faults.set(data, 'break-once');
      expect(await load('wasm')).toMatchObject({ ok: true });
      expect(host.ranges).toHaveLength(1);
      expect(host.ranges[0]).not.toBe(`${data} from 0`);
    },
    MINUTE,
  );

  it(
    'fetches a damaged file again, and refuses one that stays damaged',
    async () => {
      host.faults.set(data, 'corrupt-once');
      expect(await load('wasm')).toMatchObject({ ok: true });
      await browser.page.evaluate(async () => {
        for (const name of await caches.keys()) await caches.delete(name);
      });
      host.faults.set(data, 'corrupt');
      expect(await load('wasm')).toMatchObject({
        ok: false,
        code: 'model/integrity',
        message: expect.stringContaining(data),
      });
    },
    MINUTE,
  );

  it(
    'names all files that the folder lacks',
    async () => {
      host.faults.set(data, 'missing').set('tokenizer.json', 'missing');
      const loaded = await load('wasm');
      expect(loaded).toMatchObject({ ok: false, code: 'model/missing' });
      if (!loaded.ok) for (const name of [data, 'tokenizer.json']) expect(loaded.message).toContain(name);
    },
    MINUTE,
  );

  it(
    'answers on WASM when the graphics device is lost, and says why',
    async () => {
      const { page } = browser;
      expect(await load('webgpu')).toMatchObject({ ok: true, value: { model: { device: { backend: 'webgpu' } } } });
      const session = await page.context().browser()?.newBrowserCDPSession();
      await session?.send('Browser.crashGpuProcess').catch(() => undefined);
      await page.waitForTimeout(1000);
      const scored = await page.evaluate(() => window.enginePage.score({ seedA: 1, seedB: 2 }, 'Which?', ['a', 'b']));
      expect(scored).toMatchObject({ ok: true });
      const after = await page.evaluate(() => window.enginePage.load());
      expect(after).toMatchObject({
        ok: true,
        value: { model: { device: { backend: 'wasm', fallbackReason: expect.stringMatching(/lost/i) } } },
      });
    },
    2 * MINUTE,
  );
});
