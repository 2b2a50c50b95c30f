/** Several sets as one: added up by split, hashed whatever their order, refused where splits share an object. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { PAIR_FAMILY_IDS } from '../../src/questions/broad-families';
import { mergeSet } from './merge-set';
import { sampleRows } from './sample-objects.test-helper';
import { collectedSetRead, collectionCard, collectionReadme, constantShare, countColumns } from './set-collection';
import { shardName, shardSeed, type SetRecipe } from './set-plan';
import { shardHashes } from './shard-files';
import { countPairs } from './shard-items';
import type { ViewRow } from './view-rows';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const renamed = (rows: readonly ViewRow[], name: string): ViewRow[] =>
  rows.map((row) => ({ ...row, object: `generated:${name}:${row.objectIndex}` }));

/** A set of one shard with these rows, merged. */
function writeSet(set: string, rows: readonly ViewRow[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'viewpoint-collection-'));
  folders.push(folder);
  const recipe: SetRecipe = {
    set,
    recipe: 2,
    seed: '1',
    source: 'generated',
    generatedObjects: 3,
    repeats: 1,
    variants: 0,
    imageSizePx: 160,
    gridSize: 20,
    objectsPerShard: 3,
    itemsPerObject: 0,
  };
  const shard = join(folder, shardName(0));
  mkdirSync(shard);
  writeFileSync(join(shard, 'views.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const card = {
    version: 1,
    set,
    seed: shardSeed(recipe, 0),
    imageSizePx: 160,
    gridSize: 20,
    views: rows.length,
    skipped: [],
    objects: 3,
  };
  writeFileSync(join(shard, 'shard.json'), JSON.stringify({ ...card, sha256: shardHashes(shard) }));
  const planned = [0, 1, 2].map((place) => rows.find(({ objectIndex }) => objectIndex === place)?.object ?? 'skipped');
  mergeSet(folder, recipe, [planned], null);
  return folder;
}

describe('countColumns', () => {
  it('counts each pair that a family may ask about once', () => {
    const rows = sampleRows(2);
    const columns = countColumns(rows);
    const totals = Object.fromEntries(
      PAIR_FAMILY_IDS.map((family) => [family, Object.values(columns[family] ?? {}).reduce((sum, n) => sum + n, 0)]),
    );
    expect(totals).toEqual(countPairs(rows));
  });

  it('counts none in views of recipe 1', () => {
    const withoutScenes = JSON.stringify(sampleRows(1), (key, value: unknown) => (key === 'scene' ? undefined : value));
    const orbits = JSON.parse(withoutScenes) as ViewRow[];
    expect(countColumns(orbits)).toEqual({});
  });
});

describe('collectionCard', () => {
  it('adds sets up by split and does not mind their order', () => {
    const [chairs, lamps, held] = [
      writeSet('train-chairs', renamed(sampleRows(3), 'chair')),
      writeSet('train-lamps', renamed(sampleRows(3), 'lamp')),
      writeSet('val-mugs', renamed(sampleRows(3), 'mug')),
    ].map(collectedSetRead) as [
      ReturnType<typeof collectedSetRead>,
      ReturnType<typeof collectedSetRead>,
      ReturnType<typeof collectedSetRead>,
    ];
    const card = collectionCard([held, lamps, chairs]);
    expect(card).toEqual(collectionCard([chairs, lamps, held]));
    expect(card.splits.train).toMatchObject({ objects: 6, generatorFamilies: ['chair', 'lamp'], packs: [] });
    expect(card.splits.validation).toMatchObject({ objects: 3, generatorFamilies: ['mug'] });
    expect(card.splits.train?.views).toBe(chairs.card.views + lamps.card.views);
    const [all, one] = [card.splits.train?.pairs['vertical'], chairs.pairs['vertical']];
    expect(all?.['up']).toBe(2 * (one?.['up'] ?? NaN));
    const page = collectionReadme(card);
    expect(page).toContain(card.sha256);
    expect(page).toContain('npm run dataset -- --set train-lamps --seed 1 --recipe 2 --objects 3');
  });

  it('counts for a constant answer every way that leads to it', () => {
    expect(constantShare({ 'same/zoom': 10, 'same/around': 30, 'closer/dolly': 35, 'farther/dolly': 25 })).toBe(0.4);
    expect(constantShare({ left: 1, right: 3 })).toBe(0.75);
  });

  it('has another hash when a picture changes', () => {
    const one = collectedSetRead(writeSet('train-chairs', renamed(sampleRows(3), 'chair')));
    const other = collectedSetRead(writeSet('train-chairs', renamed(sampleRows(3), 'lamp')));
    expect(collectionCard([one]).sha256).not.toBe(collectionCard([other]).sha256);
  });

  it('refuses an object of two splits, and two sets of one name', () => {
    const train = collectedSetRead(writeSet('train-chairs', renamed(sampleRows(3), 'chair')));
    const held = collectedSetRead(writeSet('val-chairs', renamed(sampleRows(3), 'chair')));
    expect(() => collectionCard([train, held])).toThrow(/"generated:chair:0" is in "train-chairs" \(train\)/);
    expect(() => collectionCard([train, train])).toThrow('called "train-chairs"');
  });

  it('names a set that is not finished', () => {
    const folder = mkdtempSync(join(tmpdir(), 'viewpoint-collection-'));
    folders.push(folder);
    expect(() => collectedSetRead(folder)).toThrow(/has no card\.json/);
  });
});
