/** Free cameras, steps back, and the questions beyond the three, in a real browser on the built page. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { builtPageServe, MINUTE } from './built-page';

const built = builtPageServe();

async function open(search: string): Promise<Page> {
  const page = await built.newTab({ viewport: { width: 1280, height: 900 } });
  await page.goto(built.url() + search);
  await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: MINUTE });
  return page;
}

describe('a window that moves to a sharper display', () => {
  it(
    'has sharper views there',
    async () => {
      const page = await open('?mode=explore&object=car&lang=en');
      const widthPx = (name: string): Promise<number> =>
        page.locator(`[data-view="${name}"] canvas`).evaluate((canvas) => (canvas as HTMLCanvasElement).width);
      const before = await widthPx('a');
      const session = await page.context().newCDPSession(page);
      const display = { width: 1280, height: 900, mobile: false, deviceScaleFactor: 2 };
      await session.send('Emulation.setDeviceMetricsOverride', display);
      // A real move has media queries evaluated anew, this one only together with another of them.
      for (const colorScheme of ['dark', 'light'] as const) await page.emulateMedia({ colorScheme });
      for (const name of ['a', 'b']) await expect.poll(() => widthPx(name), { timeout: MINUTE / 2 }).toBe(2 * before);
    },
    2 * MINUTE,
  );
});

describe('a free camera', () => {
  it(
    'turns on the spot, is called by the truth, survives the address, and is undone',
    async () => {
      const page = await open('?mode=explore&object=car&family=decoupled&lang=en&a=0,12,5&b=0,12,5');
      const truth = page.locator('#card-truth .card__word');
      await truth.getByText('Neither').waitFor();
      await page.getByRole('application', { name: /^Camera B/ }).focus();
      for (let step = 0; step < 5; step++) await page.keyboard.press('e');
      await truth.getByText('Turned right').waitFor();
      await page.waitForURL(/[?&]b=0,12,5,-[\d.]+,12/);

      await page.reload();
      await truth.getByText('Turned right').waitFor();
      await page.getByRole('application', { name: /^Camera B/ }).focus();
      for (let step = 0; step < 5; step++) await page.keyboard.press('q');
      await truth.getByText('Neither').waitFor();
      // The movement is one step once the camera rests.
      await page.waitForURL(/[?&]b=0,12,5(,0,12)?(&|$)/);
      await page.keyboard.press('Control+z');
      await truth.getByText('Turned right').waitFor();
      await page.keyboard.press('Control+Shift+z');
      await truth.getByText('Neither').waitFor();
    },
    3 * MINUTE,
  );

  it(
    'moves with fewer pixels where frames are slow, and is drawn in full at rest, as a page that opens there draws it',
    async () => {
      const page = await built.newTab({ viewport: { width: 1280, height: 900 } });
      // While the page says so, every frame takes longer, whatever draws it.
      await page.addInitScript(() => {
        const request = window.requestAnimationFrame.bind(window);
        window.requestAnimationFrame = (callback) =>
          request((nowMs) => {
            const isSlow = document.documentElement.dataset['slow'] === 'true';
            for (const endMs = performance.now() + (isSlow ? 60 : 0); performance.now() < endMs;);
            callback(nowMs);
          });
      });
      const at = async (azimuthDeg: number): Promise<void> => {
        await page.goto(`${built.url()}?mode=explore&object=car&lang=en&a=${azimuthDeg},12,5&b=0,12,5`);
        await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: MINUTE });
      };
      const canvas = page.locator('[data-view="a"] canvas');
      const pixels = (): Promise<number[]> =>
        canvas.evaluate((view: HTMLCanvasElement) => [
          ...(view.getContext('2d')?.getImageData(0, 0, view.width, view.height).data ?? []),
        ]);
      const largestDifference = (one: readonly number[], other: readonly number[]): number =>
        one.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (other[index] ?? 0))), 0);

      /** Squared steps from each value to the one of the next pixel, which soft edges spread over many small ones. */
      const sharpness = (values: readonly number[]): number =>
        values.reduce((sum, value, index) => sum + (value - (values[index + 4] ?? value)) ** 2, 0);

      await at(60);
      const opened = await pixels();
      expect(Math.max(...opened.slice(0, 4))).toBeGreaterThan(0);
      await at(0);
      // A step a frame, and a look when the last one is drawn: not at rest yet.
      const moving = await canvas.evaluate(async (view: HTMLCanvasElement) => {
        const surface = view.closest('[data-view]')?.querySelector('[role="application"]');
        const key = { key: 'ArrowRight', bubbles: true, cancelable: true };
        document.documentElement.dataset['slow'] = 'true';
        for (let step = 0; step < 12; step++) {
          surface?.dispatchEvent(new KeyboardEvent('keydown', key));
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        }
        document.documentElement.dataset['slow'] = 'false';
        return [...(view.getContext('2d')?.getImageData(0, 0, view.width, view.height).data ?? [])];
      });
      expect(moving).toHaveLength(opened.length);
      expect(sharpness(moving)).toBeLessThan(0.7 * sharpness(opened));
      await page.waitForURL(/[?&]a=60,12,5/);
      await expect.poll(async () => largestDifference(await pixels(), opened)).toBeLessThanOrEqual(2);
    },
    2 * MINUTE,
  );
});

describe('a pair that nobody can tell', () => {
  it(
    'but for its shadow is said to be one, beside the other place that looks the same; a clear pair is not',
    async () => {
      const page = await open('?mode=explore&object=vase&a=180,20,4.5&b=220,20,4.5&lang=en');
      const note = page.getByRole('status', { name: 'Only light and shadow tell' });
      await note.getByText('the answer would be “To the left”').waitFor();
      await expect
        .poll(() =>
          note.locator('img').evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth)),
        )
        .toEqual([192, 192]);
      // The note goes with its pair, and a car is no vase.
      await page.goto(`${built.url()}?mode=explore&object=car&a=0,20,4.5&b=45,20,4.5&lang=en`);
      await page.locator('#card-truth dt').first().waitFor();
      await page.waitForTimeout(4000);
      expect(await note.count()).toBe(0);
    },
    2 * MINUTE,
  );
});

describe('guessing beyond the three', () => {
  it(
    'offers six angles by key, and says nothing about the poses before the answer',
    async () => {
      const page = await open('?object=house&seed=8&family=magnitude&lang=en');
      const answers = page.locator('.answers button');
      expect(await answers.count()).toBe(6);
      expect(await page.locator('[data-true=true], [data-wrong=true]').count()).toBe(0);
      expect(page.url()).not.toMatch(/[?&][ab]=/);
      const beside = await page.evaluate(() => {
        document.querySelector('.answers')?.remove();
        return document.documentElement.outerHTML;
      });
      // Angles are always printed with a degree sign; those of the options are the only ones.
      expect(beside).not.toMatch(/[\d)]\s?°/);

      await page.reload();
      await page.waitForSelector('html[data-ready]', { state: 'attached' });
      await page.keyboard.press('6');
      await page.locator('#card-truth dt').first().waitFor();
      expect(await page.locator('.answers [data-true=true]').count()).toBe(1);
      await page
        .locator('#card-you')
        .getByText(/^(correct|wrong)$/)
        .waitFor();
    },
    2 * MINUTE,
  );
});
