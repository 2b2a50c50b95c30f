/**
 * A real Chromium on a page that Vite serves, from sources or from a build, under a sub-path and with the headers that threads need.
 * The model folder under test is served at `models/under-test/`.
 */
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page, Worker } from 'playwright-core';
import { build, createServer, preview, type InlineConfig, type Plugin } from 'vite';
import { chromiumLaunch } from '../lib/chromium.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BASE = '/some/sub-path/';
const PAGE = 'tools/browser-tests/engine-page.html';
const MODEL_PATH = `${BASE}models/under-test/`;
const HEADERS = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** The folder named by VIEWPOINT_MODEL_DIR, else the first that exists in public/models or runs/models. */
export function modelFolder(): string | undefined {
  const named = process.env['VIEWPOINT_MODEL_DIR'];
  const candidates = named === undefined ? ['public/models', 'runs/models'].flatMap(subfolders) : [path.resolve(named)];
  return candidates.find((folder) => existsSync(path.join(folder, 'manifest.json')));
}

function subfolders(folder: string): string[] {
  const full = path.join(ROOT, folder);
  return existsSync(full)
    ? readdirSync(full)
        .sort()
        .map((name) => path.join(full, name))
    : [];
}

/** Answers requests below MODEL_PATH from the folder; a missing file gets the start page, as static hosts do. */
function modelPlugin(folder: string): Plugin {
  const serve = (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const name = request.url?.split('?')[0];
    if (!name?.startsWith(MODEL_PATH)) return next();
    const file = path.join(folder, name.slice(MODEL_PATH.length));
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(200, { ...HEADERS, 'content-type': 'text/html' });
      response.end('<!doctype html>');
      return;
    }
    response.writeHead(200, {
      ...HEADERS,
      'content-type': 'application/octet-stream',
      'content-length': statSync(file).size,
    });
    createReadStream(file).pipe(response);
  };
  return {
    name: 'model-under-test',
    configureServer: (server) => void server.middlewares.use(serve),
    configurePreviewServer: (server) => void server.middlewares.use(serve),
  };
}

function viteConfig(folder: string): InlineConfig {
  return {
    configFile: false,
    root: ROOT,
    base: BASE,
    publicDir: false,
    appType: 'mpa',
    logLevel: 'error',
    cacheDir: path.join(ROOT, 'node_modules/.vite-browser-tests'),
    plugins: [modelPlugin(folder)],
    // The runtime finds its own files by import.meta.url, which pre-bundling would move.
    optimizeDeps: { exclude: ['onnxruntime-web'], include: ['@huggingface/tokenizers'], entries: [PAGE] },
    worker: { format: 'es' },
    server: { port: 0, host: '127.0.0.1', headers: HEADERS, hmr: false, watch: null },
    preview: { port: 0, host: '127.0.0.1', headers: HEADERS },
    build: { outDir: 'test-results/engine-page', emptyOutDir: true, rollupOptions: { input: path.join(ROOT, PAGE) } },
  };
}

/** The worker that answers, not one of the runtime's threads. */
export function engineWorker(page: Page): Worker {
  const found = page.workers().findLast((worker) => /worker\/main/.test(worker.url()));
  if (!found) throw new Error(`none of the page's ${page.workers().length} workers is the engine's`);
  return found;
}

export interface EngineBrowser {
  readonly page: Page;
  readonly modelUrl: string;
  close(): Promise<void>;
}

/** `built` serves a production build instead of the sources. */
export async function engineBrowser(
  folder: string,
  options: { webgpu?: boolean; built?: boolean } = {},
): Promise<EngineBrowser> {
  const config = viteConfig(folder);
  if (options.built) await build(config);
  const server = options.built ? await preview(config) : await (await createServer(config)).listen();
  const address = server.httpServer?.address();
  if (typeof address !== 'object' || !address) throw new Error('the test server has no port');
  const origin = `http://127.0.0.1:${address.port}`;
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await server.close();
  };
  try {
    browser = await chromiumLaunch(options.webgpu ? ['--enable-unsafe-webgpu'] : []);
    const page = await browser.newPage();
    page.on('console', (message) => message.type() === 'error' && console.error(`[page] ${message.text()}`));
    page.on('pageerror', (error) => console.error(`[page] ${error.message}`));
    await page.goto(`${origin}${BASE}${PAGE}`);
    await page.waitForFunction(() => 'enginePage' in window);
    return { page, modelUrl: `${origin}${MODEL_PATH}`, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}
