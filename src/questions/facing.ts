/** Which side of an object with a marked front a camera sees. */
import { degDifference } from '../core/angles';
import { orbitFromPosition, WORLD_ORIGIN, type CameraPose } from '../core/camera-pose';
import type { Vec3 } from '../core/vec3';
import type { PairQuestionId } from './broad-families';
import { pairTruth, type PairTruth } from './pair-truth';

/** The middle of each side, by azimuth; 0 is the marked front. */
const FACING_AZIMUTHS: readonly (readonly [key: string, azimuthDeg: number])[] = [
  ['front', 0],
  ['left', 90],
  ['back', 180],
  ['right', -90],
];
/** A side is seen from this far around its middle; between two sides it is too close to call. */
const FACING_WITHIN_DEG = 35;
/** From higher up the picture shows the top rather than any side. */
const FACING_ELEVATION_MAX_DEG = 60;

/** @param viewB the camera that looks at the object; its target is where the object stands */
export function facingTruth(viewB: CameraPose, targetWorld = WORLD_ORIGIN): PairTruth {
  const { azimuthDeg, elevationDeg } = orbitFromPosition(viewB.positionWorld, targetWorld);
  if (Math.abs(elevationDeg) > FACING_ELEVATION_MAX_DEG) return { kind: 'undecided', reason: 'not-covered' };
  const side = FACING_AZIMUTHS.find(([, middle]) => Math.abs(degDifference(azimuthDeg, middle)) <= FACING_WITHIN_DEG);
  return side ? { kind: 'key', key: side[0] } : { kind: 'undecided', reason: 'too-close' };
}

/** What poses decide; of `facing`, B's alone. */
export type PosedQuestionId = PairQuestionId | 'facing';

/** The right answer, about an object whose front is marked where that matters. */
export function posedTruth(question: PosedQuestionId, a: CameraPose, b: CameraPose, targetWorld?: Vec3): PairTruth {
  return question === 'facing' ? facingTruth(b, targetWorld) : pairTruth(question, a, b, targetWorld);
}
