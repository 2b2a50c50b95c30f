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

const OF_ANOTHER_SET = 'Delete its folder and render it again, or gather the shards of this set.';

/** Whether a shard is of the set that is planned. @throws Error that says in what it differs */
function shardCheck(
  name: string,
  card: ShardCard,
  wanted: SetRecipe,
  rows: readonly ViewRow[],
  planned: readonly string[],
): void {
  // Which recipe it was is not said in shards of long ago, but their rows are as it makes them.
  const found = { ...card, recipe: card.recipe ?? (rows[0]?.scene ? 2 : 1) };
  for (const field of ['set', 'recipe', 'seed', 'imageSizePx', 'gridSize'] as const)
    if (found[field] !== wanted[field])
      throw new Error(
        `${name} is of another set: its ${field} is ${found[field]}, not ${wanted[field]}. ${OF_ANOTHER_SET}`,
      );
  const stray =
    rows.find(({ object, objectIndex }) => planned[objectIndex] !== object)?.object ??
    card.skipped.find(({ objectId }) => !planned.includes(objectId))?.objectId;
  if (stray !== undefined)
    throw new Error(
      `${name} is of another set: it holds the object "${stray}", which is not planned there. Give the --meshes, --packs and --objects ` +
        `that it was rendered with. ${OF_ANOTHER_SET}`,
    );
}

/**
 * @param shardObjects ids of the objects that are planned for each shard
 * @throws Error with the shards that are missing, or that are not those of the recipe and the objects
 */
export function mergeSet(
  setFolder: string,
  recipe: SetRecipe,
  shardObjects: readonly (readonly string[])[],
  meshFolder: string | null,
): DatasetCard {
  const missing = shardObjects.flatMap(({ length }, index) =>
    shardIsDone(setFolder, index, length) ? [] : [shardName(index)],
  );
  if (missing.length > 0)
    throw new Error(
      `${missing.length} of ${shardObjects.length} shards are missing or unfinished (${missing.slice(0, 5).join(', ')}` +
        `${missing.length > 5 ? ', …' : ''}): render them, or name the folders that hold them with --from.`,
    );
  const named = new Set(shardObjects.map((_, index) => shardName(index)));
  const beyond = readdirSync(setFolder).filter((name) => /^shard-\d+$/.test(name) && !named.has(name));
  if (beyond.length > 0)
    throw new Error(
      `The set is to have ${named.size} shards, but its folder holds ${beyond.length} more (${beyond.sort()[0]} …), ` +
        'which would be trained on: ask for as many objects as they were rendered for, or delete them.',
    );
  const shards: ShardCard[] = [];
  const hashed: HashedShard[] = [];
  const objectIds = new Set<string>();
  const items: ViewpointItem[] = [];
  const itemsPath = join(setFolder, 'items.jsonl');
  rmSync(itemsPath, { force: true });
  shardObjects.forEach((planned, index) => {
    const name = shardName(index);
    const folder = join(setFolder, name);
    const card = shardCardRead(folder) as ShardCard;
    const sha256 = shardHashes(folder);
    for (const [file, hash] of Object.entries(card.sha256 ?? {}))
      if (sha256[file] !== hash)
        throw new Error(`${name}/${file} is not what was rendered: delete the shard's folder and render it again.`);
    const rows = rowsFromJsonl<ViewRow>(readFileSync(join(folder, 'views.jsonl'), 'utf8'), name);
    shardCheck(name, card, { ...recipe, seed: shardSeed(recipe, index) }, rows, planned);
    shards.push(card);
    hashed.push({ name, sha256 });
    for (const { object } of rows) objectIds.add(object);
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
    twins: twinsCard(shardObjects.map((_, index) => join(setFolder, shardName(index)))),
    packLicences: new Map(packs.map((pack) => [pack, meshFolder ? packLicence(join(meshFolder, pack)) : null])),
  });
  writeFileSync(join(setFolder, 'card.json'), `${JSON.stringify(card, null, 2)}\n`);
  writeFileSync(join(setFolder, 'README.md'), datasetReadme(card));
  return card;
}
