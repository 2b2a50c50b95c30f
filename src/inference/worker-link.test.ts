import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { errorIsCrash } from './errors.ts';
import { createWorkerLink, type WorkerPort } from './worker-link.ts';

const view = { data: new Uint8ClampedArray(4), sizePx: 1 };
const PARAMS = { pair: { key: 'k', a: view, b: view } };

const portWith = (postMessage: WorkerPort['postMessage']): WorkerPort => ({
  postMessage,
  terminate: () => undefined,
  onmessage: null,
  onerror: null,
  onmessageerror: null,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('worker link', () => {
  it('leaves nothing behind when a request cannot be sent', async () => {
    const port = portWith(() => {
      throw new DOMException('could not be cloned', 'DataCloneError');
    });
    const link = createWorkerLink(port, () => undefined);
    const call = link.request('prepare', PARAMS, { deadlineMs: 1000 });
    await expect(call).rejects.toMatchObject({ code: 'inference/failed', detail: { cause: 'could not be cloned' } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([false, true])(
    'takes an error without words for a breakdown once the worker has spoken (%s)',
    async (spoke) => {
      const port = portWith(() => undefined);
      const link = createWorkerLink(port, () => undefined);
      const call = link.request('prepare', PARAMS, {}).catch((thrown: unknown) => thrown);
      if (spoke) port.onmessage?.({ data: { type: 'text', id: 99, textSoFar: '' } } as never);
      port.onerror?.({ message: '' } as ErrorEvent);
      expect(errorIsCrash((await call) as never)).toBe(spoke);
    },
  );
});
