/**
 * The devices a model may run on, fastest first. A rung that fails, at the start or later, is left for the next one below it; the
 * reasons go along, so that the page can say why the device that answers is not a faster one.
 */
import type { EngineErrorCode } from './engine.ts';
import type { Backend } from './protocol.ts';

/**
 * `webgpu-half`: the decoder in 16-bit floats, where the model has one; `webgpu-full`: in 32-bit floats, with the optional features that the
 * adapter has, subgroups and 16-bit floats; `webgpu-plain`: without either.
 */
export const DEVICE_LADDER = ['webgpu-half', 'webgpu-full', 'webgpu-plain', 'wasm-threads', 'wasm-single'] as const;

export type DeviceRung = (typeof DEVICE_LADDER)[number];

const WASM_RUNGS: readonly DeviceRung[] = ['wasm-threads', 'wasm-single'];

export function rungBackend(rung: DeviceRung): Backend {
  return WASM_RUNGS.includes(rung) ? 'wasm' : 'webgpu';
}

/** Where to start; `wasm` skips the rungs of WebGPU. */
export function rungFirst(preferred: Backend | 'auto'): DeviceRung {
  return preferred === 'wasm' ? 'wasm-threads' : 'webgpu-half';
}

export function rungBelow(rung: DeviceRung): DeviceRung | undefined {
  return DEVICE_LADDER[DEVICE_LADDER.indexOf(rung) + 1];
}

/** The lower of two rungs. */
export function rungLower(a: DeviceRung, b: DeviceRung): DeviceRung {
  return DEVICE_LADDER.indexOf(a) >= DEVICE_LADDER.indexOf(b) ? a : b;
}

/**
 * Where to go on after an error at run time; undefined when no device below could do better. A lost or full graphics device is
 * lost to every rung of WebGPU.
 */
export function rungAfterError(rung: DeviceRung, code: EngineErrorCode): DeviceRung | undefined {
  if (code !== 'runtime/device-lost' && code !== 'runtime/out-of-memory') return undefined;
  return rungBackend(rung) === 'webgpu' ? 'wasm-threads' : rungBelow(rung);
}

/** Whether another device may help a start that failed so; a folder that is incomplete or wrong is so on every device. */
export function startErrorIsOfDevice(code: EngineErrorCode): boolean {
  return code.startsWith('runtime/') || code === 'inference/failed';
}
