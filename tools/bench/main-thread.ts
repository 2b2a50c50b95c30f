/**
 * How long the built page's own thread is held up while the model works: a trace of a real browser over pairs that are prepared, scored
 * and reasoned about.
 */
import type { Browser, Page } from 'playwright-core';
import { MODEL_ID } from '../../src/app/model-id';
import { DIST, pageBuild } from '../lib/page-build';
import { staticServerStart } from '../lib/static-server';
import { pageTasks, WORK_ENDS, WORK_STARTS, type PageTask, type TraceEvent } from './trace-tasks';

const MINUTE_MS = 60_000;
/** Tasks of the thread's scheduler, the page's marks between which they count, and where in its code the thread is. */
const CATEGORIES = [
  'disabled-by-default-devtools.timeline',
  'devtools.timeline',
  'toplevel',
  'blink.user_timing',
  'disabled-by-default-v8.cpu_profiler',
];
/** Small, because this Chromium draws on the processor. */
const WINDOW = { viewport: { width: 480, height: 480 }, deviceScaleFactor: 0.5 };

async function answered(page: Page): Promise<void> {
  await page.keyboard.press('1');
  await page.getByText(/on your (processor|GPU), [\d.]+ s/).waitFor();
}

/** Tasks of the page's thread, longest first. `folder`: of the model. */
export async function mainThreadTasks(browser: Browser, folder: string, pairs: number): Promise<PageTask[]> {
  pageBuild();
  const server = await staticServerStart({ mounts: { '/': DIST, [`/models/${MODEL_ID}/`]: folder } });
  const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block', ...WINDOW });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(2 * MINUTE_MS);
    await page.goto(`${server.url}?object=car&seed=7`);
    await page.getByText('Ready', { exact: true }).waitFor();
    // The first answer brings code and shaders that later ones find there.
    await answered(page);
    await browser.startTracing(page, { categories: CATEGORIES });
    await page.evaluate((mark) => void performance.mark(mark), WORK_STARTS);
    for (let pair = 0; pair < pairs; pair++) {
      await page.keyboard.press('n');
      await page.getByText('Ready', { exact: true }).waitFor();
      await answered(page);
      await page.getByText('How it got there', { exact: true }).click();
      await page.getByRole('button', { name: 'Let it think aloud' }).click();
      await page.getByText(/s to the first/).waitFor();
    }
    await page.evaluate((mark) => void performance.mark(mark), WORK_ENDS);
    const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    return pageTasks(trace.traceEvents);
  } finally {
    await context.close();
    await server.close();
  }
}
