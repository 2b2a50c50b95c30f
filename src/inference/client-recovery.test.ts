import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWorkerEngine } from './client.ts';
import { DEVICE_LADDER } from './device-ladder.ts';
import type { LoadedModel } from './engine.ts';
import { errorDataFrom } from './errors.ts';
import type { FromWorker } from './protocol.ts';
import { MODEL, PAIR, QUESTION, READY, SCORE, engineOnPorts, engineWith, rungOf } from './worker/test-port.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('worker engine after a failure', () => {
  it('ends a worker whose runtime trapped, and asks again in a new one', async () => {
    const trap = errorDataFrom(new WebAssembly.RuntimeError('unreachable'));
    let traps = 2;
    const { engine, ports } = engineWith((message, port) => {
      if (message.type !== 'request') return;
      const { id } = message;
      if (traps-- > 0) queueMicrotask(() => port.reply({ type: 'error', id, error: trap }));
      else port.reply({ type: 'result', id, kind: 'score', result: SCORE });
    });
    expect(await engine.score(PAIR, QUESTION)).toEqual(SCORE);
    expect(ports.map((port) => port.terminated)).toEqual([true, true, false]);
    expect(ports.map(({ sent }) => rungOf(sent[0]))).toEqual(['webgpu-half', 'webgpu-half', 'webgpu-full']);
  });

  it('leaves a graphics device that fails again and again without saying that it is lost', async () => {
    const failed = {
      code: 'inference/failed',
      message: 'external Instance',
      detail: { cause: 'gone', ofRuntime: 1 },
    } as const;
    const { engine, ports } = engineWith((message, port) => {
      if (message.type !== 'request') return;
      const { id } = message;
      if (rungOf(port.sent[0])?.startsWith('webgpu'))
        queueMicrotask(() => port.reply({ type: 'error', id, error: failed }));
      else port.reply({ type: 'result', id, kind: 'score', result: SCORE });
    });
    expect(await engine.score(PAIR, QUESTION)).toEqual(SCORE);
    const rungs = [
      'webgpu-half',
      'webgpu-half',
      'webgpu-full',
      'webgpu-full',
      'webgpu-plain',
      'webgpu-plain',
      'wasm-threads',
    ];
    expect(ports.map(({ sent }) => rungOf(sent[0]))).toEqual(rungs);
  });

  it('does not change the device for a question that no device could answer', async () => {
    const failed = errorDataFrom(new TypeError('x is not iterable'));
    const { engine, ports } = engineWith((message, port) => {
      if (message.type === 'request')
        queueMicrotask(() => port.reply({ type: 'error', id: message.id, error: failed }));
    });
    await expect(engine.score(PAIR, QUESTION)).rejects.toMatchObject(failed);
    expect(ports).toHaveLength(1);
  });

  it('leaves a graphics device on which two questions hung, and no processor for being slow', async () => {
    for (const [first, after] of [
      ['webgpu-full', 'webgpu-plain'],
      ['wasm-threads', 'wasm-threads'],
    ] as const) {
      const { engine, ports } = engineOnPorts(({ id, kind }, port) => {
        if (kind === 'load') queueMicrotask(() => port.reply(READY(id, first)));
      });
      for (let i = 0; i < 2; i++) {
        await engine.load();
        const hung = expect(engine.score(PAIR, QUESTION, { deadlineMs: 10 })).rejects.toMatchObject({
          code: 'inference/deadline',
        });
        await vi.advanceTimersByTimeAsync(4000);
        await hung;
      }
      await engine.load();
      expect(ports.map((port) => port.terminated)).toEqual([true, true, false]);
      const told = rungOf(ports[2]?.sent[0]);
      expect(told).toBe(first === 'webgpu-full' ? after : 'webgpu-half');
    }
  });

  it('goes on starting after a lost device while nobody waits', async () => {
    const lost = { code: 'runtime/device-lost', message: 'lost', detail: {} } as const;
    let started = (): void => undefined;
    const { engine, ports } = engineOnPorts(({ id, kind }, port, all) => {
      const isFirst = port === all[0];
      if (kind === 'load' && isFirst) queueMicrotask(() => port.reply(READY(id, 'webgpu-full')));
      else if (kind === 'load') started = () => port.reply(READY(id, 'wasm-threads'));
      else if (isFirst) queueMicrotask(() => port.reply({ type: 'error', id, error: lost }));
      else queueMicrotask(() => port.reply({ type: 'result', id, kind: 'score', result: SCORE }));
    });
    await engine.load();
    const controller = new AbortController();
    const gone = expect(engine.score(PAIR, QUESTION, { signal: controller.signal })).rejects.toMatchObject({
      code: 'inference/aborted',
    });
    await vi.advanceTimersByTimeAsync(1);
    controller.abort();
    await gone;
    expect(ports.map((port) => port.terminated)).toEqual([true, false]);
    const next = engine.score(PAIR, QUESTION);
    await vi.advanceTimersByTimeAsync(1);
    started();
    expect(await next).toEqual(SCORE);
    expect(ports).toHaveLength(2);
  });

  it('tries every device again for a question after a recovery that failed on all of them', async () => {
    const lost = { code: 'runtime/device-lost', message: 'lost', detail: {} } as const;
    const offline = { code: 'model/missing', message: 'no network', detail: {} } as const;
    let isOnline = true;
    const { engine, ports } = engineOnPorts(({ id, kind }, port, all) => {
      if (kind === 'load' && isOnline) queueMicrotask(() => port.reply(READY(id, 'webgpu-full')));
      else if (kind === 'load') queueMicrotask(() => port.reply({ type: 'error', id, error: offline }));
      else if (port !== all[0]) queueMicrotask(() => port.reply({ type: 'result', id, kind: 'score', result: SCORE }));
      else {
        isOnline = false;
        queueMicrotask(() => port.reply({ type: 'error', id, error: lost }));
      }
    });
    await engine.load();
    await expect(engine.score(PAIR, QUESTION)).rejects.toMatchObject({ code: 'model/missing' });
    // What is prepared by itself must not try all devices at every rest of a camera.
    await expect(engine.prepare(PAIR)).rejects.toMatchObject({ code: 'model/missing' });
    isOnline = true;
    expect(await engine.score(PAIR, QUESTION)).toEqual(SCORE);
    expect(ports.map(({ sent }) => rungOf(sent[0]))).toEqual([
      'webgpu-half',
      'wasm-threads',
      'wasm-threads',
      'webgpu-half',
    ]);
  });

  it('counts the end of one worker once, however many calls it takes along', async () => {
    const { engine, ports } = engineWith((message, port) => {
      if (message.type !== 'request') return;
      const { id } = message;
      if (port === ports[0] && port.sent.length === 4)
        queueMicrotask(() => port.onerror?.({ message: 'boom' } as ErrorEvent));
      else if (port !== ports[0])
        queueMicrotask(() => port.reply({ type: 'result', id, kind: 'score', result: SCORE }));
    });
    await engine.load();
    const asked = [1, 2, 3].map(() => engine.score(PAIR, QUESTION));
    expect(await Promise.all(asked)).toEqual([SCORE, SCORE, SCORE]);
    expect(ports.map(({ sent }) => rungOf(sent[0]))).toEqual(['webgpu-half', 'webgpu-half']);
  });

  it('does not blame the device for a download that somebody asked for', async () => {
    let answers = false;
    const { engine, ports } = engineOnPorts(
      (message, port) => {
        const { id } = message;
        if (message.kind === 'load') queueMicrotask(() => port.reply(READY(id, message.params.startRung)));
        else if (answers) queueMicrotask(() => port.reply({ type: 'result', id, kind: 'score', result: SCORE }));
      },
      { clear: async () => true },
    );
    await engine.load();
    const asked = [1, 2, 3].map(() => engine.score(PAIR, QUESTION));
    await vi.advanceTimersByTimeAsync(1);
    await engine.redownload();
    await vi.advanceTimersByTimeAsync(1);
    answers = true;
    await engine.redownload();
    await Promise.all(asked);
    expect(new Set(ports.map(({ sent }) => rungOf(sent[0])))).toEqual(new Set(['webgpu-half']));
  });

  it('begins with the first device again when somebody loads after all had failed', async () => {
    let isBroken = true;
    const { engine, ports } = engineOnPorts((message, port) =>
      queueMicrotask(() =>
        isBroken ? port.onerror?.({ message: 'boom' } as ErrorEvent) : port.reply(READY(message.id)),
      ),
    );
    await expect(engine.load()).rejects.toMatchObject({ detail: { cause: 'boom' } });
    isBroken = false;
    expect(await engine.load()).toEqual(MODEL);
    expect(ports.map(({ sent }) => rungOf(sent[0]))).toEqual([...DEVICE_LADDER, 'webgpu-half']);
    expect(ports.at(-1)?.sent[0]).toMatchObject({ params: { fallbackReason: '' } });
  });

  it('goes on below the device where the start broke down, not below the one where it was told to begin', async () => {
    const progress = { stage: 'start', receivedBytes: 1, totalBytes: 1, fromCache: true, backend: 'wasm' } as const;
    const { engine, ports } = engineOnPorts((message, port, { length }) =>
      queueMicrotask(() => {
        if (length > 1) return port.reply(READY(message.id, 'wasm-single'));
        port.reply({ type: 'progress', id: message.id, progress: { ...progress, rung: 'wasm-threads' } });
        port.onerror?.({ message: 'boom' } as ErrorEvent);
      }),
    );
    expect(await engine.load()).toEqual(MODEL);
    expect(ports.map(({ sent }) => rungOf(sent[0]))).toEqual(['webgpu-half', 'wasm-single']);
  });

  it('tries no device below the last when the start broke down on it', async () => {
    const progress = { stage: 'start', receivedBytes: 1, totalBytes: 1, fromCache: true, backend: 'wasm' } as const;
    const { engine, ports } = engineOnPorts((message, port) =>
      queueMicrotask(() => {
        port.reply({ type: 'progress', id: message.id, progress: { ...progress, rung: 'wasm-single' } });
        port.onerror?.({ message: 'boom' } as ErrorEvent);
      }),
    );
    await expect(engine.load()).rejects.toMatchObject({ detail: { cause: 'boom' } });
    expect(ports).toHaveLength(1);
  });

  it('tells of the model that answers after a change of device', async () => {
    const onCpu = { ...MODEL, device: { ...MODEL.device, fallbackReason: 'lost' } };
    const { engine } = engineOnPorts((message, port, ports) => {
      const { id } = message;
      const isFirst = port === ports[0];
      const error = { code: 'runtime/device-lost', message: 'lost', detail: {} } as const;
      queueMicrotask(() => {
        if (message.kind === 'load')
          port.reply({
            ...READY(id),
            kind: 'load',
            result: isFirst
              ? { outcome: 'ready', model: MODEL, rung: 'webgpu-full' }
              : { outcome: 'ready', model: onCpu, rung: 'wasm-threads' },
          } as FromWorker);
        else if (isFirst) port.reply({ type: 'error', id, error });
        else port.reply({ type: 'result', id, kind: 'score', result: SCORE });
      });
    });
    const told: LoadedModel[] = [];
    const unwatch = engine.watch((model) => told.push(model));
    await engine.score(PAIR, QUESTION);
    expect(told).toEqual([MODEL, onCpu]);
    unwatch();
  });

  it('lets a slow start on WASM be, wherever it was told to begin', async () => {
    const progress = { stage: 'start', receivedBytes: 1, totalBytes: 1, fromCache: true, backend: 'wasm' } as const;
    const { engine, ports } = engineOnPorts(({ id }, port) => {
      queueMicrotask(() => port.reply({ type: 'progress', id, progress }));
      setTimeout(() => port.reply(READY(id)), 300_000);
    });
    const loaded = engine.load();
    await vi.advanceTimersByTimeAsync(300_000);
    expect(await loaded).toEqual(MODEL);
    expect(ports.map(({ sent }) => rungOf(sent[0]))).toEqual(['webgpu-half']);
  });

  it.each(['reach', 'clear'] as const)('stops fetching anew during %s, and keeps the model it has', async (step) => {
    const never = (): Promise<never> => new Promise(() => undefined);
    const clear = vi.fn(async () => true);
    const { engine, ports } = engineOnPorts(({ id }, port) => queueMicrotask(() => port.reply(READY(id))), {
      clear,
      [step]: never,
    });
    await engine.load();
    const controller = new AbortController();
    const stopped = expect(engine.redownload({ signal: controller.signal })).rejects.toMatchObject({
      code: 'inference/aborted',
    });
    await vi.advanceTimersByTimeAsync(1);
    controller.abort();
    await stopped;
    const late = expect(engine.redownload({ deadlineMs: 500 })).rejects.toMatchObject({ code: 'inference/deadline' });
    await vi.advanceTimersByTimeAsync(600);
    await late;
    expect(clear).not.toHaveBeenCalled();
    expect(await engine.load()).toEqual(MODEL);
    expect(ports.map((port) => port.terminated)).toEqual([false]);
  });

  it('says what the browser threw when no worker could be made, and calls only an abort one', async () => {
    const engine = createWorkerEngine({
      modelUrl: 'http://host/m/',
      startWorker: () => {
        throw new DOMException('Workers are not allowed here', 'SecurityError');
      },
    });
    await expect(engine.load()).rejects.toMatchObject({
      code: 'runtime/unavailable',
      message: expect.stringContaining('not allowed here'),
    });
    const gone = AbortSignal.abort();
    await expect(engine.load({ signal: gone })).rejects.toMatchObject({ code: 'inference/aborted' });
    await expect(engine.score(PAIR, QUESTION)).rejects.toMatchObject({ code: 'runtime/unavailable' });
  });
});
