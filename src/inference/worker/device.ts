/** Chooses where the model runs and says why. WebGPU types are spelled out as far as they are used: the compiler's library has none. */
import type { DeviceRung } from '../device-ladder.ts';
import { DEVICE_LADDER, rungBackend } from '../device-ladder.ts';
import {
  ADAPTER_LIMIT_MS,
  ADAPTER_WISH,
  adapterIsSoftware,
  answerInTime,
  SILENT,
  type AdapterKind,
} from '../gpu-adapter.ts';
import type { Backend } from '../protocol.ts';
import type { GpuMemory } from './kv-lanes.ts';
import { loopVariablesStartAnew, type ProbeDevice } from './shader-probe.ts';

export interface GpuDevice extends GpuMemory {
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
  addEventListener?(
    type: 'uncapturederror',
    listener: (event: { readonly error: { readonly message: string } }) => void,
  ): void;
  destroy?(): void;
}

interface GpuAdapter extends AdapterKind {
  readonly features: ReadonlySet<string>;
  readonly limits: Readonly<Record<string, unknown>>;
  /** Older browsers have none. */
  readonly info?: {
    readonly isFallbackAdapter?: boolean;
    readonly vendor: string;
    readonly architecture: string;
    readonly description: string;
    readonly subgroupMinSize?: number;
  };
  requestDevice(descriptor: { requiredFeatures: string[]; requiredLimits: Record<string, number> }): Promise<GpuDevice>;
}

export interface Gpu {
  requestAdapter(wish: typeof ADAPTER_WISH): Promise<GpuAdapter | null>;
}

/** `reason`: why not a faster one; empty when the first choice works. */
export type DeviceChoice =
  | {
      readonly backend: 'webgpu';
      readonly rung: DeviceRung;
      readonly device: GpuDevice;
      readonly adapter: string;
      readonly reason: string;
    }
  | { readonly backend: 'wasm'; readonly rung: DeviceRung; readonly reason: string };

export interface DeviceWishes {
  readonly preferredBackend: Backend | 'auto';
  readonly startRung: DeviceRung;
  /** Threads that WASM would get, see {@link threadCount}. */
  readonly threads: number;
  /** Why rungs above were left. */
  readonly fallbackReason: string;
}

/** Whether the runtime may use subgroups on a device. For tests. */
export type SubgroupsTrial = (device: GpuDevice) => Promise<boolean>;

const subgroupsTrial: SubgroupsTrial = (device) => loopVariablesStartAnew(device as unknown as ProbeDevice);

/** Below this size the runtime's attention over 32 and more tokens is wrong when subgroups are on (facts of onnxruntime-web 1.30). */
const SUBGROUP_MIN_SIZE = 8;
/**
 * Optional features by rung. 16-bit floats go without subgroups: so ran the kernels that they were checked with, and attention over a
 * prompt, all that subgroups speed up, is little of the work.
 */
const FEATURES: Partial<Record<DeviceRung, readonly string[]>> = {
  'webgpu-half': ['shader-f16'],
  'webgpu-full': ['shader-f16', 'subgroups'],
  'webgpu-plain': [],
};
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxBindGroups',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
] as const;

/**
 * Features and limits to ask for: all that the runtime uses on that rung, without subgroups where they are too small to be right or were
 * found wrong.
 */
export function deviceDescriptor(
  adapter: Omit<GpuAdapter, 'requestDevice'>,
  rung: DeviceRung,
  mayUseSubgroups = true,
): {
  requiredFeatures: string[];
  requiredLimits: Record<string, number>;
} {
  const usesSubgroups =
    mayUseSubgroups &&
    !adapterIsSoftware(adapter) &&
    (adapter.info?.subgroupMinSize ?? SUBGROUP_MIN_SIZE) >= SUBGROUP_MIN_SIZE;
  const requiredFeatures = (FEATURES[rung] ?? []).filter(
    (name) => adapter.features.has(name) && (name !== 'subgroups' || usesSubgroups),
  );
  const requiredLimits: Record<string, number> = {};
  for (const name of LIMITS) {
    const limit = adapter.limits[name];
    if (typeof limit === 'number') requiredLimits[name] = limit;
  }
  return { requiredFeatures, requiredLimits };
}

function reasonsJoined(...reasons: readonly string[]): string {
  return reasons.filter((reason) => reason !== '').join(' ');
}

interface Opened {
  readonly device: GpuDevice;
  readonly adapter: string;
}

