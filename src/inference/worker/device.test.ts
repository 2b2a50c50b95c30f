import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rungAfterError, rungBelow, rungLower } from '../device-ladder.ts';
import { engineError } from '../errors.ts';
import { deviceChoose, deviceDescriptor, deviceForModel, threadCount, type DeviceWishes, type Gpu } from './device.ts';
import { restartBelow } from './restart.ts';

const adapter = (info: object = {}, fallback = false) => ({
  features: new Set(['subgroups', 'shader-f16', 'timestamp-query']),
  limits: { maxBufferSize: 100, maxStorageBufferBindingSize: 50, other: 1 },
  isFallbackAdapter: fallback,
  info: { vendor: 'acme', architecture: 'one', description: '', subgroupMinSize: 32, ...info },
  requestDevice: async () => ({ lost: new Promise<never>(() => undefined) }),
});
const gpu = (found: Awaited<ReturnType<Gpu['requestAdapter']>>): Gpu => ({ requestAdapter: async () => found });

const right = async (): Promise<boolean> => true;

const WISHES: DeviceWishes = { preferredBackend: 'auto', startRung: 'webgpu-half', threads: 2, fallbackReason: '' };

describe('deviceDescriptor', () => {
  it("asks for the adapter's limits and for its features", () => {
    expect(deviceDescriptor(adapter(), 'webgpu-full')).toEqual({
      requiredFeatures: ['shader-f16', 'subgroups'],
      requiredLimits: { maxBufferSize: 100, maxStorageBufferBindingSize: 50 },
    });
  });
  it('leaves out subgroups that are too small or emulated', () => {
    expect(deviceDescriptor(adapter({ subgroupMinSize: 4 }), 'webgpu-full').requiredFeatures).toEqual(['shader-f16']);
    expect(deviceDescriptor(adapter({}, true), 'webgpu-full').requiredFeatures).toEqual(['shader-f16']);
  });
  it('asks for 16-bit floats alone to run a decoder in them', () => {
    expect(deviceDescriptor(adapter(), 'webgpu-half').requiredFeatures).toEqual(['shader-f16']);
  });
  it('asks for no feature on the plain rung', () => {
    expect(deviceDescriptor(adapter(), 'webgpu-plain').requiredFeatures).toEqual([]);
  });
});

describe('an adapter without info, as older browsers give it', () => {
  it('is taken for a card that nobody has named', async () => {
    const { features, limits, requestDevice } = adapter();
    const bare = { features, limits, requestDevice };
    expect(deviceDescriptor(bare, 'webgpu-full').requiredFeatures).toEqual(['shader-f16', 'subgroups']);
    expect(await deviceChoose(WISHES, gpu(bare), right)).toMatchObject({
      backend: 'webgpu',
      adapter: 'unnamed adapter',
    });
  });
});

