/** Links, embedding, saving and opening, in the built page and a real browser. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { builtPageServe, fileDrop, MINUTE, seriousViolations } from './built-page';

const built = builtPageServe('a/sub-path/');

interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly pixelRatio?: number;
}

interface Opened {
  readonly page: Page;
  readonly errors: string[];
  /** Paths below `models/` that were asked for. */
  readonly modelRequests: string[];
}

/** @param search or a whole address */
async function open(search: string, options: OpenOptions = {}): Promise<Opened> {
  const { width = 1280, height = 860, pixelRatio = 1 } = options;
  const page = await built.newTab({
    viewport: { width, height },
    deviceScaleFactor: pixelRatio,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const errors: string[] = [];
  const modelRequests: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.route('**/models/**', (route) => {
    modelRequests.push(route.request().url());
    return route.fulfill({ status: 404, body: '' });
  });
  await page.goto(search.startsWith('http') ? search : built.url() + search);
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  return { page, errors, modelRequests };
}

const searchOf = (page: Page): string => new URL(page.url()).search;
const shareOpen = async (page: Page): Promise<void> => {
  await page.locator('.top__share').click();
  await page.locator('.qr').waitFor();
};

async function menuChoose(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('button', { name }).click();
}

async function downloaded(page: Page, button: Locator): Promise<{ readonly name: string; readonly path: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: download.suggestedFilename(), path: await download.path() };
}

const BROKEN_LINKS = [
  '?mode=explore&a=NaN,0,5&b=1e9,Infinity,-1&seed=-1',
  '?v=9&mode=%00&object=../../etc&family=constructor&level=99&seed=NaN&hide=model,views&embed=yes&theme=pink&lang=xx',
  `?object=${'a'.repeat(3000)}&mode=explore&a=${',1'.repeat(300)}&b=<script>`,
  '?mode=explore&a=0,0,5,NaN,0,36&b=0,89,1.6,0,-89',
  '?v=&pin=yes&embed=maybe&hide=,&object=__proto__&mode=explore&scene-a=plain,red_x&scene-b=noise,111111,ffffff,NaN,1_x',
] as const;

describe('a link', () => {
  it(
    'that is partly wrong is shown with what could be read',
    async () => {
      const { page, errors } = await open('?lang=en');
      for (const search of BROKEN_LINKS) {
        await page.goto(built.url() + search);
        await page.locator('.notice').getByText('could not be read').first().waitFor();
        await page.waitForSelector('html[data-ready]', { state: 'attached' });
        expect(searchOf(page), search).not.toMatch(/NaN|undefined|null|Infinity/);
        expect(await page.evaluate(() => document.documentElement.outerHTML), search).not.toMatch(/NaN°|undefined°/);
        expect(errors, search).toEqual([]);
      }
    },
    3 * MINUTE,
  );

  it(
    'keeps where the overview looks from, and leaves out what was ticked',
    async () => {
      const { page } = await open('?mode=explore&object=mug&a=10,20,4&b=-50,20,4&lang=en');
      const overview = page.getByRole('application', { name: 'Turn the overview' });
      await overview.focus();
      await page.keyboard.press('ArrowRight');
      await page.getByRole('button', { name: 'Straight from above' }).click();
      await expect.poll(() => searchOf(page)).toMatch(/&overview=-?\d+(\.\d)?,above/);
      await shareOpen(page);
      await page.locator('summary', { hasText: 'Leave parts out' }).click();
      await page.getByRole('checkbox', { name: 'The truth' }).check();
      await page.getByRole('checkbox', { name: 'Header' }).check();
      expect(await seriousViolations(page)).toEqual([]);
      const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
      expect(link).toContain('&hide=header,truth');
      // Embedded pages never have them.
      const snippet = await page.getByRole('textbox', { name: 'Put it on your own page' }).inputValue();
      expect(snippet).not.toContain('hide=');

      const again = await open(link);
      expect(searchOf(again.page)).toBe(`${searchOf(page)}&hide=header,truth`);
      expect(await again.page.locator('header.top, #card-truth').count()).toBe(0);
      expect(await again.page.locator('#card-you').count()).toBe(1);
      const above = again.page.getByRole('button', { name: 'Straight from above' });
      expect(await above.getAttribute('aria-pressed')).toBe('true');
    },
    MINUTE,
  );

  it(
    'brings the very same screen, by copy and in the embed snippet',
    async () => {
      const { page } = await open('?mode=explore&object=mug&family=vertical&a=10,20,4&b=-50,45,3.5,-40,30,44&lang=en');
      await shareOpen(page);
      const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
      await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).first().click();
      await page.getByText('Copied').first().waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
      expect(await page.locator('.qr path').last().getAttribute('d')).toMatch(/^M\d/);
      const snippet = await page.getByRole('textbox', { name: 'Put it on your own page' }).inputValue();
      expect(await seriousViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      expect(await page.locator('dialog').count()).toBe(0);
      expect(await page.evaluate(() => document.activeElement?.className)).toContain('top__share');

      const again = await open(link);
      expect(searchOf(again.page)).toBe(searchOf(page));
      const embedUrl = /src="([^"]+)"/.exec(snippet)?.[1]?.replaceAll('&amp;', '&') ?? '';
      expect(embedUrl).toContain('embed=1');
      const embedded = await open(embedUrl, { width: 700, height: 640 });
      expect(await embedded.page.locator('header.top, .side, #card-model, #card-truth').count()).toBe(0);
      expect(await embedded.page.locator('[data-view], #card-you').count()).toBe(3);
      const foot = embedded.page.locator('.embed-foot');
      expect(await foot.getByRole('link').getAttribute('href')).not.toContain('embed');
      // Without a header the language and the keys are still the person's to choose.
      const keys = foot.getByRole('checkbox');
      await keys.uncheck();
      await foot.getByRole('button', { name: '切换到中文' }).click();
      await embedded.page.waitForFunction(() => document.documentElement.lang === 'zh-Hans');
      expect(await keys.isChecked()).toBe(false);
      expect(await seriousViolations(embedded.page)).toEqual([]);
      expect(embedded.modelRequests).toEqual([]);
    },
    4 * MINUTE,
  );

  it(
    'in Guess says nothing about the poses, nor do the dialogs',
    async () => {
      const { page } = await open('?object=car&seed=7');
      await shareOpen(page);
      expect(await page.getByRole('textbox', { name: 'Link' }).inputValue()).not.toMatch(/[?&](a|b)=/);
      const whole = (): Promise<string> => page.evaluate(() => document.documentElement.outerHTML);
      expect(await whole()).not.toMatch(/[\d)]\s?°/);
      await page.keyboard.press('Escape');
      await menuChoose(page, /^Save pictures/);
      expect(await page.getByRole('button', { name: 'Save item' }).isDisabled()).toBe(true);
      expect(await whole()).not.toMatch(/[\d)]\s?°/);
    },
    2 * MINUTE,
  );
});

