import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEVICE_LADDER } from './device-ladder.ts';
import { engineError } from './errors.ts';
import { MODEL, PAIR, QUESTION, READY, SCORE, engineOnPorts, engineWith, rungOf, view } from './worker/test-port.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('worker engine', () => {
  it('loads once for all callers and scores', async () => {
    const { engine, ports } = engineWith((message, port) => {
      if (message.type === 'request') port.reply({ type: 'result', id: message.id, kind: 'score', result: SCORE });
    });
    expect(await Promise.all([engine.load(), engine.load()])).toEqual([MODEL, MODEL]);
    expect(await engine.score(PAIR, QUESTION)).toEqual(SCORE);
    expect(ports[0]?.sent.map((message) => message.type === 'request' && message.kind)).toEqual(['load', 'score']);
    expect(view.data).toHaveLength(16);
  });

  it('starts again on the next device when the worker says so, and tells the reason', async () => {
    const restart = { outcome: 'restart', next: 'webgpu-plain', reason: 'self-test failed' } as const;
    const { engine, ports } = engineOnPorts(({ id }, port) =>
      queueMicrotask(() =>
        port.reply(
          port === ports[0] ? { type: 'result', id, kind: 'load', result: restart } : READY(id, 'webgpu-plain'),
        ),
      ),
    );
    expect(await engine.load()).toEqual(MODEL);
    expect(ports[0]?.terminated).toBe(true);
    expect(ports[1]?.sent[0]).toMatchObject({
      kind: 'load',
      params: {
        fallbackReason: 'self-test failed',
        startRung: 'webgpu-plain',
        source: { kind: 'url', url: 'http://host/m/' },
      },
    });
  });

  it('asks again in a new worker when the worker breaks down, once on the same device, then on the next', async () => {
    let crashes = 2;
    const { engine, ports } = engineWith((message, port) => {
      if (message.type !== 'request') return;
      if (crashes-- > 0) queueMicrotask(() => port.onerror?.({ message: 'boom' } as ErrorEvent));
      else port.reply({ type: 'result', id: message.id, kind: 'score', result: SCORE });
    });
    expect(await engine.score(PAIR, QUESTION)).toEqual(SCORE);
    expect(ports.map(({ sent }) => rungOf(sent[0]))).toEqual(['webgpu-half', 'webgpu-half', 'webgpu-full']);
    expect(ports.map((port) => port.terminated)).toEqual([true, true, false]);
  });

  it('gives up when the worker breaks down on the last device too', async () => {
    const { engine, ports } = engineWith((_message, port) =>
      queueMicrotask(() => port.onerror?.({ message: 'boom' } as ErrorEvent)),
    );
    const calls = await Promise.allSettled([engine.score(PAIR, QUESTION), engine.prepare(PAIR)]);
    for (const call of calls)
      expect(call).toMatchObject({
        status: 'rejected',
        reason: { code: 'runtime/unavailable', detail: { cause: 'boom' } },
      });
    expect(new Set(ports.map(({ sent }) => rungOf(sent[0])))).toEqual(new Set(DEVICE_LADDER));
    expect(ports.length).toBeLessThanOrEqual(2 * DEVICE_LADDER.length);
  });

  it('says so when its script cannot be loaded, and does not try other devices', async () => {
    const { engine, ports } = engineOnPorts((_message, port) =>
      queueMicrotask(() => port.onerror?.({ message: '' } as ErrorEvent)),
    );
    await expect(engine.load()).rejects.toMatchObject({ detail: { cause: 'script not loaded' } });
    expect(ports).toHaveLength(1);
  });

  it('leaves a WebGPU start that hangs for the next device', async () => {
    const progress = { stage: 'start', receivedBytes: 1, totalBytes: 1, fromCache: true, backend: 'webgpu' } as const;
    const { engine, ports } = engineOnPorts(({ id }, port) =>
      queueMicrotask(() => port.reply(port === ports[0] ? { type: 'progress', id, progress } : READY(id))),
    );
    const loaded = engine.load();
    await vi.advanceTimersByTimeAsync(121_000);
    expect(await loaded).toEqual(MODEL);
    expect(rungOf(ports[1]?.sent[0])).toBe('webgpu-full');
    expect(ports[1]?.sent[0]).toMatchObject({ params: { fallbackReason: expect.stringContaining('120 s') } });
  });

  it('rejects an aborted call at once and leaves the worker alive', async () => {
    const { engine, ports } = engineWith((message, port) => {
      if (message.type === 'cancel')
        setTimeout(
          () =>
            port.reply({
              type: 'error',
              id: message.id,
              error: { code: 'inference/aborted', message: '', detail: {} },
            }),
          100,
        );
    });
    await engine.load();
    const controller = new AbortController();
    const call = expect(engine.score(PAIR, QUESTION, { signal: controller.signal })).rejects.toMatchObject({
      code: 'inference/aborted',
    });
    await vi.advanceTimersByTimeAsync(1);
    controller.abort();
    await call;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ports[0]?.terminated).toBe(false);
    await expect(engine.score(PAIR, QUESTION, { signal: controller.signal })).rejects.toMatchObject({
      code: 'inference/aborted',
    });
  });

  it('waits for the text so far when a generation is aborted', async () => {
    const { engine } = engineWith((message, port) => {
      if (message.type === 'request') port.reply({ type: 'text', id: message.id, textSoFar: 'so f' });
      const result = { text: 'so far', tokenIds: [1], finish: 'aborted', firstTokenMs: 1, durationMs: 2 } as const;
      if (message.type === 'cancel')
        setTimeout(() => port.reply({ type: 'result', id: message.id, kind: 'generate', result }), 50);
    });
    await engine.load();
    const controller = new AbortController();
    const texts: string[] = [];
    const call = engine.generate(
      PAIR,
      { prompt: 'q', maxNewTokens: 9 },
      { signal: controller.signal, onText: (text) => texts.push(text) },
    );
    await vi.advanceTimersByTimeAsync(1);
    controller.abort();
    await vi.advanceTimersByTimeAsync(100);
    expect(await call).toMatchObject({ finish: 'aborted', text: 'so far' });
    expect(texts).toEqual(['so f']);
  });

  it('ends a worker that does not react to a deadline, and asks the others again', async () => {
    let answers = false;
    const { engine, ports } = engineWith((message, port) => {
      if (answers && message.type === 'request')
        queueMicrotask(() => port.reply({ type: 'result', id: message.id, kind: 'prepare', result: null }));
    });
    await engine.load();
    const late = expect(engine.score(PAIR, QUESTION, { deadlineMs: 1000 })).rejects.toMatchObject({
      code: 'inference/deadline',
      detail: { deadlineMs: 1000 },
    });
    const other = engine.prepare(PAIR);
    await vi.advanceTimersByTimeAsync(1100);
    await late;
    expect(ports[0]?.terminated).toBe(false);
    answers = true;
    await vi.advanceTimersByTimeAsync(5000);
    expect(await other).toBeUndefined();
    expect(ports.map((port) => port.terminated)).toEqual([true, false]);
  });

  it('holds a deadline over loading too', async () => {
    const { engine } = engineOnPorts(() => undefined);
    const call = expect(engine.score(PAIR, QUESTION, { deadlineMs: 500 })).rejects.toMatchObject({
      code: 'inference/deadline',
    });
    await vi.advanceTimersByTimeAsync(600);
    await call;
  });

  it.each([
    ['runtime/device-lost', 'webgpu-full', ['webgpu-half', 'wasm-threads']],
    ['runtime/out-of-memory', 'wasm-threads', ['webgpu-half', 'wasm-single']],
  ] as const)('answers on the next device after %s on %s, and says why', async (code, rung, rungs) => {
    const { engine, ports } = engineOnPorts(({ id, kind }, port) =>
      queueMicrotask(() => {
        if (kind === 'load') port.reply(READY(id, rung));
        else if (port === ports[0])
          port.reply({ type: 'error', id, error: { code, message: 'the reason', detail: {} } });
        else port.reply({ type: 'result', id, kind: 'score', result: SCORE });
      }),
    );
    const both = await Promise.all([engine.score(PAIR, QUESTION), engine.score(PAIR, QUESTION)]);
    expect(both).toEqual([SCORE, SCORE]);
    expect(ports.map(({ sent }) => rungOf(sent[0]))).toEqual(rungs);
    expect(ports[1]?.sent[0]).toMatchObject({ params: { fallbackReason: 'the reason' } });
    expect(ports[0]?.terminated).toBe(true);
  });

  it('passes the error on when memory runs out on the last device', async () => {
    const error = { code: 'runtime/out-of-memory', message: 'full', detail: {} } as const;
    const { engine } = engineOnPorts(({ id, kind }, port) =>
      queueMicrotask(() => port.reply(kind === 'load' ? READY(id, 'wasm-single') : { type: 'error', id, error })),
    );
    await expect(engine.score(PAIR, QUESTION)).rejects.toMatchObject({ code: 'runtime/out-of-memory' });
  });

  it('asks for lasting storage only when something was fetched', async () => {
    for (const fromCache of [true, false]) {
      const persist = vi.fn(async () => true);
      const progress = { stage: 'download', receivedBytes: 1, totalBytes: 1, fromCache } as const;
      const { engine } = engineOnPorts(
        ({ id }, port) => queueMicrotask(() => (port.reply({ type: 'progress', id, progress }), port.reply(READY(id)))),
        { persist },
      );
      await engine.load();
      expect(persist).toHaveBeenCalledTimes(fromCache ? 0 : 1);
    }
  });

  it('clears what is kept and loads anew; a question under way is answered afterwards', async () => {
    const order: string[] = [];
    let answers = false;
    const { engine, ports } = engineOnPorts(
      ({ id, kind }, port) => {
        order.push(kind);
        if (kind === 'load') queueMicrotask(() => port.reply(READY(id)));
        else if (answers) queueMicrotask(() => port.reply({ type: 'result', id, kind: 'score', result: SCORE }));
      },
      { clear: async () => (order.push('clear'), true) },
    );
    await engine.load();
    const asked = engine.score(PAIR, QUESTION);
    await vi.advanceTimersByTimeAsync(1);
    answers = true;
    expect(await engine.redownload()).toEqual(MODEL);
    expect(await asked).toEqual(SCORE);
    expect(order).toEqual(['load', 'score', 'clear', 'load', 'score']);
    expect(ports.map((port) => port.terminated)).toEqual([true, false]);
  });

  it('answers a question that waited for a start which fetching anew has ended', async () => {
    let starts = 0;
    const { engine } = engineOnPorts(
      ({ id, kind }, port) => {
        if (kind === 'score') queueMicrotask(() => port.reply({ type: 'result', id, kind: 'score', result: SCORE }));
        else if (++starts > 1) queueMicrotask(() => port.reply(READY(id)));
      },
      { clear: async () => true },
    );
    const asked = engine.score(PAIR, QUESTION);
    await vi.advanceTimersByTimeAsync(1);
    expect(await engine.redownload()).toEqual(MODEL);
    expect(await asked).toEqual(SCORE);
  });

  it('deletes nothing while the server cannot be reached, and goes on with the model that it has', async () => {
    const clear = vi.fn(async () => true);
    const reach = vi.fn(() => Promise.reject(engineError('model/missing', 'no network')));
    const { engine, ports } = engineOnPorts(({ id }, port) => queueMicrotask(() => port.reply(READY(id))), {
      clear,
      reach,
    });
    await engine.load();
    await expect(engine.redownload()).rejects.toMatchObject({ code: 'model/missing', detail: { kept: 1 } });
    expect(reach).toHaveBeenCalledWith(expect.stringMatching(/\/$/), undefined);
    expect(clear).not.toHaveBeenCalled();
    expect(await engine.load()).toEqual(MODEL);
    expect(ports.map((port) => port.terminated)).toEqual([false]);
  });

  it('deletes nothing when another model has taken its place while the server was asked', async () => {
    const clear = vi.fn(async () => true);
    let reached = (): void => undefined;
    const { engine } = engineOnPorts(({ id }, port) => queueMicrotask(() => port.reply(READY(id))), {
      clear,
      reach: () => new Promise((resolve) => (reached = resolve)),
    });
    await engine.load();
    const fetched = expect(engine.redownload()).rejects.toMatchObject({ code: 'runtime/unavailable' });
    await vi.advanceTimersByTimeAsync(1);
    engine.dispose();
    reached();
    await fetched;
    expect(clear).not.toHaveBeenCalled();
  });

  it('goes on where the browser refuses its storage: nothing is kept there, and the model that answers must not be lost', async () => {
    const clear = (): Promise<boolean> =>
      Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));
    const { engine, ports } = engineOnPorts(({ id }, port) => queueMicrotask(() => port.reply(READY(id))), { clear });
    await engine.load();
    expect(await engine.redownload()).toEqual(MODEL);
    expect(ports.map((port) => port.terminated)).toEqual([true, false]);
  });

  it('deletes nothing of other models for a folder, which is read again', async () => {
    const clear = vi.fn(async () => true);
    const { engine, ports } = engineOnPorts(({ id }, port) => queueMicrotask(() => port.reply(READY(id))), {
      folder: { name: 'tiny', files: new Map() },
      clear,
    });
    await engine.load();
    expect(await engine.redownload()).toEqual(MODEL);
    expect(clear).not.toHaveBeenCalled();
    expect(ports.map((port) => port.terminated)).toEqual([true, false]);
  });

  it('ends the download when its only caller leaves, and loads again for the next', async () => {
    let answers = false;
    const { engine, ports } = engineOnPorts(({ id }, port) => {
      if (answers) queueMicrotask(() => port.reply(READY(id)));
    });
    const controller = new AbortController();
    const left = engine.load({ signal: controller.signal }).catch((error: unknown) => error);
    controller.abort();
    answers = true;
    expect(await left).toMatchObject({ code: 'inference/aborted' });
    expect(await engine.load()).toEqual(MODEL);
    expect(ports.map((port) => port.terminated)).toEqual([true, false]);
  });

  it('rejects everything once closed', async () => {
    const { engine, ports } = engineWith(() => undefined);
    await engine.load();
    engine.dispose();
    expect(ports[0]?.terminated).toBe(true);
    await expect(engine.load()).rejects.toMatchObject({ code: 'runtime/unavailable' });
  });
});
