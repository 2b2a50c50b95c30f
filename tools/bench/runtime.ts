/**
 * Our runtime against @huggingface/transformers: same files, browser, prompts, answer tokens, threads and version of onnxruntime-web,
 * interleaved. What each makes of these is its own: on WASM ours takes the runtime's plain build and turns the 4-bit weights into eight-bit
 * ones when it starts; theirs takes the build that can wait for a graphics card, and the 4-bit decoder as it is.
 *
 *   npm run bench:runtime -- --model DIR [--backend wasm|webgpu] [--threads 2] [--repeats 5] [--answer-tokens 8]
 *     [--decode-tokens 48] [--rest-ms 2000] [--json]
 *
 * `load`: files in the cache → ready. `firstCold`: two new pictures and a question → answer. `firstPrepared`: the same when the cameras
 * had rested; it is the question that was asked before, which ours expects by itself. `secondAnswer`: another question about the
 * pair; theirs reuses keys and values up to the last image token through `past_key_values`; `secondAnswerPlain`: their plain call. `decode`: tokens per second after the first. `peakMemory`: largest resident
 * size of the renderer. Medians; ratios above 1 are better for us. Both sides write the same number of tokens: no end token stops them.
 * `mainThreadLongestTaskMs`: the longest task on the built page's own thread while ours prepares, scores and reasons, from a trace;
 * `mainThreadLongestWithoutDrawingMs`: without its waits for pictures, which no graphics card draws here;
 * `mainThreadLongestProcessorMs`: as long as it had a processor, of which the model's threads take all.
 * Progress and a table go to stderr; with --json the last line of stdout is the report. On WASM a missed bar ends it with an error; the
 * longest task without drawing is one, at most 50 ms.
 * On WebGPU the adapter may be SwiftShader; neither side uses subgroups there.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import prompts from '../../src/contract/prompts.json' with { type: 'json' };
import { chromiumLaunch } from '../lib/chromium';
import { commandLine, usageError, wholeNumber } from '../lib/command-line';
import { staticServerStart } from '../lib/static-server';
import { mayUsePython, toyModelFolder } from '../lib/toy-model';
import { mainThreadTasks } from './main-thread';
import type { TrialPlan, TrialResult } from './protocol';
import { peakBytes, rendererPids } from './renderer-memory';
import type { PageTask } from './trace-tasks';
import { BARS, barsMissed, clocksMedian, LONG_TASK_MS, ratiosOf, tableText, type Clocks } from './report';

const ROOT = resolve(import.meta.dirname, '../..');
const RENDERER_END_MS = 20_000;

const { values } = commandLine(import.meta.filename, {
  model: { type: 'string' },
  backend: { type: 'string', default: 'wasm' },
  threads: { type: 'string', default: '2' },
  repeats: { type: 'string', default: '5' },
  'answer-tokens': { type: 'string', default: '8' },
  'decode-tokens': { type: 'string', default: '48' },
  'rest-ms': { type: 'string', default: '2000' },
  json: { type: 'boolean', default: false },
});

const whole = (name: 'threads' | 'repeats' | 'answer-tokens' | 'decode-tokens' | 'rest-ms', least: number): number =>
  wholeNumber(name, values[name], least);

const { backend } = values;
if (backend !== 'wasm' && backend !== 'webgpu')
  usageError(`--backend takes "wasm" or "webgpu", got "${String(backend)}".`);

/** The named folder; else the first of public/models, on WebGPU the toy model: software adapters take minutes with the real one. */
function modelFolder(): string {
  if (backend === 'webgpu' && values.model === undefined) {
    if (mayUsePython()) return toyModelFolder();
    usageError(
      'WebGPU is measured with the toy model, which is made by Python: run training/runs/setup.sh, which makes .venv, ' +
        'or name a folder with --model DIR.',
    );
  }
  const shipped = join(ROOT, 'public/models');
  const found = existsSync(shipped) ? readdirSync(shipped).map((name) => join(shipped, name)) : [];
  const candidates = values.model === undefined ? found.sort() : [resolve(values.model)];
  const folder = candidates.find((path) => existsSync(join(path, 'manifest.json')));
  if (folder) return folder;
  if (values.model !== undefined) usageError(`There is no model at "${values.model}": it has no manifest.json.`);
  usageError('There is no model in public/models. Name a model folder with --model DIR.');
}

interface Manifest {
  readonly id: string;
  readonly image: { readonly sizePx: number };
  readonly text: { readonly vocabSize: number };
}

const folder = modelFolder();
const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
const repeats = whole('repeats', 1);
const threads = whole('threads', 1);
const ortVersion = (
  JSON.parse(readFileSync(join(ROOT, 'node_modules/onnxruntime-web/package.json'), 'utf8')) as { version: string }
).version;

