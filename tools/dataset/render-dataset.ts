/**
 * Renders a set: images, 3D positions and poses of many views of many objects, and items over them.
 *
 *   npm run dataset -- --set train-generated --objects 3000 --seed 1 [--out data]
 *   npm run dataset -- --set train-cc0 --meshes DIR --packs a,b --repeats 1 --variants 3 --recipe 2
 *   npm run dataset -- --set train-generated … --recipe 2 --shard 3/16      the third of sixteen machines; 0-9: the first ten shards
 *   npm run dataset -- --set train-generated … --recipe 2 --merge --from DIR1,DIR2 [--export]
 *   npm run dataset -- --set train-generated … --twins      also from which other places each object looks the same, for
 *                                                           new sets and for those that are finished but for that
 *
 * Recipe 1 (the default) renders orbits only; recipe 2 adds what all families need, and items with balanced keys.
 * Every shard is a function of (recipe, set, seed, index): a finished shard (shard.json exists) is skipped, so a run
 * resumes, and shards of several machines merge to the set, with the hash, that one run gives. Twins are beside the views
 * and no part of the hash.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { commandLine, orUsageError, usageError, wholeNumber } from '../lib/command-line';
import { glbFiles } from '../lib/glb-files';
import { toolPageOpen, type ToolPage } from '../lib/tool-page';
import { exportViewpoint100k } from './export-viewpoint-100k';
import { mergeSet, shardIsDone } from './merge-set';
import type { ShardJob, SourceObject } from './page';
import { Progress } from './progress';
import { shardHashes, shardsGather, type ShardCard } from './shard-files';
import { countPairs, shardItemLines } from './shard-items';
import {
  exportRefusal,
  generatedObjects,
  meshObjects,
  OBJECTS_PER_SHARD,
  recipeConflict,
  shardName,
  shardSeed,
  shardSelection,
  splitOfSet,
  type SetRecipe,
} from './set-plan';
import { firstViews, twinsRead, twinsWrite } from './twin-files';
import { RECIPES, rowsFromJsonl, type Recipe, type ViewRow } from './view-rows';
import type { TwinRow } from './view-twins';

const { values } = commandLine(import.meta.filename, {
  set: { type: 'string', default: 'train-generated' },
  out: { type: 'string', default: 'data' },
  recipe: { type: 'string', default: '1' },
  objects: { type: 'string', default: '3000' },
  seed: { type: 'string', default: '1' },
  meshes: { type: 'string' },
  packs: { type: 'string' },
  repeats: { type: 'string', default: '1' },
  variants: { type: 'string', default: '0' },
  items: { type: 'string', default: '8' },
  shard: { type: 'string' },
  'objects-per-shard': { type: 'string', default: String(OBJECTS_PER_SHARD) },
  size: { type: 'string', default: '160' },
  merge: { type: 'boolean', default: false },
  from: { type: 'string' },
  export: { type: 'boolean', default: false },
  twins: { type: 'boolean', default: false },
});

/** Above it a target holds sixteen views, fewer than an object has. */
const SIZE_MAX_PX = 512;

const whole = (
  name: 'recipe' | 'objects' | 'repeats' | 'variants' | 'items' | 'size' | 'objects-per-shard',
  least: number,
) => wholeNumber(name, values[name], least);

const isRecipe = (number: number): number is Recipe => (RECIPES as readonly number[]).includes(number);
const recipeNumber = whole('recipe', 1);
if (!isRecipe(recipeNumber)) usageError(`--recipe takes ${RECIPES.join(' or ')}, got "${values.recipe}".`);
const imageSizePx = whole('size', 16);
if (imageSizePx % 8 !== 0)
  usageError(`--size must be a multiple of 8 (points are kept for 8 × 8 pixels), got ${imageSizePx}.`);
if (imageSizePx > SIZE_MAX_PX)
  usageError(`--size is at most ${SIZE_MAX_PX}: an object’s views are drawn side by side, got ${imageSizePx}.`);
for (const [name, text] of Object.entries({ set: values.set, seed: values.seed }))
  if (!/^[\w.-]+$/.test(text)) usageError(`--${name} becomes part of file names, got "${text}".`);

const meshFolder = values.meshes === undefined ? null : resolve(values.meshes);
if (meshFolder !== null && !existsSync(meshFolder))
  usageError(`--meshes takes a folder of GLB files; there is none at "${values.meshes}".`);
const packs = values.packs?.split(',');
const files = meshFolder
  ? glbFiles(meshFolder).filter((path) => !packs || packs.includes(path.split('/')[0] as string))
  : [];
