/** The built page in a real browser under a sub-path: first screen, a guess, exploring, and everything that can go wrong. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { damagedModel, withoutWebGl } from '../lib/page-faults';
import { staticServerStart, type StaticServer } from '../lib/static-server';
import { PROJECT_ROOT } from '../lib/tool-page';
import { DIST } from '../lib/page-build';
import { builtPageServe, MINUTE, seriousViolations } from './built-page';

const MODEL = join(PROJECT_ROOT, 'public/models/viewpoint-v0/manifest.json');
const BASE = 'a/sub-path/';

const built = builtPageServe(BASE);

interface OpenOptions {
  readonly search?: string;
  readonly width?: number;
  readonly height?: number;
  readonly before?: (page: Page) => Promise<unknown>;
  readonly origin?: StaticServer;
  /** The weights are large; most tests do without. @default false */
  readonly withModel?: boolean;
}

async function open(options: OpenOptions = {}): Promise<Page> {
  const { search = '', width = 1280, height = 860, before, origin, withModel = false } = options;
  const page = await built.newTab({ viewport: { width, height }, serviceWorkers: 'block' }, withModel);
  await before?.(page);
  await page.goto(`${origin ? origin.url + BASE : built.url()}${search}`);
  return page;
}

const drawn = (page: Page): Promise<unknown> =>
  page.waitForSelector('html[data-ready]', { state: 'attached', timeout: MINUTE });
const answer = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: false }).first().click();

/** The figures stand under the truth only once it is known; the tooltips of its terms hold words of their own. */
const truthShown = (page: Page): Promise<void> => page.locator('dt', { hasText: 'around the object' }).waitFor();

async function barPercents(page: Page): Promise<number[]> {
  const bars = await page.getByLabel('Probability the model gives to each answer').innerText();
  return [...bars.matchAll(/(\d+)\s?%/g)].map(([, text]) => Number(text));
}

/** Everything that a person, a screen reader or a curious reader of the page's source could find. */
const wholePage = (page: Page): Promise<string> =>
  page.evaluate(() => `${document.documentElement.outerHTML}\n${location.href}`);

describe('guessing', () => {
  it(
    'keeps the poses to itself until the answer, then shows the truth',
    async () => {
      const page = await open({ search: '?object=car&seed=7' });
      await drawn(page);
      const before = await wholePage(page);
      // Angles are always printed with a degree sign; explanations of terms come only with the numbers.
      expect(before).not.toMatch(/[\d)]\s?°/);
      expect(page.url()).not.toMatch(/[?&](a|b)=/);
      expect(await page.getByText('Hidden until you answer').count()).toBe(1);

      await page.keyboard.press('2');
      await truthShown(page);
      expect(await wholePage(page)).toMatch(/\d°/);
      expect(await page.getByText(/^(correct|wrong)$/).count()).toBeGreaterThan(0);
    },
    2 * MINUTE,
  );

  it(
    'gives the same pair for the same seed and another one for the next',
    async () => {
      const truthOf = async (seed: number): Promise<string> => {
        const page = await open({ search: `?object=mug&seed=${seed}` });
        await drawn(page);
        await page.keyboard.press('1');
        await truthShown(page);
        const text = await page.getByRole('main').innerText();
        await page.context().close();
        return text.match(/[+−]\d+\.\d°/)?.[0] ?? '';
      };
      const [first, again, other] = [await truthOf(11), await truthOf(11), await truthOf(12)];
      expect(first).not.toBe('');
      expect(again).toBe(first);
      expect(other).not.toBe(first);
    },
    3 * MINUTE,
  );

  it(
    'shows what the model said beforehand, marked as such, where the model itself is not there yet',
    async () => {
      const page = await open({ search: '?object=car&seed=7' });
      await drawn(page);
      await page.getByText('has already answered this pair').waitFor();
      expect(await page.locator('[data-preset]').count()).toBe(0);
      await page.keyboard.press('1');
      await page.locator('[data-preset]').getByText('Worked out beforehand').waitFor();
      expect(await barPercents(page)).toHaveLength(3);
      const widths = await page
        .locator('#card-model, #card-model .bars')
        .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().width));
      expect(widths[1], 'bars as wide as the card').toBeGreaterThan((widths[0] ?? 0) * 0.8);
      // Another seed was not worked out.
      const other = await open({ search: '?object=car&seed=7000' });
      await drawn(other);
      await other.keyboard.press('1');
      await truthShown(other);
      expect(await other.locator('[data-preset]').count()).toBe(0);
    },
    2 * MINUTE,
  );

  it(
    'asks nobody else for anything',
    async () => {
      const foreign: string[] = [];
      const page = await open({
        before: async (opened) => {
          opened.on('request', (request) => {
            const url = request.url();
            if (!url.startsWith(new URL(built.url()).origin) && !url.startsWith('data:') && !url.startsWith('blob:'))
              foreign.push(url);
          });
        },
      });
      await drawn(page);
      expect(foreign).toEqual([]);
    },
    MINUTE,
  );
});

