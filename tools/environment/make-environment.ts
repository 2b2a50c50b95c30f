/**
 * Makes the room that objects mirror: `npm run environment` renders it in headless Chromium and writes
 * `src/scene/room-environment.bin`, read by src/scene/room-pixels.ts. Needed again only when three.js changes its room or its blur;
 * a browser test tells.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { commandLine } from '../lib/command-line.ts';
import { PROJECT_ROOT, toolPageOpen } from '../lib/tool-page';

const FILE = join(PROJECT_ROOT, 'src/scene/room-environment.bin');

commandLine(import.meta.filename, {});
const { page, close } = await toolPageOpen({
  tool: 'environment',
  html: 'page.html',
  onPost: async (_, body) => {
    const packed = gzipSync(body, { level: 9 });
    await writeFile(FILE, packed);
    console.log(`${FILE}: ${(packed.length / 1000).toFixed(0)} kB`);
    return '';
  },
});
try {
  await page.evaluate(() => window.roomUpload());
} finally {
  await close();
}
