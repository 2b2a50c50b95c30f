/**
 * Small pictures of the page's objects, drawn in headless Chromium through the page's own scene code.
 * A sheet of several objects from several sides helps to judge a new one:
 *
 *   npx tsx tools/meshes/thumbnails.ts --sheet sheet.webp car mug
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commandLine, wholeNumber } from '../lib/command-line.ts';
import { toolPageOpen } from '../lib/tool-page';
import { MESHES_DIR, THUMBNAIL_FILE } from './meshes-dir.ts';
import { RECIPES } from './objects/index.ts';
import type { ThumbnailJob } from './thumbnail-page';

const THUMBNAIL_SIZE_PX = 160;
const THUMBNAIL_VIEW = { azimuthDeg: 32, elevationDeg: 18 };
const SHEET_VIEWS = [35, 145, 270].map((azimuthDeg) => ({ azimuthDeg, elevationDeg: 18 }));

type SheetMaker = (job: ThumbnailJob) => Promise<Buffer>;

async function withSheetMaker(task: (make: SheetMaker) => Promise<void>): Promise<void> {
  const { page, close } = await toolPageOpen({ tool: 'meshes', html: 'thumbnail-page.html' });
  try {
    await task(async (job) => {
      const url = await page.evaluate((wanted) => window.thumbnailSheet(wanted), job);
      return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
    });
  } finally {
    await close();
  }
}

/**
 * Writes `public/meshes/<id>/thumbnail.webp`.
 * @throws Error when there is no Chromium
 */
export async function thumbnailsWrite(ids: readonly string[]): Promise<void> {
  await withSheetMaker(async (make) => {
    for (const id of ids) {
      const bytes = await make({ ids: [id], views: [THUMBNAIL_VIEW], sizePx: THUMBNAIL_SIZE_PX, columns: 1 });
      await writeFile(join(MESHES_DIR, id, THUMBNAIL_FILE), bytes);
    }
  });
}

async function main(): Promise<void> {
  const options = { sheet: { type: 'string' }, size: { type: 'string', default: '256' } } as const;
  const { values, positionals } = commandLine(import.meta.filename, options, true);
  const ids = positionals.length > 0 ? positionals : RECIPES.map(({ id }) => id);
  const { sheet } = values;
  if (sheet === undefined) await thumbnailsWrite(ids);
  else
    await withSheetMaker(async (make) => {
      await writeFile(
        sheet,
        await make({ ids, views: SHEET_VIEWS, sizePx: wholeNumber('size', values.size, 16), columns: 2 }),
      );
    });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