describe('deviceChoose', () => {
  it('takes a real adapter and names it', async () => {
    expect(await deviceChoose(WISHES, gpu(adapter()), right)).toMatchObject({
      backend: 'webgpu',
      rung: 'webgpu-half',
      adapter: 'acme one',
      reason: '',
    });
  });
  it('goes on below where the adapter has no 16-bit floats, or the model none to run in them', async () => {
    const only32 = { ...adapter(), features: new Set(['subgroups']) };
    expect(await deviceChoose(WISHES, gpu(only32), right)).toMatchObject({ rung: 'webgpu-full', reason: '' });
    const destroy = vi.fn();
    const requestDevice = vi.fn(async () => ({ lost: new Promise<never>(() => undefined), destroy }));
    const found = gpu({ ...adapter(), requestDevice });
    const chosen = await deviceChoose(WISHES, found, right);
    const model = { wishes: WISHES, gpu: found };
    expect(await deviceForModel(chosen, { ...model, hasHalfDecoder: true })).toBe(chosen);
    expect(await deviceForModel(chosen, { ...model, hasHalfDecoder: false }, right)).toMatchObject({
      rung: 'webgpu-full',
    });
    expect(destroy).toHaveBeenCalledOnce();
    expect(requestDevice.mock.lastCall).toMatchObject([{ requiredFeatures: ['shader-f16', 'subgroups'] }]);
  });
  it('starts on the plain rung where the adapter has no feature of use', async () => {
    const plain = { ...adapter(), features: new Set<string>() };
    expect(await deviceChoose(WISHES, gpu(plain), right)).toMatchObject({ rung: 'webgpu-plain', reason: '' });
  });
  it.each([
    ['no WebGPU', 'auto', undefined, /no WebGPU/],
    ['no adapter', 'auto', gpu(null), /no graphics adapter/],
    ['a software adapter', 'auto', gpu(adapter({}, true)), /emulated in software/],
    ['being asked', 'wasm', gpu(adapter()), /asked for/],
  ] as const)('falls back to WASM for %s and says so', async (_name, preferredBackend, found, reason) => {
    const startRung = preferredBackend === 'wasm' ? 'wasm-threads' : 'webgpu-full';
    expect(await deviceChoose({ ...WISHES, preferredBackend, startRung }, found, right)).toEqual({
      backend: 'wasm',
      rung: 'wasm-threads',
      reason: expect.stringMatching(reason),
    });
  });
  it('takes a software adapter when WebGPU is asked for', async () => {
    const wishes: DeviceWishes = { ...WISHES, preferredBackend: 'webgpu' };
    expect(await deviceChoose(wishes, gpu(adapter({}, true)), right)).toMatchObject({
      backend: 'webgpu',
      rung: 'webgpu-half',
    });
  });
  it.each([
    ['webgpu-half', 2, 'webgpu-half'],
    ['webgpu-full', 2, 'webgpu-full'],
    ['webgpu-plain', 2, 'webgpu-plain'],
    ['wasm-threads', 2, 'wasm-threads'],
    ['wasm-threads', 1, 'wasm-single'],
    ['wasm-single', 2, 'wasm-single'],
  ] as const)('from %s with %i threads goes to %s and keeps the reason', async (startRung, threads, rung) => {
    const wishes: DeviceWishes = { ...WISHES, startRung, threads, fallbackReason: 'wrong logits' };
    expect(await deviceChoose(wishes, gpu(adapter()), right)).toMatchObject({ rung, reason: 'wrong logits' });
  });
  it.each([
    ['comes out wrong', async () => false],
    ['fails', () => Promise.reject(new Error('no pipeline'))],
  ])('leaves subgroups out where the trial of them %s, and closes the first device', async (_case, trial) => {
    const asked: (readonly string[])[] = [];
    const destroy = vi.fn();
    const found = {
      ...adapter(),
      requestDevice: async ({ requiredFeatures }: { requiredFeatures: string[] }) => {
        asked.push(requiredFeatures);
        return { ...(await adapter().requestDevice()), destroy };
      },
    };
    const below: DeviceWishes = { ...WISHES, startRung: 'webgpu-full' };
    expect(await deviceChoose(below, gpu(found as never), trial)).toMatchObject({ rung: 'webgpu-full', reason: '' });
    expect(asked).toEqual([['shader-f16', 'subgroups'], ['shader-f16']]);
    expect(destroy).toHaveBeenCalledTimes(1);
    // Nothing else to win: the plain rung is the same.
    const only = { ...found, features: new Set(['subgroups']) };
    expect(await deviceChoose(WISHES, gpu(only as never), trial)).toMatchObject({ rung: 'webgpu-plain', reason: '' });
  });
  it('tries without features when the browser refuses a device, and passes on what it says', async () => {
    const picky = {
      ...adapter(),
      requestDevice: ({ requiredFeatures }: { requiredFeatures: string[] }) =>
        requiredFeatures.length > 0 ? Promise.reject(new Error('feature')) : adapter().requestDevice(),
    };
    expect(await deviceChoose(WISHES, { requestAdapter: async () => picky }, right)).toMatchObject({
      rung: 'webgpu-plain',
      reason: 'WebGPU did not start: feature',
    });
    const refusing = { ...adapter(), requestDevice: () => Promise.reject(new Error('limit')) };
    expect(await deviceChoose(WISHES, { requestAdapter: async () => refusing }, right)).toEqual({
      backend: 'wasm',
      rung: 'wasm-threads',
      reason: 'WebGPU did not start: limit',
    });
  });
});