describe('the pictures', () => {
  it.each([1, 2])(
    'show the object in both views at %i device pixels per CSS pixel',
    async (deviceScaleFactor) => {
      const page = await built.newTab({
        viewport: { width: 1280, height: 860 },
        deviceScaleFactor,
        reducedMotion: 'no-preference',
      });
      await page.goto(`${built.url()}?object=car&seed=7`);
      await drawn(page);
      const colours = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLCanvasElement>('[data-view] canvas')].map((canvas) => {
          const pixels = new Uint32Array(
            canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data.buffer ?? new ArrayBuffer(0),
          );
          return new Set(pixels).size;
        }),
      );
      expect(colours).toHaveLength(2);
      for (const count of colours) expect(count).toBeGreaterThan(500);
    },
    MINUTE,
  );
});

describe('exploring', () => {
  it(
    'turns a camera by keyboard and writes it to the address',
    async () => {
      const page = await open({ search: '?mode=explore&object=chair' });
      await drawn(page);
      const azimuth = page.getByRole('spinbutton', { name: /Camera A: azimuth/ });
      const before = await azimuth.inputValue();
      await page.getByRole('application', { name: /^Camera A/ }).focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => azimuth.inputValue(), { timeout: 10_000 }).not.toBe(before);
      await expect.poll(() => page.url(), { timeout: 10_000 }).toMatch(/[?&]a=/);
    },
    MINUTE,
  );
});

describe('what can go wrong', () => {
  it(
    'names an unknown object and shows the car',
    async () => {
      const page = await open({ search: '?object=flying-teacup' });
      await drawn(page);
      await page.getByText('flying-teacup').first().waitFor();
      expect(await page.getByRole('main').isVisible()).toBe(true);
    },
    MINUTE,
  );

  it(
    'says which model file is missing, and everything else works',
    async () => {
      const page = await open({ search: '?object=car&seed=3' });
      await drawn(page);
      await page.getByText('The model did not load').waitFor();
      expect(await page.getByRole('main').innerText()).toContain('manifest.json');
      expect(await page.getByRole('button', { name: 'Try again' }).isVisible()).toBe(true);
      await page.keyboard.press('1');
      await truthShown(page);
    },
    2 * MINUTE,
  );

  it.skipIf(!existsSync(MODEL))(
    'refuses a damaged model file by name',
    async () => {
      const page = await open({
        withModel: true,
        before: damagedModel,
      });
      await drawn(page);
      await page.getByText('The model did not load').waitFor({ timeout: 2 * MINUTE });
      expect(await page.getByRole('main').innerText()).toContain('vision_encoder.onnx');
    },
    3 * MINUTE,
  );

  it(
    'says what to do without WebGL 2',
    async () => {
      const page = await open({
        before: withoutWebGl,
      });
      await page.getByText('This browser cannot draw 3D pictures').waitFor();
      expect(await page.getByText('hardware acceleration').isVisible()).toBe(true);
    },
    MINUTE,
  );

  it.skipIf(!existsSync(MODEL))(
    'answers on one thread where the host sends no isolation headers, and says so',
    async () => {
      const plain = await staticServerStart({ mounts: { [`/${BASE}`]: DIST }, isolated: false });
      try {
        const page = await open({ search: '?object=car&seed=3', withModel: true, origin: plain });
        await drawn(page);
        await page.getByText('Ready', { exact: true }).waitFor({ timeout: 2 * MINUTE });
        await page.keyboard.press('1');
        await page.getByText('one thread').first().waitFor({ timeout: MINUTE });
        await page.getByText(/on your processor, [\d.]+ s/).waitFor({ timeout: MINUTE });
      } finally {
        await plain.close();
      }
    },
    4 * MINUTE,
  );
});

describe('for everyone', () => {
  it(
    'has no serious accessibility violation before and after the answer, light and dark',
    async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await open({
          search: '?object=car&seed=7',
          before: (opened) => opened.emulateMedia({ colorScheme }),
        });
        await drawn(page);
        expect(await seriousViolations(page)).toEqual([]);
        await page.keyboard.press('1');
        await truthShown(page);
        expect(await seriousViolations(page)).toEqual([]);
        await page.context().close();
      }
    },
    3 * MINUTE,
  );

  it(
    'fits a phone of 360 px: nothing sticks out, the question is on the first screen',
    async () => {
      const page = await open({ width: 360, height: 740 });
      await drawn(page);
      const widthPx = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(widthPx).toBeLessThanOrEqual(360);
      for (const name of ['To the left', 'To the right', 'Not at all']) {
        const box = await page.getByRole('button', { name }).first().boundingBox();
        expect(box && box.y + box.height, name).toBeLessThanOrEqual(740);
        expect(box?.height, name).toBeGreaterThanOrEqual(40);
      }
    },
    MINUTE,
  );
});

describe.skipIf(!existsSync(MODEL))('the real model in the page', () => {
  it(
    'answers a pair beside the truth, in words, with bars that sum to one',
    async () => {
      const page = await open({ search: '?object=car&seed=7', withModel: true });
      await drawn(page);
      await page.getByText('Ready', { exact: true }).waitFor({ timeout: 2 * MINUTE });
      await answer(page, 'To the right');
      await page.getByText(/on your (processor|GPU), [\d.]+ s/).waitFor({ timeout: MINUTE });
      const percents = await barPercents(page);
      expect(percents).toHaveLength(3);
      expect(Math.abs(percents.reduce((sum, percent) => sum + percent, 0) - 100)).toBeLessThanOrEqual(2);
    },
    4 * MINUTE,
  );
});
