/**
 * One worker and the calls that wait for it. A cancelled call is rejected at once and the worker is told; a worker that does not
 * react to a deadline in time is stopped, and with it every call that waits.
 */
import type { CallOptions } from './engine.ts';
import { EngineError } from './engine.ts';
import { cancelError, engineError, errorDataFrom, workerCrashError, workerHangError } from './errors.ts';
import type {
  CancelMessage,
  CancelReason,
  FromWorker,
  RequestKind,
  RequestMap,
  RequestMessage,
  StartProgress,
} from './protocol.ts';

/** What the link uses of a Worker. */
export interface WorkerPort {
  postMessage<K extends RequestKind>(message: RequestMessage<K> | CancelMessage, transfer: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

export interface RequestOptions extends CallOptions {
  readonly onProgress?: (progress: StartProgress) => void;
  readonly onText?: (textSoFar: string) => void;
  /** An abort waits for the worker's answer, which holds what was done so far. */
  readonly keepsPartialResult?: boolean;
}

export interface WorkerLink {
  request<K extends RequestKind>(
    kind: K,
    params: RequestMap[K]['params'],
    options: RequestOptions,
    transfer?: ArrayBuffer[],
  ): Promise<RequestMap[K]['result']>;
  /** Ends the worker; waiting and later calls reject with the error. */
  stop(error: EngineError): void;
}

/** How long a cancelled job may go on before the caller is answered without it, or, past a deadline, the worker is ended. */
const GRACE_MS = 3000;

interface Pending<K extends RequestKind> {
  resolve(result: RequestMap[K]['result']): void;
  reject(error: EngineError): void;
  readonly options: RequestOptions;
}

/** Calls by kind and id, so that a result always meets a caller who waits for just that. */
type PendingByKind = { readonly [K in RequestKind]: Map<number, Pending<K>> };

export function createWorkerLink(port: WorkerPort, onStopped: (error: EngineError) => void): WorkerLink {
  const pending: PendingByKind = { load: new Map(), prepare: new Map(), score: new Map(), generate: new Map() };
  /** Ids whose caller has been answered, with what to do if the worker never reports them. */
  const overdue = new Map<number, ReturnType<typeof setTimeout>>();
  let nextId = 1;
  /** A worker that has said anything has its script. */
  let hasAnswered = false;
  let stoppedBy: EngineError | undefined;

  const everyMap = (): readonly (readonly [RequestKind, PendingByKind[RequestKind]])[] => [
    ['load', pending.load],
    ['prepare', pending.prepare],
    ['score', pending.score],
    ['generate', pending.generate],
  ];
  const waiting = (id: number): Pick<Pending<RequestKind>, 'reject' | 'options'> | undefined => {
    for (const [, map] of everyMap()) {
      const found = map.get(id);
      if (found) return found;
    }
    return undefined;
  };

  function stop(error: EngineError): void {
    if (stoppedBy) return;
    stoppedBy = error;
    port.onmessage = port.onerror = port.onmessageerror = null;
    port.terminate();
    for (const timer of overdue.values()) clearTimeout(timer);
    for (const [, map] of everyMap()) for (const call of [...map.values()]) call.reject(error);
    onStopped(error);
  }

  function receive(message: FromWorker): void {
    if (message.type === 'progress') return waiting(message.id)?.options.onProgress?.(message.progress);
    if (message.type === 'text') return waiting(message.id)?.options.onText?.(message.textSoFar);
    clearTimeout(overdue.get(message.id));
    overdue.delete(message.id);
    if (message.type === 'error') return waiting(message.id)?.reject(new EngineError(message.error));
    switch (message.kind) {
      case 'load':
        return pending.load.get(message.id)?.resolve(message.result);
      case 'prepare':
        return pending.prepare.get(message.id)?.resolve(message.result);
      case 'score':
        return pending.score.get(message.id)?.resolve(message.result);
      case 'generate':
        return pending.generate.get(message.id)?.resolve(message.result);
      default:
        return message satisfies never;
    }
  }

  port.onmessage = (event) => {
    hasAnswered = true;
    receive(event.data);
  };
  port.onerror = (event) => {
    if (event.message || hasAnswered) return stop(workerCrashError(event.message || 'it did not say why'));
    stop(
      engineError(
        'runtime/unavailable',
        "The inference worker's script could not be loaded. Check the network, then load the page again.",
        { cause: 'script not loaded' },
      ),
    );
  };
  port.onmessageerror = () => stop(workerCrashError('a message to or from it could not be read'));

  function request<K extends RequestKind>(
    kind: K,
    params: RequestMap[K]['params'],
    options: RequestOptions,
    transfer: ArrayBuffer[] = [],
  ): Promise<RequestMap[K]['result']> {
    return new Promise<RequestMap[K]['result']>((resolve, reject) => {
      const { signal, deadlineMs } = options;
      if (stoppedBy) return reject(stoppedBy);
      if (signal?.aborted) return reject(cancelError('aborted'));
      const id = nextId++;
      const calls: Map<number, Pending<K>> = pending[kind];

      const finish = (): void => {
        calls.delete(id);
        clearTimeout(deadline);
        signal?.removeEventListener('abort', onAbort);
      };
      const call: Pending<K> = {
        options,
        resolve: (result) => (finish(), resolve(result)),
        reject: (error) => (finish(), reject(error)),
      };
      const cancel = (reason: CancelReason): void => {
        port.postMessage({ type: 'cancel', id, reason }, []);
        const error = cancelError(reason, deadlineMs);
        const isDeadline = reason === 'deadline';
        const late = (): void => {
          call.reject(error);
          if (isDeadline) stop(workerHangError());
        };
        overdue.set(id, setTimeout(late, GRACE_MS));
        if (isDeadline || options.keepsPartialResult !== true) call.reject(error);
      };
      const onAbort = (): void => cancel('aborted');
      const deadline = deadlineMs === undefined ? undefined : setTimeout(() => cancel('deadline'), deadlineMs);
      signal?.addEventListener('abort', onAbort, { once: true });

      calls.set(id, call);
      const message: RequestMessage<K> = { type: 'request', id, kind, params };
      try {
        port.postMessage(message, transfer);
      } catch (thrown) {
        call.reject(new EngineError(errorDataFrom(thrown)));
      }
    });
  }

  return { request, stop };
}
