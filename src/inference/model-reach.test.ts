import { afterEach, describe, expect, it, vi } from 'vitest';
import { modelReach } from './model-reach.ts';
import { MANIFEST } from './worker/test-fixtures.ts';

afterEach(() => void vi.unstubAllGlobals());

const answers = (body: string, init: ResponseInit = {}): void => {
  vi.stubGlobal('fetch', async () => new Response(body, init));
};

describe('a model that is to be fetched anew', () => {
  it('is there where its manifest can be read', async () => {
    answers(JSON.stringify(MANIFEST));
    await expect(modelReach('https://host/m/')).resolves.toBeUndefined();
  });

  it.each<[string, string, ResponseInit, RegExp]>([
    ['an error', '', { status: 503 }, /answered 503/],
    ['a start page', '<html>', { headers: { 'content-type': 'text/html' } }, /a web page instead/],
    ['half a manifest', JSON.stringify(MANIFEST).slice(0, 90), {}, /not JSON/],
    ['a manifest of another time', JSON.stringify({ ...MANIFEST, promptsVersion: 'of another time' }), {}, /not valid/],
  ])('is not, where the server answers with %s: what is kept must stay', async (_, body, init, why) => {
    answers(body, init);
    const refused = modelReach('https://host/m/');
    await expect(refused).rejects.toThrow(why);
    await expect(refused).rejects.toThrow(/What was kept is still there/);
  });
});
