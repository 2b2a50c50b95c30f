/** What counts in Guess, and what the browser remembers of it. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { lookAlikeSearch } from '../lib/page-faults';
import { builtPageServe, MINUTE } from './built-page';

const built = builtPageServe();

const ready = (page: Page): Promise<unknown> => page.waitForSelector('html[data-ready]', { state: 'attached' });
const you = (page: Page) => page.locator('#card-you');

async function answer(page: Page): Promise<void> {
  await page.keyboard.press('1');
  await page.locator('#card-truth dt').first().waitFor();
}

describe('a pair whose answer was shown', () => {
  it(
    'is asked again after a reload and in another tab, and does not count again, until the score starts afresh',
    async () => {
      const page = await built.newTab({ serviceWorkers: 'block' });
      const link = `${built.url()}?object=car&pin=1&seed=7&lang=en`;
      await page.goto(link);
      await ready(page);
      const other = await page.context().newPage();
      await other.route('**/models/**', (route) => route.fulfill({ status: 404, body: '' }));
      await other.goto(link);
      await ready(other);
      await answer(page);
      await you(page).getByText('of 1 so far').waitFor();
      const repeat = 'the answer to this pair was shown on this device before';
      expect(await you(page).getByText(repeat).count()).toBe(0);
      // The other tab was open before, and hears of it.
      await you(other).getByText(repeat).waitFor();
      await answer(other);
      // It has the sum of both, and counts nothing twice.
      await you(other).getByText('of 1 so far').waitFor();
      expect(await you(other).getByText('of 2 so far').count()).toBe(0);

      await page.reload();
      await ready(page);
      await you(page).getByText('Your turn').waitFor();
      await you(page).getByText(repeat).waitFor();
      await answer(page);
      await you(page).getByText('of 1 so far').waitFor();
      // The next one is new.
      await page.keyboard.press('n');
      await page.waitForURL(/[?&]seed=8(&|$)/);
      await you(page).getByText('Your turn').waitFor();
      expect(await you(page).getByText(repeat).count()).toBe(0);
      await answer(page);
      await you(page).getByText('of 2 so far').waitFor();
      await page.getByRole('button', { name: 'Reset score' }).click();
      await page.goto(`${built.url()}?object=car&seed=7&lang=zh`);
      await ready(page);
      await answer(page);
      await you(page).getByText('目前 1 题').waitFor();
      await page.reload();
      await ready(page);
      await you(page).getByText('不计分：这一题的答案在本设备上显示过').waitFor();

      // Whoever gets the link has seen nothing.
      const stranger = await built.newTab({ serviceWorkers: 'block' });
      await stranger.goto(link);
      await ready(stranger);
      await answer(stranger);
      await you(stranger).getByText('of 1 so far').waitFor();
    },
    4 * MINUTE,
  );
});

describe('an answer whose pair is still being looked at when the page is left', () => {
  it(
    'is taken back at the next visit if nobody can tell that pair, and only once',
    async () => {
      const page = await built.newTab({ serviceWorkers: 'block' });
      await lookAlikeSearch(page, 'never');
      await page.goto(`${built.url()}?object=mug&pin=1&seed=7&lang=en`);
      await ready(page);
      await answer(page);
      await you(page).getByText('of 1 so far').waitFor();
      await page.unroute('**/assets/assessor-*.js');
      await lookAlikeSearch(page, 'ambiguous');
      await page.reload();
      await ready(page);
      await you(page).getByText('An earlier answer no longer counts').waitFor();
      expect(await you(page).getByText('so far').count()).toBe(0);
      // The pair was shown all the same, and a clear answer to the next one is the first in the score.
      await you(page).getByText('the answer to this pair was shown on this device before').waitFor();
      await page.unroute('**/assets/assessor-*.js');
      await lookAlikeSearch(page, 'never');
      await page.reload();
      await ready(page);
      await answer(page);
      await page.keyboard.press('n');
      await page.waitForURL(/[?&]seed=8(&|$)/);
      await you(page).getByText('Your turn').waitFor();
      expect(await you(page).getByText('no longer counts').count()).toBe(0);
      await answer(page);
      await you(page).getByText('of 1 so far').waitFor();
    },
    4 * MINUTE,
  );
});
