/** Runs in the browser: offers an engine to the tests, over plain data. */
import { createWorkerEngine } from '../../src/inference/client.ts';
import {
  EngineError,
  type GenerateResult,
  type InferenceEngine,
  type LoadedModel,
  type LoadProgress,
  type ScoreResult,
} from '../../src/inference/engine.ts';
import { loopVariablesStartAnew, type ProbeDevice } from '../../src/inference/worker/shader-probe.ts';
import type { LogitsAsk, LogitsReply } from './logits-worker.ts';
import { pairFrom, type PairSource } from './pair-source.ts';

type Outcome<T> = { ok: true; value: T } | { ok: false; code: string; message: string };

export interface EnginePage {
  start(options: { modelUrl: string; preferredBackend: 'webgpu' | 'wasm' | 'auto'; threads?: number }): void;
  load(): Promise<Outcome<{ model: LoadedModel; stages: (LoadProgress & { atMs: number })[]; durationMs: number }>>;
  prepare(pair: PairSource): Promise<Outcome<number>>;
  score(
    pair: PairSource,
    prompt: string,
    options: string[],
    deadlineMs?: number,
  ): Promise<Outcome<ScoreResult & { askedMs: number }>>;
  generate(
    pair: PairSource,
    prompt: string,
    maxNewTokens: number,
    abortAfterMs?: number,
  ): Promise<Outcome<GenerateResult & { texts: string[] }>>;
  dispose(): void;
  /** Whether loops' variables start anew on a device of this browser: as the runtime's shaders declare them, and with a written value. */
  shaderLoops(): Promise<{ declared: boolean; written: boolean }>;
  /** Raw logits, from the engine's parts in a worker of their own. */
  logits(ask: LogitsAsk): Promise<LogitsReply>;
}

interface BrowserGpu {
  requestAdapter(): Promise<{ requestDevice(): Promise<ProbeDevice & { destroy(): void }> } | null>;
}

async function shaderLoops(): Promise<{ declared: boolean; written: boolean }> {
  const adapter = await (navigator as unknown as { gpu?: BrowserGpu }).gpu?.requestAdapter();
  if (!adapter) throw new Error('this browser has no WebGPU adapter');
  const device = await adapter.requestDevice();
  const declared = await loopVariablesStartAnew(device);
  const written = await loopVariablesStartAnew(device, 'var sum = vec4<f32>();');
  device.destroy();
  return { declared, written };
}

let engine: InferenceEngine | undefined;
let sizePx = 0;

function current(): InferenceEngine {
  if (!engine) throw new Error('call start() first');
  return engine;
}

async function outcome<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    if (thrown instanceof EngineError) return { ok: false, code: thrown.code, message: thrown.message };
    return { ok: false, code: 'not an EngineError', message: String(thrown) };
  }
}

const page: EnginePage = {
  shaderLoops,
  start: (options) => {
    engine?.dispose();
    engine = createWorkerEngine(options);
  },
  load: () =>
    outcome(async () => {
      const stages: (LoadProgress & { atMs: number })[] = [];
      const startMs = performance.now();
      const model = await current().load({
        onProgress: (progress) => stages.push({ ...progress, atMs: performance.now() - startMs }),
      });
      sizePx = model.imageSizePx;
      return { model, stages, durationMs: performance.now() - startMs };
    }),
  prepare: (pair) =>
    outcome(async () => {
      const startMs = performance.now();
      await current().prepare(pairFrom(pair, sizePx));
      return performance.now() - startMs;
    }),
  score: (pair, prompt, options, deadlineMs) =>
    outcome(async () => {
      const startMs = performance.now();
      const limits = deadlineMs === undefined ? {} : { deadlineMs };
      const result = await current().score(pairFrom(pair, sizePx), { prompt, options }, limits);
      return { ...result, askedMs: performance.now() - startMs };
    }),
  generate: (pair, prompt, maxNewTokens, abortAfterMs) =>
    outcome(async () => {
      const texts: string[] = [];
      const controller = new AbortController();
      if (abortAfterMs !== undefined) setTimeout(() => controller.abort(), abortAfterMs);
      const more = { signal: controller.signal, onText: (text: string) => void texts.push(text) };
      const result = await current().generate(pairFrom(pair, sizePx), { prompt, maxNewTokens }, more);
      return { ...result, texts };
    }),
  dispose: () => engine?.dispose(),
  logits: async (ask) => {
    const worker = new Worker(new URL('./logits-worker.ts', import.meta.url), { type: 'module', name: 'logits' });
    try {
      return await new Promise<LogitsReply>((resolve, reject) => {
        worker.onmessage = (event: MessageEvent<LogitsReply>) => resolve(event.data);
        worker.onerror = (event) => reject(new Error(event.message || 'the script did not load'));
        worker.postMessage(ask);
      });
    } finally {
      worker.terminate();
    }
  },
};

declare global {
  interface Window {
    enginePage: EnginePage;
  }
}
window.enginePage = page;
