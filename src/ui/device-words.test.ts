import { describe, expect, it } from 'vitest';
import type { DeviceInfo } from '../inference/engine';
import { deviceChoose, type DeviceChoice, type Gpu } from '../inference/worker/device';
import { restartBelow } from '../inference/worker/restart';
import { deviceRung, deviceWhy } from './device-words';
import { MESSAGES } from './i18n/messages';
import { translator } from './i18n/translate';

const t = translator(MESSAGES.en);
const wasm = (fallbackReason: string, threads = 2): DeviceInfo => ({
  backend: 'wasm',
  threads,
  adapter: '',
  fallbackReason,
});

const software = {
  features: new Set<string>(),
  limits: {},
  isFallbackAdapter: true,
  info: { vendor: '', architecture: '', description: '' },
  requestDevice: () => Promise.reject(new Error('no')),
};
const gpuOf = (adapter: unknown): Gpu => ({ requestAdapter: async () => adapter }) as unknown as Gpu;

describe('why a device answers', () => {
  it.each<[string, Gpu | undefined, 'auto' | 'wasm', string]>([
    ['no WebGPU', undefined, 'auto', 'offers no WebGPU'],
    ['no adapter', gpuOf(null), 'auto', 'found no graphics card'],
    ['a software adapter', gpuOf(software), 'auto', 'slower than the processor'],
    ['a refusal', gpuOf({ ...software, isFallbackAdapter: false }), 'auto', 'WebGPU did not start'],
    ['a wish', undefined, 'wasm', 'asked for'],
  ])('%s is said in the page’s words', async (_case, gpu, preferredBackend, words) => {
    const startRung = preferredBackend === 'wasm' ? 'wasm-threads' : 'webgpu-full';
    const choice = await deviceChoose({ preferredBackend, startRung, threads: 2, fallbackReason: '' }, gpu);
    const reason = 'reason' in choice ? choice.reason : '';
    expect(reason).not.toBe('');
    expect(deviceWhy(t, wasm(reason)).words).toContain(words);
  });

  it('keeps a sentence that it does not know, and details where they say more', () => {
    expect(deviceWhy(t, wasm('Something new.'))).toEqual({ words: 'Something new.', isForeign: true, detail: '' });
    const wrong = 'WebGPU (x) was given up: This device computes wrongly: token 3 of the self-test has logit 1.000';
    expect(deviceWhy(t, wasm(wrong))).toEqual({
      words: t('device.why.selfTest'),
      isForeign: false,
      detail: wrong,
    });
  });

  it.each<[string, DeviceChoice]>([
    ['a graphics card', { backend: 'webgpu', rung: 'webgpu-plain', device: {} as never, adapter: 'x', reason: '' }],
    ['threads', { backend: 'wasm', rung: 'wasm-threads', reason: '' }],
  ])('does not say of %s where no start succeeded that it failed at work', (_case, device) => {
    const { reason } = restartBelow(device, new Error('no available backend found'));
    expect(deviceWhy(t, wasm(reason, 1))).toEqual({ words: t('device.why.start'), isForeign: false, detail: reason });
    const atWork = 'The runtime failed: external Instance reference no longer exists. Load the model again.';
    expect(deviceWhy(t, wasm(atWork)).words).toBe(t('device.why.failed'));
  });

  it('tells a browser that does not answer from one that refuses', () => {
    const words = { words: t('device.why.silent'), isForeign: false, detail: '' };
    expect(deviceWhy(t, wasm('WebGPU did not answer within 10 s.'))).toEqual(words);
  });

  it('names the rung', () => {
    expect(deviceRung(wasm('', 2))).toBe('threads');
    expect(deviceRung(wasm('', 1))).toBe('single');
    expect(deviceRung({ backend: 'webgpu', threads: 0, adapter: 'x', fallbackReason: '' })).toBe('gpu');
    expect(deviceRung({ backend: 'remote', threads: 0, adapter: 'host', fallbackReason: '' })).toBeNull();
  });
});
