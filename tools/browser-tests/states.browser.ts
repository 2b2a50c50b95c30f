/** What holds in every state of the page, walked through in one visit each: access, width, secrecy, focus, motion, touch, a lost context. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { isQuestionId } from '../../src/questions/families';
import { PAGE_FAMILY_IDS } from '../../src/questions/page-families';
import { builtPageServe, dialogGone, Hindrances, MINUTE } from './built-page';

const built = builtPageServe();

type TabOptions = NonNullable<Parameters<typeof built.newTab>[0]>;

async function open(search: string, options: TabOptions = {}): Promise<Page> {
  const page = await built.newTab({ viewport: { width: 1280, height: 860 }, serviceWorkers: 'block', ...options });
  await page.goto(built.url() + search);
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  return page;
}

const figuresShown = (page: Page): Promise<void> => page.locator('#card-truth dt').first().waitFor();

/** Asks for the truth of a question of any family, without an answer, and gives the distances that it shows. */
async function distancesShown(page: Page): Promise<readonly string[]> {
  await page.getByRole('button', { name: 'Show the truth' }).click();
  await figuresShown(page);
  const views = await page
    .locator('[data-view] canvas')
    .evaluateAll((canvases) => canvases.map((canvas) => canvas.getAttribute('aria-label') ?? ''));
  const stands = views.flatMap((label) => /distance (\d+\.\d+)/.exec(label)?.[1] ?? []);
  expect(stands).toHaveLength(2);
  return stands;
}

/** Angles are always printed with a degree sign. */
const ANGLE = /[\d)]\s?°/;

describe('every state', () => {
  it(
    'keeps nobody out and is no wider than the window, in both languages',
    async () => {
      const page = await open('?mode=explore&object=car&lang=zh&seed=3');
      const hindrances = new Hindrances();
      const look = (name: string): Promise<void> => hindrances.look(page, name);
      await figuresShown(page);
      await look('explore, zh');
      for (const entry of ['视图对……', /保存/]) {
        await page.locator('.menu > button').first().click();
        await page.getByRole('button', { name: entry }).click();
        await page.locator('dialog[open] h2').waitFor();
        await look(`dialog ${String(entry)}`);
        await page.keyboard.press('Escape');
        await dialogGone(page);
      }
      for (const width of [360, 640, 1920]) {
        await page.setViewportSize({ width, height: 800 });
        await look(`explore, ${width} px`);
      }
      await page.setViewportSize({ width: 360, height: 740 });
      await page.locator('.switch button').first().click();
      await look('guess, 360 px');
      await page.keyboard.press('1');
      await figuresShown(page);
      await look('answered, 360 px');
      expect(hindrances.found).toEqual({});
    },
    4 * MINUTE,
  );
});

