/**
 * Seeded question items by the evaluation distribution of the design: every key, letter and option order balanced, so
 * that a constant answer earns nothing.
 *
 * Two steps, because a distance needs the object's points: `itemDrafts` draws everything else, `itemWithDistances` frames
 * the object in both views.
 */
import type { Item, ItemOption, Split } from '../contract/item';
import { ITEM_SCHEMA_VERSION } from '../contract/item';
import { degWrap } from '../core/angles';
import { poseFromOrbit, WORLD_ORIGIN, type Orbit } from '../core/camera-pose';
import { distanceForFill } from '../core/framing';
import { rngFromSeed, type Rng } from '../core/rng';
import type { SceneSpec } from '../core/scene-spec';
import type { Vec3 } from '../core/vec3';
import {
  familyQuestions,
  PROMPTS_VERSION,
  questionFor,
  type FamilyId,
  type OptionKey,
  type QuestionId,
} from './families';
import { groundTruth } from './ground-truth';
import { optionsWithLetters } from './prompt';

/** Raised whenever the same seed gives other items. */
export const GENERATOR_VERSION = 1;

/** The evaluation distribution; ranges are uniform. */
export const EVALUATION_RANGES = {
  elevationADeg: [-5, 45],
  deltaElevationDeg: [-15, 15],
  sameElevationShare: 0.2,
  elevationBDeg: [-10, 60],
  absDeltaAzimuthDeg: [20, 100],
  distanceRatio: [0.9, 1.1],
  fovYDeg: [28, 52],
  fill: [0.6, 0.95],
} as const;

export type ViewpointItem = Item<SceneSpec>;

/** An item whose cameras have directions but no distances yet. */
export interface ItemDraft {
  readonly id: string;
  readonly objectId: string;
  readonly split: Split;
  readonly family: FamilyId;
  readonly question: QuestionId;
  readonly options: readonly ItemOption[];
  readonly answerKey: OptionKey;
  readonly seed: number;
  readonly fill: number;
  readonly fovYDeg: number;
  readonly directionA: Direction;
  readonly directionB: Direction;
  /** Distance of B over distance of A. */
  readonly distanceRatio: number;
  readonly sceneA: SceneSpec;
  readonly sceneB: SceneSpec;
}

type Direction = Omit<Orbit, 'distanceM'>;

export interface ItemSetRequest {
  readonly seed: number | string;
  readonly family: FamilyId;
  readonly count: number;
  readonly split: Split;
  /** Every object is used equally often (± 1). */
  readonly objectIds: readonly string[];
  readonly sampleScene: (rng: Rng) => SceneSpec;
  /** Whether moved pairs, too, have another light or background in B, as those without movement always have. */
  readonly isSceneChanged?: boolean;
}

/** What must be balanced over the whole set, so it is dealt, not drawn. */
interface Slot {
  readonly question: QuestionId;
  readonly key: OptionKey;
  readonly options: readonly ItemOption[];
}

const LETTER_COUNT = 3;

function slotOptions(question: QuestionId, key: OptionKey, keyIndex: number, othersFlipped: boolean): ItemOption[] {
  const { options } = questionFor(question);
  const others = options.filter((option) => option.key !== key);
  if (othersFlipped) others.reverse();
  const ordered = [...others];
  ordered.splice(keyIndex, 0, ...options.filter((option) => option.key === key));
  return optionsWithLetters(ordered);
}

/**
 * One deck holds every combination of key (or question), letter and order of the other options once. It is ordered so
 * that a part of it from the top is balanced too: keys alternate, letters rotate.
 */
function dealDeck(family: FamilyId, rng: Rng): Slot[] {
  const columns: { question: QuestionId; key: OptionKey }[] =
    family === 'no-movement'
      ? rng.shuffle(familyQuestions(family)).map((question) => ({ question, key: 'none' as const }))
      : rng.shuffle(['left', 'right'] as const).map((key) => ({ question: family, key }));
  const letters = rng.shuffle([0, 1, 2]);
  const flippedFirst = rng.chance(0.5);
  const deck: Slot[] = [];
  for (let round = 0; round < 2 * LETTER_COUNT; round++) {
    columns.forEach(({ question, key }, column) => {
      // Two columns: card by card through the letters. Three columns: each round sees every letter once.
      const step = columns.length === 2 ? round * 2 + column : round + column;
      const letter = letters[step % LETTER_COUNT] as number;
      deck.push({ question, key, options: slotOptions(question, key, letter, round >= LETTER_COUNT !== flippedFirst) });
    });
  }
  return deck;
}

function dealSlots(family: FamilyId, count: number, rng: Rng): Slot[] {
  const slots: Slot[] = [];
  while (slots.length < count) slots.push(...dealDeck(family, rng));
  return rng.shuffle(slots.slice(0, count));
}

function dealObjects(objectIds: readonly string[], count: number, rng: Rng): string[] {
  const dealt: string[] = [];
  while (dealt.length < count) dealt.push(...rng.shuffle(objectIds));
  return dealt.slice(0, count);
}

/** A sampler that knows one scene only has no second one. */
const SCENE_TRIES = 32;

const isSameScene = (a: SceneSpec, b: SceneSpec): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A second scene that differs from the first in light, background or both. */
export function sceneChanged(scene: SceneSpec, rng: Rng, sampleScene: ItemSetRequest['sampleScene']): SceneSpec {
  let changed = scene;
  // Where there are few backgrounds, the second may be the first again.
  for (let tries = 0; tries < SCENE_TRIES && isSameScene(changed, scene); tries++) {
    const other = sampleScene(rng);
    const changes = {
      light: { ...other, background: scene.background },
      background: { ...scene, background: other.background },
      both: other,
    };
    changed = changes[rng.pick(['light', 'background', 'both'] as const)];
  }
  return changed;
}

