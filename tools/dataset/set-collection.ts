/** Several finished sets as one: what was trained and validated on, as one card with one hash. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAIR_FAMILY_IDS } from '../../src/questions/broad-families';
import { viewPairs } from '../../src/questions/view-pairs';
import { commandOf, type DatasetCard } from './dataset-card';
import { shardName, type DatasetSplit } from './set-plan';
import { sha256Of } from './shard-files';
import { renderedObjects, rowsFromJsonl, type ViewRow } from './view-rows';

/** Family -> what is dealt (the key; for `magnitude` the side, for `distance` also how the pair was made) -> ordered pairs. */
export type PairColumns = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface CollectedSet {
  readonly card: DatasetCard;
  readonly objectIds: ReadonlySet<string>;
  /** Empty for views of recipe 1: they have no scenes, so only orbits can be asked about. */
  readonly pairs: PairColumns;
}

export interface CollectionCard {
  readonly schemaVersion: 1;
  /** Over the sets' own hashes, by name. */
  readonly sha256: string;
  readonly splits: Readonly<Partial<Record<DatasetSplit, SplitCard>>>;
  readonly sets: readonly {
    readonly set: string;
    readonly sha256: string;
    readonly objects: number;
    readonly views: number;
    readonly command: string;
  }[];
}

export interface SplitCard {
  readonly objects: number;
  readonly generatorFamilies: readonly string[];
  readonly packs: readonly string[];
  readonly views: number;
  readonly pairs: PairColumns;
}

/** Counts of the same names added up. */
function columnsAdd(all: Record<string, Record<string, number>>, more: PairColumns): void {
  for (const [family, columns] of Object.entries(more))
    for (const [column, count] of Object.entries(columns)) {
      const own = (all[family] ??= {});
      own[column] = (own[column] ?? 0) + count;
    }
}

/** Ordered pairs that each family may ask about, by what is dealt. */
export function countColumns(rows: readonly ViewRow[]): PairColumns {
  const found: Record<string, Record<string, number>> = {};
  if (rows[0]?.scene === undefined) return found;
  for (const { views } of renderedObjects(rows))
    for (const family of PAIR_FAMILY_IDS)
      for (const { column } of viewPairs(family, views)) columnsAdd(found, { [family]: { [column]: 1 } });
  return found;
}

/** @throws Error when the set is not finished */
export function collectedSetRead(setFolder: string): CollectedSet {
  const path = join(setFolder, 'card.json');
  if (!existsSync(path))
    throw new Error(`"${setFolder}" has no card.json: render the rest of the set, or finish it with --merge.`);
  const card = JSON.parse(readFileSync(path, 'utf8')) as DatasetCard;
  const objectIds = new Set<string>();
  const pairs: Record<string, Record<string, number>> = {};
  for (let index = 0; index < card.shards; index++) {
    const file = join(setFolder, shardName(index), 'views.jsonl');
    const rows = rowsFromJsonl<ViewRow>(readFileSync(file, 'utf8'), file);
    for (const { object } of rows) objectIds.add(object);
    columnsAdd(pairs, countColumns(rows));
  }
  return { card, objectIds, pairs };
}

/** Of `generated:chair:718823814`. */
const generatorFamilyOf = (objectId: string): string => objectId.split(':')[1] as string;

function splitCard(sets: readonly CollectedSet[]): SplitCard {
  const generated = new Set<string>();
  const packs = new Set<string>();
  const pairs: Record<string, Record<string, number>> = {};
  let views = 0;
  for (const set of sets) {
    views += set.card.views;
    columnsAdd(pairs, set.pairs);
    for (const { pack } of set.card.packs) packs.add(pack);
    if (set.card.recipe.source === 'generated') for (const id of set.objectIds) generated.add(generatorFamilyOf(id));
  }
  const objects = new Set(sets.flatMap(({ objectIds }) => [...objectIds])).size;
  return { objects, generatorFamilies: [...generated].sort(), packs: [...packs].sort(), views, pairs };
}

/** @throws Error for sets of one name, and for an object that is in two splits */
export function collectionCard(sets: readonly CollectedSet[]): CollectionCard {
  const sorted = [...sets].sort((a, b) => (a.card.recipe.set < b.card.recipe.set ? -1 : 1));
  const splits: Partial<Record<DatasetSplit, SplitCard>> = {};
  const owner = new Map<string, { split: DatasetSplit; set: string }>();
  for (const [index, { card, objectIds }] of sorted.entries()) {
    const { set } = card.recipe;
    if (sorted[index + 1]?.card.recipe.set === set) throw new Error(`Two of the sets are called "${set}".`);
    for (const id of objectIds) {
      const before = owner.get(id);
      if (before && before.split !== card.split)
        throw new Error(`Object "${id}" is in "${before.set}" (${before.split}) and in "${set}" (${card.split}).`);
      owner.set(id, { split: card.split, set });
    }
    splits[card.split] ??= splitCard(sorted.filter((other) => other.card.split === card.split));
  }
  return {
    schemaVersion: 1,
    sha256: sha256Of(sorted.map(({ card }) => `${card.sha256}  ${card.recipe.set}\n`).join('')),
    splits,
    sets: sorted.map(({ card }) => ({
      set: card.recipe.set,
      sha256: card.sha256,
      objects: card.objects,
      views: card.views,
      command: commandOf(card.recipe),
    })),
  };
}

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((all, n) => all + n, 0);

/** How often the best constant answer is right; a column may name the way that led to its answer, after a slash. */
export function constantShare(columns: Readonly<Record<string, number>>): number {
  const byAnswer = new Map<string, number>();
  for (const [column, count] of Object.entries(columns)) {
    const [answer = column] = column.split('/');
    byAnswer.set(answer, (byAnswer.get(answer) ?? 0) + count);
  }
  return Math.max(...byAnswer.values()) / sum(columns);
}

/** The card as a page of Markdown. */
export function collectionReadme(card: CollectionCard): string {
  const splits = Object.entries(card.splits).flatMap(([name, split]) => [
    `## ${name}`,
    '',
    `${split.objects} objects in ${split.views} views; generator families: ${split.generatorFamilies.length}` +
      (split.packs.length > 0 ? `; packs: ${split.packs.join(', ')}.` : '; no packs.'),
    '',
    '| family | ordered pairs that can be asked | by what is right | a constant answer is right in at most |',
    '| --- | --- | --- | --- |',
    ...Object.entries(split.pairs).map(([family, columns]) => {
      const list = Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1));
      const told = list.map(([column, count]) => `${column} ${count}`).join(', ');
      const constant = `${(100 * constantShare(columns)).toFixed(1)} %${family === 'magnitude' ? ' of the sides' : ''}`;
      return `| ${family} | ${sum(columns)} | ${told} | ${constant} |`;
    }),
    '',
  ]);
  return [
    '# Views to train and validate on',
    '',
    `SHA-256 over the sets: \`${card.sha256}\`. Training draws pairs so that a family's answers are equally likely, whatever the ` +
      'counts below; sets of recipe 1 count no pairs, all of theirs are orbits.',
    '',
    ...splits,
    '## Sets',
    '',
    ...card.sets.flatMap(({ set, sha256, objects, views, command }) => [
      `- ${set}: ${objects} objects, ${views} views, \`${sha256}\``,
      '',
      `  \`${command}\``,
      '',
    ]),
  ].join('\n');
}
