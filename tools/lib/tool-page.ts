/** Builds a tool's page once and opens it in headless Chromium from a static server: no reloads while it works. */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { chromiumLaunch } from './chromium';
import { staticServerStart, type StaticServer, type StaticServerOptions } from './static-server';

export const PROJECT_ROOT = resolve(import.meta.dirname, '../..');

export interface ToolPage {
  readonly page: Page;
  readonly browser: Browser;
  readonly server: StaticServer;
  close(): Promise<void>;
}

export interface ToolPageOptions {
  /** Folder below `tools/` that holds the page. */
  readonly tool: string;
  /** HTML file in that folder. */
  readonly html: string;
  readonly mounts?: StaticServerOptions['mounts'];
  readonly onPost?: StaticServerOptions['onPost'];
  readonly chromiumArgs?: readonly string[];
}

export async function toolPageOpen(options: ToolPageOptions): Promise<ToolPage> {
  const root = join(PROJECT_ROOT, 'tools', options.tool);
  // One folder a process: tools may run side by side.
  const outDir = join(PROJECT_ROOT, '.cache', 'tools', `${options.tool}-${process.pid}`);
  await build({
    configFile: join(PROJECT_ROOT, 'vite.config.ts'),
    root,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: true,
      rollupOptions: { input: join(root, options.html), checks: { bundlerTimings: false } },
    },
  });
  const server = await staticServerStart({
    mounts: {
      '/': outDir,
      '/meshes/': join(PROJECT_ROOT, 'public/meshes'),
      '/models/': join(PROJECT_ROOT, 'public/models'),
      ...options.mounts,
    },
    ...(options.onPost ? { onPost: options.onPost } : {}),
  });
  const browser = await chromiumLaunch(options.chromiumArgs);
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  page.on('pageerror', (error) => console.error(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(`page: ${message.text()} (${message.location().url})`);
  });
  await page.goto(`${server.url}${options.html}`);
  await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: 60_000 });
  return {
    page,
    browser,
    server,
    close: async () => {
      await browser.close();
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