/** The folder under the name that it has, with an end token that no text holds. */
function endlessFolder(): string {
  const copy = mkdtempSync(join(tmpdir(), 'viewpoint-bench-'));
  for (const name of readdirSync(folder).filter((entry) => entry !== 'manifest.json'))
    symlinkSync(join(folder, name), join(copy, name));
  const endless = { ...manifest, text: { ...manifest.text, endTokenIds: [manifest.text.vocabSize] } };
  writeFileSync(join(copy, 'manifest.json'), JSON.stringify(endless));
  return copy;
}

async function pageBuild(): Promise<string> {
  const root = join(ROOT, 'tools/bench');
  const outDir = join(ROOT, '.cache/tools', `bench-${process.pid}`);
  await build({
    configFile: false,
    root,
    base: './',
    publicDir: false,
    logLevel: 'error',
    worker: { format: 'es' },
    // The library brings its own copy of the runtime: both sides are to use ours.
    resolve: { dedupe: ['onnxruntime-web', 'onnxruntime-common'] },
    build: { outDir, emptyOutDir: true, target: 'es2022', rollupOptions: { input: join(root, 'page.html') } },
  });
  return outDir;
}

async function trial(
  browser: Browser,
  context: Awaited<ReturnType<Browser['newContext']>>,
  url: string,
  engine: 'ours' | 'theirs',
  plan: TrialPlan,
): Promise<{ result: TrialResult; peakMemoryBytes: number | null }> {
  const before = new Set(await rendererPids(browser));
  const page: Page = await context.newPage();
  page.setDefaultTimeout(0);
  page.on('pageerror', (error) => console.error(`page error: ${error.message}`));
  try {
    await page.goto(url);
    await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: 60_000 });
    const result = await page.evaluate(([name, given]) => window.benchPage.trial(name, given), [engine, plan] as const);
    const pids = await rendererPids(browser);
    // A renderer that stood ready may have been taken over: where no new one came, all count.
    const fresh = pids.filter((pid) => !before.has(pid));
    return { result, peakMemoryBytes: peakBytes(fresh.length > 0 ? [...fresh, ...spareOf(before, pids)] : pids) };
  } finally {
    const used = await rendererPids(browser);
    await page.close();
    await renderersEnd(browser, used);
  }
}

