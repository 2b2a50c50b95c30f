/** Which weights a model folder holds: one hash, by which a report is known to be of them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of a manifest (src/contract/manifest.schema.json). */
export interface HashedFile {
  readonly path: string;
  readonly sha256: string;
}

/** The decoder in 16-bit floats (`…_f16.onnx`) has no weights of its own. */
const isWeightFile = ({ path }: HashedFile): boolean => /\.(onnx|onnx_data)$/.test(path) && !path.endsWith('_f16.onnx');
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/**
 * Over names and hashes of the weight files in the order of their paths, whatever the manifest's order.
 * `weights_sha256` of training/viewpoint_training/export/manifest.py is the same.
 */
export function weightsSha256(files: readonly HashedFile[]): string {
  const lines = files.filter(isWeightFile).map((file) => `${file.path} ${file.sha256}\n`);
  return sha256(lines.sort().join(''));
}

/** Why the manifest's hashes do not stand for the folder's weight files; null when they do. */
export function weightsProblem(folder: string, files: readonly HashedFile[]): string | null {
  const weights = files.filter(isWeightFile);
  if (weights.length === 0) return `The manifest in "${folder}" names no weight file (*.onnx).`;
  for (const file of weights) {
    const path = join(folder, file.path);
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(path);
    } catch {
      return `${path} is named in the manifest, but cannot be read.`;
    }
    if (sha256(bytes) !== file.sha256)
      return `${path} is not the file that the manifest names: its hash is another. Export the model again.`;
  }
  return null;
}
