/** Where a start goes on that failed on one device. */
import { rungBelow, startErrorIsOfDevice, type DeviceRung } from '../device-ladder.ts';
import { errorDataFrom } from '../errors.ts';
import type { LoadOutcome } from '../protocol.ts';
import type { DeviceChoice } from './device.ts';

/** What a rung of WebGPU had beyond the plain one. */
const HOW: Partial<Record<DeviceRung, string>> = {
  'webgpu-half': ' in 16-bit floats',
  'webgpu-full': ' with 16-bit floats or subgroups',
};

/** What to do after a failed start: the next device, or the error where there is none or it would not help. */
export function restartBelow(device: DeviceChoice, thrown: unknown): Extract<LoadOutcome, { outcome: 'restart' }> {
  const { code, message } = errorDataFrom(thrown, 'runtime/unavailable');
  const next = rungBelow(device.rung);
  if (next === undefined || !startErrorIsOfDevice(code)) throw thrown;
  const name = device.backend === 'webgpu' ? `WebGPU (${device.adapter})` : 'WASM with threads';
  const how = HOW[device.rung] ?? '';
  return { outcome: 'restart', next, reason: `${name}${how} was given up: ${message}` };
}
