import { describe, expect, it } from 'vitest';
import { engineError } from '../errors.ts';
import type { GenerateResult, LoadedModel } from '../engine.ts';
import type { FromWorker, ToWorker } from '../protocol.ts';
import { createHandler, type Answerer, type LoadedAnswerer } from './handler.ts';
import { view } from './test-fixtures.ts';

const PAIR = { key: 'pair', a: view(2), b: view(2) };
const MODEL: LoadedModel = {
  modelId: 'tiny',
  modelName: 'Tiny',
  imageSizePx: 2,
  totalBytes: 3,
  device: { backend: 'wasm', threads: 1, adapter: '', fallbackReason: '' },
};
const LOAD: ToWorker = {
  type: 'request',
  id: 1,
  kind: 'load',
  params: {
    source: { kind: 'url', url: 'http://x/' },
    preferredBackend: 'auto',
    threads: 0,
    startRung: 'webgpu-full',
    fallbackReason: '',
  },
};
const prepare = (id: number): ToWorker => ({ type: 'request', id, kind: 'prepare', params: { pair: PAIR } });
const GENERATED: GenerateResult = { text: 'ab', tokenIds: [1, 2], finish: 'end', firstTokenMs: 1, durationMs: 2 };

/** Resolves when nothing is left to do. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

function started(answerer: Partial<Answerer>, outcome?: LoadedAnswerer) {
  const posted: FromWorker[] = [];
  const full: Answerer = {
    prepare: async () => undefined,
    score: async () => ({ options: [], durationMs: 1, prefixReused: false }),
    generate: async (_params, onText) => {
      onText('a');
      onText('ab');
      return GENERATED;
    },
    ...answerer,
  };
  const handle = createHandler({
    load: async (_params, onProgress) => {
      onProgress({ stage: 'download', receivedBytes: 3, totalBytes: 3, fromCache: false });
      return outcome ?? { outcome: 'ready', model: MODEL, rung: 'wasm-threads', answerer: full };
    },
    post: (message) => posted.push(message),
  });
  return { handle, posted };
}

describe('handler', () => {
  it('loads once, reports progress, and answers every kind with its own result', async () => {
    const { handle, posted } = started({});
    handle(LOAD);
    handle({ ...LOAD, id: 2 });
    handle(prepare(3));
    handle({ type: 'request', id: 4, kind: 'score', params: { pair: PAIR, prompt: 'q', options: [] } });
    handle({ type: 'request', id: 5, kind: 'generate', params: { pair: PAIR, prompt: 'q', maxNewTokens: 4 } });
    await settled();
    expect(posted).toEqual([
      { type: 'progress', id: 1, progress: { stage: 'download', receivedBytes: 3, totalBytes: 3, fromCache: false } },
      { type: 'result', id: 1, kind: 'load', result: { outcome: 'ready', model: MODEL, rung: 'wasm-threads' } },
      { type: 'result', id: 2, kind: 'load', result: { outcome: 'ready', model: MODEL, rung: 'wasm-threads' } },
      { type: 'result', id: 3, kind: 'prepare', result: null },
      { type: 'result', id: 4, kind: 'score', result: { options: [], durationMs: 1, prefixReused: false } },
      { type: 'text', id: 5, textSoFar: 'a' },
      { type: 'text', id: 5, textSoFar: 'ab' },
      { type: 'result', id: 5, kind: 'generate', result: GENERATED },
    ]);
  });

  it('passes on that the page must start again on another device', async () => {
    const restart = { outcome: 'restart', next: 'wasm-threads', reason: 'wrong logits' } as const;
    const { handle, posted } = started({}, restart);
    handle(LOAD);
    await settled();
    expect(posted.at(-1)).toEqual({ type: 'result', id: 1, kind: 'load', result: restart });
  });

  it('goes on after a rejected job, and sends errors as plain data', async () => {
    let calls = 0;
    const { handle, posted } = started({
      prepare: async () => {
        calls++;
        if (calls === 1) throw engineError('runtime/device-lost', 'lost', { cause: 'reset' });
        if (calls === 2) throw new RangeError('Array buffer allocation failed');
        if (calls === 3) throw new Error('odd');
      },
    });
    handle(LOAD);
    for (const id of [2, 3, 4, 5]) handle(prepare(id));
    await settled();
    expect(posted.slice(2)).toEqual([
      { type: 'error', id: 2, error: { code: 'runtime/device-lost', message: 'lost', detail: { cause: 'reset' } } },
      { type: 'error', id: 3, error: expect.objectContaining({ code: 'runtime/out-of-memory' }) },
      {
        type: 'error',
        id: 4,
        error: expect.objectContaining({ code: 'inference/failed', message: expect.stringContaining('odd') }),
      },
      { type: 'result', id: 5, kind: 'prepare', result: null },
    ]);
  });

  it('says what to do when nothing is loaded', async () => {
    const { handle, posted } = started({});
    handle(prepare(1));
    await settled();
    expect(posted).toEqual([{ type: 'error', id: 1, error: expect.objectContaining({ code: 'runtime/unavailable' }) }]);
  });

  it('cancels a running job through its signal and a waiting one at once', async () => {
    const { handle, posted } = started({
      prepare: (_pair, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => setTimeout(() => reject(signal.reason), 20));
        }),
    });
    handle(LOAD);
    handle(prepare(2));
    handle(prepare(3));
    await settled();
    handle({ type: 'cancel', id: 2, reason: 'aborted' });
    handle({ type: 'cancel', id: 3, reason: 'deadline' });
    expect(posted.at(-1)).toEqual({
      type: 'error',
      id: 3,
      error: expect.objectContaining({ code: 'inference/deadline' }),
    });
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(posted.at(-1)).toEqual({
      type: 'error',
      id: 2,
      error: expect.objectContaining({ code: 'inference/aborted' }),
    });
    handle({ type: 'cancel', id: 2, reason: 'aborted' });
    expect(posted).toHaveLength(4);
  });
});
