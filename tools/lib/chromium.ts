/** Finds and starts the Chromium that renders and tests: CHROMIUM, a system one, or Playwright's own. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of a usable Chromium, or null. CHROMIUM that points nowhere is an error, not a reason to look further. */
export function chromiumPath(): string | null {
  const wanted = process.env['CHROMIUM'];
  if (wanted) {
    if (!existsSync(wanted)) throw new Error(`CHROMIUM names "${wanted}", which does not exist.`);
    return wanted;
  }
  const own = chromium.executablePath();
  return [...SYSTEM_PATHS, own].find((path) => path && existsSync(path)) ?? null;
}

/** Software rendering and no calls home: the same pictures on every machine, with or without a GPU. */
const LAUNCH_ARGS = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** @throws Error with the way out when there is no Chromium. */
export async function chromiumLaunch(extraArgs: readonly string[] = []): Promise<Browser> {
  const executablePath = chromiumPath();
  if (!executablePath)
    throw new Error('No Chromium found. Run "npm run setup:browser", or set CHROMIUM to the path of one.');
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    headless: true,
    args: [...LAUNCH_ARGS, ...(isRoot ? ['--no-sandbox'] : []), ...extraArgs],
  });
}
