import { describe, expect, it } from 'vitest';
import type { EngineError } from './engine.ts';
import { createRemoteEngine, type RemoteEngineOptions } from './remote-engine.ts';

const view = { data: new Uint8ClampedArray(4), sizePx: 1 };
const PAIR = { key: 'k', a: view, b: { ...view } };
const OPTIONS = ['Move to the left', 'Move to the right', 'No movement'];
const KEY = 'sk-secret';

type Answer = { status?: number; body: string; type?: string } | Error;

function remote(
  answers: Record<string, Answer | ((body: Record<string, unknown>) => Answer)>,
  apiKey = KEY,
  options: Partial<RemoteEngineOptions> = {},
) {
  const sent: { url: string; init: RequestInit; body: Record<string, unknown> }[] = [];
  const engine = createRemoteEngine({
    baseUrl: 'https://host/v1',
    apiKey,
    model: 'm',
    ...options,
    pictureUrl: async () => 'data:image/png;base64,AA',
    fetch: async (url, init) => {
      const body = JSON.parse(String(init.body ?? '{}')) as Record<string, unknown>;
      sent.push({ url, init, body });
      const entry = answers[url.replace('https://host/v1/', '')];
      const answer = typeof entry === 'function' ? entry(body) : entry;
      init.signal?.throwIfAborted();
      if (!answer || answer instanceof Error) throw answer ?? new TypeError('Failed to fetch');
      const { status = 200, type = 'application/json' } = answer;
      return new Response(answer.body, { status, headers: { 'content-type': type } });
    },
  });
  return { engine, sent };
}
const said = (content: string, logprobs?: number[]): Answer => ({
  body: JSON.stringify({
    choices: [
      { message: { content }, logprobs: logprobs ? { content: logprobs.map((logprob) => ({ logprob })) } : null },
    ],
  }),
});
const events = (...lines: string[]): Answer => ({ body: lines.join(''), type: 'text/event-stream' });
const delta = (content: string, finish: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ delta: { content }, finish_reason: finish }] })}\n\n`;

describe('remote engine', () => {
  it('loads by asking for the list of models, with the key in a header', async () => {
    const { engine, sent } = remote({ models: { body: '{"data":[{"id":"m"}]}' } });
    expect(await engine.load()).toMatchObject({ modelId: 'm', device: { backend: 'remote', adapter: 'host' } });
    expect(sent[0]?.init.headers).toMatchObject({ authorization: `Bearer ${KEY}` });
    expect(sent[0]?.init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
  });

  it('loads from endpoints that keep no list, and sends no empty key', async () => {
    const { engine, sent } = remote(
      { models: { status: 404, body: '' }, 'chat/completions': { status: 400, body: '' } },
      '',
    );
    expect(await engine.load()).toMatchObject({ modelId: 'm' });
    expect(sent[0]?.init.headers).toEqual({});
  });

  it.each<[string, Answer, string, RegExp]>([
    [
      'the model is unknown',
      { body: '{"data":[{"id":"x"},{"id":"y"}]}' },
      'model/missing',
      /no model "m"; it lists x, y/,
    ],
    [
      'the key is wrong',
      { status: 401, body: '{"error":{"message":"Incorrect API key"}}' },
      'remote/refused',
      /answered 401 and said: "Incorrect API key". Check the key/,
    ],
    ['it breaks', { status: 500, body: 'oh\n no' }, 'remote/failed', /answered 500 and said: "oh no"/],
    ['it is away', new TypeError('Failed to fetch'), 'remote/unreachable', /could not be reached \(Failed to fetch\)/],
  ])('says so when %s', async (_case, answer, code, message) => {
    const { engine } = remote({ models: answer, 'chat/completions': answer });
    const error: unknown = await engine.load().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toMatch(message);
  });

  it('never repeats the key', async () => {
    const refused = { status: 401, body: `{"error":{"message":"bad key ${KEY}"}}` };
    const { engine } = remote({ models: refused, 'chat/completions': refused });
    const error: unknown = await engine.load().catch((thrown: unknown) => thrown);
    expect((error as Error).message).toContain('bad key ***');
    expect(JSON.stringify([error, (error as Error).message])).not.toContain(KEY);
  });

  it.each<[string, Answer]>([
    ['an error in the stream', events(`data: {"error":"bad key ${KEY}"}\n\n`)],
    ['an answer without choices', { body: `{"message":"bad key ${KEY}"}` }],
    ['an answer that is no JSON', { body: `bad key ${KEY}` }],
    ['long text that is no JSON', { body: `{"a":"${'x'.repeat(400)}" ${KEY}${'y'.repeat(400)}` }],
    ['a key at the edge of what is shown', { status: 500, body: `${'x'.repeat(295)}${KEY} bad` }],
  ])('never repeats the key, nor a piece of it, from %s', async (_case, answer) => {
    const { engine } = remote({ 'chat/completions': answer });
    const calls = [
      engine.generate(PAIR, { prompt: 'q', maxNewTokens: 7 }),
      engine.score(PAIR, { prompt: 'q', options: OPTIONS }),
    ];
    for (const call of calls) {
      const error = (await call.catch((thrown: unknown) => thrown)) as EngineError;
      expect(error.code).toBe('remote/failed');
      expect(JSON.stringify([error.message, error.detail])).not.toContain(KEY.slice(0, 4));
    }
  });

  it('says so when an endpoint answers 200 and gives no answer', async () => {
    for (const answer of [{ body: '{"message":"out of credit"}' }, events('data: {"message":"out of credit"}\n\n')]) {
      const { engine } = remote({ 'chat/completions': answer });
      await expect(engine.generate(PAIR, { prompt: 'q', maxNewTokens: 7 })).rejects.toThrow(/"out of credit"/);
    }
  });

  it('scores by asking for the text, with both pictures and all options', async () => {
    const { engine, sent } = remote({ 'chat/completions': said('Move to the left.', [-0.1, -0.2]) });
    const { options, isAnswerOnly } = await engine.score(PAIR, { prompt: 'Which way?', options: OPTIONS });
    expect(options.map(({ probability }) => probability)).toEqual([
      expect.closeTo(Math.exp(-0.3)),
      expect.closeTo((1 - Math.exp(-0.3)) / 2),
      expect.closeTo((1 - Math.exp(-0.3)) / 2),
    ]);
    expect(isAnswerOnly).toBeUndefined();
    const [message] = sent[0]?.body['messages'] as { content: { type: string; text?: string }[] }[];
    expect(message?.content.map(({ type }) => type)).toEqual(['image_url', 'image_url', 'text']);
    for (const option of OPTIONS) expect(message?.content[2]?.text).toContain(option);
  });

  it('goes without log-probabilities where they are refused, and says that shares are none', async () => {
    const { engine, sent } = remote({
      'chat/completions': (body) =>
        'logprobs' in body
          ? { status: 400, body: '{"error":{"message":"logprobs unsupported"}}' }
          : said('no movement'),
    });
    for (let i = 0; i < 2; i++) {
      const result = await engine.score(PAIR, { prompt: 'q', options: OPTIONS });
      expect(result.options.map(({ probability }) => probability)).toEqual([0, 0, 1]);
      expect(result.isAnswerOnly).toBe(true);
    }
    expect(sent).toHaveLength(3);
  });

  it('speaks as newer models want it: another name for the limit, no temperature', async () => {
    const refusal = (message: string): Answer => ({ status: 400, body: JSON.stringify({ error: { message } }) });
    const { engine, sent } = remote({
      'chat/completions': (body) => {
        if ('max_tokens' in body)
          return refusal("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.");
        if ('temperature' in body) return refusal("Unsupported value: 'temperature' does not support 0.");
        return 'stream' in body ? events(delta('far'), 'data: [DONE]\n\n') : said('no movement', [-0.1]);
      },
    });
    const result = await engine.score(PAIR, { prompt: 'q', options: OPTIONS });
    expect(result.options[2]?.probability).toBeCloseTo(Math.exp(-0.1));
    expect(sent.at(-1)?.body).toMatchObject({ logprobs: true });
    // Room for thinking, which this limit counts too.
    expect(Number(sent.at(-1)?.body['max_completion_tokens'])).toBeGreaterThan(1000);
    expect(sent).toHaveLength(3);
    expect((await engine.generate(PAIR, { prompt: 'q', maxNewTokens: 7 })).text).toBe('far');
    expect(sent).toHaveLength(4);
  });

  it('gives a model that thinks first room for it, in scores and in texts, and says when that was not enough', async () => {
    const cut = JSON.stringify({ choices: [{ message: { content: null }, finish_reason: 'length' }] });
    const thinking = (enough: boolean) =>
      remote({
        'chat/completions': (body) => {
          const hasRoom = enough && Number(body['max_tokens']) > 1000;
          if ('stream' in body) return hasRoom ? events(delta('far')) : events(delta('', 'length'));
          return hasRoom ? said('No, left? No.\n</think>\n\nMove to the right', [-0.1]) : { body: cut };
        },
      });
    const { engine, sent } = thinking(true);
    for (let i = 0; i < 2; i++) {
      const { options } = await engine.score(PAIR, { prompt: 'q', options: OPTIONS });
      expect(options[1]?.probability).toBeCloseTo(Math.exp(-0.1));
    }
    expect(sent).toHaveLength(3);
    const texts = thinking(true);
    expect(await texts.engine.generate(PAIR, { prompt: 'q', maxNewTokens: 7 })).toMatchObject({
      text: 'far',
      finish: 'end',
    });
    const endless = thinking(false);
    await expect(endless.engine.score(PAIR, { prompt: 'q', options: OPTIONS })).rejects.toThrow(/was cut off/);
    await expect(endless.engine.generate(PAIR, { prompt: 'q', maxNewTokens: 7 })).rejects.toMatchObject({
      code: 'inference/failed',
      message: expect.stringContaining('no answer after its thinking'),
    });
    expect(endless.sent).toHaveLength(3);
  });

  it.each(['<think>Left? Or', '\n'])('gives a text that was cut off before its answer room too: %j', async (cut) => {
    const { engine, sent } = remote({
      'chat/completions': (body) =>
        Number(body['max_tokens']) > 1000
          ? events(delta('<think>Left? Or right.</think>'), delta('far'))
          : events(delta(cut, 'length')),
    });
    const texts: string[] = [];
    const question = { prompt: 'q', maxNewTokens: 7 };
    const result = await engine.generate(PAIR, question, { onText: (text) => texts.push(text) });
    expect(result).toMatchObject({ text: '<think>Left? Or right.</think>far', finish: 'end' });
    expect(texts.at(-1)).toBe(result.text);
    expect(sent).toHaveLength(2);
  });

  it('lets a text stand that was cut off within its answer, and gives an error for one that is all thinking', async () => {
    const question = { prompt: 'q', maxNewTokens: 7 };
    const within = remote({ 'chat/completions': events(delta('<think>No.</think>It mo', 'length')) });
    expect(await within.engine.generate(PAIR, question)).toMatchObject({ finish: 'length' });
    expect(within.sent).toHaveLength(1);
    for (const finish of ['length', 'stop']) {
      const { engine, sent } = remote({
        'chat/completions': (body) =>
          events(delta(`<think>${KEY} or`, Number(body['max_tokens']) > 1000 ? finish : 'length')),
      });
      await expect(engine.generate(PAIR, question)).rejects.toMatchObject({
        code: 'inference/failed',
        detail: { answer: '<think>*** or' },
      });
      expect(sent).toHaveLength(2);
    }
  });

  describe('a refusal of log-probabilities as if the key had no right to them', () => {
    const forbidden: Answer = {
      status: 403,
      body: '{"error":{"message":"You are not allowed to request logprobs from this model"}}',
    };
    const question = { prompt: 'q', options: OPTIONS };

    it('is taken for what it is', async () => {
      const { engine, sent } = remote({
        'chat/completions': (body) => ('logprobs' in body ? forbidden : said('no movement')),
      });
      expect(await engine.score(PAIR, question)).toMatchObject({ isAnswerOnly: true });
      expect(sent).toHaveLength(2);
    });

    it('is no other 403, and none that comes without the wish', async () => {
      const other = remote({ 'chat/completions': { status: 403, body: 'You may not use this model' } });
      await expect(other.engine.score(PAIR, question)).rejects.toMatchObject({ code: 'remote/refused' });
      expect(other.sent).toHaveLength(1);
      const always = remote({ 'chat/completions': forbidden });
      await expect(always.engine.score(PAIR, question)).rejects.toMatchObject({ code: 'remote/refused' });
      expect(always.sent).toHaveLength(2);
      const text = always.engine.generate(PAIR, { prompt: 'q', maxNewTokens: 7 });
      await expect(text).rejects.toMatchObject({ code: 'remote/refused' });
      expect(always.sent).toHaveLength(3);
    });

    it('is remembered though the next request fails too', async () => {
      const { engine, sent } = remote({
        'chat/completions': (body) => ('logprobs' in body ? forbidden : { status: 429, body: '' }),
      });
      for (let i = 0; i < 2; i++)
        await expect(engine.score(PAIR, question)).rejects.toMatchObject({ detail: { status: 429 } });
      expect(sent.map(({ body }) => 'logprobs' in body)).toEqual([true, false, false]);
    });
  });

  it('remembers what the endpoint named, and no guess that did not help', async () => {
    const { engine, sent } = remote({
      'chat/completions': (body) =>
        'max_tokens' in body
          ? { status: 400, body: '{"error":"Use \'max_completion_tokens\' instead."}' }
          : { status: 400, body: '{"error":"no images here"}' },
    });
    const asked = () => expect(engine.score(PAIR, { prompt: 'q', options: OPTIONS })).rejects.toThrow(/no images here/);
    await asked();
    expect(sent).toHaveLength(3);
    await asked();
    expect(sent.slice(3).map(({ body }) => ['max_tokens' in body, 'logprobs' in body])).toEqual([
      [false, true],
      [false, false],
    ]);
  });

  it('gives up on what no other terms mend', async () => {
    const { engine, sent } = remote({ 'chat/completions': { status: 400, body: '{"error":"no images here"}' } });
    await expect(engine.score(PAIR, { prompt: 'q', options: OPTIONS })).rejects.toThrow(/no images here/);
    expect(sent).toHaveLength(2);
  });

  it('takes a model under the name that the endpoint lists it by', async () => {
    const lists = (id: string): Answer => ({ body: JSON.stringify({ data: [{ id }] }) });
    for (const id of ['m', 'm:latest', 'models/m'])
      await expect(remote({ models: lists(id) }).engine.load()).resolves.toMatchObject({ modelId: 'm' });
    await expect(remote({ models: lists('m2') }).engine.load()).rejects.toMatchObject({ code: 'model/missing' });
    // A variant that is not in the list, as OpenRouter has them.
    const variant = (id: string) => remote({ models: lists(id) }, KEY, { model: 'maker/m:free' }).engine.load();
    await expect(variant('maker/m')).resolves.toMatchObject({ modelId: 'maker/m:free' });
    await expect(variant('maker/m:beta')).rejects.toMatchObject({ code: 'model/missing' });
  });

  it('says what the endpoint said when that names no option, or is no answer', async () => {
    const unsure = remote({ 'chat/completions': said('I cannot tell.') });
    await expect(unsure.engine.score(PAIR, { prompt: 'q', options: OPTIONS })).rejects.toThrow(/"I cannot tell\."/);
    const empty = remote({ 'chat/completions': { body: '{"message":"out of credit"}' } });
    await expect(empty.engine.score(PAIR, { prompt: 'q', options: OPTIONS })).rejects.toThrow(/"out of credit"/);
  });

  it('streams an answer', async () => {
    const { engine, sent } = remote({
      'chat/completions': events(': hello\n\n', delta('so '), delta('far', 'length'), 'data: [DONE]\n\n'),
    });
    const texts: string[] = [];
    const question = { prompt: 'q', maxNewTokens: 7 };
    const result = await engine.generate(PAIR, question, { onText: (text) => texts.push(text) });
    expect(result).toMatchObject({ text: 'so far', finish: 'length' });
    expect(texts).toEqual(['so ', 'so far']);
    expect(sent[0]?.body).toMatchObject({ stream: true, max_tokens: 7, temperature: 0 });
  });

  it('asks for the count of tokens, does not take thinking for answer, and goes without where it is refused', async () => {
    const usage = (counts: object): string => `data: ${JSON.stringify({ choices: [], usage: counts })}\n\n`;
    const answer = [delta('so '), delta('far')];
    const thought = { completion_tokens: 30, completion_tokens_details: { reasoning_tokens: 25 } };
    const counted = remote({ 'chat/completions': events(...answer, usage(thought), 'data: [DONE]\n\n') });
    const question = { prompt: 'q', maxNewTokens: 7 };
    expect(await counted.engine.generate(PAIR, question)).toMatchObject({ text: 'so far', tokenCount: 5 });
    expect(counted.sent[0]?.body).toMatchObject({ stream_options: { include_usage: true } });

    const refusing = remote({
      'chat/completions': (body) =>
        'stream_options' in body ? { status: 422, body: '{"detail":"extra field"}' } : events(...answer),
    });
    for (let i = 0; i < 2; i++) {
      const result = await refusing.engine.generate(PAIR, question);
      expect(result.text).toBe('so far');
      expect(result.tokenCount).toBeUndefined();
    }
    expect(refusing.sent).toHaveLength(3);

    const onlyCounts = remote({ 'chat/completions': events(usage(thought)) });
    await expect(onlyCounts.engine.generate(PAIR, question)).rejects.toMatchObject({ code: 'remote/failed' });
  });

  it('gives the text so far when stopped, and an error when nothing had come', async () => {
    const controller = new AbortController();
    const { engine } = remote({ 'chat/completions': events(delta('so '), delta('far')) });
    const onText = (): void => controller.abort();
    // The stand-in's stream does not know the signal: what counts is that an abort ends the call with what there is.
    const result = await engine.generate(PAIR, { prompt: 'q', maxNewTokens: 7 }, { signal: controller.signal, onText });
    expect(result.text.startsWith('so ')).toBe(true);
    const late = engine.generate(PAIR, { prompt: 'q', maxNewTokens: 7 }, { signal: controller.signal });
    await expect(late).rejects.toMatchObject({ code: 'inference/aborted' });
  });

  it('keeps its deadline, and rejects everything once closed', async () => {
    const engine = createRemoteEngine({
      baseUrl: 'https://host/v1/',
      apiKey: '',
      model: 'm',
      fetch: (_url, init) =>
        new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(new Error('stopped')))),
    });
    await expect(engine.load({ deadlineMs: 10 })).rejects.toMatchObject({ code: 'remote/deadline' });
    engine.dispose();
    await expect(engine.load()).rejects.toMatchObject({ code: 'runtime/unavailable' });
  });
});
