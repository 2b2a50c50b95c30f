/** The model's settings on the built page: consent on a phone, models that are not there, an endpoint that answers. */
import { readdirSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MANIFEST } from '../../src/inference/worker/test-fixtures';
import { DIST } from '../lib/page-build';
import { builtPageServe, dialogGone, MINUTE, seriousViolations } from './built-page';

const KEY = 'sk-not-a-real-key-5301';

const built = builtPageServe();
let endpoint: Server;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

/** Speaks OpenAI's chat format, wants KEY, and always names the first of the options that it is given. */
function endpointCreate(): Server {
  return createServer((request, response) => {
    const answer = (status: number, value: unknown): void => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
      });
      response.end(JSON.stringify(value));
    };
    const respond = async (): Promise<void> => {
      const body = await bodyOf(request);
      if (request.method === 'OPTIONS') return answer(200, {});
      if (request.headers.authorization !== `Bearer ${KEY}`)
        return answer(401, { error: { message: 'That key opens nothing here.' } });
      if (request.url === '/v1/models') return answer(200, { data: [{ id: 'two-eyes' }] });
      const { messages } = JSON.parse(body) as { messages: { content: { type: string; text?: string }[] }[] };
      const parts = messages[0]?.content ?? [];
      const prompt = parts.find(({ type }) => type === 'text')?.text ?? '';
      const first = /^- (.*)$/m.exec(prompt)?.[1] ?? '';
      const pictures = parts.filter(({ type }) => type === 'image_url').length;
      return answer(200, { choices: [{ message: { content: pictures === 2 ? first : 'I see no pictures.' } }] });
    };
    void respond();
  });
}

beforeAll(async () => {
  endpoint = endpointCreate();
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  endpoint?.close();
});

/** A manifest whose files a start would fetch are so large together; none of them is there. */
const manifestOf = (totalBytes: number): object => ({
  ...MANIFEST,
  files: MANIFEST.files.map((file, index) => ({
    ...file,
    sizeBytes: index === 0 ? totalBytes - (MANIFEST.files.length - 1) : 1,
  })),
});

/** Opens the page without the model's weights. */
async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await built.newTab({ serviceWorkers: 'block', ...options });
  await page.route('**/models/viewpoint-v0/manifest.json', (route) => route.fulfill({ json: manifestOf(46_600_000) }));
  await page.goto(`${built.url()}?object=car&seed=7`);
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  return page;
}

async function settingsOpen(page: Page, kind: string): Promise<void> {
  await page.getByRole('button', { name: 'Model settings' }).click();
  await page.getByRole('radio', { name: kind, exact: true }).check();
}

const use = (page: Page): Promise<void> => page.getByRole('button', { name: 'Use this model' }).click();

/** Size of one of the runtime's builds. */
function wasmBytes(name: string): number {
  const found = readdirSync(join(DIST, 'assets')).find((file) => file.includes(`${name}-`) && file.endsWith('.wasm'));
  if (!found) throw new Error(`the build holds no ${name} runtime`);
  return statSync(join(DIST, 'assets', found)).size;
}

