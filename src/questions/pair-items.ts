/**
 * Items over views that have been rendered already: seeded, keys and letters dealt evenly, objects in turn, no pair of
 * views of an object twice in a family.
 * The page's own fresh pairs come from item-generator.ts instead.
 */
import { ITEM_SCHEMA_VERSION, type Split } from '../contract/item';
import { WORLD_ORIGIN } from '../core/camera-pose';
import { rngFromSeed, type Rng } from '../core/rng';
import {
  angleOption,
  fixedOptions,
  questionStem,
  type KeyedText,
  type PairFamilyId,
  type PairQuestionId,
} from './broad-families';
import { PROMPTS_VERSION, QUESTION_IDS } from './families';
import { EVALUATION_RANGES, type ViewpointItem } from './item-generator';
import { pairTruth } from './pair-truth';
import { magnitudeSizesDeg, optionsDeal, slotsDeal, type Slot } from './slot-dealer';
import { viewPairs, type RenderedView, type ViewPair } from './view-pairs';

/** Raised whenever the same seed and views give other items. Counted apart from item-generator.ts: from 100 on. */
export const PAIR_GENERATOR_VERSION = 102;

export interface RenderedObject {
  readonly objectId: string;
  readonly views: readonly RenderedView[];
}

/** An item and the views that it is made of. */
export interface PairItem {
  readonly item: ViewpointItem;
  /** Indices into the request's objects and their views. */
  readonly objectIndex: number;
  readonly viewA: number;
  readonly viewB: number;
}

export interface PairItemRequest {
  /** Becomes part of item ids: letters, digits, "." and "-" only. */
  readonly seed: string;
  readonly family: PairFamilyId;
  readonly count: number;
  readonly split: Split;
  readonly objects: readonly RenderedObject[];
}

interface Column {
  readonly question: PairQuestionId;
  /** {@link ViewPair.column} */
  readonly pairColumn: string;
}

/**
 * What is dealt for a family, each column as often as its share asks: keys evenly; for `distance` a quarter of all items
 * zoom without moving, and half of the movements also go around the object.
 */
export function familyColumns(family: PairFamilyId): readonly Column[] {
  const of = (question: PairQuestionId, ...columns: string[]): Column[] =>
    columns.map((pairColumn) => ({ question, pairColumn }));
  switch (family) {
    case 'no-movement':
      return QUESTION_IDS.map((question) => ({ question, pairColumn: 'none' }));
    case 'vertical':
      return of(family, 'up', 'down', 'same');
    case 'distance': {
      const moves = ['closer/dolly', 'farther/dolly', 'closer/around', 'farther/around'];
      return of(family, ...moves, ...moves, 'same/zoom', 'same/zoom', 'same/zoom', 'same/around');
    }
    case 'decoupled':
      return of(family, 'moved-right', 'moved-left', 'turned-right', 'turned-left', 'neither');
    default:
      return of(family, 'left', 'right');
  }
}

const LETTERS: Partial<Record<PairFamilyId, number>> = { decoupled: 5, magnitude: 6 };

/** The pair whose |Δ azimuth| is nearest to one drawn uniformly: views alone would favour small turns. */
function pairPick(pairs: readonly ViewPair[], rng: Rng): ViewPair {
  const wantedDeg = rng.range(...EVALUATION_RANGES.absDeltaAzimuthDeg);
  const missDeg = (pair: ViewPair): number => Math.abs(pair.sizeDeg - wantedDeg);
  return rng.shuffle(pairs).reduce((best, pair) => (missDeg(pair) < missDeg(best) - 1e-9 ? pair : best));
}

function optionsOf(question: PairQuestionId, key: string, rng: Rng): readonly KeyedText[] {
  if (question !== 'magnitude') return fixedOptions(question);
  const truthDeg = Number(key.split('-')[1]);
  return magnitudeSizesDeg(truthDeg, rng).flatMap((sizeDeg) => [angleOption(sizeDeg), angleOption(-sizeDeg)]);
}

interface Placed {
  readonly slot: Slot<Column>;
  readonly objectIndex: number;
  readonly pair: ViewPair;
}

/** The pairs of one object that have not been asked about, by column. */
class UnusedPairs {
  private readonly byColumn = new Map<string, readonly ViewPair[]>();

  constructor(pairs: readonly ViewPair[]) {
    for (const pair of pairs) this.byColumn.set(pair.column, [...this.of(pair.column), pair]);
  }

  of(column: string): readonly ViewPair[] {
    return this.byColumn.get(column) ?? [];
  }

  /** Both ways round: with A and B exchanged the same two pictures would be asked about again. */
  use({ a, b }: ViewPair): void {
    const isSame = (pair: ViewPair): boolean => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a);
    for (const [column, pairs] of this.byColumn)
      this.byColumn.set(
        column,
        pairs.filter((pair) => !isSame(pair)),
      );
  }
}

