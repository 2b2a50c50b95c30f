/** Makes and reads {@link EngineError}s; the only place that guesses a code from a message of the runtime. */
import { EngineError, engineErrorData, type EngineErrorCode, type EngineErrorData } from './engine.ts';
import type { CancelReason } from './protocol.ts';

/** `message` says what went wrong, with which file or value, and what to do. */
export function engineError(
  code: EngineErrorCode,
  message: string,
  detail: EngineErrorData['detail'] = {},
): EngineError {
  return new EngineError({ code, message, detail });
}

export function cancelError(reason: CancelReason, deadlineMs?: number): EngineError {
  if (reason === 'aborted')
    return engineError(
      'inference/aborted',
      'The request was cancelled by the page. Ask again if you still want the answer.',
    );
  const limit = deadlineMs === undefined ? 'its deadline' : `its deadline of ${Math.round(deadlineMs)} ms`;
  return engineError(
    'inference/deadline',
    `The model did not answer within ${limit}. Ask again, or close other heavy pages first.`,
    deadlineMs === undefined ? {} : { deadlineMs },
  );
}

/** Codes after which the worker can't be used any more. */
export function engineErrorIsFatal(code: EngineErrorCode): boolean {
  return code === 'runtime/out-of-memory' || code === 'runtime/device-lost';
}

/** The worker is gone without having said why; it may have been chance, so the same device gets another try. */
export function workerCrashError(cause: string): EngineError {
  return engineError('runtime/unavailable', `The inference worker broke down: ${cause}. Ask again; it starts anew.`, {
    cause,
    crashed: 1,
  });
}

/** The worker was ended because it went on past a call's deadline. */
export function workerHangError(): EngineError {
  const { code, message, detail } = workerCrashError('it was ended because another question passed its deadline');
  return engineError(code, message, { ...detail, hung: 1 });
}

export function errorIsHang(error: EngineErrorData): boolean {
  return error.detail['hung'] === 1;
}

export function errorIsCrash(error: EngineErrorData): boolean {
  return error.detail['crashed'] === 1;
}

/** The page itself ended the worker so that another takes its place: what waits is asked again, and no device is to blame. */
export function workerReplacedError(why: string): EngineError {
  return engineError('runtime/unavailable', `The inference worker was replaced: ${why}. Ask again.`, { replaced: 1 });
}

export function errorIsReplacement(error: EngineErrorData): boolean {
  return error.detail['replaced'] === 1;
}

/** The runtime itself failed in a call, with a reason of its own. */
export function errorIsOfRuntime(error: EngineErrorData): boolean {
  return error.code === 'inference/failed' && error.detail['ofRuntime'] === 1;
}

/** In the wordings of browsers, of the runtime and of its WebAssembly module. */
const OUT_OF_MEMORY =
  /out of memory|bad_alloc|allocation failed|(?:could not|failed to) allocate|\bOOM\b|cannot enlarge memory/i;

/** A WebAssembly module that trapped, aborted or let an exception of its own out (a bare number) answers nothing any more. */
function thrownByTrap(thrown: unknown, text: string): boolean {
  return thrown instanceof WebAssembly.RuntimeError || /^(?:Aborted\(|\d+$)/.test(text);
}

/** Any thrown value as plain data that crosses the worker border. */
export function errorDataFrom(thrown: unknown, fallbackCode: EngineErrorCode = 'inference/failed'): EngineErrorData {
  if (thrown instanceof EngineError) return engineErrorData(thrown);
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  if (OUT_OF_MEMORY.test(text)) return engineErrorData(memoryError(text));
  if (thrownByTrap(thrown, text)) return engineErrorData(workerCrashError(text));
  // A mistake of this page's own would be made on every device.
  const isOwn = thrown instanceof TypeError || thrown instanceof RangeError || thrown instanceof ReferenceError;
  return {
    code: fallbackCode,
    message: `The runtime failed: ${text}. Load the model again.`,
    detail: { cause: text, ...(isOwn ? {} : { ofRuntime: 1 }) },
  };
}

export function memoryError(cause: string): EngineError {
  return engineError(
    'runtime/out-of-memory',
    `The browser ran out of memory (${cause}). Close other tabs and load the model again.`,
    { cause },
  );
}