if (meshFolder && files.length === 0)
  usageError(`No GLB files of packs ${values.packs ?? '(all)'} below "${values.meshes}".`);
const recipe: SetRecipe = {
  set: values.set,
  recipe: recipeNumber,
  seed: values.seed,
  source: meshFolder ? [...new Set(files.map((path) => path.split('/')[0] as string))] : 'generated',
  generatedObjects: meshFolder ? 0 : whole('objects', 1),
  repeats: whole('repeats', 1),
  variants: meshFolder ? whole('variants', 0) : 0,
  imageSizePx,
  gridSize: imageSizePx / 8,
  objectsPerShard: whole('objects-per-shard', 1),
  itemsPerObject: recipeNumber === 1 ? 0 : whole('items', 0),
};
const refusal = values.export ? exportRefusal(recipe) : null;
if (refusal) usageError(refusal);
const objects: SourceObject[] = meshFolder ? meshObjects(files, recipe) : generatedObjects(recipe);
const shardObjects = Array.from({ length: Math.ceil(objects.length / recipe.objectsPerShard) }, (_, index) =>
  objects.slice(index * recipe.objectsPerShard, (index + 1) * recipe.objectsPerShard),
);
// Before anything is written: a set's folder says by its recipe that the set has been begun.
const selected = orUsageError(() => shardSelection(values.shard, shardObjects.length));
const setFolder = resolve(values.out, values.set);

function recipeSettle(): void {
  mkdirSync(setFolder, { recursive: true });
  const path = join(setFolder, 'set.json');
  const conflict = existsSync(path)
    ? recipeConflict(JSON.parse(readFileSync(path, 'utf8')) as SetRecipe, recipe)
    : null;
  if (conflict)
    usageError(`The folder of set "${values.set}" holds another recipe: ${conflict}. Choose another --set or --out.`);
  writeFileSync(path, `${JSON.stringify(recipe, null, 2)}\n`);
}

/** Items of a shard whose views have been written; nothing for sets without items. */
async function itemsWrite(tool: ToolPage, job: ShardJob, folder: string): Promise<Pick<ShardCard, 'items' | 'pairs'>> {
  const rows = rowsFromJsonl<ViewRow>(
    readFileSync(join(folder, 'views.jsonl'), 'utf8'),
    `${job.shardName}/views.jsonl`,
  );
  const sources = new Map(job.objects.map((source) => [source.objectId, source]));
  const request = {
    seed: `${recipe.set}-${recipe.seed}-${job.shardName.slice('shard-'.length)}`,
    split: splitOfSet(recipe.set),
    itemsPerObject: recipe.itemsPerObject,
    rows,
  };
  const { items, pairs } = await shardItemLines(job.shardName, request, async (objectId, own) => {
    const verdicts = await tool.page.evaluate((assessJob) => window.assessItems(assessJob), {
      object: sources.get(objectId) as SourceObject,
      items: own,
    });
    progress.step();
    return verdicts;
  });
  const lines = (list: readonly unknown[]): string => list.map((one) => `${JSON.stringify(one)}\n`).join('');
  writeFileSync(join(folder, 'items.jsonl'), lines(items));
  writeFileSync(join(folder, 'pairs.jsonl'), lines(pairs));
  return { items: items.length, pairs: countPairs(rows) };
}

const shardSource = (index: number): Pick<ShardJob, 'recipe' | 'seed'> => ({
  recipe: recipe.recipe,
  seed: shardSeed(recipe, index),
});

