import { afterEach, expect, it, vi } from 'vitest';
import { modelKeptBytes } from '../inference/model-cache';
import { runtimeMissingBytes } from '../inference/runtime-files';
import { MANIFEST } from '../inference/worker/test-fixtures';
import { downloadSize } from './model-download-size';

vi.mock('../inference/model-cache', () => ({ modelKeptBytes: vi.fn() }));
vi.mock('../inference/runtime-files', () => ({ runtimeMissingBytes: vi.fn() }));

afterEach(() => void vi.unstubAllGlobals());

// As the worker does: a copy of the old manifest in the HTTP cache said that nothing was missing, and nobody was asked.
it('asks the server whether the manifest is still the one that the browser has', async () => {
  vi.mocked(modelKeptBytes).mockResolvedValue(4);
  vi.mocked(runtimeMissingBytes).mockResolvedValue(7);
  const fetched = vi.fn(async () => new Response(JSON.stringify(MANIFEST)));
  vi.stubGlobal('fetch', fetched);
  expect(await downloadSize('https://host/m')).toEqual({ missingBytes: 5 * 4 - 4 + 7, modelBytes: 5 * 4 });
  expect(fetched).toHaveBeenCalledExactlyOnceWith(
    'https://host/m/manifest.json',
    expect.objectContaining({ cache: 'no-cache' }),
  );
});
