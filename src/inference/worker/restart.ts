/** Where a start goes on that failed on one device. */
import { rungBelow, startErrorIsOfDevice } from '../device-ladder.ts';
import { errorDataFrom } from '../errors.ts';
import type { LoadOutcome } from '../protocol.ts';
import type { DeviceChoice } from './device.ts';

/** What to do after a failed start: the next device, or the error where there is none or it would not help. */
export function restartBelow(device: DeviceChoice, thrown: unknown): Extract<LoadOutcome, { outcome: 'restart' }> {
  const { code, message } = errorDataFrom(thrown, 'runtime/unavailable');
  const next = rungBelow(device.rung);
  if (next === undefined || !startErrorIsOfDevice(code)) throw thrown;
  const name = device.backend === 'webgpu' ? `WebGPU (${device.adapter})` : 'WASM with threads';
  const how =
    device.rung === 'webgpu-half'
      ? ' in 16-bit floats'
      : device.rung === 'webgpu-full'
        ? ' with 16-bit floats or subgroups'
        : '';
  return { outcome: 'restart', next, reason: `${name}${how} was given up: ${message}` };
}
