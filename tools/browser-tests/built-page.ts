/** The built page, served and opened in a real browser, for the tests of a file. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { chromiumLaunch } from '../lib/chromium';
import { DIST, pageBuild } from '../lib/page-build';
import { staticServerStart, type StaticServer } from '../lib/static-server';

export const MINUTE = 60_000;

export interface BuiltPage {
  /** Address of the page, with a slash at its end. Known while tests run. */
  readonly url: () => string;
  /** An empty tab of its own profile, closed after the test. `withModel`: the weights are large, most tests do without. */
  readonly newTab: (options?: BrowserContextOptions, withModel?: boolean) => Promise<Page>;
}

/** Serves `dist/` (built if it is missing or older than its sources) below `/${base}` and starts a browser for the file that calls this at its top. */
export function builtPageServe(base = '', browserArgs: readonly string[] = []): BuiltPage {
  let browser: Browser;
  let server: StaticServer;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    pageBuild();
    server = await staticServerStart({ mounts: { [`/${base}`]: DIST } });
    browser = await chromiumLaunch(browserArgs);
  }, 4 * MINUTE);

  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  return {
    url: () => `${server.url}${base}`,
    newTab: async (options = {}, withModel = false) => {
      const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
      contexts.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(MINUTE);
      if (!withModel) await page.route('**/models/**', (route) => route.fulfill({ status: 404, body: '' }));
      return page;
    },
  };
}

/** What axe-core finds that keeps people out, with the elements. */
export async function seriousViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Colours on their way from one theme to the next have any contrast. */
const settled = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getTiming().iterations !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished),
    ).then(() => undefined),
  );

/** English sentences on a page in another language that are not marked as such: a voice would read them as if they were of its own. */
export const englishUnmarked = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    if (document.documentElement.lang.startsWith('en')) return [];
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const words = node.textContent ?? '';
      const isSentence = /[a-z’']+(?:[ ,;:]+[a-z’']+){3}/i.test(words);
      const isMarked = node.parentElement?.closest('[lang^=en], script, style, noscript, textarea');
      if (isSentence && !isMarked) found.push(words);
    }
    return found;
  });

interface Hindrance {
  readonly violations: readonly string[];
  readonly widerPx: number;
  readonly unmarked: readonly string[];
}

/** What keeps people out of a state, by the state's name: axe-core's findings, a page wider than its window, English that nobody said was English. */
export class Hindrances {
  readonly found: Record<string, Hindrance> = {};

  async look(page: Page, state: string): Promise<void> {
    await settled(page);
    const violations = await seriousViolations(page);
    const widerPx = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    const unmarked = await englishUnmarked(page);
    if (violations.length > 0 || widerPx > 0 || unmarked.length > 0)
      this.found[state] = { violations, widerPx, unmarked };
  }
}

/** Until the page knows that its dialog is closed; to a role it is gone a moment before. */
export const dialogGone = (page: Page): Promise<void> => page.locator('dialog').waitFor({ state: 'detached' });

/** Lets a file fall onto the page. */
export async function fileDrop(page: Page, name: string, content: string, type = ''): Promise<void> {
  await page.evaluate(
    (file) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([file.content], file.name, { type: file.type }));
      const event = { dataTransfer: transfer, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new DragEvent('drop', event));
    },
    { name, content, type },
  );
}
