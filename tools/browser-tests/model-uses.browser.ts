/** What people do with a model beyond the first answer, on the built page with the toy model: photos, a second model, storage, words. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { pngFromRgb } from '../dataset/png';
import { mayUsePython, toyModelFolder } from '../lib/toy-model';
import { builtPageServe, MINUTE, seriousViolations } from './built-page';

// A camera that shows a moving pattern; whether a page may use it is up to each test.
const built = builtPageServe('', ['--use-fake-device-for-media-stream']);
const ROUTE = '/models/viewpoint-v0/';
const PHOTO_SIZE_PX = 32;

const photo = (level: number): Buffer =>
  pngFromRgb(new Uint8Array(PHOTO_SIZE_PX * PHOTO_SIZE_PX * 3).fill(level), PHOTO_SIZE_PX);

describe.skipIf(!mayUsePython())('the model in use', () => {
  let toy = '';
  /** How many graphs it has. */
  let graphs = 0;
  beforeAll(() => {
    toy = toyModelFolder();
    graphs = readdirSync(path.join(toy, 'onnx')).filter((name) => name.endsWith('.onnx')).length;
  }, 2 * MINUTE);

  /** The page with the toy in the place of its own model, ready; `fetched`: the model's files as they are asked for. */
  async function open(search: string): Promise<{ page: Page; fetched: string[] }> {
    const page = await built.newTab({ serviceWorkers: 'block' }, true);
    const fetched: string[] = [];
    await page.route(`**${ROUTE}**`, (route) => {
      const name = new URL(route.request().url()).pathname.split(ROUTE)[1] ?? '';
      fetched.push(name);
      return route.fulfill({ path: path.join(toy, name), contentType: 'application/octet-stream' });
    });
    await page.goto(`${built.url()}?object=car&seed=7&${search}`);
    await page.getByRole('heading', { name: 'Model · Toy' }).waitFor();
    return { page, fetched };
  }

  const answered = (page: Page): Promise<void> =>
    page
      .getByText(/on your processor, [\d.]+ s/)
      .first()
      .waitFor();

  async function photosOpen(page: Page): Promise<Locator> {
    await page.getByRole('button', { name: 'Your own photos …' }).click();
    return page.getByRole('dialog', { name: 'Two photos of your own' });
  }

  /** The photos' dialog with the camera at photo A; a page may use it here. */
  async function cameraOpen(page: Page): Promise<Locator> {
    await page.context().grantPermissions(['camera']);
    const dialog = await photosOpen(page);
    await dialog.getByRole('button', { name: 'Camera for photo A' }).click();
    return dialog;
  }

  const settingsOpen = (page: Page): Promise<void> => page.getByRole('button', { name: 'Model settings' }).click();

  it(
    'is asked about two photos before any other answer: the square that it sees is shown, the truth is unknown',
    async () => {
      const { page } = await open('');
      const dialog = await photosOpen(page);
      const ask = dialog.getByRole('button', { name: 'Ask Toy' });
      for (const [index, letter] of ['A', 'B'].entries()) {
        expect(await ask.isDisabled()).toBe(true);
        await dialog
          .locator('input[type=file]')
          .nth(index)
          .setInputFiles({ name: `${letter}.png`, mimeType: 'image/png', buffer: photo(60 + 100 * index) });
        await dialog.getByRole('img', { name: `The square that the model sees of photo ${letter}` }).waitFor();
      }
      const shown = await dialog
        .locator('canvas')
        .evaluateAll((canvases) =>
          canvases.map(
            (canvas) => (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(1, 1, 1, 1).data[0] ?? -1,
          ),
        );
      expect(shown).toEqual([60, 160]);
      await ask.click();
      await dialog.getByText('Truth: unknown. Nobody measured where these cameras stood.').waitFor();
      await dialog.getByRole('heading', { name: 'Toy says' }).waitFor();
    },
    2 * MINUTE,
  );

  it(
    'takes both photos with the camera, one after the other, and closes it',
    async () => {
      const { page } = await open('');
      const dialog = await cameraOpen(page);
      for (const letter of ['A', 'B']) {
        const take = dialog.getByRole('button', { name: `Take photo ${letter}` });
        await expect
          .poll(() => dialog.locator('video').evaluate((video) => (video as HTMLVideoElement).videoWidth))
          .toBeGreaterThan(0);
        await expect.poll(() => take.getAttribute('aria-disabled')).toBe('false');
        expect(await take.evaluate((button) => button === document.activeElement)).toBe(true);
        expect(await seriousViolations(page)).toEqual([]);
        await page.keyboard.press('Enter');
        await dialog.getByRole('img', { name: `The square that the model sees of photo ${letter}` }).waitFor();
      }
      expect(await dialog.locator('video').count()).toBe(0);
      const colours = await dialog.locator('canvas').evaluateAll((canvases) =>
        canvases.map((canvas) => {
          const { width, height } = canvas as HTMLCanvasElement;
          const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
          return new Set(pixels).size;
        }),
      );
      for (const count of colours) expect(count).toBeGreaterThan(4);
      await dialog.getByRole('button', { name: 'Ask Toy' }).click();
      await dialog.getByRole('heading', { name: 'Toy says' }).waitFor();
    },
    2 * MINUTE,
  );

  it(
    'says beside photo B that the camera is gone when it is unplugged there',
    async () => {
      const { page } = await open('');
      const dialog = await cameraOpen(page);
      const take = dialog.getByRole('button', { name: 'Take photo A' });
      await expect.poll(() => take.getAttribute('aria-disabled')).toBe('false');
      await take.click();
      await dialog.getByRole('button', { name: 'Take photo B' }).waitFor();
      // No browser unplugs its test camera: the track is ended and says what a real one would say by itself.
      await dialog.locator('video').evaluate((video) => {
        const [track] = ((video as HTMLVideoElement).srcObject as MediaStream).getVideoTracks();
        track?.stop();
        track?.dispatchEvent(new Event('ended'));
      });
      const place = dialog.locator('[role=alert]').locator('xpath=ancestor::*[.//input[@type="file"]][1]');
      await place.getByRole('button', { name: 'Camera for photo B' }).waitFor();
      expect(await place.getByRole('button', { name: 'Camera for photo A' }).count()).toBe(0);
      await dialog.getByRole('img', { name: 'The square that the model sees of photo A' }).waitFor();
    },
    2 * MINUTE,
  );

  it(
    'says what to do when the camera may not be used, and forgets it with the next photo',
    async () => {
      const { page } = await open('');
      const dialog = await photosOpen(page);
      await dialog.getByRole('button', { name: 'Camera for photo B' }).click();
      const refused = dialog.getByRole('alert');
      await refused.getByText('Allow it in the browser’s settings').waitFor();
      expect(await dialog.getByRole('button', { name: 'Camera for photo B' }).count()).toBe(1);
      await dialog
        .locator('input[type=file]')
        .nth(1)
        .setInputFiles({ name: 'B.png', mimeType: 'image/png', buffer: photo(90) });
      await dialog.getByRole('img', { name: 'The square that the model sees of photo B' }).waitFor();
      expect(await refused.count()).toBe(0);
    },
    2 * MINUTE,
  );

  it(
    'stands beside a second one that comes from a folder on disk',
    async () => {
      const { page } = await open('');
      await settingsOpen(page);
      await page.getByRole('radio', { name: 'Folder on this device', exact: true }).check();
      await page.locator('input[webkitdirectory]').setInputFiles(toy);
      await page.getByRole('button', { name: 'Let it answer beside' }).click();
      await page.getByText(/^Toy answers/).waitFor();
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
      expect(await page.getByRole('heading', { name: 'Model · Toy' }).count()).toBe(2);
      await page.keyboard.press('1');
      await expect.poll(() => page.getByText(/on your processor, [\d.]+ s/).count(), { timeout: MINUTE }).toBe(2);
    },
    2 * MINUTE,
  );

  it(
    'is fetched anew when somebody wishes it, and gone when somebody deletes it',
    async () => {
      const { page, fetched } = await open('');
      await settingsOpen(page);
      fetched.length = 0;
      await page.getByRole('button', { name: 'Delete and download again' }).click();
      await expect
        .poll(() => fetched.filter((name) => name.endsWith('.onnx')).length, { timeout: MINUTE })
        .toBe(graphs);

      // The connection has become one that is to be spared.
      await page.evaluate(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
      fetched.length = 0;
      const question = page.getByRole('dialog', { name: 'Download now?' });
      await page.getByRole('button', { name: 'Delete and download again' }).click();
      await question.getByRole('button', { name: 'Not now' }).click();
      await question.waitFor({ state: 'detached' });
      expect(fetched.filter((name) => name.endsWith('.onnx'))).toEqual([]);
      await page.getByRole('button', { name: 'Delete and download again' }).click();
      await question.getByRole('button', { name: 'Download', exact: true }).click();
      await expect
        .poll(() => fetched.filter((name) => name.endsWith('.onnx')).length, { timeout: MINUTE })
        .toBe(graphs);

      await page.getByRole('button', { name: 'Delete what is kept' }).click();
      await page.getByText(/^Deleted\./).waitFor();
      expect(await page.evaluate(() => caches.keys())).toEqual([]);
    },
    2 * MINUTE,
  );

  it(
    'thinks aloud behind a fold until it is stopped',
    async () => {
      const { page } = await open('');
      await page.keyboard.press('1');
      await answered(page);
      await page.getByText('How it got there', { exact: true }).click();
      // The toy is quick: stopped as soon as there is a button for it.
      await page.evaluate(() => {
        const stop = setInterval(() => {
          const buttons = [...document.querySelectorAll<HTMLButtonElement>('details button')];
          const found = buttons.find(({ textContent }) => textContent === 'Stop');
          if (!found) return;
          clearInterval(stop);
          found.click();
        }, 5);
      });
      await page.getByRole('button', { name: 'Let it think aloud' }).click();
      await page.getByText(/^Stopped\./).waitFor();
      await page.getByRole('button', { name: 'Again', exact: true }).waitFor();
    },
    2 * MINUTE,
  );

  it(
    'answers a question in own words, ungraded',
    async () => {
      const { page } = await open('mode=explore&family=free');
      await page.getByRole('textbox', { name: 'Your question about the two views' }).fill('Which wheel is nearer?');
      await page.getByRole('button', { name: 'Ask', exact: true }).click();
      await page.getByText(/In its own words, not graded\./).waitFor();
      await page.getByText(/s to the first/).waitFor();
    },
    2 * MINUTE,
  );

  it(
    'answers a question in own words when it answers by itself to nothing',
    async () => {
      const { page } = await open('mode=explore&family=free');
      await page.getByRole('checkbox', { name: 'Answer whenever the cameras rest' }).uncheck();
      await page.getByRole('textbox', { name: 'Your question about the two views' }).fill('Which wheel is nearer?');
      await page.getByRole('button', { name: 'Ask', exact: true }).click();
      await page.getByText(/In its own words, not graded\./).waitFor();
    },
    2 * MINUTE,
  );
});
