/** A worker that tests answer for: what the page posts goes to a function, which replies as the worker would. */
import { createWorkerEngine } from '../client.ts';
import type { DeviceRung } from '../device-ladder.ts';
import type { LoadedModel } from '../engine.ts';
import type { CancelMessage, FromWorker, RequestKind, RequestMessage } from '../protocol.ts';
import type { WorkerPort } from '../worker-link.ts';

export type Sent = RequestMessage | CancelMessage;

export const READY = (id: number, rung: DeviceRung = 'wasm-threads'): FromWorker => ({
  type: 'result',
  id,
  kind: 'load',
  result: { outcome: 'ready', model: MODEL, rung },
});

export const view = { data: new Uint8ClampedArray(16), sizePx: 2 };
export const PAIR = { key: 'k', a: view, b: view };
export const QUESTION = { prompt: 'q', options: ['x'] };
export const MODEL: LoadedModel = {
  modelId: 'tiny',
  modelName: 'Tiny',
  imageSizePx: 2,
  totalBytes: 3,
  device: { backend: 'wasm', threads: 1, adapter: '', fallbackReason: '' },
};
export const SCORE = { options: [{ text: 'x', logProb: -1, probability: 1 }], durationMs: 1, prefixReused: false };

export const rungOf = (message: Sent | undefined): string | undefined =>
  message?.type === 'request' && message.kind === 'load' ? message.params.startRung : undefined;

export class FakePort implements WorkerPort {
  readonly sent: Sent[] = [];
  terminated = false;
  onmessage: WorkerPort['onmessage'] = null;
  onerror: WorkerPort['onerror'] = null;
  onmessageerror: WorkerPort['onmessageerror'] = null;
  constructor(readonly react: (message: Sent, port: FakePort) => void) {}
  postMessage<K extends RequestKind>(message: RequestMessage<K> | CancelMessage): void {
    this.sent.push(message as Sent);
    this.react(message as Sent, this);
  }
  terminate(): void {
    this.terminated = true;
  }
  reply(data: FromWorker): void {
    this.onmessage?.({ data } as MessageEvent<FromWorker>);
  }
}

/** Every request goes to `react`; `ports` are the workers that were started, in order. */
export function engineOnPorts(
  react: (message: Sent & { readonly type: 'request' }, port: FakePort, ports: readonly FakePort[]) => void,
  options: Partial<Parameters<typeof createWorkerEngine>[0]> = {},
) {
  const ports: FakePort[] = [];
  const engine = createWorkerEngine({
    modelUrl: 'http://host/m/',
    reach: async () => undefined,
    ...options,
    startWorker: () => {
      const port = new FakePort((message, self) => {
        if (message.type === 'request') react(message, self, ports);
      });
      ports.push(port);
      return port;
    },
  } as Parameters<typeof createWorkerEngine>[0]);
  return { engine, ports };
}

/** Loads at once, on the rung where it is told to start; other requests, and what is taken back, go to `react`. */
export function engineWith(react: (message: Sent, port: FakePort) => void) {
  const ports: FakePort[] = [];
  const engine = createWorkerEngine({
    modelUrl: 'http://host/models/tiny',
    startWorker: () => {
      const port = new FakePort((message, self) => {
        if (message.type === 'request' && message.kind === 'load') {
          queueMicrotask(() => self.reply(READY(message.id, message.params.startRung)));
        } else react(message, self);
      });
      ports.push(port);
      return port;
    },
  });
  return { engine, ports };
}
