/**
 * Devices and workers that fail on purpose, in a real browser with the toy model: each failure is named, and the question is answered on
 * the next device or in the next worker. What a browser does only on a bad day is done to its own objects, inside the worker.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumLaunch } from '../lib/chromium.ts';
import { mayUsePython, toyModelFolder } from '../lib/toy-model.ts';
import { FaultyHost } from './faulty-host.ts';
import { engineBrowser, engineWorker, modelFolder, type EngineBrowser } from './harness.ts';

const MINUTE = 60_000;
const RELEASED = modelFolder();

describe.skipIf(!mayUsePython())('faults of devices and workers', () => {
  const host = new FaultyHost();
  let modelUrl = '';
  let browser: EngineBrowser;

  beforeAll(async () => {
    host.folder = toyModelFolder();
    modelUrl = await host.start();
    browser = await engineBrowser(host.folder, { webgpu: true });
  }, 4 * MINUTE);

  afterAll(async () => {
    await browser?.close();
    host.stop();
  });

  /** Loads in a new engine and gives the device that answers. */
  const load = async (preferredBackend: 'wasm' | 'webgpu', page: Page = browser.page, folderUrl = modelUrl) => {
    const loaded = await page.evaluate(
      (options) => {
        window.enginePage.start(options);
        return window.enginePage.load();
      },
      { modelUrl: folderUrl, preferredBackend },
    );
    if (!loaded.ok) throw new Error(`${loaded.code}: ${loaded.message}`);
    return loaded.value.model.device;
  };

  const score = (page: Page = browser.page, deadlineMs?: number) =>
    page.evaluate(
      (limitMs) => window.enginePage.score({ seedA: 1, seedB: 2 }, 'Which?', ['a', 'b'], limitMs),
      deadlineMs,
    );

  /** The device that answers now. */
  const deviceNow = async () => {
    const loaded = await browser.page.evaluate(() => window.enginePage.load());
    if (!loaded.ok) throw new Error(loaded.message);
    return loaded.value.model.device;
  };

  const worker = (): Worker => engineWorker(browser.page);

  it(
    'answers on WASM where there is no graphics adapter, and says so',
    async () => {
      // Without the harness's switch this Chromium has WebGPU, but no adapter.
      const without = await chromiumLaunch();
      try {
        const page = await without.newPage();
        await page.goto(browser.page.url());
        await page.waitForFunction(() => 'enginePage' in window);
        expect(await load('webgpu', page)).toMatchObject({
          backend: 'wasm',
          fallbackReason: 'WebGPU found no graphics adapter.',
        });
        expect(await score(page)).toMatchObject({ ok: true });
      } finally {
        await without.close();
      }
    },
    MINUTE,
  );

  it(
    'goes on in a new worker when one breaks down while it is asked',
    async () => {
      await load('wasm');
      const broken = worker();
      await broken.evaluate(() => {
        // The question waits behind this task, and with it goes down.
        setTimeout(() => {
          const endMs = performance.now() + 1000;
          while (performance.now() < endMs);
          throw new Error('broken on purpose');
        });
      });
      expect(await score()).toMatchObject({ ok: true });
      expect(worker()).not.toBe(broken);
      expect(await deviceNow()).toMatchObject({ backend: 'wasm', fallbackReason: 'WASM was asked for.' });
    },
    MINUTE,
  );

  it(
    'ends a worker that does not come back by the deadline, says so, and answers the next question',
    async () => {
      await load('wasm');
      const stuck = worker();
      await stuck.evaluate(
        () =>
          void setTimeout(() => {
            for (;;);
          }),
      );
      expect(await score(browser.page, 1000)).toMatchObject({
        ok: false,
        code: 'inference/deadline',
        message: expect.stringContaining('1000 ms'),
      });
      expect(await score()).toMatchObject({ ok: true });
      expect(worker()).not.toBe(stuck);
    },
    MINUTE,
  );

  it(
    'answers on WASM when the graphics card computes wrongly, and says so',
    async () => {
      const manifest = JSON.parse(readFileSync(path.join(host.folder, 'manifest.json'), 'utf8')) as {
        selfTest: { topLogits: number[]; tolerance: number };
      };
      // The logits that it must have, moved away from what it computes. A processor is held to those of its own decoder.
      const { topLogits, tolerance } = manifest.selfTest;
      manifest.selfTest.topLogits = topLogits.map((logit) => logit + 2 * tolerance);
      host.changed.set('manifest.json', Buffer.from(JSON.stringify(manifest)));
      try {
        expect(await load('webgpu')).toMatchObject({
          backend: 'wasm',
          fallbackReason: expect.stringMatching(/^WebGPU .* was given up: This device computes wrongly: token \d+/),
        });
        expect(await score()).toMatchObject({ ok: true });
      } finally {
        host.reset();
      }
    },
    2 * MINUTE,
  );

  it(
    'answers on WASM when a start on the graphics card hangs, and says so',
    async () => {
      // A page of its own: its clock is moved.
      const page = await browser.page.context().browser()?.newPage();
      if (!page) throw new Error('the browser is gone');
      try {
        await page.clock.install();
        await page.goto(browser.page.url());
        await page.waitForFunction(() => 'enginePage' in window);
        page.once('worker', (started) => {
          const hang = started.evaluate(() => {
            const scope = globalThis as unknown as { GPUDevice: { prototype: object } };
            const createShaderModule = (): void => {
              console.info('hangs on purpose');
              for (;;);
            };
            Object.assign(scope.GPUDevice.prototype, { createShaderModule });
          });
          void hang.catch(() => undefined);
        });
        const hangs = page.waitForEvent('console', (message) => message.text() === 'hangs on purpose');
        const loaded = load('webgpu', page);
        await hangs;
        await page.clock.fastForward(2 * MINUTE);
        expect(await loaded).toMatchObject({
          backend: 'wasm',
          fallbackReason: expect.stringContaining('it did not start within 120 s'),
        });
        expect(await score(page)).toMatchObject({ ok: true });
      } finally {
        await page.close();
      }
    },
    2 * MINUTE,
  );

  it(
    'answers on WASM when the graphics memory runs out while it is asked, and says so',
    async () => {
      expect(await load('webgpu')).toMatchObject({ backend: 'webgpu', fallbackReason: '' });
      await worker().evaluate(() => {
        interface Device extends EventTarget {
          createCommandEncoder(...parameters: unknown[]): unknown;
        }
        const scope = globalThis as unknown as {
          GPUDevice: { prototype: Device };
          GPUOutOfMemoryError: new (message: string) => Error;
          GPUUncapturedErrorEvent: new (type: string, init: { error: Error }) => Event;
        };
        const { prototype } = scope.GPUDevice;
        const { createCommandEncoder } = prototype;
        prototype.createCommandEncoder = function (...parameters) {
          prototype.createCommandEncoder = createCommandEncoder;
          const error = new scope.GPUOutOfMemoryError('no room on purpose');
          this.dispatchEvent(new scope.GPUUncapturedErrorEvent('uncapturederror', { error }));
          return createCommandEncoder.apply(this, parameters);
        };
      });
      expect(await score()).toMatchObject({ ok: true });
      expect(await deviceNow()).toMatchObject({
        backend: 'wasm',
        fallbackReason: expect.stringContaining('ran out of memory (no room on purpose)'),
      });
    },
    2 * MINUTE,
  );

  it(
    'answers on WASM when the graphics device is destroyed amid an answer, and says why',
    async () => {
      expect(await load('webgpu')).toMatchObject({ backend: 'webgpu' });
      await worker().evaluate(() => {
        interface Device {
          createCommandEncoder(...parameters: unknown[]): unknown;
          destroy(): void;
        }
        const { prototype } = (globalThis as unknown as { GPUDevice: { prototype: Device } }).GPUDevice;
        const { createCommandEncoder } = prototype;
        let calls = 0;
        prototype.createCommandEncoder = function (...parameters) {
          // Not the first one: pictures and question are then on their way through the layers.
          if (++calls === 3) this.destroy();
          return createCommandEncoder.apply(this, parameters);
        };
      });
      expect(await score()).toMatchObject({ ok: true });
      expect(await deviceNow()).toMatchObject({ backend: 'wasm', fallbackReason: expect.stringMatching(/lost/i) });
    },
    2 * MINUTE,
  );

  // The toy model fits into the least memory that the runtime takes.
  it.skipIf(!RELEASED)(
    'answers on one thread when the processor’s memory runs out with several, and says so',
    async () => {
      const { page } = browser;
      const released = new FaultyHost();
      released.folder = RELEASED ?? '';
      // The runtime asks for a memory that may grow to 4 GB; once it gets one that may not grow.
      const script = /\/ort[^/]*\.m?js/;
      let changed = 0;
      await page.route(script, async (route) => {
        const response = await route.fetch();
        const text = await response.text();
        const small = text.replaceAll('initial:256,maximum:65536,', 'initial:256,maximum:256,');
        if (small === text || changed > 0) return route.fulfill({ response, body: text });
        changed++;
        return route.fulfill({
          response,
          body: small,
          headers: { ...response.headers(), 'cache-control': 'no-store' },
        });
      });
      try {
        const device = await load('wasm', page, await released.start());
        expect(changed).toBe(1);
        expect(device).toMatchObject({
          backend: 'wasm',
          threads: 1,
          fallbackReason: expect.stringMatching(/^WASM with threads was given up: .*The browser ran out of memory/),
        });
        expect(await score()).toMatchObject({ ok: true });
      } finally {
        await page.unroute(script);
        released.stop();
      }
    },
    2 * MINUTE,
  );

  // Last: afterwards this browser may refuse WebGPU to the page.
  it(
    'answers on WASM when the graphics device is lost, and says why',
    async () => {
      expect(await load('webgpu')).toMatchObject({ backend: 'webgpu' });
      const session = await browser.page.context().browser()?.newBrowserCDPSession();
      await session?.send('Browser.crashGpuProcess').catch(() => undefined);
      await browser.page.waitForTimeout(1000);
      expect(await score()).toMatchObject({ ok: true });
      expect(await deviceNow()).toMatchObject({ backend: 'wasm', fallbackReason: expect.stringMatching(/lost/i) });
    },
    2 * MINUTE,
  );
});
