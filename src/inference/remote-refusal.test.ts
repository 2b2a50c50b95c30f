import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EngineError } from './engine.ts';
import { createRemoteEngine } from './remote-engine.ts';
import { keyCheck, statusError, unreachableError } from './remote-refusal.ts';

afterEach(() => void vi.unstubAllGlobals());

describe('a key that no request can carry', () => {
  it.each([
    ['sk-a\u200bbc', 'U+200B'],
    ['“sk-abc”', 'U+201C'],
    ['sk\n-abc', 'U+000A'],
    ['sk-😀', 'U+1F600'],
  ])('%j is refused before anything is sent, by the name of its character', async (apiKey, character) => {
    const fetch = vi.fn();
    const engine = createRemoteEngine({ baseUrl: 'https://host/v1', apiKey, model: 'm', fetch });
    const error = (await engine.load().catch((thrown: unknown) => thrown)) as EngineError;
    expect(error).toMatchObject({ code: 'remote/refused', detail: { character } });
    expect(error.message).toContain(`(${character})`);
    expect(error.message).not.toContain(apiKey);
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each(['sk-abc', 'sk-abc\n', 'clé'])('is not %j', (apiKey) => {
    expect(() => keyCheck(apiKey)).not.toThrow();
  });
});

describe('an endpoint that cannot be reached', () => {
  const words = (page: string | undefined, url: string): string => {
    vi.stubGlobal('location', page === undefined ? undefined : { protocol: page });
    return unreachableError(url, 'Failed to fetch').message;
  };

  it.each(['http://192.168.0.2:8080/v1/models', 'http://localhost.example/v1/models'])(
    'is asked in vain by http from a page that came by https: %s',
    (url) => {
      expect(words('https:', url)).toMatch(/\(Failed to fetch\)\. This page came by https, .* begins with https/);
      for (const page of ['http:', undefined]) expect(words(page, url)).toMatch(/\(CORS\)/);
    },
  );

  it.each([
    'https://host/v1/models',
    'http://localhost:1234/v1/models',
    'http://a.localhost/',
    'http://127.0.0.1:1/',
    'http://[::1]/',
  ])('has other reasons at %s', (url) => expect(words('https:', url)).toMatch(/\(CORS\)/));
});

describe('what an endpoint answers instead', () => {
  it.each([
    [401, 'remote/refused', /Check the key/],
    [403, 'remote/refused', /Check the key/],
    [402, 'remote/failed', /credit .* used up/],
    [413, 'remote/failed', /pictures are too large/],
    [429, 'remote/failed', /Wait, then ask again/],
    [500, 'remote/failed', /ask again later/],
    [503, 'remote/failed', /ask again later/],
    [501, 'remote/failed', /Check model name and address/],
    [400, 'remote/failed', /Check model name and address/],
  ])('%i: says what to do', (status, code, advice) => {
    const error = statusError('https://host/v1/models', status, 'words');
    expect(error).toMatchObject({ code, detail: { status, said: 'words' } });
    expect(error.message).toMatch(advice);
  });
});
