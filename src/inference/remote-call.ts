/** What a call to an endpoint is held to: the caller's signal and deadline, or else a limit to how long the endpoint is silent. */
import type { CallOptions } from './engine.ts';
import { EngineError } from './engine.ts';
import { cancelError, engineError } from './errors.ts';
import { controllerFollowing } from './signal-follow.ts';

export interface Call {
  readonly signal: AbortSignal;
  /** Something came: the silence counts anew. */
  readonly heard: () => void;
}

export interface CallTerms {
  /** Of the endpoint, for messages. */
  readonly host: string;
  /** Aborted once the engine is closed. */
  readonly closing: AbortSignal;
  /** An endpoint that sends nothing for so long is given up, where the caller has set no deadline. */
  readonly silenceMs: number;
}

function lateError(host: string, deadlineMs: number | undefined, silenceMs: number): EngineError {
  const what =
    deadlineMs === undefined
      ? `sent nothing for ${Math.round(silenceMs / 1000)} s`
      : `did not answer within its deadline of ${Math.round(deadlineMs)} ms`;
  const message = `The endpoint ${host} ${what}. Ask again, or check that it still runs and is not busy with other questions.`;
  return engineError('remote/deadline', message, { limitMs: deadlineMs ?? silenceMs });
}

/** Whatever stops the work becomes an engine error. */
export async function callRun<T>(
  { signal, deadlineMs }: CallOptions,
  { host, closing, silenceMs }: CallTerms,
  work: (call: Call) => Promise<T>,
): Promise<T> {
  if (closing.aborted) throw engineError('runtime/unavailable', 'The engine was closed. Create a new one.');
  const { controller, release } = controllerFollowing([closing, signal]);
  const all = controller.signal;
  let isLate = false;
  const late = (): void => {
    isLate ||= !all.aborted;
    controller.abort();
  };
  const start = (): ReturnType<typeof setTimeout> => setTimeout(late, deadlineMs ?? silenceMs);
  let timer = start();
  let isOver = false;
  const heard = (): void => {
    if (isOver || deadlineMs !== undefined) return;
    clearTimeout(timer);
    timer = start();
  };
  try {
    all.throwIfAborted();
    return await work({ signal: all, heard });
  } catch (thrown) {
    if (isLate) throw lateError(host, deadlineMs, silenceMs);
    if (all.aborted) throw cancelError('aborted');
    if (thrown instanceof EngineError) throw thrown;
    const cause = thrown instanceof Error ? thrown.message : String(thrown);
    throw engineError('remote/failed', `The endpoint's answer broke off (${cause}). Ask again.`, { cause });
  } finally {
    isOver = true;
    clearTimeout(timer);
    release();
  }
}

/** The same answer; `heard` is called for each piece of it that comes. */
export function overheard(response: Response, heard: () => void): Response {
  if (!response.body) return response;
  const pieces = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (piece, controller) => {
      heard();
      controller.enqueue(piece);
    },
  });
  return new Response(response.body.pipeThrough(pieces), response);
}
