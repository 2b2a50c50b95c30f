import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import Ajv from 'ajv/dist/2020';
import { afterEach, describe, expect, it } from 'vitest';
import cardSchema from '../../src/contract/dataset-card.schema.json';
import pairSchema from '../../src/contract/dataset-pair.schema.json';
import type { Viewpoint100kRow } from '../../src/questions/viewpoint-100k';
import { datasetReadme } from './dataset-card';
import { exportViewpoint100k } from './export-viewpoint-100k';
import { mergeSet } from './merge-set';
import { pngFromRgb } from './png';
import { progressLine } from './progress';
import { sampleRows } from './sample-objects.test-helper';
import {
  exportRefusal,
  meshObjects,
  recipeConflict,
  shardName,
  shardSeed,
  shardSelection,
  splitOfSet,
  type SetRecipe,
} from './set-plan';
import { setHash, shardHashes, shardsGather } from './shard-files';
import { shardItemLines } from './shard-items';
import { twinsWrite } from './twin-files';
import { rowsFromJsonl } from './view-rows';

const SIZE_PX = 16;
const RECIPE: SetRecipe = {
  set: 'train-boxes',
  recipe: 2,
  seed: '1',
  source: ['boxes'],
  generatedObjects: 0,
  repeats: 1,
  variants: 0,
  imageSizePx: SIZE_PX,
  gridSize: 2,
  objectsPerShard: 3,
  itemsPerObject: 8,
};

/** Ids of the objects of two shards. */
const PLAN = [0, 1].map((shard) => [0, 1, 2].map((object) => `boxes/box-${object}-${shard}`));
const [FIRST_OF_PLAN] = PLAN as [string[], string[]];

const folders: string[] = [];
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'viewpoint-set-'));
  folders.push(folder);
  return folder;
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const madeItems = new Map<number, ReturnType<typeof shardItemLines>>();

/** A finished shard as the renderer would leave it, with pixels that are the view's number. */
async function shardWrite(setFolder: string, index: number): Promise<void> {
  const folder = join(setFolder, shardName(index));
  mkdirSync(folder, { recursive: true });
  const rows = sampleRows(3).map((row) => ({ ...row, object: `boxes/${row.object}-${index}` }));
  const request = { seed: `train-boxes-1-${index}`, split: 'train' as const, itemsPerObject: 8, rows };
  const made =
    madeItems.get(index) ??
    shardItemLines(shardName(index), request, async (_id, own) =>
      own.map((_, place) => ({ answerable: place % 4 !== 0, closestShare: place / 100 })),
    );
  madeItems.set(index, made);
  const { items, pairs } = await made;
  const lines = (list: readonly unknown[]): string => list.map((one) => `${JSON.stringify(one)}\n`).join('');
  writeFileSync(join(folder, 'images.u8'), Buffer.concat(rows.map((_, view) => Buffer.alloc(SIZE_PX ** 2 * 3, view))));
  writeFileSync(join(folder, 'points.f16'), Buffer.alloc(rows.length * 2 * 2 * 4 * 2));
  writeFileSync(join(folder, 'views.jsonl'), lines(rows));
  writeFileSync(join(folder, 'items.jsonl'), lines(items));
  writeFileSync(join(folder, 'pairs.jsonl'), lines(pairs));
  const { set, imageSizePx, gridSize } = RECIPE;
  const named = { version: 1, set, seed: shardSeed(RECIPE, index), imageSizePx, gridSize };
  const card = { ...named, views: rows.length, skipped: [], objects: 3, pairs: { vertical: 10 } };
  writeFileSync(join(folder, 'shard.json'), JSON.stringify({ ...card, sha256: shardHashes(folder) }));
}