describe('on a phone', () => {
  it(
    'asks before the weights are fetched, with their size, and the settings fit',
    async () => {
      const page = await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
      const fetched: string[] = [];
      page.on('request', (request) => fetched.push(request.url()));
      const text = await page.getByRole('button', { name: /Load the model \(\d+\sMB\)/ }).innerText();
      // The model's 46.6 MB and the runtime's WebAssembly: the plain build, since this browser has WebGPU but no adapter.
      expect(Number(/\d+/.exec(text)?.[0])).toBe(Math.round((46_600_000 + wasmBytes('simd-threaded')) / 1e6));
      expect(fetched.filter((url) => url.includes('.onnx'))).toEqual([]);
      await settingsOpen(page, 'Endpoint');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      const dialog = page.getByRole('dialog');
      expect(await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
      for (const button of await dialog.getByRole('button').all()) {
        expect((await button.boundingBox())?.height, await button.innerText()).toBeGreaterThanOrEqual(44);
      }
    },
    3 * MINUTE,
  );
});

describe('on a connection that is to be spared', () => {
  it(
    'asks before a model at an address is fetched, and fetches nothing after a no',
    async () => {
      const page = await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
      await page.route('**/elsewhere/**', (route) => route.fulfill({ json: manifestOf(90_000_000) }));
      const fetched: string[] = [];
      page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
      await settingsOpen(page, 'Folder at an address');
      await page.getByLabel('Address of the folder').fill(`${built.url()}elsewhere`);
      await use(page);
      const question = page.getByRole('dialog', { name: 'Download now?' });
      await question.getByText(/^1\d\d\sMB would be fetched/).waitFor();
      expect(await seriousViolations(page)).toEqual([]);
      await question.getByRole('button', { name: 'Not now' }).click();
      await question.waitFor({ state: 'detached' });
      expect(fetched.filter((name) => name.includes('elsewhere'))).toHaveLength(1);
      await use(page);
      await question.getByRole('button', { name: 'Download', exact: true }).click();
      // What is there is no model: its refusal shows that it was asked for.
      await page.getByRole('dialog').getByRole('alert').waitFor();
    },
    3 * MINUTE,
  );
});

describe('another model', () => {
  it(
    'that is not there is refused by name, and the page goes on',
    async () => {
      const page = await open();
      await settingsOpen(page, 'Folder at an address');
      await use(page);
      await page.getByText(/is no address/).waitFor();
      await page.getByLabel('Address of the folder').fill(`${built.url()}models/none/`);
      await use(page);
      await page.getByRole('dialog').getByRole('alert').waitFor();
      expect(await page.getByRole('alert').last().innerText()).toMatch(/models\/none\/manifest\.json/);
      await page.getByText('Everything stays as it was.').waitFor();
    },
    3 * MINUTE,
  );

  it(
    'at an endpoint: what it refuses is said, then it answers under its own name and contradicts itself',
    async () => {
      const page = await open();
      const { port } = endpoint.address() as AddressInfo;
      await settingsOpen(page, 'Endpoint');
      await page.getByLabel('Address up to the version').fill(`http://127.0.0.1:${port}/v1`);
      await page.getByRole('textbox', { name: 'Model', exact: true }).fill('one-eye');
      await page.getByRole('textbox', { name: 'Key', exact: true }).fill('wrong');
      await use(page);
      await page.getByText(/That key opens nothing here/).waitFor();
      await page.getByRole('textbox', { name: 'Key', exact: true }).fill(KEY);
      await use(page);
      await page.getByText(/no model "one-eye"; it lists two-eyes/).waitFor();
      expect(await seriousViolations(page)).toEqual([]);

      await page.getByRole('textbox', { name: 'Model', exact: true }).fill('two-eyes');
      await use(page);
      await page.getByText('two-eyes answers from now on.').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('heading', { name: 'Model · two-eyes' }).waitFor();
      // The dialog holds the key until it is gone, and the heading behind it is there before.
      await dialogGone(page);
      // Nothing of the pair shows before the person's own answer, and the key is nowhere.
      const kept = await page.evaluate(() =>
        [document.documentElement.outerHTML, location.href, JSON.stringify(localStorage)].join('\n'),
      );
      expect(kept).not.toMatch(/[\d)]\s?°/);
      expect(kept).not.toContain(KEY);

      await page.keyboard.press('1');
      await page.getByText(new RegExp(`by 127\\.0\\.0\\.1:${port}, [\\d.]+ s`)).waitFor();
      await page.getByText('how sure it is, it does not say').waitFor();
      await page.getByRole('button', { name: 'Ask again with A and B swapped' }).click();
      await page.getByText(/It contradicts itself/).waitFor();
      expect(await seriousViolations(page)).toEqual([]);

      await page.getByRole('button', { name: 'Your own photos …' }).click();
      await page.getByRole('dialog', { name: 'Two photos of your own' }).waitFor();
      expect(await seriousViolations(page)).toEqual([]);
    },
    3 * MINUTE,
  );
});
