/** A model folder from the person's own disk: the same checks as for a download, without network or cache. */
import type { LoadProgress } from '../engine.ts';
import { engineError } from '../errors.ts';
import { manifestFromText, type Manifest, type ManifestFile } from '../manifest.ts';
import type { ModelFiles } from './download.ts';

export interface Folder {
  /** As the person knows it. */
  readonly name: string;
  /** By path in the folder, forward slashes. */
  readonly files: ReadonlyMap<string, Blob>;
}

function missingError(folder: Folder, paths: readonly string[], hint: string): Error {
  return engineError('model/missing', `The folder "${folder.name}" lacks ${paths.join(', ')}. ${hint}`, {
    folder: folder.name,
    missing: paths.join(', '),
  });
}

/** What any folder in the hub's layout must hold beside the graphs, whose names the manifest tells. */
const ALWAYS = ['manifest.json', 'tokenizer.json', 'tokenizer_config.json'];

/** What browsers reject with when the file on disk is no longer the one that was chosen; nothing here aborts a read. */
const READ_ERRORS = new Set(['NotFoundError', 'NotReadableError', 'SecurityError', 'AbortError']);

async function fileRead<T>(folder: Folder, path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (thrown) {
    // Anything else, such as too little memory, says for itself what to do.
    if (!(thrown instanceof DOMException) || !READ_ERRORS.has(thrown.name)) throw thrown;
    const file = `${folder.name}/${path}`;
    const cause = thrown.message || thrown.name;
    throw engineError(
      'model/missing',
      `The file ${file} was changed or moved since the folder was chosen (${cause}). Choose the folder again.`,
      { file, cause },
    );
  }
}

export async function folderManifest(folder: Folder): Promise<Manifest> {
  const blob = folder.files.get('manifest.json');
  if (!blob) {
    const lacking = ALWAYS.filter((path) => !folder.files.has(path));
    const hint = folder.files.has('config.json')
      ? 'Its layout is the hub’s, but the manifest, written by the exporter (see training/README.md), names the tensors, sizes and hashes.'
      : 'Choose the folder that holds manifest.json itself, not one above or below it.';
    throw missingError(folder, lacking, hint);
  }
  return manifestFromText(await fileRead(folder, 'manifest.json', blob.text()), `${folder.name}/manifest.json`);
}

/** The bytes of files, by path; the error names every file that the folder lacks. */
export async function folderFiles(
  folder: Folder,
  files: readonly ManifestFile[],
  sha256Hex: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>,
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal,
): Promise<ModelFiles> {
  const missing = files.map(({ path }) => path).filter((path) => !folder.files.has(path));
  if (missing.length > 0)
    throw missingError(folder, missing, 'Copy the whole folder again, with its subfolders, and choose it once more.');
  const totalBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  let receivedBytes = 0;
  const results = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const file of files) {
    signal.throwIfAborted();
    const blob = folder.files.get(file.path);
    if (!blob) continue;
    if (blob.size !== file.sizeBytes)
      throw damagedError(folder, file, `it has ${blob.size} bytes, the manifest says ${file.sizeBytes}`);
    const bytes = new Uint8Array(await fileRead(folder, file.path, blob.arrayBuffer()));
    const sha256 = await sha256Hex(bytes);
    if (sha256 !== file.sha256)
      throw damagedError(folder, file, `its SHA-256 is ${sha256}, the manifest says ${file.sha256}`);
    results.set(file.path, bytes);
    receivedBytes += bytes.length;
    onProgress({ stage: 'download', receivedBytes, totalBytes, fromCache: true });
  }
  return results;
}

function damagedError(folder: Folder, file: ManifestFile, why: string): Error {
  const name = `${folder.name}/${file.path}`;
  return engineError(
    'model/integrity',
    `The file ${name} is damaged: ${why}. Copy it again, or export the model again.`,
    {
      file: name,
    },
  );
}
