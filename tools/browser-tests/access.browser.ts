/** That nobody is kept out of the states that are met rarely: what goes wrong, what lies above the page, other themes, other frames. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { withoutWebGl } from '../lib/page-faults';
import { builtPageServe, dialogGone, fileDrop, Hindrances, MINUTE } from './built-page';

const built = builtPageServe();

type TabOptions = NonNullable<Parameters<typeof built.newTab>[0]>;

interface OpenOptions extends TabOptions {
  readonly before?: (page: Page) => Promise<unknown>;
}

async function open(search: string, { before, ...options }: OpenOptions = {}): Promise<Page> {
  const page = await built.newTab({ viewport: { width: 1280, height: 860 }, serviceWorkers: 'block', ...options });
  await before?.(page);
  await page.goto(built.url() + search);
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  return page;
}

/** A file hangs over the page, not dropped yet. */
const fileHover = (page: Page): Promise<unknown> =>
  page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['v 0 0 0'], 'thing.obj'));
    document.body.dispatchEvent(new DragEvent('dragenter', { dataTransfer: transfer, bubbles: true }));
  });

const contextLose = (page: Page): Promise<unknown> =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.scene-canvas canvas');
    canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
  });

const LANGUAGES = ['en', 'zh'] as const;

describe('nobody is kept out', () => {
  it(
    'when something went wrong: a bad link, a bad mesh, a model that does not come',
    async () => {
      const hindrances = new Hindrances();
      for (const lang of LANGUAGES) {
        const page = await open(`?mode=nonsense&object=unicorn&lang=${lang}`);
        await expect.poll(() => page.locator('.notice').count()).toBe(2);
        await page.locator('#card-model [role=alert]').waitFor();
        expect(await page.locator('#card-model [role=alert] [lang=en]').innerText()).toMatch(/[a-z] [a-z]/);
        await hindrances.look(page, `notices, failed model, ${lang}`);
        await fileDrop(page, 'nothing.obj', '');
        await page.locator('dialog [role=alert]').waitFor();
        await hindrances.look(page, `failed mesh, ${lang}`);
        await page.keyboard.press('Escape');
        await dialogGone(page);
      }
      expect(hindrances.found).toEqual({});
    },
    4 * MINUTE,
  );

  it(
    'without WebGL 2, and after the graphics were lost for good',
    async () => {
      const hindrances = new Hindrances();
      const without = await open('?lang=zh', { before: withoutWebGl });
      await without.locator('.trouble').waitFor();
      await hindrances.look(without, 'no WebGL 2');

      const page = await open('?object=mug&seed=5&lang=en');
      // The first loss mends itself.
      await contextLose(page);
      await page.locator('.trouble').waitFor();
      await page.locator('.trouble').waitFor({ state: 'detached' });
      await page.locator('.scene-canvas canvas').waitFor({ state: 'attached' });
      await contextLose(page);
      await page.getByRole('button', { name: 'Draw them again' }).waitFor();
      await hindrances.look(page, 'lost context');
      expect(hindrances.found).toEqual({});
    },
    4 * MINUTE,
  );

  it(
    'from what lies above the page: a file about to be dropped, the tour, the choice of objects',
    async () => {
      const hindrances = new Hindrances();
      const page = await open('?object=suzanne&seed=5&lang=en');
      await fileHover(page);
      await page.locator('.drop').waitFor();
      await hindrances.look(page, 'drop overlay');
      await page.reload();
      await page.waitForSelector('html[data-ready]', { state: 'attached' });
      await page.getByRole('button', { name: 'New here? See it in four steps' }).click();
      for (const step of ['1 / 4', '2 / 4', '3 / 4', '4 / 4']) {
        await page.getByText(step).waitFor();
        await hindrances.look(page, `tour, ${step}`);
        await page.locator('.driver-popover-next-btn').click();
      }
      await page.locator('.driver-popover').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: /^Object:/ }).click();
      await page.getByText('Willem-Paul van Overbruggen').waitFor();
      await hindrances.look(page, 'objects, with a maker');
      expect(hindrances.found).toEqual({});
    },
    4 * MINUTE,
  );

  it(
    'from other themes and frames: Explore in the dark, projector with an answer or none, inside another page',
    async () => {
      const hindrances = new Hindrances();
      const page = await open('?mode=explore&object=car&seed=3&lang=en&theme=dark');
      await page.locator('#card-truth dt').first().waitFor();
      await page.getByText('Random pair').click();
      await page.mouse.move(200, 400);
      await hindrances.look(page, 'Explore, dark');

      await page.goto(`${built.url()}?object=car&seed=7&lang=en&theme=projector`);
      await page.waitForSelector('html[data-ready]', { state: 'attached' });
      await page.keyboard.press('1');
      await page.locator('#card-truth dt').first().waitFor();
      await hindrances.look(page, 'projector, answered');
      await page.keyboard.press('n');
      await page.getByRole('button', { name: 'Show the truth' }).click();
      await page.locator('#card-truth dt').first().waitFor();
      await hindrances.look(page, 'projector, given up');

      await page.setViewportSize({ width: 700, height: 640 });
      await page.goto(`${built.url()}?object=unicorn&seed=7&lang=zh&embed=1`);
      await page.locator('.notice').waitFor();
      await page.waitForSelector('html[data-ready]', { state: 'attached' });
      await hindrances.look(page, 'embedded');
      await page.keyboard.press('1');
      await page.locator('[data-true=true]').waitFor();
      await hindrances.look(page, 'embedded, answered');
      expect(hindrances.found).toEqual({});
    },
    4 * MINUTE,
  );

  it(
    'from a pair that only light and shadow tell',
    async () => {
      const hindrances = new Hindrances();
      for (const theme of ['light', 'dark'] as const) {
        const page = await open(`?mode=explore&object=vase&a=180,20,4.5&b=220,20,4.5&lang=en&theme=${theme}`);
        await page.getByRole('status', { name: 'Only light and shadow tell' }).waitFor();
        await hindrances.look(page, `look-alike, ${theme}`);
      }
      expect(hindrances.found).toEqual({});
    },
    4 * MINUTE,
  );
});

describe('a wheel over a view of Explore', () => {
  it(
    'scrolls the page until the view is clicked, then comes closer',
    async () => {
      const page = await open('?mode=explore&object=car&lang=en', { viewport: { width: 1280, height: 500 } });
      await page.locator('#card-truth dt').first().waitFor();
      const surface = page.getByRole('application', { name: /^Camera A/ });
      const distance = page.getByRole('spinbutton', { name: /Camera A.*distance/i });
      const before = await distance.getAttribute('aria-valuenow');
      await surface.hover();
      await page.mouse.wheel(0, 120);
      await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(20);
      await page.locator('.view__hint').waitFor();
      expect(await distance.getAttribute('aria-valuenow')).toBe(before);

      await surface.click();
      const scrolledPx = await page.evaluate(() => window.scrollY);
      await page.mouse.wheel(0, -120);
      await expect.poll(() => distance.getAttribute('aria-valuenow')).not.toBe(before);
      expect(await page.evaluate(() => window.scrollY)).toBe(scrolledPx);
    },
    2 * MINUTE,
  );
});
