/**
 * How fast the page draws: frames per second of the built page while both views orbit, and pictures per second as the model gets them.
 *
 *   npm run build && npm run bench:app [-- --object car] [--seconds 4] [--repeats 5] [--pictures 30] [--json]
 *
 * Real Chromium, but drawn by SwiftShader on the processor: figures of a machine with a GPU are higher, and its own. Medians; progress goes to
 * stderr; with --json the last line of stdout is the report.
 */
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { chromiumLaunch } from '../lib/chromium';
import { commandLine, usageError, wholeNumber } from '../lib/command-line';
import { DIST } from '../lib/page-build';
import { staticServerStart } from '../lib/static-server';
import { toolPageOpen } from '../lib/tool-page';
import type { CapturePlan } from './app-page';
import { median } from './report';

const { values } = commandLine(import.meta.filename, {
  object: { type: 'string', default: 'car' },
  seconds: { type: 'string', default: '4' },
  repeats: { type: 'string', default: '5' },
  pictures: { type: 'string', default: '30' },
  json: { type: 'boolean', default: false },
});

const MINUTE_MS = 60_000;
const CAPTURE_SIZES_PX = [128, 512] as const;

const whole = (name: 'seconds' | 'repeats' | 'pictures'): number => wholeNumber(name, values[name], 1);

if (!existsSync(join(DIST, 'index.html'))) usageError('There is no build yet: run "npm run build" first.');
const plan = { seconds: whole('seconds'), repeats: whole('repeats'), pictures: whole('pictures') };

/** Turns both cameras a little in every frame, as two hands on two views would, and gives the times between frames. */
const orbitFrames = (page: Page, durationMs: number): Promise<number[]> =>
  page.evaluate(
    // No function in it has a name: tsx would mark that by a helper that the page does not have.
    async (forMs) => {
      const surfaces = [...document.querySelectorAll('[data-view] [role="application"]')];
      const key = { key: 'ArrowRight', bubbles: true, cancelable: true };
      const gapsMs: number[] = [];
      const startMs = performance.now();
      let lastMs = await new Promise<number>(requestAnimationFrame);
      while (lastMs - startMs < forMs) {
        for (const surface of surfaces) surface.dispatchEvent(new KeyboardEvent('keydown', key));
        const nowMs = await new Promise<number>(requestAnimationFrame);
        gapsMs.push(nowMs - lastMs);
        lastMs = nowMs;
      }
      return gapsMs;
    },
    durationMs,
  );

async function framesPerSecond(): Promise<number[]> {
  const server = await staticServerStart({ mounts: { '/': DIST } });
  const browser = await chromiumLaunch();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    page.setDefaultTimeout(2 * MINUTE_MS);
    // The model's own work would be measured too.
    await page.route('**/models/**', (route) => route.fulfill({ status: 404, body: '' }));
    await page.goto(`${server.url}?mode=explore&object=${encodeURIComponent(values.object)}`);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    if ((await page.locator('[data-view] [role="application"]').count()) !== 2)
      throw new Error('The page does not show two views whose cameras can be moved.');
    const described = page.locator('[data-view="a"] canvas');
    const before = await described.getAttribute('aria-label');
    for (const endMs = Date.now() + MINUTE_MS; before === (await described.getAttribute('aria-label'));) {
      if (Date.now() > endMs) throw new Error('The cameras did not move: there is nothing to measure.');
      // The first frames may take longer than this, and none of them moves a camera then.
      await orbitFrames(page, 500);
      await page.waitForTimeout(500);
    }
    const rates: number[] = [];
    for (let repeat = 1; repeat <= plan.repeats; repeat++) {
      const gapsMs = await orbitFrames(page, plan.seconds * 1000);
      rates.push(1000 / median(gapsMs));
      console.error(`orbiting ${repeat}/${plan.repeats}: ${rates.at(-1)?.toFixed(1)} frames per second`);
    }
    return rates;
  } finally {
    await browser.close();
    await server.close();
  }
}

async function capturesPerSecond(): Promise<Record<string, number[]>> {
  const tool = await toolPageOpen({ tool: 'bench', html: 'app.html' });
  try {
    const rates: Record<string, number[]> = {};
    for (const sizePx of CAPTURE_SIZES_PX) {
      const found: number[] = [];
      for (let repeat = 1; repeat <= plan.repeats; repeat++) {
        const job: CapturePlan = { objectId: values.object, sizePx, pictures: plan.pictures };
        const times = await tool.page.evaluate((given) => window.captureTimes(given), job);
        found.push(1000 / median(times));
        console.error(`${sizePx} px ${repeat}/${plan.repeats}: ${found.at(-1)?.toFixed(1)} pictures per second`);
      }
      rates[sizePx] = found;
    }
    return rates;
  } finally {
    await tool.close();
  }
}

const orbitFps = await framesPerSecond();
const captures = await capturesPerSecond();
const medians = {
  orbitFps: median(orbitFps),
  capturesPerSecond128: median(captures['128'] ?? []),
  capturesPerSecond512: median(captures['512'] ?? []),
};
console.error(
  `medians: ${medians.orbitFps.toFixed(1)} frames per second while both views orbit; ` +
    `${medians.capturesPerSecond128.toFixed(1)} pictures of 128 px and ${medians.capturesPerSecond512.toFixed(1)} of 512 px per second`,
);
if (values.json) {
  const machine = { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, drawnBy: 'SwiftShader' };
  console.log(JSON.stringify({ ...medians, runs: { orbitFps, captures }, object: values.object, ...plan, machine }));
}