describe('shardSelection', () => {
  it('parts are disjoint and make up the whole', () => {
    const parts = Array.from({ length: 16 }, (_, k) => shardSelection(`${k + 1}/16`, 61));
    expect(parts.flat().sort((a, b) => a - b)).toEqual(shardSelection(undefined, 61));
    expect(parts[2]).toEqual([2, 18, 34, 50]);
    expect(shardSelection('3/16', 2)).toEqual([]);
    expect(shardSelection('4-6', 61)).toEqual([4, 5, 6]);
  });

  it('refuses a range beyond the last shard, which would render nothing', () => {
    expect(shardSelection('1-9', 2)).toEqual([1]);
    expect(() => shardSelection('2-9', 2)).toThrow(/holds no shard: the set has 2/);
  });

  it.each(['0/16', '17/16', '3/', 'all', '9'])('refuses "%s"', (share) => {
    expect(() => shardSelection(share, 61)).toThrow(/3\/16/);
  });
});

describe('objects', () => {
  it('variants come after the originals and leave their order alone', () => {
    const files = ['a/x.glb', 'a/y.glb', 'b/ü z.glb'];
    const plain = meshObjects(files, { seed: '1', repeats: 2, variants: 0 });
    const more = meshObjects(files, { seed: '1', repeats: 2, variants: 2 });
    expect(more.slice(0, 6)).toEqual(plain);
    expect(more).toHaveLength(12);
    expect(more[6]?.objectId).toMatch(/#variant-1$/);
    expect(more[11]?.loadId).toMatch(/^url:\/glb\/.+\.glb#variant-2$/);
    expect(new Set(more.slice(6).map(({ objectId }) => objectId)).size).toBe(6);
    expect(plain.find(({ objectId }) => objectId === 'b/ü z')?.loadId).toBe('url:/glb/b/%C3%BC%20z.glb');
  });

  it('a set may grow and neither change nor shrink', () => {
    const generated: SetRecipe = { ...RECIPE, source: 'generated', generatedObjects: 744 };
    expect(recipeConflict(RECIPE, { ...RECIPE, variants: 3 })).toBeNull();
    expect(recipeConflict(generated, { ...generated, generatedObjects: 930 })).toBeNull();
    expect(recipeConflict(generated, { ...generated, generatedObjects: 465 })).toBe(
      "--objects was 744 and is 465 now, but a set can't shrink (--objects 744 or more would do)",
    );
    expect(recipeConflict({ ...RECIPE, variants: 10 }, { ...RECIPE, variants: 9 })).toMatch(
      /--variants was 10 and is 9/,
    );
    expect(recipeConflict(RECIPE, { ...RECIPE, repeats: 2 })).toBe('repeats was 1 and is 2 now');
    expect(recipeConflict(RECIPE, { ...RECIPE, seed: '2' })).toBe('seed was "1" and is "2" now');
    expect(['train-x', 'val-x', 'test-x', 'try'].map(splitOfSet)).toEqual(['train', 'validation', 'test', 'train']);
  });
});

describe('exportRefusal', () => {
  it('advises what is missing', () => {
    expect(exportRefusal(RECIPE)).toBeNull();
    expect(exportRefusal({ recipe: 1, itemsPerObject: 0 })).toMatch(/--recipe 2/);
    expect(exportRefusal({ recipe: 2, itemsPerObject: 0 })).toMatch(/^(?!.*--recipe).*--items 1 or more/);
  });
});

describe('merging', () => {
  it('gives one hash, card and item file however the shards came together', { timeout: 60_000 }, async () => {
    const [whole, first, second, merged] = [temporaryFolder(), temporaryFolder(), temporaryFolder(), temporaryFolder()];
    for (const index of [0, 1]) await shardWrite(whole, index);
    await shardWrite(first, 0);
    await shardWrite(second, 1);
    expect(() => mergeSet(first, RECIPE, PLAN, null)).toThrow(/shard-0001/);
    expect(shardsGather(merged, RECIPE, [second, first])).toBe(2);
    expect(shardsGather(merged, RECIPE, [whole])).toBe(0);
    const card = mergeSet(merged, RECIPE, PLAN, null);
    expect(card).toEqual(mergeSet(whole, RECIPE, PLAN, null));
    expect(readFileSync(join(merged, 'items.jsonl'))).toEqual(readFileSync(join(whole, 'items.jsonl')));
    const validate = new Ajv({ strict: false }).compile(cardSchema);
    expect(validate(card), JSON.stringify(validate.errors)).toBe(true);
    expect(card).toMatchObject({ shards: 2, objects: 6, views: 150, pairs: { vertical: 20 } });
    expect(card.items.all.items).toBe(48);
    expect(card.items.answerable.items).toBe(48 - 12);
    expect(card.packs).toEqual([{ pack: 'boxes', objects: 6, licence: null }]);
    expect(datasetReadme(card)).toContain('| vertical | 20 | 6 |');
    expect(datasetReadme(card)).toContain('no licence file');
    expect(datasetReadme(card)).toContain('with `--twins` finds them');
    for (const index of [0, 1]) twinsWrite(join(merged, shardName(index)), []);
    // Made over there after the shards were gathered.
    twinsWrite(join(whole, shardName(0)), []);
    rmSync(join(merged, shardName(0), 'twins.jsonl'));
    expect(shardsGather(merged, RECIPE, [whole])).toBe(0);
    const twinned = mergeSet(merged, RECIPE, PLAN, null);
    expect(validate(twinned), JSON.stringify(validate.errors)).toBe(true);
    expect(twinned).toMatchObject({ sha256: card.sha256, twins: { objects: 0, twinShare: 0 } });
    expect(datasetReadme(twinned)).toContain('0 of 0 objects look the same');
    const validatePair = new Ajv({ strict: false }).compile(pairSchema);
    for (const row of rowsFromJsonl<object>(readFileSync(join(merged, 'shard-0001/pairs.jsonl'), 'utf8'), 'pairs'))
      expect(validatePair(row), JSON.stringify(validatePair.errors)).toBe(true);
  });

  it('finds shards that were changed, are of other sets, or have other sizes', { timeout: 30_000 }, async () => {
    const [own, other] = [temporaryFolder(), temporaryFolder()];
    await shardWrite(own, 0);
    await shardWrite(other, 0);
    expect(() => mergeSet(own, RECIPE, [FIRST_OF_PLAN.slice(1)], null)).toThrow(/missing/);
    expect(() => mergeSet(other, { ...RECIPE, seed: '2' }, [FIRST_OF_PLAN], null)).toThrow(
      /shard-0000 is of another set: its seed is/,
    );
    expect(() => mergeSet(other, { ...RECIPE, imageSizePx: 32 }, [FIRST_OF_PLAN], null)).toThrow(/its imageSizePx is/);
    await shardWrite(other, 1);
    expect(() => mergeSet(other, RECIPE, [FIRST_OF_PLAN], null)).toThrow(/1 more \(shard-0001/);
    writeFileSync(join(own, 'shard-0000/views.jsonl'), '');
    expect(() => mergeSet(own, RECIPE, [FIRST_OF_PLAN], null)).toThrow(
      /shard-0000\/views\.jsonl is not what was rendered/,
    );
    const card = join(own, 'shard-0000/shard.json');
    writeFileSync(card, JSON.stringify({ ...JSON.parse(readFileSync(card, 'utf8')), sha256: undefined }));
    expect(() => shardsGather(own, RECIPE, [other])).toThrow(/differs/);
    expect(() => shardsGather(own, RECIPE, [join(other, 'nothing')])).toThrow(/holds no shards/);
  });

  it('takes no shards of another recipe, and copies nothing then', async () => {
    const [own, alike, other] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    const begin = (folder: string, recipe: SetRecipe): void =>
      writeFileSync(join(folder, 'set.json'), JSON.stringify(recipe));
    await shardWrite(alike, 0);
    await shardWrite(other, 1);
    begin(alike, RECIPE);
    for (const [recipe, says] of [
      [{ ...RECIPE, recipe: 1, itemsPerObject: 0 }, /recipe was 1 and is 2 now/],
      [{ ...RECIPE, source: ['spheres'] }, /source was \["spheres"\] and is \["boxes"\] now/],
      [{ ...RECIPE, variants: 1 }, /--variants was 1 and is 0 now/],
    ] as const) {
      begin(other, recipe);
      expect(() => shardsGather(own, RECIPE, [alike, other])).toThrow(says);
      expect(() => shardsGather(own, RECIPE, [alike, other])).toThrow(/Give the options that they were rendered with/);
    }
    expect(readdirSync(own)).toEqual([]);
    // The set has grown since.
    begin(other, { ...RECIPE, variants: 1 });
    expect(shardsGather(own, { ...RECIPE, variants: 2 }, [alike, other])).toBe(2);
  });

  it('finds shards of another recipe or of other objects', { timeout: 30_000 }, async () => {
    const folder = temporaryFolder();
    await shardWrite(folder, 0);
    const merge = (planned: readonly string[], recipe = RECIPE): unknown => mergeSet(folder, recipe, [planned], null);
    expect(() => merge(FIRST_OF_PLAN, { ...RECIPE, recipe: 1 })).toThrow(
      /shard-0000 is of another set: its recipe is 2/,
    );
    const [first = '', second = '', third = ''] = FIRST_OF_PLAN;
    expect(() => merge([first, second, 'spheres/ball'])).toThrow(/holds the object "boxes\/box-2-0".*--packs/);
    expect(() => merge([second, first, third])).toThrow(/holds the object "boxes\/box-0-0"/);
    const path = join(folder, 'shard-0000/shard.json');
    const card = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...card, skipped: [{ objectId: 'spheres/flat', reason: 'empty' }] }));
    expect(() => merge(FIRST_OF_PLAN)).toThrow(/holds the object "spheres\/flat"/);
    writeFileSync(path, JSON.stringify({ ...card, recipe: 1 }));
    expect(() => merge(FIRST_OF_PLAN)).toThrow(/its recipe is 1, not 2/);
  });

  it('the hash sees every file and no order', () => {
    const a = { name: 'shard-0000', sha256: { 'images.u8': 'aa', 'views.jsonl': 'bb' } };
    const b = { name: 'shard-0001', sha256: { 'images.u8': 'cc' } };
    expect(setHash([b, a])).toBe(setHash([a, b]));
    expect(setHash([a, { ...b, sha256: { 'images.u8': 'cd' } }])).not.toBe(setHash([a, b]));
    expect(setHash([{ ...a, name: 'shard-0002' }, b])).not.toBe(setHash([a, b]));
  });
});

