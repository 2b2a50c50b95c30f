/** What a call is held to, its signal and its deadline, and what becomes of whatever stops it. */
import type { CallOptions } from './engine.ts';
import { EngineError } from './engine.ts';
import { cancelError, errorDataFrom } from './errors.ts';

/** The returned function says what is left of the limits when it is called; the deadline counts from now. */
export function limitsFrom({ signal, deadlineMs }: CallOptions): () => CallOptions {
  const endMs = deadlineMs === undefined ? undefined : performance.now() + deadlineMs;
  return () => ({
    ...(signal ? { signal } : {}),
    ...(endMs === undefined ? {} : { deadlineMs: Math.max(1, endMs - performance.now()) }),
  });
}

/** Rejects when the signal or the deadline comes first; the work itself goes on, but does not begin after an abort. */
export function raced<T>(work: () => Promise<T>, { signal, deadlineMs }: CallOptions): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) return reject(cancelError('aborted'));
    const timer =
      deadlineMs === undefined ? undefined : setTimeout(() => reject(cancelError('deadline', deadlineMs)), deadlineMs);
    const onAbort = (): void => reject(cancelError('aborted'));
    signal?.addEventListener('abort', onAbort, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      });
  });
}

export function errorFrom(thrown: unknown): EngineError {
  return thrown instanceof EngineError ? thrown : new EngineError(errorDataFrom(thrown, 'runtime/unavailable'));
}

/** Whatever stops a call becomes an engine error: a signal's own reason (a DOMException), and what the browser throws by itself. */
export async function named<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await promise;
  } catch (thrown) {
    if (!(thrown instanceof EngineError) && signal?.aborted) throw cancelError('aborted');
    throw errorFrom(thrown);
  }
}
