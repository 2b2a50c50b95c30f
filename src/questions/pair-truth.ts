/** The right answer of every family, from two camera poses alone. The three of the paper: ground-truth.ts. */
import { radFromDeg } from '../core/angles';
import { WORLD_ORIGIN, type CameraPose } from '../core/camera-pose';
import { orbitChange, relativePose } from '../core/relative-pose';
import { vec3Length, vec3Sub, type Vec3 } from '../core/vec3';
import { angleOption, isBroadFamilyId, type PairQuestionId } from './broad-families';
import { groundTruth, isOrbitPose, SIDE_MAX_DEG, SIDE_MIN_DEG, type UndecidedReason } from './ground-truth';
import { yawRightDeg } from './turned-pose';

export type PairTruth =
  { readonly kind: 'key'; readonly key: string } | { readonly kind: 'undecided'; readonly reason: UndecidedReason };

/** Up or down can be told apart from this change of elevation on … */
const RISE_MIN_DEG = 8;
/** … and from this change of height on, in distances of A: half of what the change of elevation gives from level at one distance. */
const RISE_MIN_SHARE = Math.sin(radFromDeg(RISE_MIN_DEG)) / 2;
/** Closer or farther, from this ratio of distances on. */
export const DISTANCE_RATIO_MIN = 1.2;

const ROUNDING_DEG = 1e-9;
/** Numbers that were written to a file and read again are still the same. */
const SAME_DEG = 1e-6;
const SAME_SHARE = 1e-8;

const key = (value: string): PairTruth => ({ kind: 'key', key: value });
const undecided = (reason: UndecidedReason): PairTruth => ({ kind: 'undecided', reason });

/** "Same height" is exactly that; up and down need a clear change of elevation and a height that agrees with it. */
function verticalTruth(a: CameraPose, b: CameraPose, targetWorld: Vec3): PairTruth {
  const { deltaElevationDeg } = orbitChange(a, b, targetWorld);
  const riseM = b.positionWorld[1] - a.positionWorld[1];
  const sizeM = vec3Length(vec3Sub(a.positionWorld, targetWorld));
  if (Math.abs(deltaElevationDeg) <= SAME_DEG && Math.abs(riseM) <= SAME_DEG * sizeM) return key('same');
  const isTooSmall = Math.abs(riseM) < RISE_MIN_SHARE * sizeM;
  if (Math.abs(deltaElevationDeg) < RISE_MIN_DEG - ROUNDING_DEG || isTooSmall) return undecided('too-close');
  // A camera that comes down while it moves away may still end higher above the floor.
  if (Math.sign(riseM) !== Math.sign(deltaElevationDeg)) return undecided('not-covered');
  return key(deltaElevationDeg > 0 ? 'up' : 'down');
}

function distanceTruth(a: CameraPose, b: CameraPose, targetWorld: Vec3): PairTruth {
  const { distanceRatio } = orbitChange(a, b, targetWorld);
  if (Math.abs(distanceRatio - 1) <= SAME_SHARE) return key('same');
  if (Math.max(distanceRatio, 1 / distanceRatio) < DISTANCE_RATIO_MIN - ROUNDING_DEG) return undecided('too-close');
  return key(distanceRatio > 1 ? 'farther' : 'closer');
}

/** Only a camera that strafes without turning, turns without moving, or does nothing has an answer. */
function decoupledTruth(a: CameraPose, b: CameraPose, targetWorld: Vec3): PairTruth {
  const { translationM, translationCameraA, geodesicDeg } = relativePose(a, b);
  const distanceAM = vec3Length(vec3Sub(a.positionWorld, targetWorld));
  const stayed = translationM <= SAME_SHARE * distanceAM;
  const sameOrientation = geodesicDeg <= SAME_DEG;
  if (stayed && sameOrientation) return key('neither');
  if (stayed) {
    const yawDeg = yawRightDeg(a, b);
    if (Math.abs(yawDeg) < SIDE_MIN_DEG - ROUNDING_DEG) return undecided('too-close');
    // A turn about anything but the vertical is longer than its yaw says.
    const isLevel = Math.abs(b.cameraFromWorld[2][1] - a.cameraFromWorld[2][1]) <= SAME_SHARE;
    if (!isLevel || Math.abs(yawDeg) > SIDE_MAX_DEG) return undecided('not-covered');
    return key(yawDeg > 0 ? 'turned-right' : 'turned-left');
  }
  if (!sameOrientation) return undecided('not-covered');
  const [rightM, downM, forwardM] = translationCameraA;
  if (Math.abs(rightM) < distanceAM * Math.sin(radFromDeg(SIDE_MIN_DEG))) return undecided('too-close');
  if (Math.hypot(downM, forwardM) > Math.abs(rightM)) return undecided('not-covered');
  return key(rightM > 0 ? 'moved-right' : 'moved-left');
}

/** Turn about the vertical of a camera that keeps looking at the object, rounded to whole degrees. */
function magnitudeTruth(a: CameraPose, b: CameraPose, targetWorld: Vec3): PairTruth {
  if (!isOrbitPose(a, targetWorld) || !isOrbitPose(b, targetWorld)) return undecided('not-covered');
  const yawDeg = yawRightDeg(a, b);
  if (Math.abs(yawDeg) < SIDE_MIN_DEG - ROUNDING_DEG) return undecided('too-close');
  if (Math.abs(yawDeg) > SIDE_MAX_DEG + ROUNDING_DEG) return undecided('nearly-opposite');
  return key(angleOption(Math.round(yawDeg)).key);
}

/**
 * The key of the right option, or why there is none.
 * @throws RangeError when a camera is at the target
 */
export function pairTruth(
  question: PairQuestionId,
  a: CameraPose,
  b: CameraPose,
  targetWorld: Vec3 = WORLD_ORIGIN,
): PairTruth {
  if (!isBroadFamilyId(question)) return groundTruth(question, a, b, targetWorld);
  switch (question) {
    case 'vertical':
      return verticalTruth(a, b, targetWorld);
    case 'distance':
      return distanceTruth(a, b, targetWorld);
    case 'decoupled':
      return decoupledTruth(a, b, targetWorld);
    case 'magnitude':
      return magnitudeTruth(a, b, targetWorld);
  }
}
