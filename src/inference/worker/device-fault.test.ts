import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineError } from '../engine.ts';
import { engineError, errorIsOfRuntime } from '../errors.ts';
import { boundRunsGuard, deviceFault, faultGuard } from './device-fault.ts';
import type { GpuDevice } from './device.ts';

class GPUOutOfMemoryError {
  readonly message = 'no room';
}

function deviceCreate() {
  let lose: (info: { reason: string; message: string }) => void = () => undefined;
  let listener: Parameters<NonNullable<GpuDevice['addEventListener']>>[1] = () => undefined;
  const device: GpuDevice = {
    lost: new Promise((resolve) => (lose = resolve)),
    addEventListener: (_type, given) => void (listener = given),
  };
  return {
    guard: faultGuard(deviceFault(device)),
    lose: () => lose({ reason: 'unknown', message: 'driver reset' }),
    report: (error: { message: string }) => listener({ error }),
  };
}

const never = (): Promise<never> => new Promise(() => undefined);
const LOST = { code: 'runtime/device-lost', detail: { cause: 'driver reset' } };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('faultGuard', () => {
  it('hands on results, and errors that are not the device’s as they are', async () => {
    const { guard } = deviceCreate();
    expect(await guard(async () => 5)).toBe(5);
    const failing = expect(guard(() => Promise.reject(17))).rejects.toBe(17);
    await vi.advanceTimersByTimeAsync(150);
    await failing;
  });

  it('ends a run that hangs when the device is lost, and every run after it', async () => {
    const { guard, lose } = deviceCreate();
    const hanging = expect(guard(never)).rejects.toMatchObject(LOST);
    lose();
    await hanging;
    await expect(guard(async () => 5)).rejects.toMatchObject(LOST);
  });

  it('waits a moment for the loss when the run rejects first', async () => {
    const { guard, lose } = deviceCreate();
    const failing = expect(guard(() => Promise.reject(new Error('mapAsync failed')))).rejects.toMatchObject(LOST);
    await vi.advanceTimersByTimeAsync(50);
    lose();
    await failing;
  });

  it('takes an uncaptured out-of-memory error for what it is, and no other', async () => {
    const { guard, report } = deviceCreate();
    report({ message: 'validation' });
    expect(await guard(async () => 5)).toBe(5);
    const hanging = expect(guard(never)).rejects.toMatchObject({ code: 'runtime/out-of-memory' });
    report(new GPUOutOfMemoryError());
    await hanging;
  });
});

describe('boundRunsGuard', () => {
  const plain = <T>(work: () => Promise<T>): Promise<T> => work();
  const after = async (thrown: unknown) => {
    const guard = boundRunsGuard(plain);
    expect(await guard(async () => 5)).toBe(5);
    await expect(guard(() => Promise.reject(thrown))).rejects.toBe(thrown);
    const next = vi.fn(async () => 5);
    const error: unknown = await guard(next).catch((failed: unknown) => failed);
    expect(next).not.toHaveBeenCalled();
    return error as EngineError;
  };

  it.each([new Error('mapAsync failed'), new TypeError('no such buffer'), 'odd'])(
    'lets no run follow one that failed with %s, for a reason that leads to another worker',
    async (thrown) => {
      const error = await after(thrown);
      expect(error.code).toBe('inference/failed');
      expect(errorIsOfRuntime(error)).toBe(true);
    },
  );

  it('says again that the device was lost, or that memory ran out', async () => {
    const lost = engineError('runtime/device-lost', 'lost', { cause: 'reset' });
    expect(await after(lost)).toMatchObject({ code: lost.code, detail: lost.detail });
    expect(await after(new RangeError('Array buffer allocation failed'))).toMatchObject({
      code: 'runtime/out-of-memory',
    });
  });
});