/** Sign of Δ azimuth for which `key` is right: the sign table. */
function azimuthSign(question: QuestionId, key: 'left' | 'right'): 1 | -1 {
  const positiveKey = question === 'ego-translation' ? 'right' : 'left';
  return key === positiveKey ? 1 : -1;
}

function drawElevationBDeg(elevationADeg: number, rng: Rng): number {
  if (rng.chance(EVALUATION_RANGES.sameElevationShare)) return elevationADeg;
  const [deltaLo, deltaHi] = EVALUATION_RANGES.deltaElevationDeg;
  const [lo, hi] = EVALUATION_RANGES.elevationBDeg;
  return rng.range(Math.max(lo, elevationADeg + deltaLo), Math.min(hi, elevationADeg + deltaHi));
}

function drawPair(slot: Slot, rng: Rng): { directionA: Direction; directionB: Direction; distanceRatio: number } {
  const azimuthADeg = degWrap(rng.range(0, 360));
  const elevationADeg = rng.range(...EVALUATION_RANGES.elevationADeg);
  const directionA = { azimuthDeg: azimuthADeg, elevationDeg: elevationADeg };
  if (slot.key === 'none') return { directionA, directionB: directionA, distanceRatio: 1 };
  const deltaAzimuthDeg = azimuthSign(slot.question, slot.key) * rng.range(...EVALUATION_RANGES.absDeltaAzimuthDeg);
  return {
    directionA,
    directionB: {
      azimuthDeg: degWrap(azimuthADeg + deltaAzimuthDeg),
      elevationDeg: drawElevationBDeg(elevationADeg, rng),
    },
    distanceRatio: rng.range(...EVALUATION_RANGES.distanceRatio),
  };
}

/**
 * `count` drafts of one family. The same request always gives the same drafts.
 * @throws RangeError for a negative or broken count, a seed that no file name can hold, or no objects
 */
export function itemDrafts(request: ItemSetRequest): ItemDraft[] {
  const { family, count, split, objectIds, sampleScene, isSceneChanged = false } = request;
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`count must be a whole number, got ${count}`);
  if (!/^[\w.-]+$/.test(String(request.seed)))
    throw new RangeError(`a seed becomes part of file names: letters, digits, "." and "-" only, got "${request.seed}"`);
  if (objectIds.length === 0) throw new RangeError('an item set needs at least one object');
  const setRng = rngFromSeed(request.seed).fork(`${split}/${family}`);
  const slots = dealSlots(family, count, setRng.fork('slots'));
  const objects = dealObjects(objectIds, count, setRng.fork('objects'));
  const digits = Math.max(4, String(count).length);
  return slots.map((slot, index) => {
    const seed = setRng.fork(index).int(0x7fffffff);
    const rng = rngFromSeed(seed);
    const sceneA = sampleScene(rng.fork('scene'));
    return {
      id: `${split}-${request.seed}-${family}-${String(index).padStart(digits, '0')}`,
      objectId: objects[index] as string,
      split,
      family,
      question: slot.question,
      options: slot.options,
      answerKey: slot.key,
      seed,
      fill: rng.range(...EVALUATION_RANGES.fill),
      fovYDeg: rng.range(...EVALUATION_RANGES.fovYDeg),
      ...drawPair(slot, rng),
      sceneA,
      sceneB:
        slot.key === 'none' || isSceneChanged ? sceneChanged(sceneA, rng.fork('second scene'), sampleScene) : sceneA,
    };
  });
}

/**
 * The finished item. The object fills `fill` of the frame in the view where it is larger and is cropped in neither.
 * @param pointsWorld corners or vertices of the object, around the origin
 */
export function itemWithDistances(draft: ItemDraft, pointsWorld: readonly Vec3[]): ViewpointItem {
  const { id, objectId, split, family, question, options, answerKey, seed, fill, fovYDeg } = draft;
  const fitM = ({ azimuthDeg, elevationDeg }: Direction): number =>
    distanceForFill(pointsWorld, azimuthDeg, elevationDeg, fovYDeg, fill);
  const distanceAM = Math.max(fitM(draft.directionA), fitM(draft.directionB) / draft.distanceRatio);
  const view = (direction: Direction, distanceM: number, scene: SceneSpec): ViewpointItem['viewA'] => {
    const orbit = { ...direction, distanceM };
    return { orbit, ...poseFromOrbit(orbit, fovYDeg), scene };
  };
  const viewA = view(draft.directionA, distanceAM, draft.sceneA);
  const viewB = view(draft.directionB, distanceAM * draft.distanceRatio, draft.sceneB);
  const truth = groundTruth(question, viewA, viewB);
  if (truth.kind !== 'key' || truth.key !== answerKey)
    throw new Error(`item ${id}: dealt "${answerKey}", but its poses say ${JSON.stringify(truth)}`);
  return {
    schemaVersion: ITEM_SCHEMA_VERSION,
    id,
    objectId,
    split,
    family,
    question,
    stem: questionFor(question).stem,
    options,
    answerKey,
    answerable: null,
    seed,
    fill,
    targetWorld: WORLD_ORIGIN,
    viewA,
    viewB,
    versions: { generator: GENERATOR_VERSION, prompts: PROMPTS_VERSION },
  };
}
