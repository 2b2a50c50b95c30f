/** A shard's files, their hashes, and the hash of a whole set: the same however many machines rendered it. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { recipeConflict, type SetRecipe } from './set-plan';
import { TWINS_FILE } from './twin-files';

/** In the order of their hashing. Sets of recipe 1 have the first three. */
export const SHARD_FILES = ['images.u8', 'points.f16', 'views.jsonl', 'items.jsonl', 'pairs.jsonl'] as const;

/** `shard.json`, written last: a shard without it is unfinished. */
export interface ShardCard {
  readonly version: 1;
  readonly set: string;
  readonly seed: string;
  readonly imageSizePx: number;
  readonly gridSize: number;
  readonly views: number;
  readonly skipped: readonly { readonly objectId: string; readonly reason: string }[];
  // Absent in shards that were rendered before they were recorded:
  readonly recipe?: number;
  /** Objects asked for, the skipped ones among them. */
  readonly objects?: number;
  readonly items?: number;
  /** Ordered pairs of views that each family may ask about. */
  readonly pairs?: Readonly<Record<string, number>>;
  readonly sha256?: Readonly<Record<string, string>>;
}

export const sha256Of = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

/** Hashes of the files that are there. */
export function shardHashes(folder: string): Record<string, string> {
  const there = SHARD_FILES.filter((name) => existsSync(join(folder, name)));
  return Object.fromEntries(there.map((name) => [name, sha256Of(readFileSync(join(folder, name)))]));
}

/** Null when the shard is not finished. */
export function shardCardRead(folder: string): ShardCard | null {
  const path = join(folder, 'shard.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ShardCard) : null;
}

export interface HashedShard {
  readonly name: string;
  readonly sha256: Readonly<Record<string, string>>;
}

/** Hash over all shards by name, whatever the order of the list. */
export function setHash(shards: readonly HashedShard[]): string {
  const lines = [...shards]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, sha256 }) =>
      SHARD_FILES.filter((file) => sha256[file] !== undefined).map((file) => `${sha256[file]}  ${name}/${file}\n`),
    );
  return sha256Of(lines.join(''));
}

/** Names of the shards in a set's folder. @throws Error when it has none, or was begun with a recipe that is not this set's */
function sourceShards(source: string, recipe: SetRecipe): readonly string[] {
  const names = existsSync(source) ? readdirSync(source).filter((name) => /^shard-\d+$/.test(name)) : [];
  if (names.length === 0) throw new Error(`"${source}" holds no shards; --from takes set folders, comma-separated.`);
  const path = join(source, 'set.json');
  const conflict = existsSync(path)
    ? recipeConflict(JSON.parse(readFileSync(path, 'utf8')) as SetRecipe, recipe)
    : null;
  if (conflict)
    throw new Error(
      `The shards of "${source}" are of another recipe: ${conflict}. Give the options that they were rendered with, or leave them out.`,
    );
  return names;
}

/**
 * Copies finished shards of other machines into a set's folder. A shard that is there already must be the same one.
 * @returns how many were copied
 * @throws Error naming the shard that differs; before anything is copied, one naming the folder without shards or of another recipe
 */
export function shardsGather(setFolder: string, recipe: SetRecipe, from: readonly string[]): number {
  let copied = 0;
  for (const { source, names } of from.map((folder) => ({ source: folder, names: sourceShards(folder, recipe) }))) {
    for (const name of names) {
      const card = shardCardRead(join(source, name));
      if (!card) continue;
      const target = join(setFolder, name);
      const own = shardCardRead(target);
      if (own) {
        const [ours, theirs] = [own.sha256 ?? shardHashes(target), card.sha256 ?? shardHashes(join(source, name))];
        if (setHash([{ name, sha256: ours }]) !== setHash([{ name, sha256: theirs }]))
          throw new Error(`${name} of "${source}" differs from the one in "${setFolder}": they are of different sets.`);
        // Made later than the rest, perhaps only over there.
        if (existsSync(join(source, name, TWINS_FILE)) && !existsSync(join(target, TWINS_FILE)))
          cpSync(join(source, name, TWINS_FILE), join(target, TWINS_FILE));
        continue;
      }
      rmSync(target, { recursive: true, force: true });
      // Whole or not at all: a copy that breaks off must not look finished.
      cpSync(join(source, name), `${target}.part`, { recursive: true });
      renameSync(`${target}.part`, target);
      copied++;
    }
  }
  return copied;
}