describe('saving and opening', () => {
  const SEARCH = '?mode=explore&object=mug&a=10,20,4&b=70,25,4';

  it(
    'gives the same picture whatever the screen',
    async () => {
      const hashes: string[] = [];
      for (const [pixelRatio, width] of [
        [1, 1280],
        [2.5, 500],
      ] as const) {
        const { page } = await open(SEARCH, { pixelRatio, width });
        await menuChoose(page, /^Save pictures/);
        await page.getByRole('combobox', { name: 'Side of the square' }).selectOption('256');
        const { name, path } = await downloaded(page, page.getByRole('button', { name: 'View B as PNG' }));
        expect(name).toBe('viewpoint-mug-b-256.png');
        const png = readFileSync(path);
        expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([256, 256]);
        hashes.push(createHash('sha256').update(png).digest('hex'));
      }
      expect(hashes[1]).toBe(hashes[0]);
    },
    3 * MINUTE,
  );

  it(
    'opens the item that it saved, and refuses broken ones by name',
    async () => {
      const { page } = await open(SEARCH);
      await menuChoose(page, /^Save pictures/);
      await page.getByRole('combobox', { name: 'Side of the square' }).selectOption('128');
      const { name, path } = await downloaded(page, page.getByRole('button', { name: 'Save item' }));
      const text = readFileSync(path, 'utf8');
      const item = JSON.parse(text) as { answerKey: string; pictures: { a: string; sizePx: number } };
      expect(item).toMatchObject({ answerKey: 'right', pictures: { sizePx: 128 } });
      expect(item.pictures.a).toMatch(/^data:image\/png;base64,/);

      const other = await open('?object=car&seed=3');
      await fileDrop(other.page, 'half.json', text.slice(0, 500), 'application/json');
      await other.page.getByText('half.json could not be opened: it is not JSON').waitFor();
      await fileDrop(other.page, 'else.json', '{"schemaVersion":1,"files":[]}', 'application/json');
      await other.page.getByText(/else\.json could not be opened: it is not an item/).waitFor();
      expect(searchOf(other.page)).toContain('mode=guess&object=car');

      const [chooser] = await Promise.all([
        other.page.waitForEvent('filechooser'),
        menuChoose(other.page, /^Open an item/),
      ]);
      await chooser.setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
      await other.page.waitForURL(/mode=explore&object=mug.*&a=10,20,4&b=70,25,4/);
      expect(other.errors).toEqual([]);
    },
    4 * MINUTE,
  );
});

describe('the header on a phone', () => {
  it(
    'keeps everything in reach: large enough to touch, by keyboard, within the page’s width',
    async () => {
      const { page } = await open('?object=car&seed=7', { width: 360, height: 740 });
      const more = page.getByRole('button', { name: 'More', exact: true });
      await more.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('group', { name: 'Theme' }).getByRole('button', { name: 'Projector' }).click();
      expect(await page.locator('html').getAttribute('data-theme')).toBe('projector');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      const boxes = await page.locator('.menu button:visible, .top__new').evaluateAll((buttons) =>
        buttons.map((button) => {
          const { width, height, right } = button.getBoundingClientRect();
          return { least: Math.min(width, height), right };
        }),
      );
      expect(Math.min(...boxes.map(({ least }) => least))).toBeGreaterThanOrEqual(44);
      expect(Math.max(...boxes.map(({ right }) => right))).toBeLessThanOrEqual(360);
      expect(await seriousViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      expect(await more.getAttribute('aria-expanded')).toBe('false');
      expect(await more.evaluate((button) => button === document.activeElement)).toBe(true);
    },
    2 * MINUTE,
  );
});
