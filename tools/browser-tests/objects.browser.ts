/** Objects on the built page: the choice of them by keyboard, and a person's own mesh from drop to next visit. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { builtPageServe, dialogGone, fileDrop, MINUTE, seriousViolations } from './built-page';

/** A wedge: higher at one end than at the other. */
const WEDGE_OBJ = `v -1 0 -0.5
v 1 0 -0.5
v 1 0 0.5
v -1 0 0.5
v 1 0.8 -0.5
v 1 0.8 0.5
f 1 2 3 4
f 2 5 6 3
f 1 4 6 5
f 1 5 2
f 4 3 6
`;

const built = builtPageServe();

async function open(search: string, page?: Page): Promise<Page> {
  const tab = page ?? (await built.newTab({ viewport: { width: 1280, height: 900 } }));
  await tab.goto(built.url() + search);
  await tab.waitForSelector('html[data-ready]', { state: 'attached', timeout: MINUTE });
  return tab;
}

const picker = (page: Page, name: string) => page.getByRole('button', { name: `Object: ${name}. Choose another` });

describe('the choice of an object', () => {
  it(
    'opens, searches and chooses by keyboard, and gives the focus back',
    async () => {
      const page = await open('?mode=explore&object=car&lang=en');
      await picker(page, 'car').focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Choose an object' });
      await dialog.waitFor();
      expect(await dialog.getByRole('option').count()).toBeGreaterThanOrEqual(24);
      expect(await seriousViolations(page)).toEqual([]);
      await page.keyboard.type('teap');
      await expect.poll(() => dialog.getByRole('option').count()).toBe(1);
      await page.keyboard.press('Enter');
      await picker(page, 'teapot').waitFor();
      await page.waitForURL(/[?&]object=teapot/);
      expect(await picker(page, 'teapot').evaluate((button) => button === document.activeElement)).toBe(true);
    },
    2 * MINUTE,
  );
});

describe('an own mesh', () => {
  it(
    'that is broken is refused by file and reason, and the page stays as it was',
    async () => {
      const page = await open('?mode=explore&object=mug&lang=en');
      for (const [name, content, reason] of [
        ['half.glb', 'glTF', /half\.glb/],
        ['nothing.obj', '', /“nothing\.obj” is empty/],
        ['letter.pdf', '%PDF-1.7', /letter\.pdf/],
      ] as const) {
        await fileDrop(page, name, content);
        const alert = page.getByRole('dialog', { name: 'That did not work' }).getByRole('alert');
        await alert.waitFor();
        expect(await alert.innerText()).toMatch(reason);
        expect(await alert.innerText()).toContain('The page is as it was.');
        await page.keyboard.press('Escape');
        await dialogGone(page);
      }
      await picker(page, 'mug').waitFor();
    },
    2 * MINUTE,
  );

  it(
    'is turned upright, named, used, and there at the next visit when it is to be kept',
    async () => {
      const page = await open('?mode=explore&object=mug&lang=en');
      await fileDrop(page, 'wedge.obj', WEDGE_OBJ);
      const dialog = page.getByRole('dialog', { name: 'Your own object' });
      await dialog.getByText('wedge.obj · 8 triangles').waitFor();
      expect(await seriousViolations(page)).toEqual([]);
      await dialog.getByLabel('Name').fill('my wedge');
      await dialog.getByLabel('Keep for the next visit').check();
      await dialog.getByRole('button', { name: 'Use this object' }).click();
      await picker(page, 'my wedge').waitFor();
      await page.waitForURL(/[?&]object=own/);
      await page.locator('#card-truth dt').first().waitFor();

      await page.reload();
      await page.waitForSelector('html[data-ready]', { state: 'attached' });
      await picker(page, 'my wedge').click();
      await page.getByRole('button', { name: 'Remove my wedge' }).click();
      await page.keyboard.press('Escape');
      // What was on screen went away: the page shows its first object.
      await picker(page, 'car').waitFor();
    },
    2 * MINUTE,
  );
});
