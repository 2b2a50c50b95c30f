/** Golden answers, as src/contract/golden/README.md describes them. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import type { PairSource } from './pair-source.ts';

export interface GoldenItem {
  /** Two patterns by their seeds, or two PNG files, beside the golden file. */
  readonly pair: { readonly seedA: number; readonly seedB: number } | { readonly files: readonly [string, string] };
  readonly prompt: string;
  readonly questionIds: readonly number[];
  readonly options: string[];
  readonly optionLogProbs: readonly number[];
  /** The highest where the answer begins. Absent in files of before. */
  readonly topLogits?: { readonly ids: readonly number[] } & Readonly<Record<'wasm' | 'webgpu', readonly number[]>>;
  readonly greedy: { readonly tokenIds: readonly number[]; readonly leads: readonly number[] };
}

export interface Golden {
  /** Folder of the golden file. */
  readonly folder: string;
  readonly decoderSha256: string;
  readonly logProbTolerance: Readonly<Record<'wasm' | 'webgpu', number>>;
  /** Of a single logit. Absent in files of before. */
  readonly logitTolerance?: Readonly<Record<'wasm' | 'webgpu', number>>;
  readonly items: readonly GoldenItem[];
}

interface ManifestFiles {
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

/** The golden answers of a folder's weights, from the first file that holds them. */
export function goldenFor(folder: string, files: readonly string[]): Golden | undefined {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as ManifestFiles;
  const hashes = new Set(manifest.files.map((file) => file.sha256));
  for (const file of files.filter((name) => existsSync(name))) {
    const golden = JSON.parse(readFileSync(file, 'utf8')) as Omit<Golden, 'folder'>;
    if (hashes.has(golden.decoderSha256)) return { ...golden, folder: path.dirname(file) };
  }
  return undefined;
}

/** The golden greedy tokens without the end token, as far as no near tie makes devices differ honestly. */
export function greedySure(item: GoldenItem, endTokenId: number, tolerance: number): readonly number[] {
  const unsure = item.greedy.leads.findIndex((lead) => lead < 2 * tolerance);
  const sure = unsure < 0 ? item.greedy.tokenIds : item.greedy.tokenIds.slice(0, unsure);
  return sure.filter((id) => id !== endTokenId);
}

/** The pictures of an item, to be sent to a page. */
export function goldenPair({ pair }: GoldenItem, folder: string): PairSource {
  if ('seedA' in pair) return pair;
  const rgba = (file: string): string => PNG.sync.read(readFileSync(path.join(folder, file))).data.toString('base64');
  return { name: pair.files.join('/'), rgbaA: rgba(pair.files[0]), rgbaB: rgba(pair.files[1]) };
}
