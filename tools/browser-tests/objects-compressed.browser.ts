/** Own meshes with Draco, meshopt and KTX2 (Basis) inside, on the built page: what is seen of them, and what is said when they are damaged. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { builtPageServe, dialogGone, MINUTE } from './built-page';
import { compressedPartsHalved, glbJson, SLABS, type QUADRANTS } from './objects-samples';

const built = builtPageServe();

/** From the front and a little from above; the front's four colours fill most of the picture. */
const SEARCH = '?mode=explore&object=mug&a=20,15,4&b=60,20,4&lang=en';
const SAMPLE_PX = 64;

type Sample = keyof typeof SLABS;
type ColorName = keyof typeof QUADRANTS;

async function open(): Promise<{ page: Page; addresses: string[] }> {
  const page = await built.newTab({ viewport: { width: 1280, height: 900 }, serviceWorkers: 'block' });
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  await page.goto(built.url() + SEARCH);
  await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: 2 * MINUTE });
  return { page, addresses };
}

const picker = (page: Page, name: string) => page.getByRole('button', { name: `Object: ${name}. Choose another` });

async function bytesDrop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page.evaluate(
    ({ name, base64 }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
      const event = { dataTransfer: transfer, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new DragEvent('drop', event));
    },
    { name, base64: Buffer.from(bytes).toString('base64') },
  );
}

/** View A in small, red, green and blue of every pixel. */
const viewA = (page: Page): Promise<number[]> =>
  page.locator('[data-view=a] canvas').evaluate((element, sizePx) => {
    const small = document.createElement('canvas');
    small.width = small.height = sizePx;
    const context = small.getContext('2d');
    if (!context) throw new Error('no picture can be read');
    context.imageSmoothingQuality = 'high';
    context.drawImage(element as HTMLCanvasElement, 0, 0, sizePx, sizePx);
    return [...context.getImageData(0, 0, sizePx, sizePx).data].filter((_, i) => i % 4 !== 3);
  }, SAMPLE_PX);

/** Where the light falls changes how bright a colour is, hardly ever which of its channels are high. */
function colorName([red = 0, green = 0, blue = 0]: readonly number[]): ColorName | null {
  const low = Math.min(red, green, blue);
  const high = Math.max(red, green, blue);
  if (high - low < 60) return null;
  if (Math.min(red, green) - blue > 60) return 'yellow';
  return high === red ? 'red' : high === green ? 'green' : 'blue';
}

interface Patch {
  /** Of the picture. */
  share: number;
  /** Middle, 0 … 1 from the left and from above. */
  x: number;
  y: number;
}

/** What is seen of each of the texture's colours. */
function patchesOf(pixels: readonly number[]): Record<ColorName, Patch> {
  const found: Record<ColorName, Patch> = {
    red: { share: 0, x: 0, y: 0 },
    green: { share: 0, x: 0, y: 0 },
    blue: { share: 0, x: 0, y: 0 },
    yellow: { share: 0, x: 0, y: 0 },
  };
  const count = SAMPLE_PX * SAMPLE_PX;
  for (let pixel = 0; pixel < count; pixel++) {
    const name = colorName(pixels.slice(3 * pixel, 3 * pixel + 3));
    if (!name) continue;
    found[name].share += 1 / count;
    found[name].x += (pixel % SAMPLE_PX) / SAMPLE_PX;
    found[name].y += Math.floor(pixel / SAMPLE_PX) / SAMPLE_PX;
  }
  for (const patch of Object.values(found)) {
    patch.x /= Math.max(1, patch.share * count);
    patch.y /= Math.max(1, patch.share * count);
  }
  return found;
}

const meanOff = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, i) => sum + Math.abs(value - (other[i] ?? 0)), 0) / one.length;

/** All four colours, each in its corner of the object's front. */
function showsQuadrants(pixels: readonly number[]): boolean {
  const { red, green, blue, yellow } = patchesOf(pixels);
  return (
    [red, green, blue, yellow].every(({ share }) => share > 0.04) &&
    Math.max(red.x, blue.x) < Math.min(green.x, yellow.x) &&
    Math.max(red.y, green.y) < Math.min(blue.y, yellow.y)
  );
}

