/** Finishes a set whose shards are all there: hash, card, README, and one file of items. */
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ViewpointItem } from '../../src/questions/item-generator';
import { datasetCard, datasetReadme, packLicence, packOf, type DatasetCard } from './dataset-card';
import { shardName, shardSeed, type SetRecipe } from './set-plan';
import { setHash, shardCardRead, shardHashes, type HashedShard, type ShardCard } from './shard-files';
import { twinsCard } from './twin-files';
import { rowsFromJsonl, type ViewRow } from './view-rows';

/** Whether a shard is finished, and of as many objects as planned. */
export function shardIsDone(setFolder: string, index: number, plannedObjects: number): boolean {
  const card = shardCardRead(join(setFolder, shardName(index)));
  return card !== null && (card.objects ?? plannedObjects) === plannedObjects;
}

/** @throws Error with the shards that are missing, or that the recipe does not know */
export function mergeSet(
  setFolder: string,
  recipe: SetRecipe,
  shardSizes: readonly number[],
  meshFolder: string | null,
): DatasetCard {
  const missing = shardSizes.flatMap((size, index) => (shardIsDone(setFolder, index, size) ? [] : [shardName(index)]));
  if (missing.length > 0)
    throw new Error(
      `${missing.length} of ${shardSizes.length} shards are missing or unfinished (${missing.slice(0, 5).join(', ')}` +
        `${missing.length > 5 ? ', …' : ''}): render them, or name the folders that hold them with --from.`,
    );
  const planned = new Set(shardSizes.map((_, index) => shardName(index)));
  const beyond = readdirSync(setFolder).filter((name) => /^shard-\d+$/.test(name) && !planned.has(name));
  if (beyond.length > 0)
    throw new Error(
      `The set is to have ${planned.size} shards, but its folder holds ${beyond.length} more (${beyond.sort()[0]} …), ` +
        'which would be trained on: ask for as many objects as they were rendered for, or delete them.',
    );
  const shards: ShardCard[] = [];
  const hashed: HashedShard[] = [];
  const objectIds = new Set<string>();
  const items: ViewpointItem[] = [];
  const itemsPath = join(setFolder, 'items.jsonl');
  rmSync(itemsPath, { force: true });
  shardSizes.forEach((_, index) => {
    const name = shardName(index);
    const folder = join(setFolder, name);
    const card = shardCardRead(folder) as ShardCard;
    const wanted = { ...recipe, seed: shardSeed(recipe, index) };
    for (const field of ['set', 'seed', 'imageSizePx', 'gridSize'] as const)
      if (card[field] !== wanted[field])
        throw new Error(
          `${name} is of another set: its ${field} is ${card[field]}, not ${wanted[field]}. ` +
            'Delete its folder and render it again, or gather the shards of this set.',
        );
    const sha256 = shardHashes(folder);
    for (const [file, hash] of Object.entries(card.sha256 ?? {}))
      if (sha256[file] !== hash)
        throw new Error(`${name}/${file} is not what was rendered: delete the shard's folder and render it again.`);
    shards.push(card);
    hashed.push({ name, sha256 });
    for (const { object } of rowsFromJsonl<ViewRow>(readFileSync(join(folder, 'views.jsonl'), 'utf8'), name))
      objectIds.add(object);
    if (!existsSync(join(folder, 'items.jsonl'))) return;
    const text = readFileSync(join(folder, 'items.jsonl'), 'utf8');
    items.push(...rowsFromJsonl<ViewpointItem>(text, `${name}/items.jsonl`));
    appendFileSync(itemsPath, text);
  });
  const packs = recipe.source === 'generated' ? [] : [...new Set([...objectIds].map(packOf))].sort();
  const card = datasetCard({
    recipe,
    sha256: setHash(hashed),
    shards,
    objectIds,
    items,
    twins: twinsCard(shardSizes.map((_, index) => join(setFolder, shardName(index)))),
    packLicences: new Map(packs.map((pack) => [pack, meshFolder ? packLicence(join(meshFolder, pack)) : null])),
  });
  writeFileSync(join(setFolder, 'card.json'), `${JSON.stringify(card, null, 2)}\n`);
  writeFileSync(join(setFolder, 'README.md'), datasetReadme(card));
  return card;
}
