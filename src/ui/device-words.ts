/** Which device answers and why, in the page's language. The runtime gives its reasons in English sentences. */
import type { DeviceInfo } from '../inference/engine';
import type { MessageKey } from './i18n/en';
import type { Translate } from './i18n/translate';

/** Rungs as people are told them, fastest first. */
export const DEVICE_RUNGS = ['gpu', 'threads', 'single'] as const;

export function deviceRung({ backend, threads }: DeviceInfo): (typeof DEVICE_RUNGS)[number] | null {
  if (backend === 'remote') return null;
  if (backend === 'webgpu') return 'gpu';
  return threads > 1 ? 'threads' : 'single';
}

export function deviceName(t: Translate, { backend, threads, adapter }: DeviceInfo): string {
  if (backend === 'remote') return t('device.remote', { host: adapter });
  if (backend === 'webgpu') return t('device.gpu', { adapter });
  return threads > 1 ? t('device.cpu', { threads }) : t('device.cpu.one');
}

/** In the order in which they are looked for: the first that fits says the most. */
const REASONS: readonly (readonly [pattern: RegExp, key: MessageKey])[] = [
  [/golden|self-test|stored values|logit/i, 'device.why.selfTest'],
  [/device was lost/i, 'device.why.lost'],
  [/out of memory/i, 'device.why.memory'],
  [/did not start within/i, 'device.why.hung'],
  [/did not answer within/i, 'device.why.silent'],
  [/emulated in software/i, 'device.why.emulated'],
  [/no graphics adapter/i, 'device.why.noAdapter'],
  [/offers no WebGPU/i, 'device.why.noWebGpu'],
  [/WASM was asked for/i, 'device.why.asked'],
  [/WebGPU did not start/i, 'device.why.refused'],
  [/broke down/i, 'device.why.crashed'],
  // Before the last: a start names the runtime's failure too, but nothing has worked yet.
  [/was given up/i, 'device.why.start'],
  [/the runtime failed/i, 'device.why.failed'],
];

export interface DeviceWhy {
  readonly words: string;
  /** The words are the runtime's own, in English: the page has none for them. */
  readonly isForeign: boolean;
  /** The runtime's own sentence, where it says more than the words; else empty. */
  readonly detail: string;
}

/** Reasons that say it all in one sentence of ours. */
const COMPLETE: ReadonlySet<MessageKey> = new Set([
  'device.why.emulated',
  'device.why.noAdapter',
  'device.why.noWebGpu',
  'device.why.asked',
  'device.why.silent',
]);

const ours = (words: string, detail = ''): DeviceWhy => ({ words, isForeign: false, detail });

export function deviceWhy(t: Translate, { backend, fallbackReason }: DeviceInfo): DeviceWhy {
  if (backend === 'remote') return ours(t('device.why.remote'));
  if (fallbackReason === '') return ours(t('device.why.first'));
  const key = REASONS.find(([pattern]) => pattern.test(fallbackReason))?.[1];
  if (key === undefined) return { words: fallbackReason, isForeign: true, detail: '' };
  return ours(t(key), COMPLETE.has(key) ? '' : fallbackReason);
}