async function slabShow(page: Page, file: Sample): Promise<number[]> {
  await bytesDrop(page, file, await SLABS[file]());
  const dialog = page.getByRole('dialog', { name: 'Your own object' });
  await dialog.getByText(`${file} · 3,072 triangles`).waitFor();
  await dialog.getByRole('button', { name: 'Use this object' }).click();
  const name = file.replace('.glb', '');
  await picker(page, name).waitFor();
  await dialogGone(page);
  await page.waitForURL(new RegExp(`[?&]object=own-${name}`));
  await expect.poll(async () => showsQuadrants(await viewA(page)), { timeout: MINUTE, message: file }).toBe(true);
  return viewA(page);
}

/** Back to one of the page's own, so that no picture of the slab before is taken for the next one's. */
async function mugShow(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Object: .*Choose another$/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Choose an object' });
  await dialog.getByRole('option', { name: 'mug', exact: true }).click();
  await picker(page, 'mug').waitFor();
  await dialogGone(page);
  await expect.poll(async () => showsQuadrants(await viewA(page)), { timeout: MINUTE }).toBe(false);
}

describe('a compressed mesh of one’s own', () => {
  it(
    'looks as it does uncompressed, with decoders from the page’s own address',
    async () => {
      const { page, addresses } = await open();
      expect(showsQuadrants(await viewA(page))).toBe(false);
      const plain = await slabShow(page, 'plain.glb');
      const off: Record<string, number> = {};
      for (const [file, extension] of [
        ['draco.glb', 'KHR_draco_mesh_compression'],
        ['meshopt-ktx2.glb', 'EXT_meshopt_compression'],
        ['ktx2-etc1s.glb', 'KHR_texture_basisu'],
      ] as const) {
        expect(glbJson(await SLABS[file]()).extensionsRequired).toContain(extension);
        await mugShow(page);
        off[file] = meanOff(await slabShow(page, file), plain);
      }
      expect(Object.entries(off).filter(([, mean]) => mean > 3)).toEqual([]);
      for (const decoder of [/draco_decoder[^/]*\.wasm$/, /basis_transcoder[^/]*\.wasm$/])
        expect(addresses.filter((address) => decoder.test(address)).length).toBeGreaterThan(0);
      expect(addresses.filter((address) => !address.startsWith(built.url()) && !/^(blob|data):/.test(address))).toEqual(
        [],
      );
    },
    8 * MINUTE,
  );

  it(
    'that was cut off in what is compressed is refused by name, and the page stays as it was',
    async () => {
      const { page } = await open();
      const before = await viewA(page);
      const said: Record<string, string> = {};
      for (const file of ['draco.glb', 'meshopt.glb', 'ktx2-etc1s.glb', 'ktx2-uastc.glb'] as const) {
        const whole = await SLABS[file]();
        for (const [name, bytes] of [
          [`halved-${file}`, compressedPartsHalved(whole)],
          [`ends-early-${file}`, whole.subarray(0, whole.length - 100)],
        ] as const) {
          await bytesDrop(page, name, bytes);
          const alert = page.getByRole('dialog', { name: 'That did not work' }).getByRole('alert');
          await alert.waitFor().catch((cause: unknown) => {
            throw new Error(`${name} was not refused`, { cause });
          });
          said[name] = await alert.innerText();
          await page.keyboard.press('Escape');
          await dialogGone(page);
        }
      }
      for (const [name, text] of Object.entries(said)) {
        expect(text).toContain(`“${name}” is ${name.startsWith('halved') ? 'broken' : 'cut off'}`);
        expect(text).toContain('The page is as it was.');
        expect(text).not.toMatch(/undefined|\[object/);
      }
      // Why, and what to do; what the decoder said follows as a quote.
      expect(said['halved-draco.glb']).toMatch(
        /packed with Draco, could not be unpacked\. Export it again; .* without Draco/,
      );
      expect(said['halved-draco.glb']).toContain('DRACOLoader: ');
      expect(said['halved-meshopt.glb']).toContain('packed with meshopt, could not be unpacked');
      await picker(page, 'mug').waitFor();
      expect(meanOff(await viewA(page), before)).toBeLessThan(1);

      // Only its look is lost: the person may go on.
      await bytesDrop(page, 'pale.glb', compressedPartsHalved(await SLABS['ktx2-uastc.glb']()));
      await page.getByRole('button', { name: 'Show it without them' }).click();
      await page.getByRole('dialog', { name: 'Your own object' }).getByText('pale.glb · 3,072 triangles').waitFor();
    },
    6 * MINUTE,
  );
});
