/** A second visit to the built page without any network: page, runtime and model come from what the browser kept. */
import { join } from 'node:path';
import type { Browser, Page, Worker } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MODEL_ID } from '../../src/app/model-id';
import { chromiumLaunch } from '../lib/chromium';
import { staticServerStart, type StaticServer } from '../lib/static-server';
import { PROJECT_ROOT } from '../lib/tool-page';
import { mayUsePython, toyModelFolder } from '../lib/toy-model';
import { modelFolder } from './harness';

const MINUTE = 60_000;
const OUT = join(PROJECT_ROOT, 'test-results/offline-page');
const MODEL = modelFolder();

beforeAll(async () => {
  // Listed among the files to keep, but not copied: objects and model are served from where they lie.
  // The test runner's own value would build the page as for development, without its service worker.
  vi.stubEnv('NODE_ENV', 'production');
  await build({
    configFile: join(PROJECT_ROOT, 'vite.config.ts'),
    root: PROJECT_ROOT,
    logLevel: 'error',
    build: { outDir: OUT, emptyOutDir: true, copyPublicDir: false },
  });
  vi.unstubAllEnvs();
}, 4 * MINUTE);

/** The built page with a model in the place of its own. */
const pageServe = (model: string): Promise<StaticServer> =>
  staticServerStart({
    mounts: { '/': OUT, '/meshes/': join(PROJECT_ROOT, 'public/meshes'), [`/models/${MODEL_ID}/`]: model },
  });

const modelReady = (page: Page): Promise<void> =>
  page.getByText('Ready', { exact: true }).waitFor({ timeout: 3 * MINUTE });

/** What the service worker keeps. */
const shellPaths = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const name = (await caches.keys()).find((key) => key.startsWith('viewpoint-shell-'));
    const keys = name === undefined ? [] : await (await caches.open(name)).keys();
    return keys.map((request) => new URL(request.url).pathname);
  });

describe.skipIf(MODEL === undefined)('without network', () => {
  let server: StaticServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await pageServe(MODEL as string);
    browser = await chromiumLaunch();
    page = await browser.newPage({ reducedMotion: 'reduce' });
    page.on('pageerror', (error) => console.error(`[page] ${error.message}`));
  }, 4 * MINUTE);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it(
    'keeps the page at once, and the runtime when the model is in use',
    async () => {
      await page.goto(`${server.url}?object=car&seed=7`);
      await modelReady(page);
      await expect.poll(() => shellPaths(page), { timeout: MINUTE }).toContainEqual(expect.stringMatching(/\.wasm$/));
      const kept = await shellPaths(page);
      expect(kept).toContain('/index.html');
      expect(kept.filter((path) => path.startsWith('/models/'))).toEqual([]);
    },
    5 * MINUTE,
  );

  it(
    'shows the page and answers with the server gone, threads included',
    async () => {
      await server.close();
      await page.reload();
      await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: MINUTE });
      expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
      await modelReady(page);
      await page.keyboard.press('1');
      await page.getByText(/on your (processor|GPU), [\d.]+ s/).waitFor({ timeout: MINUTE });
    },
    5 * MINUTE,
  );
});

/**
 * Before the inference worker's own script: this Chromium's emulated adapter passes for a real one, which the page would not use otherwise,
 * and its device can be reached.
 */
const ADAPTER_PASSES = `
Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', { get: () => false });
{
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    return (globalThis.deviceInUse = await requestDevice.call(this, descriptor));
  };
}
`;

describe.skipIf(!mayUsePython())('a graphics device that is lost without network', () => {
  let server: StaticServer;
  let browser: Browser;

  beforeAll(async () => {
    server = await pageServe(toyModelFolder());
    browser = await chromiumLaunch(['--enable-unsafe-webgpu']);
  }, 2 * MINUTE);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it(
    'is followed by the processor, whose runtime was kept meanwhile',
    async () => {
      const page = await browser.newPage({ reducedMotion: 'reduce' });
      const workerStarted = page.waitForEvent('worker', {
        predicate: (worker) => worker.url().includes('/main-'),
        timeout: MINUTE,
      });
      await page.route('**/assets/main-*.js', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: ADAPTER_PASSES + (await response.text()) });
      });
      await page.goto(`${server.url}?object=car&seed=7`);
      const worker: Worker = await workerStarted;
      await modelReady(page);
      await page.keyboard.press('1');
      await page.getByText(/on your GPU, [\d.]+ s/).waitFor({ timeout: MINUTE });
      const runtimes = async (): Promise<number> =>
        (await shellPaths(page)).filter((path) => /ort-wasm-[^/]*\.wasm$/.test(path)).length;
      await expect.poll(runtimes, { timeout: MINUTE }).toBe(2);
      await page.unroute('**/assets/main-*.js');

      await server.close();
      await worker.evaluate(() => (Reflect.get(globalThis, 'deviceInUse') as { destroy(): void }).destroy());
      await page.keyboard.press('n');
      await modelReady(page);
      await page.keyboard.press('1');
      await page.getByText(/on your processor, [\d.]+ s/).waitFor({ timeout: MINUTE });
      await page.getByText('The graphics card was lost while it worked.').first().waitFor();
    },
    4 * MINUTE,
  );
});
