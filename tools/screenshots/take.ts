/**
 * Pictures of the built page's states, for people to look at and for the README.
 *
 *   npm run build && npm run screenshots [-- --only answered,phone] [--out DIR]
 *
 * The README's picture (docs/first-screen.png) is `answered`. A state that cannot be reached fails by name.
 */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { chromiumLaunch } from '../lib/chromium';
import { commandLine, usageError } from '../lib/command-line';
import { damagedModel, withoutWebGl } from '../lib/page-faults';
import { DIST } from '../lib/page-build';
import { staticServerStart } from '../lib/static-server';
import { PROJECT_ROOT } from '../lib/tool-page';

const MINUTE_MS = 60_000;
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
const PROJECTOR = { width: 1920, height: 1080 };
/** Half of the pairs move left: that all of these do has a chance of one in a thousand. */
const PAIRS_AT_MOST = 10;

interface Shot {
  readonly name: string;
  readonly search?: string;
  readonly size?: { readonly width: number; readonly height: number };
  readonly dark?: boolean;
  readonly fullPage?: boolean;
  readonly withModel?: boolean;
  readonly before?: (page: Page) => Promise<unknown>;
  readonly steps?: (page: Page) => Promise<unknown>;
}

const truthShown = (page: Page): Promise<void> => page.locator('#card-truth dt').first().waitFor();

const isPhone = (page: Page): Promise<boolean> => page.evaluate(() => matchMedia('(pointer: coarse)').matches);

/** Phones ask before they fetch. */
async function modelReady(page: Page): Promise<void> {
  if (await isPhone(page)) await page.getByRole('button', { name: /^(Load the model|加载模型)/ }).tap();
  await page.getByText(/^(Ready|已就绪)$/).waitFor({ timeout: 3 * MINUTE_MS });
}

const modelAnswered = (page: Page): Promise<void> =>
  page.getByText(/on your (processor|GPU), |在你的.*上，/).waitFor({ timeout: MINUTE_MS });

async function guessed(page: Page, option: 1 | 2 = 2): Promise<void> {
  await modelReady(page);
  // A key on a phone would leave the mark of the keyboard's place.
  if (await isPhone(page))
    await page
      .locator('.answers button')
      .nth(option - 1)
      .tap();
  else await page.keyboard.press(String(option));
  await truthShown(page);
  await modelAnswered(page);
  // The overview plays the move once.
  await page.waitForTimeout(2500);
}

/** Answers "left" to pair after pair until that is wrong. */
async function guessedWrongly(page: Page): Promise<void> {
  for (let pair = 0; pair < PAIRS_AT_MOST; pair++) {
    await guessed(page, 1);
    if ((await page.locator('#card-you [data-verdict=wrong]').count()) > 0) return;
    await page.keyboard.press('n');
    await page.locator('#card-truth dt').first().waitFor({ state: 'detached' });
  }
  throw new Error(`"left" was right ${PAIRS_AT_MOST} times`);
}

