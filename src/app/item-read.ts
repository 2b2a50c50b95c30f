/** Reads an item's file. What is wrong comes back as a reason that can be put into words. */
import { ITEM_SCHEMA_VERSION, type Item } from '../contract/item';
import itemSchema from '../contract/item.schema.json';
import { angleOfKey } from '../questions/broad-families';
import { pageGrade } from '../questions/page-families';
import { schemaProblem } from '../inference/json-schema';
import type { ItemReason, ItemRule } from '../state/item-reason';
import { isSceneSpec } from '../state/scene-check';
import { pairFromOrbits, pairTruth, type GivenOptions, type Pair } from '../state/pair';
import { placeOfItemView } from '../state/pair-item';
import type { Orbits } from '../state/page-defaults';
import type { Scenes } from '../state/view-slice';

const ITEM_FILE_MAX_MB = 64;
/** Objects stand at the origin, and this page's cameras go around it. */
const TARGET_TOLERANCE_M = 1e-6;

export interface ItemShown {
  readonly objectId: string;
  readonly question: string;
  readonly orbits: Orbits;
  readonly scenes: Scenes;
  /** Absent: its options are those of every pair, or no options that the page could ask. */
  readonly given?: GivenOptions;
}

export type ItemReading =
  { readonly ok: true; readonly item: ItemShown } | { readonly ok: false; readonly reason: ItemReason };

const bad = (reason: ItemReason): ItemReading => ({ ok: false, reason });
const misfit = (path: string, rule: ItemRule, found = '', wanted = ''): ItemReading =>
  bad({ kind: 'schema', path, rule, wanted, found });

function parsed(text: string): unknown {
  try {
    // Editors of other systems put a byte order mark in front.
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}

/** The options of `magnitude` are drawn, so an item has its own. They are taken as they are when its answer is the one that its poses say. */
function givenOf({ question, options, answerKey }: Item, pair: Pair): GivenOptions | null {
  if (question !== 'magnitude') return null;
  const keys = new Set(options.map(({ key }) => key));
  const areAngles = [...keys].every((key) => Math.abs(angleOfKey(key) ?? Infinity) <= 180);
  if (!areAngles || keys.size < options.length) return null;
  if (pageGrade(question, pairTruth(pair, question).answer, answerKey).kind !== 'correct') return null;
  return { family: question, options: options.map(({ key, text }) => ({ key, text })), answerKey };
}

/** What the page shows of an item. */
export function itemFromText(text: string): ItemReading {
  if (text.trim() === '') return bad({ kind: 'empty' });
  const data = parsed(text);
  if (data === undefined) return bad({ kind: 'json' });
  const { schemaVersion } = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  if (typeof schemaVersion === 'number' && schemaVersion !== ITEM_SCHEMA_VERSION)
    return bad({ kind: 'version', found: String(schemaVersion), wanted: ITEM_SCHEMA_VERSION });
  const problem = schemaProblem(itemSchema, data);
  if (problem) return misfit(problem.path, problem.keyword, problem.found, problem.wanted);
  const item = data as Item;
  const { scene: sceneA } = item.viewA;
  const { scene: sceneB } = item.viewB;
  if (!isSceneSpec(sceneA)) return misfit('viewA.scene', 'scene');
  if (!isSceneSpec(sceneB)) return misfit('viewB.scene', 'scene');
  const { targetWorld, options, answerKey } = item;
  if (targetWorld.some((value) => Math.abs(value) > TARGET_TOLERANCE_M))
    return misfit('targetWorld', 'middle', `[${targetWorld.join(', ')}]`);
  if (!options.some(({ key }) => key === answerKey)) return misfit('answerKey', 'option', answerKey);
  const [a, b] = [placeOfItemView(item.viewA), placeOfItemView(item.viewB)];
  if (!a || !b) return bad({ kind: 'pose', view: a ? 'B' : 'A' });
  const { objectId, question } = item;
  const scenes: Scenes = { a: sceneA, b: sceneB };
  const given = givenOf(item, pairFromOrbits(objectId, { a, b }, sceneA, sceneB));
  return { ok: true, item: { objectId, question, orbits: { a, b }, scenes, ...(given && { given }) } };
}

export async function itemFromFile(file: File): Promise<ItemReading> {
  if (file.size > ITEM_FILE_MAX_MB * 1e6) return bad({ kind: 'large', limit: ITEM_FILE_MAX_MB });
  try {
    return itemFromText(await file.text());
  } catch {
    return bad({ kind: 'read' });
  }
}
