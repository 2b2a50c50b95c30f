/** Keeps what was rendered, in the form that training/scripts/baselines.py reads: `npm run eval -- --keep DIR`. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Item } from '../../src/contract/item';

/** Why nothing can be kept in a folder; null when it is new or empty. */
export function keepProblem(folder: string): string | null {
  if (!existsSync(folder)) return null;
  if (!statSync(folder).isDirectory()) return `--keep takes a folder; "${folder}" is a file.`;
  return readdirSync(folder).length === 0 ? null : `--keep takes a new folder; "${folder}" already holds files.`;
}

/**
 * Writes items.jsonl, pixels.u8 and, as the latter does not say it, the size of its pictures in pixels.json.
 * @param pixelsPath RGB, views A and B of every item in order
 */
export function itemsKeep(folder: string, items: readonly Item[], pixelsPath: string, imageSizePx: number): void {
  mkdirSync(folder, { recursive: true });
  copyFileSync(pixelsPath, join(folder, 'pixels.u8'));
  writeFileSync(join(folder, 'pixels.json'), `${JSON.stringify({ imageSizePx })}\n`);
  writeFileSync(join(folder, 'items.jsonl'), items.map((item) => `${JSON.stringify(item)}\n`).join(''));
}