async function shardRender(tool: ToolPage, index: number): Promise<void> {
  const name = shardName(index);
  const folder = join(setFolder, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const job: ShardJob = {
    shardName: name,
    ...shardSource(index),
    imageSizePx,
    gridSize: recipe.gridSize,
    objects: shardObjects[index] as SourceObject[],
  };
  const started = performance.now();
  const result = await tool.page.evaluate((shard) => window.renderShard(shard), job);
  const seconds = (performance.now() - started) / 1000;
  if (result.views === 0) throw new Error(`${name}: none of its objects could be shown: ${result.skipped[0]?.reason}`);
  const withItems = recipe.itemsPerObject > 0 ? await itemsWrite(tool, job, folder) : {};
  const card: ShardCard = {
    version: 1,
    set: recipe.set,
    seed: job.seed,
    imageSizePx,
    gridSize: recipe.gridSize,
    ...result,
    recipe: recipe.recipe,
    objects: job.objects.length,
    ...withItems,
    sha256: shardHashes(folder),
  };
  writeFileSync(join(folder, 'shard.json'), `${JSON.stringify(card, null, 2)}\n`);
  const rate = (result.views / seconds).toFixed(0);
  const items = card.items === undefined ? '' : `, ${card.items} items`;
  progress.note(
    `${recipe.set} ${index + 1}/${shardObjects.length}: ${result.views} views, ${rate}/s, skipped ${result.skipped.length}${items}`,
  );
}

/** Which views of a finished shard's objects look the same (view-twins.ts). */
async function twinsMake(tool: ToolPage, index: number): Promise<void> {
  const folder = join(setFolder, shardName(index));
  const sources = shardObjects[index] as SourceObject[];
  const started = performance.now();
  const twins: TwinRow[] = [];
  const rows = rowsFromJsonl<ViewRow>(
    readFileSync(join(folder, 'views.jsonl'), 'utf8'),
    `${shardName(index)}/views.jsonl`,
  );
  for (const { object, objectIndex, azimuthDeg, distanceM } of firstViews(rows)) {
    const source = sources[objectIndex];
    if (source?.objectId !== object)
      throw new Error(
        `${shardName(index)} holds ${object}, the options say ${source?.objectId}: give those of the set.`,
      );
    const job = { ...shardSource(index), objectIndex, source, firstView: { azimuthDeg, distanceM } };
    twins.push(...(await tool.page.evaluate((one) => window.objectTwins(one), job)));
    progress.step();
  }
  twinsWrite(folder, twins);
  const seconds = ((performance.now() - started) / 1000 / Math.max(1, sources.length)).toFixed(2);
  const withTwins = new Set(twins.filter(({ alike }) => Object.keys(alike).length > 0).map((row) => row.objectIndex))
    .size;
  progress.note(
    `${recipe.set} ${index + 1}/${shardObjects.length}: ${withTwins} of ${sources.length} objects have twins, ${seconds} s an object`,
  );
}

recipeSettle();
if (values.from)
  console.log(
    `${shardsGather(
      setFolder,
      recipe,
      values.from.split(',').map((path) => resolve(path)),
    )} shards copied`,
  );
const sizes = shardObjects.map(({ length }) => length);
const wanted = values.merge ? [] : selected;
const open = wanted.filter((index) => !shardIsDone(setFolder, index, sizes[index] as number));
/** Those of a shard that is rendered anew go with it. */
const twinless = values.twins
  ? wanted.filter((index) => open.includes(index) || !twinsRead(join(setFolder, shardName(index))))
  : [];
const objectsIn = (indices: readonly number[]): number =>
  indices.reduce((sum, index) => sum + (sizes[index] as number), 0);
/** Each object is rendered once, once more for its items, and for its twins. */
const passes = recipe.itemsPerObject > 0 ? 2 : 1;
const total = objectsIn(wanted) * (passes + (values.twins ? 1 : 0));
const progress = new Progress(recipe.set, total, total - objectsIn(open) * passes - objectsIn(twinless));

if (open.length + twinless.length > 0) {
  const tool = await toolPageOpen({
    tool: 'dataset',
    html: 'page.html',
    mounts: meshFolder ? { '/glb/': meshFolder } : {},
    onPost: (path, body) => {
      if (path === '/progress') progress.step();
      else appendFileSync(join(setFolder, path.slice('/upload/'.length)), body);
      return 'ok';
    },
  });
  try {
    for (const index of open) await shardRender(tool, index);
    for (const index of twinless) await twinsMake(tool, index);
  } finally {
    await tool.close();
  }
}

const doneCount = sizes.filter((size, index) => shardIsDone(setFolder, index, size)).length;
if (values.merge || doneCount === sizes.length) {
  const card = mergeSet(
    setFolder,
    recipe,
    shardObjects.map((shard) => shard.map(({ objectId }) => objectId)),
    meshFolder,
  );
  progress.note(
    `${recipe.set}: ${card.objects} objects, ${card.views} views, ${card.items.all.items} items, sha256 ${card.sha256}`,
  );
  if (values.export) {
    const lines = exportViewpoint100k(
      setFolder,
      sizes.map((_, index) => shardName(index)),
      imageSizePx,
    );
    progress.note(`${lines} lines in ${values.set}/viewpoint-100k/viewpoint-100k.jsonl`);
  }
} else {
  progress.note(
    `${recipe.set}: ${doneCount} of ${sizes.length} shards are there; --merge finishes the set when all are.`,
  );
}
