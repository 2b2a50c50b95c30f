import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LoadParams } from '../protocol.ts';
import { modelLoad } from './load.ts';
import { runtimeCreate } from './session.ts';
import { sha256Hex } from './sha256.ts';
import { MANIFEST } from './test-fixtures.ts';

vi.mock('./session.ts', () => ({ runtimeCreate: vi.fn() }));

beforeEach(() => void vi.stubGlobal('navigator', { hardwareConcurrency: 2 }));
afterEach(() => void vi.unstubAllGlobals());

/** Every file of the folder holds an empty object, which is no tokenizer. */
async function paramsOfFolder(): Promise<LoadParams> {
  const content = '{}';
  const sha256 = await sha256Hex(new TextEncoder().encode(content));
  const files = MANIFEST.files.map(({ path }) => ({ path, sizeBytes: content.length, sha256 }));
  const blobs = files.map(({ path }): [string, Blob] => [path, new Blob([content])]);
  const manifest = new Blob([JSON.stringify({ ...MANIFEST, files })]);
  return {
    source: { kind: 'files', name: 'folder', files: new Map([['manifest.json', manifest], ...blobs]) },
    preferredBackend: 'wasm',
    threads: 1,
    startRung: 'wasm-threads',
    fallbackReason: '',
  };
}

it('names a wrong tokenizer before it starts anything, so that no other device is tried', async () => {
  const loading = modelLoad(await paramsOfFolder(), () => undefined, new AbortController().signal);
  await expect(loading).rejects.toMatchObject({ detail: { file: 'tokenizer.json' } });
  expect(runtimeCreate).not.toHaveBeenCalled();
});