/** Waits until the renderer of a closed page is gone: the next page must not take it over, with the peak that it had. */
async function renderersEnd(browser: Browser, used: readonly number[]): Promise<void> {
  for (let waitedMs = 0; waitedMs < RENDERER_END_MS; waitedMs += 100) {
    const alive = await rendererPids(browser);
    if (used.some((pid) => !alive.includes(pid))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(
    `The closed page's renderer was still there after ${RENDERER_END_MS} ms: its memory cannot be told from the next page's.`,
  );
}

/** Renderers that were there before and still are: a spare one may have become the page's. */
function spareOf(before: ReadonlySet<number>, now: readonly number[]): number[] {
  return now.filter((pid) => before.has(pid));
}

const ANSWERS = ['firstCold', 'firstPrepared', 'secondAnswer', 'decode'] as const;

/** @throws Error when an answer is shorter than was asked for: clocks of unequal answers say nothing. */
function lengthsCheck(engine: string, { tokenIds }: TrialResult, plan: TrialPlan): void {
  for (const name of ANSWERS) {
    const wanted = name === 'decode' ? plan.decodeTokens : plan.answerTokens;
    if (tokenIds[name].length !== wanted)
      throw new Error(`${engine} wrote ${tokenIds[name].length} tokens for ${name}, not ${wanted}.`);
  }
}

const sameIds = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((id, index) => id === b[index]);

const clocksOf = (result: TrialResult, peakMemoryBytes: number | null): Clocks => ({
  loadMs: result.loadMs,
  firstColdMs: result.firstColdMs,
  firstPreparedMs: result.firstPreparedMs,
  secondAnswerMs: result.secondAnswerMs,
  secondAnswerPlainMs: result.secondAnswerPlainMs,
  tokensPerSecond: result.tokensPerSecond,
  peakMemoryBytes,
});

async function main(): Promise<void> {
  console.error('building the page…');
  const outDir = await pageBuild();
  const id = basename(folder);
  const endless = endlessFolder();
  const server = await staticServerStart({ mounts: { '/': outDir, [`/models/${id}/`]: endless } });
  const browser = await chromiumLaunch(backend === 'webgpu' ? ['--enable-unsafe-webgpu'] : []);
  const stem = (family: keyof typeof prompts.families): string => prompts.families[family].stem;
  const runs: Record<'ours' | 'theirs', Clocks[]> = { ours: [], theirs: [] };
  let pageTasks: PageTask[] = [];
  let answers = 0;
  let sameAnswers = 0;
  try {
    const context = await browser.newContext();
    const planOf = (seed: number): TrialPlan => ({
      modelUrl: `${server.url}models/${id}/`,
      hostUrl: `${server.url}models/`,
      modelId: id,
      backend: backend as 'wasm' | 'webgpu',
      threads,
      sizePx: manifest.image.sizePx,
      seed,
      restMs: whole('rest-ms', 0),
      question: `${stem('ego-translation')} ${prompts.formats.words.suffix}`,
      otherQuestion: `${stem('ego-rotation')} ${prompts.formats.words.suffix}`,
      longQuestion: `${stem('ego-translation')} ${prompts.formats.reasoned.suffix}`,
      answerTokens: whole('answer-tokens', 1),
      decodeTokens: whole('decode-tokens', 2),
    });
    // Repetition 0 fills the caches and is not counted; afterwards the two take turns at going first.
    for (let repeat = 0; repeat <= repeats; repeat++) {
      const order = repeat % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const);
      const said: Partial<Record<'ours' | 'theirs', TrialResult>> = {};
      for (const engine of order) {
        const plan = planOf(repeat);
        const { result, peakMemoryBytes } = await trial(browser, context, `${server.url}page.html`, engine, plan);
        lengthsCheck(engine, result, plan);
        if (engine === 'theirs' && result.runtime !== `onnxruntime-web ${ortVersion}`)
          throw new Error(`theirs runs on ${result.runtime}, ours on ${ortVersion}: the build did not unify them.`);
        said[engine] = result;
        if (repeat === 0) continue;
        runs[engine].push(clocksOf(result, peakMemoryBytes));
        console.error(`${repeat}/${repeats} ${engine}: ${JSON.stringify(runs[engine].at(-1))}`);
      }
      if (repeat === 0) continue;
      for (const name of ANSWERS) {
        answers++;
        if (sameIds(said.ours?.tokenIds[name] ?? [], said.theirs?.tokenIds[name] ?? [])) sameAnswers++;
      }
    }
    await context.close();
    console.error('tracing the built page…');
    pageTasks = await mainThreadTasks(browser, folder, repeats);
  } finally {
    await browser.close();
    await server.close();
    for (const made of [outDir, endless]) rmSync(made, { recursive: true, force: true });
  }
  const ours = clocksMedian(runs.ours);
  const theirs = clocksMedian(runs.theirs);
  const ratios = ratiosOf(ours, theirs);
  console.error(`\n${tableText(ours, theirs)}\n`);
  console.error(`${sameAnswers} of ${answers} answers have the same tokens on both sides.`);
  const longestOf = (durations: readonly number[]): number => Math.max(...durations);
  const mainThreadLongestTaskMs = longestOf(pageTasks.map(({ durationMs }) => durationMs));
  const withoutDrawingMs = pageTasks.map(({ durationMs, drawingMs }) => durationMs - drawingMs);
  const mainThreadLongestWithoutDrawingMs = longestOf(withoutDrawingMs);
  const mainThreadLongestProcessorMs = longestOf(pageTasks.map(({ processorMs }) => processorMs));
  console.error(
    `Longest of ${pageTasks.length} tasks on the built page's thread while the model worked: ` +
      `${mainThreadLongestTaskMs.toFixed(1)} ms; without waiting for pictures, which are drawn in software here, ` +
      `${mainThreadLongestWithoutDrawingMs.toFixed(1)} ms (${withoutDrawingMs.filter((ms) => ms > LONG_TASK_MS).length} over ${LONG_TASK_MS} ms); ` +
      `of processor time, which the model's threads take too, ${mainThreadLongestProcessorMs.toFixed(1)} ms.`,
  );
  const ratiosMissed = barsMissed(ratios).map((name) => `${name} (at least ${BARS[name]})`);
  const tasksMissed =
    mainThreadLongestWithoutDrawingMs > LONG_TASK_MS ? [`longest task of the page (at most ${LONG_TASK_MS} ms)`] : [];
  const missed = backend === 'wasm' ? [...ratiosMissed, ...tasksMissed] : [];
  if (missed.length > 0) {
    console.error(`Bars missed: ${missed.join(', ')}.`);
    process.exitCode = 1;
  } else if (backend === 'wasm') console.error('Every bar is met.');
  if (!values.json) return;
  const model = { id: manifest.id, folder: id };
  const runtime = { onnxruntimeWeb: ortVersion, backend, threads, repeats };
  const mainThread = { mainThreadLongestTaskMs, mainThreadLongestWithoutDrawingMs, mainThreadLongestProcessorMs };
  console.log(
    JSON.stringify({ ratios, ours, theirs, answers, sameAnswers, ...mainThread, missed, model, runtime, runs }),
  );
}

await main();
