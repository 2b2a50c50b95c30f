/** A second visit to the built page without any network: page, runtime and model come from what the browser kept. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MODEL_ID } from '../../src/app/model-id';
import { chromiumLaunch } from '../lib/chromium';
import { staticServerStart, type StaticServer } from '../lib/static-server';
import { PROJECT_ROOT } from '../lib/tool-page';
import { modelFolder } from './harness';

const MINUTE = 60_000;
const OUT = join(PROJECT_ROOT, 'test-results/offline-page');
const MODEL = modelFolder();

describe.skipIf(MODEL === undefined)('without network', () => {
  let server: StaticServer;
  let browser: Browser;
  let page: Page;

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
    const meshes = join(PROJECT_ROOT, 'public/meshes');
    const model = `/models/${MODEL_ID}/`;
    server = await staticServerStart({ mounts: { '/': OUT, '/meshes/': meshes, [model]: MODEL as string } });
    browser = await chromiumLaunch();
    page = await browser.newPage({ reducedMotion: 'reduce' });
    page.on('pageerror', (error) => console.error(`[page] ${error.message}`));
  }, 4 * MINUTE);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const modelReady = (): Promise<void> => page.getByText('Ready', { exact: true }).waitFor({ timeout: 3 * MINUTE });

  const shellPaths = (): Promise<string[]> =>
    page.evaluate(async () => {
      const name = (await caches.keys()).find((key) => key.startsWith('viewpoint-shell-'));
      const keys = name === undefined ? [] : await (await caches.open(name)).keys();
      return keys.map((request) => new URL(request.url).pathname);
    });

  it(
    'keeps the page at once, and the runtime when the model is in use',
    async () => {
      await page.goto(`${server.url}?object=car&seed=7`);
      await modelReady();
      await expect.poll(shellPaths, { timeout: MINUTE }).toContainEqual(expect.stringMatching(/\.wasm$/));
      const kept = await shellPaths();
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
      await modelReady();
      await page.keyboard.press('1');
      await page.getByText(/on your (processor|GPU), [\d.]+ s/).waitFor({ timeout: MINUTE });
    },
    5 * MINUTE,
  );
});
