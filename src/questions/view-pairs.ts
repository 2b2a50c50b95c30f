/** Which ordered pairs of an object's rendered views a family may ask about, and what is right there. */
import type { CameraPose, Orbit } from '../core/camera-pose';
import { degDifference, radFromDeg } from '../core/angles';
import { angleOfKey, isBroadFamilyId, type PairFamilyId, type PairQuestionId } from './broad-families';
import { isQuestionId } from './families';
import { EVALUATION_RANGES } from './item-generator';
import { DISTANCE_RATIO_MIN, pairTruth } from './pair-truth';
import { MAGNITUDE_RANGE_DEG } from './slot-dealer';
import type { GroundedScene } from './world-ground';

/** A view that has been rendered. */
export interface RenderedView {
  /** The camera's place around the object, whatever it looks at. */
  readonly orbit: Orbit;
  /** See turned-pose.ts; 0 = looks at the object. */
  readonly turnedDeg: number;
  readonly pose: CameraPose;
  readonly scene: GroundedScene;
  /** Share of the frame's half-width that the object reaches, at most 1. */
  readonly fill: number;
}

export interface ViewPair {
  /** Indices into the object's views. */
  readonly a: number;
  readonly b: number;
  /** The right key of the family's question; for `no-movement` that of all three. */
  readonly key: string;
  /** What is dealt: the key, or the side for `magnitude`; for `distance` also how the pair was made. */
  readonly column: string;
  /** |Δ azimuth|. */
  readonly sizeDeg: number;
}

interface Change {
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
  readonly distanceRatio: number;
  /** Focal length of B over that of A. */
  readonly zoomRatio: number;
}

/** Numbers that were written to a file and read again are still the same. */
const SAME_DEG = 1e-9;
const SAME_RATIO = 1e-12;

const within = (value: number, [lo, hi]: readonly [number, number]): boolean => value >= lo && value <= hi;
const isSame = (ratio: number): boolean => Math.abs(ratio - 1) <= SAME_RATIO;
const largerRatio = (ratio: number): number => Math.max(ratio, 1 / ratio);
const looksAt = (view: RenderedView): boolean => view.turnedDeg === 0;
const hasGround = (view: RenderedView): boolean => view.scene.worldGround !== undefined;
const focal = (view: RenderedView): number => 1 / Math.tan(radFromDeg(view.pose.fovYDeg / 2));

/** From the places alone, which the pairs' truth is checked against afterwards: all pairs of all views pass here. */
const changeOf = (a: RenderedView, b: RenderedView): Change => ({
  azimuthDeg: degDifference(b.orbit.azimuthDeg, a.orbit.azimuthDeg),
  elevationDeg: b.orbit.elevationDeg - a.orbit.elevationDeg,
  distanceRatio: b.orbit.distanceM / a.orbit.distanceM,
  zoomRatio: a.pose.fovYDeg === b.pose.fovYDeg ? 1 : focal(b) / focal(a),
});

const stayed = (change: Change): boolean =>
  Math.abs(change.azimuthDeg) <= SAME_DEG && Math.abs(change.elevationDeg) <= SAME_DEG && isSame(change.distanceRatio);

/** Elevations of the evaluation, and an azimuth that really changed. */
const goesAround = (a: RenderedView, b: RenderedView, change: Change): boolean =>
  within(a.orbit.elevationDeg, EVALUATION_RANGES.elevationADeg) &&
  within(b.orbit.elevationDeg, EVALUATION_RANGES.elevationBDeg) &&
  within(Math.abs(change.azimuthDeg), EVALUATION_RANGES.absDeltaAzimuthDeg);

const isNearlyLevel = (change: Change): boolean => within(change.elevationDeg, EVALUATION_RANGES.deltaElevationDeg);

/** Light or background differs, so that "no movement" cannot be told by equal pixels. */
const sceneDiffers = (a: RenderedView, b: RenderedView): boolean =>
  JSON.stringify([a.scene.light, a.scene.background]) !== JSON.stringify([b.scene.light, b.scene.background]);

/** How a `distance` pair was made; null when it is none. */
function distanceKind(a: RenderedView, b: RenderedView, change: Change): 'dolly' | 'zoom' | 'around' | null {
  const sameDirection = Math.abs(change.azimuthDeg) <= SAME_DEG && Math.abs(change.elevationDeg) <= SAME_DEG;
  if (stayed(change)) return largerRatio(change.zoomRatio) >= DISTANCE_RATIO_MIN ? 'zoom' : null;
  if (!isSame(change.zoomRatio)) return null;
  if (sameDirection) return 'dolly';
  return goesAround(a, b, change) && isNearlyLevel(change) ? 'around' : null;
}

/** How a pair that the family may ask about was made; null when it may not. */
function pairKind(family: PairFamilyId, a: RenderedView, b: RenderedView, change: Change): string | null {
  if (family === 'decoupled')
    return hasGround(a) && hasGround(b) && isSame(change.zoomRatio) && sceneDiffers(a, b) ? 'station' : null;
  if (hasGround(a) || hasGround(b) || !looksAt(a) || !looksAt(b)) return null;
  if (family === 'distance') return distanceKind(a, b, change);
  if (!isSame(change.zoomRatio)) return null;
  if (family === 'no-movement') return stayed(change) && sceneDiffers(a, b) ? 'twin' : null;
  if (!goesAround(a, b, change)) return null;
  // At one distance an equal elevation is an equal height, and a higher one a greater height.
  if (family === 'vertical') return isSame(change.distanceRatio) ? 'around' : null;
  return isNearlyLevel(change) && within(change.distanceRatio, EVALUATION_RANGES.distanceRatio) ? 'around' : null;
}

/** What of a pair is dealt; null for an angle that no option can say. */
function columnOf(family: PairFamilyId, kind: string, key: string): string | null {
  if (family === 'distance') return `${key}/${kind}`;
  if (family !== 'magnitude') return key;
  const angleDeg = angleOfKey(key);
  if (angleDeg === null || !within(Math.abs(angleDeg), MAGNITUDE_RANGE_DEG)) return null;
  return angleDeg > 0 ? 'right' : 'left';
}

/** The question whose truth a family's pairs are chosen by: any of the three for a camera that stayed. */
const questionOf = (family: PairFamilyId): PairQuestionId =>
  isBroadFamilyId(family) || isQuestionId(family) ? family : 'ego-translation';

/** Every ordered pair of different views that the family may ask about. */
export function viewPairs(family: PairFamilyId, views: readonly RenderedView[]): ViewPair[] {
  const question = questionOf(family);
  return views.flatMap((viewA, a) =>
    views.flatMap((viewB, b) => {
      if (a === b) return [];
      const change = changeOf(viewA, viewB);
      const kind = pairKind(family, viewA, viewB, change);
      if (kind === null) return [];
      const truth = pairTruth(question, viewA.pose, viewB.pose);
      const column = truth.kind === 'key' ? columnOf(family, kind, truth.key) : null;
      if (truth.kind !== 'key' || column === null) return [];
      return [{ a, b, key: truth.key, column, sizeDeg: Math.abs(change.azimuthDeg) }];
    }),
  );
}
