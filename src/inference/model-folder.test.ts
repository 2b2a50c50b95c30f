import { describe, expect, it } from 'vitest';
import { modelFolderFromFiles } from './model-folder.ts';
import { folderFiles, folderManifest } from './worker/folder-files.ts';
import { sha256Hex } from './worker/sha256.ts';
import { MANIFEST } from './worker/test-fixtures.ts';

const file = (webkitRelativePath: string, text = '') =>
  Object.assign(new Blob([text]), { name: webkitRelativePath.split('/').at(-1) ?? '', webkitRelativePath });
const signal = new AbortController().signal;
const quiet = (): void => undefined;

describe('model folder', () => {
  it('takes a list of files, and finds the folder that holds the manifest', () => {
    const { name, files } = modelFolderFromFiles(
      ['models/tiny/manifest.json', 'models/tiny/onnx/a.onnx', 'models/other.txt'].map((path) => file(path)),
    );
    expect(name).toBe('tiny');
    expect([...files.keys()]).toEqual(['manifest.json', 'onnx/a.onnx']);
  });
});

describe('a folder from disk', () => {
  const manifestOf = async (contents: Readonly<Record<string, string>>) => ({
    ...MANIFEST,
    files: await Promise.all(
      Object.entries(contents).map(async ([path, text]) => {
        const bytes = new TextEncoder().encode(text);
        return { path, sizeBytes: bytes.length, sha256: await sha256Hex(bytes) };
      }),
    ),
  });
  const folder = (contents: Readonly<Record<string, string>>) => ({
    name: 'mine',
    files: new Map(Object.entries(contents).map(([path, text]) => [path, new Blob([text])] as const)),
  });
  const contents = { 'tokenizer.json': '{}', 'onnx/a.onnx': 'abc' };

  it('gives the bytes of its files', async () => {
    const { files } = await manifestOf(contents);
    const got = await folderFiles(folder(contents), files, sha256Hex, quiet, signal);
    expect(new TextDecoder().decode(got.get('onnx/a.onnx'))).toBe('abc');
  });

  it('reads a good manifest and refuses a wrong one by its path', async () => {
    const good = folder({ 'manifest.json': JSON.stringify(MANIFEST) });
    expect(await folderManifest(good)).toEqual(MANIFEST);
    const bad = folder({ 'manifest.json': JSON.stringify({ ...MANIFEST, version: 9 }) });
    await expect(folderManifest(bad)).rejects.toThrow(/mine\/manifest.json is not valid: version/);
  });

  it('names all that is missing', async () => {
    await expect(folderManifest(folder({ 'config.json': '{}', 'tokenizer.json': '{}' }))).rejects.toThrow(
      /"mine" lacks manifest.json, tokenizer_config.json. Its layout is the hub’s/,
    );
    const { files } = await manifestOf(contents);
    await expect(folderFiles(folder({}), files, sha256Hex, quiet, signal)).rejects.toMatchObject({
      code: 'model/missing',
      message: expect.stringContaining('lacks tokenizer.json, onnx/a.onnx'),
    });
  });

  it.each(['NotReadableError', 'NotFoundError', 'AbortError'])(
    'names a file that was changed since the folder was chosen, and what to do: %s',
    async (name) => {
      const { files } = await manifestOf(contents);
      const changed = folder({ ...contents, 'manifest.json': JSON.stringify(MANIFEST) });
      const reject = () => Promise.reject(new DOMException('It could not be read', name));
      for (const path of ['manifest.json', 'onnx/a.onnx'])
        Object.assign(changed.files.get(path) ?? {}, { text: reject, arrayBuffer: reject });
      const advice =
        'was changed or moved since the folder was chosen (It could not be read). Choose the folder again.';
      for (const [path, reading] of [
        ['manifest.json', folderManifest(changed)],
        ['onnx/a.onnx', folderFiles(changed, files, sha256Hex, quiet, signal)],
      ] as const)
        await expect(reading).rejects.toMatchObject({
          code: 'model/missing',
          message: `The file mine/${path} ${advice}`,
          detail: { file: `mine/${path}` },
        });
    },
  );

  it('leaves it to others to say that memory ran out', async () => {
    const { files } = await manifestOf(contents);
    const large = folder(contents);
    const full = new RangeError('Array buffer allocation failed');
    Object.assign(large.files.get('onnx/a.onnx') ?? {}, { arrayBuffer: () => Promise.reject(full) });
    await expect(folderFiles(large, files, sha256Hex, quiet, signal)).rejects.toBe(full);
  });

  it.each([
    ['size', 'ab', /2 bytes, the manifest says 3/],
    ['hash', 'abd', /SHA-256 is [0-9a-f]{64}, the manifest says/],
  ])('refuses a file of another %s', async (_what, text, message) => {
    const { files } = await manifestOf(contents);
    const wrong = folder({ ...contents, 'onnx/a.onnx': text });
    await expect(folderFiles(wrong, files, sha256Hex, quiet, signal)).rejects.toThrow(message);
  });
});
