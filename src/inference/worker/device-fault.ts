/**
 * What can happen to a graphics device while a graph runs on it: it is lost, or its memory runs out. The runtime may then reject with a
 * message of its own, or never settle at all, so every run is raced against the device.
 */
import type { EngineError } from '../engine.ts';
import { engineError, errorDataFrom, memoryError } from '../errors.ts';
import type { GpuDevice } from './device.ts';

/** A run that fails because its device is lost often rejects a moment before the device says so. */
const FAULT_WAIT_MS = 100;

export type FaultGuard = <T>(work: () => Promise<T>) => Promise<T>;

/** Resolves with the first fault; never where there is none. */
export function deviceFault(device: GpuDevice): Promise<EngineError> {
  return new Promise((resolve) => {
    void device.lost.then(({ message, reason }) => {
      const cause = message || reason;
      const text = `The graphics device was lost (${cause}). Load the model again; it starts anew.`;
      resolve(engineError('runtime/device-lost', text, { cause }));
    });
    device.addEventListener?.('uncapturederror', ({ error }) => {
      if (error.constructor.name === 'GPUOutOfMemoryError') resolve(memoryError(error.message || 'graphics memory'));
    });
  });
}

/** Runs work that fails with the device's fault once there is one, even when it would never settle. */
export function faultGuard(fault: Promise<EngineError>): FaultGuard {
  let happened: EngineError | undefined;
  // A set and not a race: each race would leave its handlers on the promise for as long as the device lives.
  const running = new Set<(error: EngineError) => void>();
  void fault.then((error) => {
    happened = error;
    running.forEach((reject) => reject(error));
    running.clear();
  });
  return (work) =>
    new Promise((resolve, reject) => {
      if (happened) return reject(happened);
      running.add(reject);
      work().then(
        (result) => {
          running.delete(reject);
          resolve(result);
        },
        (thrown: unknown) =>
          setTimeout(() => {
            running.delete(reject);
            reject(thrown);
          }, FAULT_WAIT_MS),
      );
    });
}

/**
 * For the runs of one session whose inputs and outputs are bound: after one that failed, all that follow fail too, so that the page takes
 * another worker. onnxruntime-web 1.30 takes a failed run's bindings for those of the next, which would read that run's inputs.
 */
export function boundRunsGuard(guarded: FaultGuard): FaultGuard {
  let failed: EngineError | undefined;
  return async (work) => {
    if (failed) throw failed;
    try {
      return await guarded(work);
    } catch (thrown) {
      const { code, message, detail } = errorDataFrom(thrown);
      // Of the runtime from now on, whoever threw first: the error must lead to another worker.
      failed = engineError(code, message, code === 'inference/failed' ? { ...detail, ofRuntime: 1 } : detail);
      throw thrown;
    }
  };
}
