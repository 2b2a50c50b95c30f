import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRemoteEngine } from './remote-engine.ts';

const view = { data: new Uint8ClampedArray(4), sizePx: 1 };
const PAIR = { key: 'k', a: view, b: { ...view } };
const TEXT = { prompt: 'q', maxNewTokens: 7 };
const OPTIONS = ['left', 'right'];

const delta = (content: string): string => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
const THINKING = `data: ${JSON.stringify({ choices: [{ delta: { reasoning_content: 'hm' } }] })}\n\n`;

/** What an endpoint sends, each after a wait since the one before; `null` ends it, without it the endpoint falls silent. */
type Script = readonly (readonly [afterS: number, text: string | null])[];

const after = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1000 * seconds));

/** One script for each request. Like the browser's fetch, requests and bodies end with the signal. */
function endpoint(type: string, ...scripts: readonly Script[]) {
  const requests = [...scripts];
  const engine = createRemoteEngine({
    baseUrl: 'https://host/v1',
    apiKey: '',
    model: 'm',
    pictureUrl: async () => 'data:image/png;base64,AA',
    fetch: async (_url, { signal }) => {
      const stopped = new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      stopped.catch(() => undefined);
      const left = [...(requests.shift() ?? [])];
      const [first] = left;
      // Headers come with the first byte.
      await Promise.race([stopped, first ? after(first[0]) : stopped]);
      let isFirst = true;
      const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull: async (controller) => {
          const next = left.shift();
          if (!next) return stopped;
          if (!isFirst) await Promise.race([stopped, after(next[0])]);
          isFirst = false;
          if (next[1] === null) controller.close();
          else controller.enqueue(new TextEncoder().encode(next[1]));
        },
      });
      return new Response(body, { headers: { 'content-type': type } });
    },
  });
  return engine;
}

const EVENTS = 'text/event-stream';
const JSON_TYPE = 'application/json';

const advance = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(1000 * seconds);
/** How a call ended within so many seconds; undefined while it goes on. */
async function outcome<T>(call: Promise<T>, seconds: number): Promise<unknown> {
  let ended: unknown;
  call.then(
    (value) => (ended = value),
    (thrown: unknown) => (ended = thrown),
  );
  await advance(seconds);
  return ended;
}

// The streams of Node need its other timers.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('the deadline of an endpoint', () => {
  it('is one of silence: whatever comes puts it off, thinking too', async () => {
    const slow: Script = [
      [100, THINKING],
      [100, ': still here\n\n'],
      [100, delta('so ')],
      [100, delta('far')],
      [0, null],
    ];
    const call = endpoint(EVENTS, slow).generate(PAIR, TEXT);
    expect(await outcome(call, 401)).toMatchObject({ text: 'so far', finish: 'end' });
  });

  it('ends a call that nothing comes to, in words about an endpoint', async () => {
    const call = endpoint(EVENTS, []).generate(PAIR, TEXT);
    const error = await outcome(call, 121);
    expect(error).toMatchObject({ code: 'remote/deadline', detail: { limitMs: 120_000 } });
    expect((error as Error).message).toMatch(/^The endpoint host sent nothing for 120 s\. Ask again/);
  });

  it('leaves the text so far standing, as a stop does', async () => {
    const call = endpoint(EVENTS, [
      [1, delta('so ')],
      [1, delta('far')],
    ]).generate(PAIR, TEXT);
    expect(await outcome(call, 125)).toMatchObject({ text: 'so far', finish: 'aborted' });
  });

  it('waits longer for an answer that comes in one piece, and begins anew when the first was cut off', async () => {
    const choice = (content: string | null, finish: string): string =>
      JSON.stringify({ choices: [{ message: { content }, finish_reason: finish }] });
    const cut: Script = [
      [500, choice(null, 'length')],
      [0, null],
    ];
    const answer: Script = [
      [800, choice('right', 'stop')],
      [0, null],
    ];
    const call = endpoint(JSON_TYPE, cut, answer).score(PAIR, { prompt: 'q', options: OPTIONS });
    expect(await outcome(call, 1301)).toMatchObject({ options: [{ probability: 0 }, { probability: 1 }] });
    const silent = endpoint(JSON_TYPE, []).score(PAIR, { prompt: 'q', options: OPTIONS });
    expect(await outcome(silent, 901)).toMatchObject({ code: 'remote/deadline' });
  });

  it('begins anew for a text too, when the first was cut off for thinking', async () => {
    const cut = `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'length' }] })}\n\n`;
    const call = endpoint(
      EVENTS,
      [
        [100, cut],
        [0, null],
      ],
      [
        [100, delta('far')],
        [0, null],
      ],
    ).generate(PAIR, TEXT);
    expect(await outcome(call, 201)).toMatchObject({ text: 'far' });
  });

  it('is one for the whole call where the caller sets it', async () => {
    const talking: Script = Array.from({ length: 20 }, () => [1, THINKING] as const);
    const call = endpoint(EVENTS, talking).generate(PAIR, TEXT, { deadlineMs: 5000 });
    expect(await outcome(call, 6)).toMatchObject({
      code: 'remote/deadline',
      message: expect.stringContaining('within its deadline of 5000 ms'),
    });
    await advance(1);
  });
});
