/**
 * The right answer, from the two camera poses alone (the sign table of core/README.md).
 *
 * Orbits that keep looking at the object are judged by Δ azimuth, all three questions alike. Free poses (a strafe, a turn
 * on the spot) are judged by what the camera really did. The object faces camera A.
 */
import { pointToCamera, WORLD_ORIGIN, type CameraPose } from '../core/camera-pose';
import { degFromRad, radFromDeg } from '../core/angles';
import { orbitChange, relativePose, type RelativePose } from '../core/relative-pose';
import { vec3Length, vec3Sub, type Vec3 } from '../core/vec3';
import type { OptionKey, QuestionId } from './families';

/** A side can be told apart from this turn around the object on … */
export const SIDE_MIN_DEG = 5;
/** … up to this one; nearer to 180°, left and right are almost the same place. */
export const SIDE_MAX_DEG = 170;

/**
 * Why there is no verdict:
 * `too-close` – moved, but too little to either side to call one;
 * `nearly-opposite` – the turn is so large that the side is a matter of a few degrees;
 * `not-covered` – a free pose whose movement is not a sideways one (mostly up or down, or a camera at the object).
 */
export type UndecidedReason = 'too-close' | 'nearly-opposite' | 'not-covered';
export type GroundTruth =
  { readonly kind: 'key'; readonly key: OptionKey } | { readonly kind: 'undecided'; readonly reason: UndecidedReason };

/** How far a line of sight may miss the target, or a horizon tilt, and the pose still count as an orbit. */
const ORBIT_TOLERANCE_DEG = 0.01;
/** Numbers that were written to a file and read again are still the same pose. */
const SAME_ORIENTATION_DEG = 1e-6;
const SAME_POSITION_SHARE = 1e-8;

const key = (value: OptionKey): GroundTruth => ({ kind: 'key', key: value });
const undecided = (reason: UndecidedReason): GroundTruth => ({ kind: 'undecided', reason });

/** Whether a camera looks straight at the target with a level horizon. */
export function isOrbitPose(pose: CameraPose, targetWorld: Vec3 = WORLD_ORIGIN): boolean {
  const [x, y, z] = pointToCamera(pose, targetWorld);
  const offAxisDeg = degFromRad(Math.atan2(Math.hypot(x, y), -z));
  const [right, up] = pose.cameraFromWorld;
  const tiltDeg = Math.abs(degFromRad(Math.asin(Math.max(-1, Math.min(1, right[1])))));
  return offAxisDeg <= ORBIT_TOLERANCE_DEG && tiltDeg <= ORBIT_TOLERANCE_DEG && up[1] > 0;
}

/** `positiveKey` for a positive turn, its mirror for a negative one, if the turn is neither tiny nor nearly 180°. */
function sideByTurn(turnDeg: number, positiveKey: 'left' | 'right'): GroundTruth {
  // A pair set to exactly the limit must not fall to the other side of it by rounding.
  const sizeDeg = Math.abs(turnDeg);
  if (sizeDeg < SIDE_MIN_DEG - 1e-9) return undecided('too-close');
  if (sizeDeg > SIDE_MAX_DEG + 1e-9) return undecided('nearly-opposite');
  const negativeKey = positiveKey === 'left' ? 'right' : 'left';
  return key(turnDeg > 0 ? positiveKey : negativeKey);
}

function freeTranslation({ translationCameraA: [rightM, downM] }: RelativePose, distanceAM: number): GroundTruth {
  // The sideways shift of a level orbit at the same threshold.
  if (Math.abs(rightM) < distanceAM * Math.sin(radFromDeg(SIDE_MIN_DEG))) return undecided('too-close');
  if (Math.abs(downM) > Math.abs(rightM)) return undecided('not-covered');
  return key(rightM > 0 ? 'right' : 'left');
}

function freeRotation({ yawRightDeg, pitchUpDeg }: RelativePose): GroundTruth {
  if (Math.abs(yawRightDeg) >= SIDE_MIN_DEG && Math.abs(pitchUpDeg) > Math.abs(yawRightDeg))
    return undecided('not-covered');
  return sideByTurn(yawRightDeg, 'right');
}

/**
 * The answer to one of the three questions about a pair of poses.
 * "No movement" (or rotation) only when the position (or orientation) is exactly the same.
 */
export function groundTruth(
  question: QuestionId,
  a: CameraPose,
  b: CameraPose,
  targetWorld: Vec3 = WORLD_ORIGIN,
): GroundTruth {
  const distanceAM = vec3Length(vec3Sub(a.positionWorld, targetWorld));
  const distanceBM = vec3Length(vec3Sub(b.positionWorld, targetWorld));
  const relative = relativePose(a, b);
  const stayed =
    question === 'ego-rotation'
      ? relative.geodesicDeg <= SAME_ORIENTATION_DEG
      : relative.translationM <= SAME_POSITION_SHARE * distanceAM;
  if (stayed) return key('none');

  const orbits = isOrbitPose(a, targetWorld) && isOrbitPose(b, targetWorld);
  if (!orbits && question === 'ego-rotation') return freeRotation(relative);
  if (!orbits && question === 'ego-translation') return freeTranslation(relative, distanceAM);
  if (!(distanceAM > 0 && distanceBM > 0)) return undecided('not-covered');
  const { deltaAzimuthDeg } = orbitChange(a, b, targetWorld);
  return sideByTurn(deltaAzimuthDeg, question === 'ego-translation' ? 'right' : 'left');
}