/** A device on this rung, or why there is none: `wasm` ends the search, the others leave the next rung to try. */
async function deviceOpen(
  gpu: Gpu,
  rung: DeviceRung,
  preferredBackend: Backend | 'auto',
  trial: SubgroupsTrial,
): Promise<Opened | { readonly wasm: string } | 'no features'> {
  const silent = { wasm: `WebGPU did not answer within ${ADAPTER_LIMIT_MS / 1000} s.` };
  for (const mayUseSubgroups of [true, false]) {
    // Asked for anew each time: an adapter gives one device.
    const adapter = await answerInTime(gpu.requestAdapter(ADAPTER_WISH));
    if (adapter === SILENT) return silent;
    if (!adapter) return { wasm: 'WebGPU found no graphics adapter.' };
    if (preferredBackend === 'auto' && adapterIsSoftware(adapter))
      return { wasm: 'WebGPU is only emulated in software here, which is slower than WASM.' };
    const descriptor = deviceDescriptor(adapter, rung, mayUseSubgroups);
    if (rung !== 'webgpu-plain' && descriptor.requiredFeatures.length === 0) return 'no features';
    // An open device would hold graphics memory beside the model on WASM.
    const device = await answerInTime(adapter.requestDevice(descriptor), (late) => late.destroy?.());
    if (device === SILENT) return silent;
    // A trial that fails or hangs says as much as one that comes out wrong.
    const isRight =
      !descriptor.requiredFeatures.includes('subgroups') ||
      (await answerInTime(trial(device)).catch(() => false)) === true;
    if (!isRight) {
      device.destroy?.();
      continue;
    }
    const { vendor = '', architecture = '', description = '' } = adapter.info ?? {};
    const name = description || [vendor, architecture].filter((part) => part !== '').join(' ') || 'unnamed adapter';
    return { device, adapter: name };
  }
  return 'no features';
}

/** The highest rung from `startRung` down that this machine offers; nothing of the runtime is touched yet. */
export async function deviceChoose(
  wishes: DeviceWishes,
  gpu: Gpu | undefined,
  trial: SubgroupsTrial = subgroupsTrial,
): Promise<DeviceChoice> {
  const { preferredBackend, startRung, threads, fallbackReason } = wishes;
  const wasm = (reason: string): DeviceChoice => {
    const rung = threads > 1 && startRung !== 'wasm-single' ? 'wasm-threads' : 'wasm-single';
    return { backend: 'wasm', rung, reason: reasonsJoined(fallbackReason, reason) };
  };
  if (rungBackend(startRung) === 'wasm')
    return wasm(fallbackReason === '' && preferredBackend === 'wasm' ? 'WASM was asked for.' : '');
  if (!gpu) return wasm('This browser offers no WebGPU here.');
  let refusal = '';
  const rungs = DEVICE_LADDER.slice(DEVICE_LADDER.indexOf(startRung)).filter((rung) => rungBackend(rung) === 'webgpu');
  for (const rung of rungs) {
    try {
      const opened = await deviceOpen(gpu, rung, preferredBackend, trial);
      if (opened === 'no features') continue;
      if ('wasm' in opened) return wasm(opened.wasm);
      return { backend: 'webgpu', rung, ...opened, reason: reasonsJoined(fallbackReason, refusal) };
    } catch (thrown) {
      refusal = `WebGPU did not start: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    }
  }
  return wasm(refusal);
}

/** `chosen`, which need not wait for the model's manifest; where the model has no decoder in 16-bit floats, the rung below. */
export async function deviceForModel(
  chosen: DeviceChoice,
  { hasHalfDecoder, wishes, gpu }: { hasHalfDecoder: boolean; wishes: DeviceWishes; gpu: Gpu | undefined },
  trial: SubgroupsTrial = subgroupsTrial,
): Promise<DeviceChoice> {
  if (chosen.backend === 'wasm' || chosen.rung !== 'webgpu-half' || hasHalfDecoder) return chosen;
  // Another device, with the features of its rung.
  chosen.device.destroy?.();
  return deviceChoose({ ...wishes, startRung: 'webgpu-full' }, gpu, trial);
}

/** `wanted` of 0 lets this choose: half of the cores, at least 2 and at most 4 where threads are possible at all. */
export function threadCount(wanted: number, isolated: boolean, cores: number): number {
  if (!isolated || cores < 2) return 1;
  return wanted > 0 ? wanted : Math.max(2, Math.min(4, Math.floor(cores / 2)));
}
