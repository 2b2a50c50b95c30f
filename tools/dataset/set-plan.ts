/** What a set consists of: its recipe, its objects in order, and which shards a process renders. */
import { rngFromSeed } from '../../src/core/rng';
import { generatedObjectIds } from '../../src/scene/generator/registry';
import { variantId } from './mesh-variant';
import type { SourceObject } from './page';
import type { Recipe } from './view-rows';

export const OBJECTS_PER_SHARD = 93;

/** Everything that a set's files depend on, besides the code. Written to `set.json`, so that no two recipes mix. */
export interface SetRecipe {
  readonly set: string;
  readonly recipe: Recipe;
  readonly seed: string;
  /** `generated`, or the packs of a mesh folder. */
  readonly source: 'generated' | readonly string[];
  /** Objects wanted of the generator; 0 for meshes. */
  readonly generatedObjects: number;
  readonly repeats: number;
  readonly variants: number;
  readonly imageSizePx: number;
  readonly gridSize: number;
  readonly objectsPerShard: number;
  /** 0: no items. */
  readonly itemsPerObject: number;
}

export type DatasetSplit = 'train' | 'validation' | 'test';

/** By the set's name: `val…` and `test…` are of families that training never sees. */
export function splitOfSet(set: string): DatasetSplit {
  return set.startsWith('val') ? 'validation' : set.startsWith('test') ? 'test' : 'train';
}

/**
 * The objects of a mesh folder: all originals `repeats` times, then every variant. Each round has an order of its own, so
 * that more rounds extend a set without changing its first shards.
 * @param files GLB paths relative to the folder, forward slashes
 */
export function meshObjects(files: readonly string[], recipe: Pick<SetRecipe, 'seed' | 'repeats' | 'variants'>) {
  const rounds = Array.from({ length: recipe.repeats + recipe.variants }, (_, round) => ({
    order: `order/${recipe.seed}/${round}`,
    variant: Math.max(0, round - recipe.repeats + 1),
  }));
  return rounds.flatMap(({ order, variant }) =>
    rngFromSeed(order)
      .shuffle(files)
      .map((path): SourceObject => ({
        objectId: variantId(path.replace(/\.glb$/i, ''), variant),
        loadId: variantId(`url:/glb/${path.split('/').map(encodeURIComponent).join('/')}`, variant),
      })),
  );
}

export function generatedObjects(recipe: Pick<SetRecipe, 'set' | 'seed' | 'generatedObjects'>): SourceObject[] {
  const split = splitOfSet(recipe.set) === 'train' ? 'train' : 'heldout';
  return generatedObjectIds(split, recipe.generatedObjects, recipe.seed).map((id) => ({ objectId: id, loadId: id }));
}

/** What a shard's random numbers begin from. */
export const shardSeed = ({ set, seed }: Pick<SetRecipe, 'set' | 'seed'>, index: number): string =>
  `${set}/${seed}/${index}`;

export const shardName = (index: number): string => `shard-${String(index).padStart(4, '0')}`;

/**
 * Indices of the shards that a process renders.
 * @param share `3/16`: the third of sixteen machines takes every sixteenth shard. `0-9`: a range. Empty: all
 * @throws RangeError that says what was given and what is possible
 */
export function shardSelection(share: string | undefined, shardCount: number): number[] {
  const all = Array.from({ length: shardCount }, (_, index) => index);
  if (share === undefined) return all;
  const part = /^([1-9][0-9]*)\/([1-9][0-9]*)$/.exec(share);
  if (part && Number(part[1]) <= Number(part[2]))
    return all.filter((index) => index % Number(part[2]) === Number(part[1]) - 1);
  const range = /^([0-9]+)-([0-9]+)$/.exec(share);
  if (range) {
    const within = all.filter((index) => index >= Number(range[1]) && index <= Number(range[2]));
    if (within.length > 0) return within;
    throw new RangeError(`--shard ${share} holds no shard: the set has ${shardCount}, from 0 on.`);
  }
  throw new RangeError(`--shard takes "3/16" (the third of sixteen parts) or "0-9" (a range), got "${share}".`);
}

/** Options whose objects come after all others, so that more of them keep the shards that are full. */
const GROWING: Partial<Record<keyof SetRecipe, string>> = { generatedObjects: '--objects', variants: '--variants' };

/**
 * Why two recipes can't be one set; null when they can. A set may grow by generated objects or variants; not by repeats,
 * because variants stand behind them. It may not shrink: the shards beyond would stay in its folder and be trained on.
 */
export function recipeConflict(old: SetRecipe, wanted: SetRecipe): string | null {
  for (const name of Object.keys(wanted) as (keyof SetRecipe)[]) {
    const [before, now] = [JSON.stringify(old[name]), JSON.stringify(wanted[name])];
    if (before === now) continue;
    const option = GROWING[name];
    if (!option) return `${name} was ${before} and is ${now} now`;
    if (Number(now) < Number(before))
      return `${option} was ${before} and is ${now} now, but a set can't shrink (${option} ${before} or more would do)`;
  }
  return null;
}

/** Why a recipe's set can't be exported, with what to do; null when it can. */
export function exportRefusal({ recipe, itemsPerObject }: Pick<SetRecipe, 'recipe' | 'itemsPerObject'>): string | null {
  if (itemsPerObject > 0) return null;
  return recipe === 1
    ? '--export needs items, which recipe 1 does not make: give --recipe 2.'
    : '--export needs items: give --items 1 or more, or leave --items out.';
}
