/** The pair on screen as plain data: what is drawn, what the model sees, what the truth is computed from. */
import { poseFromPlace, type CameraPlace } from '../core/camera-place';
import type { CameraPose } from '../core/camera-pose';
import { orbitChange, relativePose, type OrbitChange, type RelativePose } from '../core/relative-pose';
import type { SceneSpec } from '../core/scene-spec';
import { WORLD_ORIGIN } from '../core/camera-pose';
import type { KeyedText } from '../questions/broad-families';
import {
  askedOf,
  pageGrade,
  pageOptions,
  pageStem,
  pageTruth,
  type AskedId,
  type PageFamilyId,
  type PageTruth,
} from '../questions/page-families';
import type { Verdict } from '../questions/grade';
import { hasMarkedFront } from './marked-front';
import { PAGE_FOV_Y_DEG, type Orbits } from './page-defaults';
import { placeAddressed } from './url-codec';

export interface ViewSpec {
  readonly orbit: CameraPlace;
  readonly pose: CameraPose;
  readonly scene: SceneSpec;
}

export interface Pair {
  /** The same key means the same two pictures. */
  readonly key: string;
  readonly objectId: string;
  readonly a: ViewSpec;
  readonly b: ViewSpec;
  /** Of an item that was opened, for its question. */
  readonly given?: GivenOptions;
}

/** Options that an item brought along, in place of those that the page would draw. */
export interface GivenOptions {
  readonly family: PageFamilyId;
  readonly options: readonly KeyedText[];
  readonly answerKey: string;
}

const orbitKey = ({ azimuthDeg, elevationDeg, distanceM, look, fovYDeg }: CameraPlace): string =>
  [azimuthDeg, elevationDeg, distanceM, look?.azimuthDeg, look?.elevationDeg, fovYDeg]
    .map((value) => value?.toFixed(4) ?? '')
    .join(',');

export function pairFromOrbits(objectId: string, { a, b }: Orbits, sceneA: SceneSpec, sceneB: SceneSpec): Pair {
  const view = (orbit: CameraPlace, scene: SceneSpec): ViewSpec => ({
    orbit,
    pose: poseFromPlace(orbit, PAGE_FOV_Y_DEG),
    scene,
  });
  const key = [objectId, orbitKey(a), orbitKey(b), JSON.stringify(sceneA), JSON.stringify(sceneB)].join('|');
  return { key, objectId, a: view(a, sceneA), b: view(b, sceneB) };
}

/** The numbers of the truth that the overview can show. */
export type TruthFigure = 'azimuth' | 'elevation' | 'distance' | 'yaw' | 'geodesic';

export interface PairTruth {
  readonly answer: PageTruth;
  readonly change: OrbitChange;
  readonly relative: RelativePose;
}

const posesOf = ({ a, b }: Pair) => ({ a: a.pose, b: b.pose });

/** What drawn options hang on: cameras as an address gives them, so that a link and an item that is opened again offer the same. */
export const optionsSeed = ({ objectId, a, b }: Pair): string =>
  [objectId, orbitKey(placeAddressed(a.orbit, b.orbit)), orbitKey(placeAddressed(b.orbit, a.orbit))].join('|');

/** Another pair than the same pictures with the page's own options: who was asked about those was asked something else. */
export const pairGiven = (pair: Pair, given: GivenOptions): Pair => ({
  ...pair,
  key: `${pair.key}|${JSON.stringify(given)}`,
  given,
});

const givenFor = ({ given }: Pair, family: PageFamilyId): GivenOptions | null =>
  given?.family === family ? given : null;

/** The same pair always has the same options. */
export const pairOptions = (pair: Pair, family: PageFamilyId): readonly KeyedText[] =>
  givenFor(pair, family)?.options ?? pageOptions(family, posesOf(pair), optionsSeed(pair));

function pairAnswer(pair: Pair, family: PageFamilyId): PageTruth {
  const given = givenFor(pair, family);
  if (given) return { kind: 'key', key: given.answerKey };
  return pageTruth(family, posesOf(pair), hasMarkedFront(pair.objectId));
}

/** A question as a model is asked it. */
export interface AskedQuestion {
  readonly id: AskedId;
  readonly stem: string;
  readonly options: readonly KeyedText[];
}

export const pairQuestion = (
  pair: Pair,
  { family, ownWords }: { readonly family: PageFamilyId; readonly ownWords: string },
): AskedQuestion => ({
  id: askedOf(family),
  stem: pageStem(family, ownWords),
  options: pairOptions(pair, family),
});

export const pairTruth = (pair: Pair, family: PageFamilyId): PairTruth => ({
  answer: pairAnswer(pair, family),
  change: orbitChange(pair.a.pose, pair.b.pose, WORLD_ORIGIN),
  relative: relativePose(pair.a.pose, pair.b.pose),
});

/** @param isUntold nobody can tell the pair: then no answer is correct or wrong */
export const pairVerdict = (pair: Pair, family: PageFamilyId, key: string, isUntold = false): Verdict =>
  isUntold ? { kind: 'ungraded', reason: 'ambiguous' } : pageGrade(family, pairAnswer(pair, family), key);
