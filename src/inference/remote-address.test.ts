import { describe, expect, it } from 'vitest';
import type { EngineError, LoadedModel } from './engine.ts';
import { remoteAddress } from './remote-address.ts';
import { createRemoteEngine } from './remote-engine.ts';

type Answer = readonly [status: number, body: string];

function trial(answers: { readonly models?: Answer; readonly chat?: Answer }, baseUrl = 'https://host') {
  const sent: { path: string; body: unknown }[] = [];
  const engine = createRemoteEngine({
    baseUrl,
    apiKey: 'sk-secret',
    model: 'm',
    fetch: async (url, init) => {
      sent.push({ path: url.replace('https://host', ''), body: JSON.parse(String(init.body ?? 'null')) });
      const [status, body] = (init.method === 'POST' ? answers.chat : answers.models) ?? [404, ''];
      return new Response(body, { status });
    },
  });
  const loaded = (): Promise<LoadedModel | EngineError> => engine.load().catch((thrown: EngineError) => thrown);
  return { loaded, sent };
}

describe('the address of an endpoint', () => {
  it.each([
    ['https://host/v1', 'https://host/v1/models'],
    ['https://host/v1//', 'https://host/v1/models'],
    ['https://host', 'https://host/models'],
    ['https://host/v1/chat/completions', 'https://host/v1/models'],
    ['https://host/v1/chat/completions/', 'https://host/v1/models'],
    ['https://host/chat/v1#top', 'https://host/chat/v1/models'],
    ['https://host/deployments/m?api-version=2024-10-21', 'https://host/deployments/m/models?api-version=2024-10-21'],
    ['https://host/chat/completions?api-version=1', 'https://host/models?api-version=1'],
  ])('%s is asked at %s', (baseUrl, expected) => {
    expect(remoteAddress(baseUrl).of('models')).toBe(expected);
  });

  it('carries its query along in every request, and keeps it out of messages: it may hold a key', async () => {
    const { loaded, sent } = trial({}, 'https://host/v1?key=hidden');
    const error = (await loaded()) as EngineError;
    expect(sent.map(({ path }) => path)).toEqual(['/v1/models?key=hidden', '/v1/chat/completions?key=hidden']);
    expect(JSON.stringify([error.message, error.detail])).not.toContain('hidden');
  });
});

describe('a trial without a list of models', () => {
  it.each<Answer>([
    [400, '{"error":{"message":"messages must not be empty"}}'],
    [422, '{"detail":"too short"}'],
    [429, ''],
    [500, ''],
    [200, '{"choices":[]}'],
    [200, '{"base_resp":{"status_msg":"invalid params"}}'],
  ])('takes an endpoint that answers a chat about nothing with %i %s', async (...chat) => {
    for (const status of [404, 405]) {
      const { loaded, sent } = trial({ models: [status, ''], chat });
      expect(await loaded()).toMatchObject({ modelId: 'm' });
      expect(sent[1]).toEqual({ path: '/chat/completions', body: { model: 'm', messages: [], max_tokens: 1 } });
    }
  });

  it.each<Answer>([
    [404, '{"error":{"message":"Invalid URL (POST /chat/completions)"}}'],
    [405, 'Not Allowed'],
    [200, '<!doctype html><title>Welcome</title>'],
    [200, '{"error":"Unexpected endpoint or method. (POST /chat/completions)"}'],
  ])('takes %i %s for a wrong address, and says what a right one looks like', async (...chat) => {
    const { loaded } = trial({ models: [404, ''], chat });
    expect(await loaded()).toMatchObject({
      code: 'remote/address',
      message: expect.stringMatching(
        /chats at https:\/\/host\/chat\/completions: it answered \d+ and said: ".+"\. .*such as https:\/\/host\/v1/,
      ),
    });
  });

  it('says so when it is the key that is refused', async () => {
    expect(await trial({ chat: [401, ''] }).loaded()).toMatchObject({ code: 'remote/refused' });
  });

  it.each([401, 403])(
    'asks for a chat when the list is refused with %i, which a key for chats alone may be',
    async (status) => {
      const { loaded, sent } = trial({ models: [status, 'no scope'], chat: [400, ''] });
      expect(await loaded()).toMatchObject({ modelId: 'm' });
      expect(sent).toHaveLength(2);
      const wrong = trial({ models: [status, ''], chat: [status, 'bad key'] });
      expect(await wrong.loaded()).toMatchObject({ code: 'remote/refused', detail: { said: 'bad key' } });
    },
  );

  it.each([
    '{"data":{"m":{}}}',
    '{"data":"m"}',
    '{"object":"list"}',
    'null',
    '<html>',
    '{"error":"Unexpected endpoint"}',
  ])('asks for a chat when the list is none: %s', async (list) => {
    const { loaded, sent } = trial({ models: [200, list], chat: [400, ''] });
    expect(await loaded()).toMatchObject({ modelId: 'm' });
    expect(sent).toHaveLength(2);
  });

  it('asks for no chat when there is a list, whatever else is in it', async () => {
    const { loaded, sent } = trial({ models: [200, '{"data":[null,"x",{"id":7},{"id":"m"}]}'] });
    expect(await loaded()).toMatchObject({ modelId: 'm' });
    expect(sent).toHaveLength(1);
  });
});