/** The columns that may stand in for one, itself first: the same question, the same right key. */
function columnsAlike(family: PairFamilyId, { question, pairColumn }: Column): readonly string[] {
  const keyOf = (column: string): string => column.split('/')[0] as string;
  const alike = familyColumns(family).filter(
    (other) => other.question === question && keyOf(other.pairColumn) === keyOf(pairColumn),
  );
  return [...new Set([pairColumn, ...alike.map((other) => other.pairColumn)])];
}

/**
 * Gives each slot a pair that no other has. Objects come in turn, in rounds of random order, so each is used equally often as
 * far as its views allow. Where a column is used up, another one of the same key stands in. The first slot for which
 * nothing is left is the end: what came before is as even as any first part of the slots.
 */
function slotsPlace(slots: readonly Slot<Column>[], request: PairItemRequest, rng: Rng): Placed[] {
  const unused = request.objects.map(({ views }) => new UnusedPairs(viewPairs(request.family, views)));
  const everyone = request.objects.map((_, index) => index);
  const placed: Placed[] = [];
  let waiting: number[] = [];
  for (const [index, slot] of slots.entries()) {
    const fits = (column: string, object: number): boolean => (unused[object] as UnusedPairs).of(column).length > 0;
    const column = columnsAlike(request.family, slot.column).find((one) =>
      everyone.some((object) => fits(one, object)),
    );
    if (column === undefined) break;
    if (!waiting.some((object) => fits(column, object))) waiting = [...waiting, ...rng.shuffle(everyone)];
    const [objectIndex] = waiting.splice(
      waiting.findIndex((object) => fits(column, object)),
      1,
    ) as [number];
    const own = unused[objectIndex] as UnusedPairs;
    const pair = pairPick(own.of(column), rng.fork(`pair ${index}`));
    own.use(pair);
    placed.push({ slot, objectIndex, pair });
  }
  return placed;
}

function itemOf(request: PairItemRequest, placed: Placed, index: number, setRng: Rng): PairItem {
  const { seed: setSeed, family, split, objects } = request;
  const { slot, objectIndex, pair } = placed;
  const { question } = slot.column;
  const seed = setRng.fork(index).int(0x7fffffff);
  const rng = rngFromSeed(seed);
  const { a, b } = pair;
  const { objectId, views } = objects[objectIndex] as RenderedObject;
  const [viewA, viewB] = [views[a] as RenderedView, views[b] as RenderedView];
  const truth = pairTruth(question, viewA.pose, viewB.pose);
  const id = `${split}-${setSeed}-${family}-${String(index).padStart(4, '0')}`;
  if (truth.kind !== 'key') throw new Error(`item ${id}: its poses have no answer: ${truth.reason}`);
  const itemView = ({ pose, orbit, turnedDeg, scene }: RenderedView): ViewpointItem['viewA'] => ({
    orbit: turnedDeg === 0 ? orbit : null,
    ...pose,
    scene,
  });
  const item: ViewpointItem = {
    schemaVersion: ITEM_SCHEMA_VERSION,
    id,
    objectId,
    split,
    family,
    question,
    stem: questionStem(question),
    options: optionsDeal(
      optionsOf(question, truth.key, rng.fork('angles')),
      truth.key,
      slot.letterIndex,
      rng.fork('options'),
    ),
    answerKey: truth.key,
    answerable: null,
    seed,
    fill: Math.max(viewA.fill, viewB.fill),
    targetWorld: WORLD_ORIGIN,
    viewA: itemView(viewA),
    viewB: itemView(viewB),
    versions: { generator: PAIR_GENERATOR_VERSION, prompts: PROMPTS_VERSION },
  };
  return { item, objectIndex, viewA: a, viewB: b };
}

/**
 * At most `count` items of one family, each about another pair of views: fewer only when the objects hold no more of them,
 * and then with keys as even as their number allows.
 * @throws RangeError for a seed that no file name can hold
 */
export function pairItems(request: PairItemRequest): PairItem[] {
  const { seed, family, count, split } = request;
  if (!/^[\w.-]+$/.test(seed))
    throw new RangeError(`a seed becomes part of file names: letters, digits, "." and "-" only, got "${seed}"`);
  const setRng = rngFromSeed(seed).fork(`pairs/${split}/${family}`);
  const slots = slotsDeal(familyColumns(family), LETTERS[family] ?? 3, count, setRng.fork('slots'));
  const placed = slotsPlace(slots, request, setRng.fork('objects'));
  // Dealt in turn, but asked in an order that says nothing.
  return setRng
    .fork('order')
    .shuffle(placed)
    .map((one, index) => itemOf(request, one, index, setRng));
}
