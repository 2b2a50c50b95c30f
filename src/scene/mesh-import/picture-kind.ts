/** Tells pictures by how they begin: loaders leave out one that they cannot read without a word. */
import type { GivenFile } from './file-set';
import { meshError } from './import-error';

/** One letter a byte. */
const STARTS: ReadonlyArray<readonly [mimeType: string, start: RegExp]> = [
  ['image/png', /^\x89PNG/],
  ['image/jpeg', /^\xff\xd8/],
  ['image/webp', /^RIFF[^]{4}WEBP/],
  ['image/avif', /^[^]{4}ftypavi/],
  ['image/bmp', /^BM/],
  ['image/gif', /^GIF8/],
  ['image/ktx2', /^\xabKTX 20/],
];

/**
 * @param withoutBroken gives null for a picture that cannot be read, instead of failing
 * @throws MeshImportError that names the picture
 */
export async function pictureType({ path, blob }: GivenFile, withoutBroken: boolean): Promise<string | null> {
  const start = String.fromCharCode(...new Uint8Array(await blob.slice(0, 16).arrayBuffer()));
  const known = STARTS.find(([, pattern]) => pattern.test(start));
  if (known) return known[0];
  if (withoutBroken) return null;
  const detail = { canContinue: true };
  throw start === ''
    ? meshError('empty', path, 'empty', {}, detail)
    : meshError('unsupported', path, 'picture-kind', {}, detail);
}