/** A chair of which half did not come along falls onto the page. */
async function brokenMeshDropped(page: Page): Promise<void> {
  await modelReady(page);
  await page.evaluate(async () => {
    const whole = await (await fetch('meshes/chair/mesh.glb')).blob();
    const transfer = new DataTransfer();
    transfer.items.add(new File([whole.slice(0, whole.size / 2)], 'garden chair.glb'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  await page.getByRole('alert').getByText('garden chair.glb').first().waitFor();
}

const modelFailed = (page: Page): Promise<void> =>
  page.getByText('The model did not load').waitFor({ timeout: 2 * MINUTE_MS });

const WRONG = '?object=typewriter&seed=7';
const BROKEN_MESH = '?object=chair&seed=2';
/** A vase that looks the same from all sides but one. */
const AMBIGUOUS = '?mode=explore&object=vase&a=180,20,4.5&b=220,20,4.5';
/** Dozens of poses are drawn and compared, beside a model that computes. */
const lookAlikeShown = (page: Page): Promise<void> =>
  page
    .locator('.alike img')
    .last()
    .waitFor({ timeout: 6 * MINUTE_MS });

const PROJECTED = '?object=camera&seed=5&theme=projector';
const PHONE_WHOLE = { size: PHONE, fullPage: true } as const;

const SHOTS: readonly Shot[] = [
  { name: 'first', search: '?object=car&seed=7', withModel: true, steps: modelReady },
  { name: 'first-zh', search: '?object=car&seed=7&lang=zh', withModel: true, steps: modelReady },
  { name: 'answered', search: '?object=car&seed=7', withModel: true, steps: guessed },
  { name: 'answered-dark', search: '?object=sailing-boat&seed=9', withModel: true, dark: true, steps: guessed },
  { name: 'answered-zh', search: '?object=robot&seed=5&lang=zh', withModel: true, steps: guessed },
  { name: 'wrong', search: WRONG, withModel: true, steps: guessedWrongly },
  { name: 'wrong-zh', search: `${WRONG}&lang=zh`, withModel: true, steps: guessedWrongly },
  { name: 'projector', search: PROJECTED, size: PROJECTOR, withModel: true, steps: guessed },
  { name: 'projector-zh', search: `${PROJECTED}&lang=zh`, size: PROJECTOR, withModel: true, steps: guessed },
  { name: 'explore', search: '?mode=explore&object=house', withModel: true, steps: modelAnswered },
  { name: 'ambiguous', search: AMBIGUOUS, withModel: true, fullPage: true, steps: lookAlikeShown },
  { name: 'ambiguous-zh', search: `${AMBIGUOUS}&lang=zh`, withModel: true, fullPage: true, steps: lookAlikeShown },
  { name: 'phone', search: '?object=mug&seed=4', size: PHONE, withModel: true },
  { name: 'phone-zh', search: '?object=mug&seed=4&lang=zh', size: PHONE, withModel: true },
  { name: 'phone-answered', search: '?object=mug&seed=4', ...PHONE_WHOLE, withModel: true, steps: guessed },
  { name: 'phone-answered-zh', search: '?object=mug&seed=4&lang=zh', ...PHONE_WHOLE, withModel: true, steps: guessed },
  {
    name: 'phone-ambiguous-zh',
    search: `${AMBIGUOUS}&lang=zh`,
    ...PHONE_WHOLE,
    withModel: true,
    steps: lookAlikeShown,
  },
  { name: 'phone-explore', search: '?mode=explore&object=chair', ...PHONE_WHOLE, withModel: true },
  { name: 'error-mesh', search: BROKEN_MESH, withModel: true, steps: brokenMeshDropped },
  { name: 'error-mesh-zh', search: `${BROKEN_MESH}&lang=zh`, withModel: true, steps: brokenMeshDropped },
  { name: 'error-object', search: '?object=flying-teacup' },
  { name: 'error-address', search: '?mode=fly&a=1e9,0,0&seed=NaN' },
  { name: 'error-model-missing', search: '?object=car&seed=7', steps: modelFailed },
  {
    name: 'error-model-damaged',
    withModel: true,
    search: '?object=car&seed=7',
    before: damagedModel,
    steps: modelFailed,
  },
  { name: 'error-webgl', before: withoutWebGl },
];

async function shotTake(browser: Browser, url: string, shot: Shot, folder: string): Promise<string> {
  const { size = DESKTOP } = shot;
  const context = await browser.newContext({
    viewport: size,
    deviceScaleFactor: size === PROJECTOR ? 1 : 2,
    hasTouch: size === PHONE,
    isMobile: size === PHONE,
    colorScheme: shot.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(MINUTE_MS);
    if (!shot.withModel) await page.route('**/models/**', (route) => route.fulfill({ status: 404, body: '' }));
    await shot.before?.(page);
    await page.goto(`${url}${shot.search ?? ''}`);
    await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: MINUTE_MS });
    await shot.steps?.(page);
    const file = join(folder, `${shot.name}.png`);
    await page.screenshot({ path: file, fullPage: shot.fullPage ?? false });
    return file;
  } catch (error) {
    throw new Error(`The state "${shot.name}" could not be reached.`, { cause: error });
  } finally {
    await context.close();
  }
}

const { values } = commandLine(import.meta.filename, {
  only: { type: 'string' },
  out: { type: 'string', default: 'test-results/screenshots' },
});
if (!existsSync(join(DIST, 'index.html'))) usageError('There is no build yet: run "npm run build" first.');
const wanted = values.only?.split(',');
const unknown = wanted?.find((name) => !SHOTS.some((shot) => shot.name === name));
if (unknown) usageError(`Unknown state "${unknown}". States: ${SHOTS.map(({ name }) => name).join(', ')}.`);
const folder = resolve(values.out);
mkdirSync(folder, { recursive: true });
const server = await staticServerStart({ mounts: { '/': DIST } });
const browser = await chromiumLaunch();
try {
  for (const shot of SHOTS.filter(({ name }) => wanted?.includes(name) ?? true)) {
    const file = await shotTake(browser, server.url, shot, folder);
    if (shot.name === 'answered') copyFileSync(file, join(PROJECT_ROOT, 'docs/first-screen.png'));
    console.log(file);
  }
} finally {
  await browser.close();
  await server.close();
}