describe('guessing, whatever is asked', () => {
  it(
    'gives no pose away in the page, its address, its accessibility tree or its storage, after Explore and in the next pair too',
    async () => {
      const page = await open('?mode=explore&object=car&seed=11&lang=en');
      await figuresShown(page);
      await page.locator('.switch button').first().click();
      // The address follows the page in a moment; until then it says what Explore showed.
      await page.waitForURL((url) => url.searchParams.get('mode') !== 'explore');
      const leaks: string[] = [];
      const whole = async (): Promise<string> => {
        const tree = await page.locator('body').ariaSnapshot();
        const source = await page.evaluate(() => {
          const copy = document.documentElement.cloneNode(true) as HTMLElement;
          // Six angles are the options of one family; they are the same whatever the truth. Drawings are full of numbers.
          copy.querySelectorAll('.answers, svg, style').forEach((part) => part.remove());
          const values = [...document.querySelectorAll('input, select, textarea')].map(
            (field) => (field as HTMLInputElement).value,
          );
          const kept = [JSON.stringify({ ...localStorage }), JSON.stringify(history.state)];
          return [copy.outerHTML, ...values, ...kept, location.href].join('\n');
        });
        return `${source}\n${tree.replaceAll(/^ *- button "\d+° \w+".*$/gm, '')}`;
      };
      const check = async (name: string): Promise<string> => {
        const text = await whole();
        if (ANGLE.test(text) || /[?&](a|b)=/.test(page.url()))
          leaks.push(`${name}: ${/.{0,60}[\d)]\s?°.{0,20}/.exec(text)?.[0] ?? page.url()}`);
        return text;
      };
      for (const family of PAGE_FAMILY_IDS) {
        if (isQuestionId(family)) await page.locator(`input[name=family][value=${family}]`).check();
        else await page.locator('.family-more').selectOption(family);
        await page.waitForURL(new RegExp(`[?&]family=${family}(&|$)`));
        await page.locator('#card-truth dt').first().waitFor({ state: 'detached' });
        const text = await check(family);
        for (const distance of await distancesShown(page))
          if (text.includes(distance)) leaks.push(`${family}: the distance ${distance}`);
      }
      await page.keyboard.press('n');
      await page.locator('#card-truth dt').first().waitFor({ state: 'detached' });
      await check('the next pair');
      expect(leaks).toEqual([]);
    },
    5 * MINUTE,
  );

  it(
    'shows the pair that it asks about although a camera was flying, and keeps the keyboard’s place',
    async () => {
      const page = await open('?mode=explore&object=car&pin=1&v=1&seed=21&lang=en', { reducedMotion: 'no-preference' });
      await figuresShown(page);
      await page.getByRole('button', { name: /Camera A.*left side/ }).click();
      await page.locator('.switch button').first().click();
      await page.waitForTimeout(1200);
      await page.keyboard.press('1');
      await figuresShown(page);
      const afterFlight = await page.locator('#card-truth dl').innerText();
      await page.reload();
      await page.waitForSelector('html[data-ready]', { state: 'attached' });
      await page.keyboard.press('1');
      await figuresShown(page);
      expect(await page.locator('#card-truth dl').innerText()).toBe(afterFlight);

      await page.locator('.button--next').focus();
      await page.keyboard.press('Enter');
      await page.locator('.button--next').waitFor({ state: 'detached' });
      await expect.poll(() => page.evaluate(() => document.activeElement?.closest('#question') !== null)).toBe(true);
    },
    3 * MINUTE,
  );

  it(
    'keeps the keyboard’s place where an answer goes by a key, and a notice by its button; N goes on from a typed answer',
    async () => {
      const page = await open('?family=magnitude&seed=21&object=car&lang=en&a=nowhere');
      const isInPage = (): Promise<boolean> =>
        page.evaluate(() => document.activeElement !== null && document.activeElement !== document.body);
      await page.locator('.notices button').focus();
      await page.keyboard.press('Enter');
      await page.locator('.notices button').waitFor({ state: 'detached' });
      await expect.poll(isInPage).toBe(true);

      await page.locator('.answer').first().focus();
      await page.keyboard.press('Enter');
      await figuresShown(page);
      const stem = await page.locator('.answers').innerText();
      await page.keyboard.press('n');
      await page.locator('.button--next').waitFor({ state: 'detached' });
      expect(await page.locator('.answers').innerText()).not.toBe(stem);
      await expect.poll(() => page.evaluate(() => document.activeElement?.closest('#question') !== null)).toBe(true);

      await page.locator('#question input[inputmode=text]').fill('45');
      await page.keyboard.press('Enter');
      await figuresShown(page);
      await page.keyboard.press('n');
      await page.locator('.button--next').waitFor({ state: 'detached' });
    },
    2 * MINUTE,
  );
});

describe('a phone on its side', () => {
  it(
    'scrolls by a finger that goes up on a view, and turns the camera by one that goes sideways',
    async () => {
      const page = await open('?mode=explore&object=car&lang=en', {
        viewport: { width: 740, height: 360 },
        hasTouch: true,
        isMobile: true,
      });
      await figuresShown(page);
      const surface = page.getByRole('application', { name: /^Camera A/ });
      const azimuth = page.getByRole('spinbutton', { name: /Camera A.*azimuth/i });
      const before = await azimuth.getAttribute('aria-valuenow');
      const session = await page.context().newCDPSession(page);
      const swipe = async (dx: number, dy: number): Promise<void> => {
        const box = await surface.boundingBox();
        if (!box) throw new Error('view A is not on the screen');
        const at = (share: number) => [
          { x: box.x + box.width / 2 + dx * share, y: box.y + box.height / 2 + dy * share },
        ];
        await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
        for (let step = 1; step <= 10; step++)
          await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(step / 10) });
        await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      };
      await swipe(60, 0);
      await expect.poll(() => azimuth.getAttribute('aria-valuenow')).not.toBe(before);
      expect(await page.evaluate(() => window.scrollY)).toBe(0);
      await swipe(0, -80);
      await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(20);
    },
    2 * MINUTE,
  );
});

describe('a lost graphics context', () => {
  it(
    'is said, comes back by itself, and leaves the question where it was',
    async () => {
      const page = await open('?object=mug&seed=5&lang=en');
      const stem = await page.locator('#question h1').innerText();
      await page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('.scene-canvas canvas');
        canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
      });
      await page.locator('.trouble').waitFor();
      await page.locator('.trouble').waitFor({ state: 'detached' });
      expect(await page.locator('#question h1').innerText()).toBe(stem);
      const hasPicture = (): Promise<boolean> =>
        page.locator('[data-view=a] canvas').evaluate((element) => {
          const canvas = element as HTMLCanvasElement;
          const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
          const shades = new Set<number>();
          for (let at = 0; at < pixels.length; at += 4 * 97) shades.add(pixels[at] as number);
          return shades.size > 8;
        });
      await expect.poll(hasPicture).toBe(true);
      await page.keyboard.press('1');
      await figuresShown(page);
    },
    2 * MINUTE,
  );
});
