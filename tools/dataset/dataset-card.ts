/** The card of a set: what is in it, how balanced it is, how to make it again; for programs and for people. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWERABILITY_RULE, ANSWERABILITY_VERSION } from '../../src/questions/answerability';
import { PROMPTS_VERSION } from '../../src/questions/families';
import type { ViewpointItem } from '../../src/questions/item-generator';
import { PAIR_GENERATOR_VERSION } from '../../src/questions/pair-items';
import { setCard, type SetCard } from '../../src/questions/set-card';
import { splitOfSet, type DatasetSplit, type SetRecipe } from './set-plan';
import type { ShardCard } from './shard-files';
import type { TwinsCard } from './twin-files';

/** Types of src/contract/dataset-card.schema.json. */
export interface DatasetCard {
  readonly schemaVersion: 1;
  readonly recipe: SetRecipe;
  readonly versions: { readonly items: number; readonly prompts: number; readonly answerability: number };
  readonly split: DatasetSplit;
  readonly shards: number;
  readonly sha256: string;
  readonly objects: number;
  readonly views: number;
  readonly pairs: Readonly<Record<string, number>>;
  readonly items: {
    readonly all: SetCard;
    readonly answerable: SetCard;
    readonly ambiguousShare: Readonly<Record<string, number>>;
  };
  /** Absent where not every shard has twins. */
  readonly twins?: TwinsCard;
  readonly skipped: ShardCard['skipped'];
  readonly packs: readonly PackCard[];
}

export interface PackCard {
  readonly pack: string;
  readonly objects: number;
  readonly licence: { readonly file: string; readonly text: string } | null;
}

const LICENCE_FILE = /^(licen[cs]e|copying)(\.(txt|md))?$/i;
const LICENCE_TEXT_MAX = 4000;

/** The licence file of a pack, or null. */
export function packLicence(packFolder: string): PackCard['licence'] {
  const file = existsSync(packFolder) ? readdirSync(packFolder).find((name) => LICENCE_FILE.test(name)) : undefined;
  if (file === undefined) return null;
  return { file, text: readFileSync(join(packFolder, file), 'utf8').trim().slice(0, LICENCE_TEXT_MAX) };
}

export interface CardParts {
  readonly recipe: SetRecipe;
  readonly sha256: string;
  readonly shards: readonly ShardCard[];
  readonly objectIds: ReadonlySet<string>;
  readonly items: readonly ViewpointItem[];
  readonly twins: TwinsCard | null;
  /** Pack of an object id and its licence; empty for generated objects. */
  readonly packLicences: ReadonlyMap<string, PackCard['licence']>;
}

export const packOf = (objectId: string): string => objectId.split('/')[0] as string;