describe('export', () => {
  it('writes answerable items as chat lines with their pictures', async () => {
    const folder = temporaryFolder();
    await shardWrite(folder, 0);
    expect(exportViewpoint100k(folder, ['shard-0000'], SIZE_PX)).toBe(24 - 6);
    const target = join(folder, 'viewpoint-100k');
    const rows = rowsFromJsonl<Viewpoint100kRow>(readFileSync(join(target, 'viewpoint-100k.jsonl'), 'utf8'), 'export');
    expect(rows).toHaveLength(18);
    for (const { images, messages } of rows) {
      expect(messages[1].content).toMatch(/^[A-F]$/);
      for (const path of images) {
        const png = readFileSync(join(target, path));
        // Signature 8, header chunk 25, then length and name of the data chunk: 8.
        const rows = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
        expect(rows).toHaveLength((SIZE_PX * 3 + 1) * SIZE_PX);
        expect(rows[1]).toBe(Number(/(\d+)\.png$/.exec(path)?.[1]));
      }
    }
  });

  it('refuses pictures of another size', () => {
    expect(() => pngFromRgb(new Uint8Array(10), 4)).toThrow(RangeError);
  });
});

describe('progressLine', () => {
  it('says how much is done and how long the rest takes, without what was there before', () => {
    expect(progressLine('x', 50, 100, 10, 40)).toBe('x [############............] 50/100, 50 s left');
    expect(progressLine('x', 0, 100, 0)).toBe('x [........................] 0/100');
    expect(progressLine('x', 10, 100, 1000)).toContain('2 h 30 min left');
  });
});