describe('a browser that does not answer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const never = (): Promise<never> => new Promise(() => undefined);
  const onWasm = { backend: 'wasm', rung: 'wasm-threads', reason: 'WebGPU did not answer within 10 s.' };

  it.each([
    ['an adapter', { requestAdapter: never }],
    ['a device', gpu({ ...adapter(), requestDevice: never })],
  ])('is left for WASM when %s is asked for', async (_name, silent) => {
    const choice = deviceChoose(WISHES, silent);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await choice).toEqual(onWasm);
    expect(vi.getTimerCount()).toBe(0);
  });
  it('has a device that comes too late closed again', async () => {
    const destroy = vi.fn();
    const device = { lost: never(), destroy };
    const requestDevice = () => new Promise<typeof device>((resolve) => void setTimeout(() => resolve(device), 12_000));
    const choice = deviceChoose(WISHES, gpu({ ...adapter(), requestDevice }), right);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await choice).toEqual(onWasm);
    expect(destroy).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2000);
    expect(destroy).toHaveBeenCalledOnce();
  });
  it('may refuse late without harm', async () => {
    const requestDevice = () =>
      new Promise<never>((_resolve, reject) => void setTimeout(() => reject(new Error('late')), 12_000));
    const choice = deviceChoose(WISHES, gpu({ ...adapter(), requestDevice }), right);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(await choice).toEqual(onWasm);
  });
  it('leaves no timer behind and keeps the device when it answers in time', async () => {
    const destroy = vi.fn();
    const requestDevice = async () => ({ lost: never(), destroy });
    expect(await deviceChoose(WISHES, gpu({ ...adapter(), requestDevice }), right)).toMatchObject({
      backend: 'webgpu',
    });
    expect(vi.getTimerCount()).toBe(0);
    expect(destroy).not.toHaveBeenCalled();
  });
});

describe('restartBelow', () => {
  const onWasm = { backend: 'wasm', rung: 'wasm-threads', reason: '' } as const;

  it('names the next device and the reason', () => {
    const wrong = engineError('runtime/self-test', 'This device computes wrongly.');
    expect(restartBelow(onWasm, wrong)).toEqual({
      outcome: 'restart',
      next: 'wasm-single',
      reason: 'WASM with threads was given up: This device computes wrongly.',
    });
  });
  it('leaves 16-bit floats for 32-bit ones on the same card, and says so', () => {
    const device = { lost: new Promise<never>(() => undefined) } as never;
    const half = { backend: 'webgpu', rung: 'webgpu-half', adapter: 'acme one', device, reason: '' } as const;
    expect(restartBelow(half, engineError('runtime/self-test', 'Wrong.'))).toMatchObject({
      next: 'webgpu-full',
      reason: 'WebGPU (acme one) in 16-bit floats was given up: Wrong.',
    });
  });
  it('passes the error on from the last device, and when the folder is at fault', () => {
    const wrong = engineError('runtime/self-test', 'wrong');
    expect(() => restartBelow({ ...onWasm, rung: 'wasm-single' }, wrong)).toThrow(wrong);
    const folder = engineError('model/manifest', 'bad names');
    expect(() => restartBelow(onWasm, folder)).toThrow(folder);
  });
});

describe('the ladder', () => {
  it('ends', () => {
    expect(rungBelow('wasm-single')).toBeUndefined();
    expect(rungLower('webgpu-plain', 'wasm-threads')).toBe('wasm-threads');
  });
  it.each([
    ['webgpu-half', 'runtime/device-lost', 'wasm-threads'],
    ['webgpu-full', 'runtime/device-lost', 'wasm-threads'],
    ['webgpu-plain', 'runtime/out-of-memory', 'wasm-threads'],
    ['wasm-threads', 'runtime/out-of-memory', 'wasm-single'],
    ['wasm-single', 'runtime/out-of-memory', undefined],
    ['webgpu-full', 'inference/failed', undefined],
  ] as const)('after %s with %s: %s', (rung, code, next) => {
    expect(rungAfterError(rung, code)).toBe(next);
  });
});

describe('threadCount', () => {
  it.each([
    [0, false, 8, 1],
    [0, true, 1, 1],
    [0, true, 2, 2],
    [0, true, 6, 3],
    [0, true, 32, 4],
    [1, true, 8, 1],
    [3, false, 8, 1],
  ])('wanted %i, isolated %s, %i cores → %i', (wanted, isolated, cores, threads) => {
    expect(threadCount(wanted, isolated, cores)).toBe(threads);
  });
});