export function datasetCard(parts: CardParts): DatasetCard {
  const { recipe, shards, items, objectIds } = parts;
  const pairs: Record<string, number> = {};
  for (const shard of shards)
    for (const [family, count] of Object.entries(shard.pairs ?? {})) pairs[family] = (pairs[family] ?? 0) + count;
  const all = setCard(items);
  const answerable = setCard(items.filter((item) => item.answerable !== false));
  const ambiguousShare = Object.fromEntries(
    Object.entries(all.families).map(([family, { n }]) => [family, 1 - (answerable.families[family]?.n ?? 0) / n]),
  );
  return {
    schemaVersion: 1,
    recipe,
    versions: { items: PAIR_GENERATOR_VERSION, prompts: PROMPTS_VERSION, answerability: ANSWERABILITY_VERSION },
    split: splitOfSet(recipe.set),
    shards: shards.length,
    sha256: parts.sha256,
    objects: objectIds.size,
    views: shards.reduce((sum, { views }) => sum + views, 0),
    pairs,
    items: { all, answerable, ambiguousShare },
    ...(parts.twins && { twins: parts.twins }),
    skipped: shards.flatMap(({ skipped }) => skipped),
    packs: [...parts.packLicences].map(([pack, licence]) => ({
      pack,
      objects: [...objectIds].filter((id) => packOf(id) === pack).length,
      licence,
    })),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Keys with their counts; `magnitude` has too many angles to list, so its sides are counted. */
function keysText(family: string, keys: Readonly<Record<string, number>>): string {
  if (family !== 'magnitude')
    return Object.entries(keys)
      .map(([key, count]) => `${key} ${count}`)
      .join(', ');
  const side = (name: string): number =>
    Object.entries(keys).reduce((sum, [key, count]) => sum + (key.startsWith(name) ? count : 0), 0);
  return `left ${side('left')}, right ${side('right')}`;
}

/** The arguments that make the set again. */
export function commandOf(recipe: SetRecipe): string {
  const { set, seed, source, generatedObjects, repeats, variants } = recipe;
  const from =
    source === 'generated'
      ? `--objects ${generatedObjects}`
      : `--meshes DIR --packs ${source.join(',')} --repeats ${repeats} --variants ${variants}`;
  return (
    `npm run dataset -- --set ${set} --seed ${seed} --recipe ${recipe.recipe} ${from} --size ${recipe.imageSizePx} ` +
    `--objects-per-shard ${recipe.objectsPerShard} --items ${recipe.itemsPerObject}`
  );
}

function twinsText(twins: TwinsCard | undefined): string {
  if (!twins)
    return 'Not looked for: pairs drawn from these views may be ones that nobody can answer. The command above with `--twins` finds them.';
  const { objects, objectsWithTwins, twinShare, version } = twins;
  const { sizePx, channelStep, changedShareMin, azimuthStepDeg } = ANSWERABILITY_RULE;
  return (
    `${objectsWithTwins} of ${objects} objects look the same from some other place, and ${percent(twinShare)} of the places compared look ` +
    `like another (azimuth in steps of ${azimuthStepDeg}° on at most two elevations, under a light of each rule; ${sizePx} px, fewer than ` +
    `${percent(changedShareMin)} of the pixels differ by more than ${channelStep} of 255; version ${version}). Training leaves out the labels ` +
    'that such places make ambiguous.'
  );
}

/** README.md of the set's folder. */
export function datasetReadme(card: DatasetCard): string {
  const { recipe, items } = card;
  const { sizePx, channelStep, changedShareMin, azimuthStepDeg } = ANSWERABILITY_RULE;
  const families = Object.entries(items.all.families).map(([family, all]) => {
    const kept = items.answerable.families[family];
    const cells = [
      family,
      card.pairs[family] ?? 0,
      all.n,
      percent(items.ambiguousShare[family] ?? 0),
      keysText(family, all.keys),
      Object.values(all.letters).join(' / '),
      percent(all.bestConstantScore),
      kept ? percent(kept.bestConstantScore) : '–',
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const packs = card.packs.map(
    ({ pack, objects, licence }) =>
      `- ${pack}: ${objects} objects; ${licence ? `licence in ${licence.file}:` : 'no licence file'}` +
      (licence
        ? `\n\n  ${licence.text
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean)
            .join('\n  ')}\n`
        : ''),
  );
  const lines = [
    `# ${recipe.set}`,
    '',
    `${card.objects} objects, ${card.views} views of ${recipe.imageSizePx} px in ${card.shards} shards, split "${card.split}"; ` +
      `${items.all.items} items, ${items.answerable.items} of them answerable.`,
    '',
    '```sh',
    commandOf(recipe),
    '```',
    '',
    `SHA-256 over all shards: \`${card.sha256}\`. Versions: items ${card.versions.items}, prompts ${card.versions.prompts}, ` +
      `answerability ${card.versions.answerability}.`,
    '',
    '## Items',
    '',
    ...(families.length > 0
      ? [
          '| family | pairs that can be asked | items | ambiguous | right keys | right letters (A / B …) | best constant answer | the same, answerable items |',
          '| --- | --- | --- | --- | --- | --- | --- | --- |',
          ...families,
          '',
          `Ambiguous: some pose for which another option is right gives a picture in which fewer than ${percent(changedShareMin)} of the ` +
            `pixels differ from view B by more than ${channelStep} of 255 in a channel (${sizePx} px, azimuth in steps of ${azimuthStepDeg}°, B's own light). ` +
            'Such items are left out of tests and of labels.',
        ]
      : ['This set has views and no items.']),
    '',
    '## Twins',
    '',
    twinsText(card.twins),
    '',
    ...(packs.length > 0
      ? ['## Packs', '', ...packs, '']
      : ["All objects come from the project's own generator (MIT).", '']),
    ...(card.skipped.length > 0
      ? ['## Skipped', '', ...card.skipped.map(({ objectId, reason }) => `- ${objectId}: ${reason}`), '']
      : []),
  ];
  return lines.join('\n');
}
