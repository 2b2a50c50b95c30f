/**
 * How a camera moved between view A and view B.
 *
 * OpenCV frames, as in the field: axes of a camera are right, down, forward (the rows of its rotation R).
 *   R12 = R1 R2ᵀ         camera B's axes, as columns, seen from camera A
 *   t12 = R1 (C2 − C1)   where camera B is, seen from camera A
 * OpenCV's `recoverPose` and `X2 = R X1 + t` speak of the inverse motion (R12ᵀ, −R12ᵀ t12): for an orbit its sideways
 * component has the opposite sign.
 */
import { degDifference, degFromRad } from './angles';
import { orbitFromPosition, type CameraPose } from './camera-pose';
import { mat3Mul, mat3MulVec, mat3Trace, mat3Transpose, type Mat3 } from './mat3';
import { vec3Cross, vec3Dot, vec3Length, vec3Scale, vec3Sub, type Vec3 } from './vec3';

export interface RelativePose {
  /** R12, OpenCV axes (right, down, forward): columns are camera B's axes seen from camera A. */
  readonly rotationCameraA: Mat3;
  /** t12, OpenCV axes of camera A (right, down, forward), metres: where camera B is. */
  readonly translationCameraA: Vec3;
  /** The same rotation in three.js axes (right, up, back). */
  readonly rotationCameraAThree: Mat3;
  /** The same translation in three.js axes of camera A (right, up, back), metres. */
  readonly translationCameraAThree: Vec3;
  /** Unit vector along `translationCameraA`; null when the camera did not move. */
  readonly translationDirectionCameraA: Vec3 | null;
  /** Length of the translation, metres. */
  readonly translationM: number;
  /** Turn about camera A's vertical axis, (−180, 180], positive = rightward. R12 = yaw · pitch · roll, in this order. */
  readonly yawRightDeg: number;
  /** [−90, 90], positive = upward. */
  readonly pitchUpDeg: number;
  /** About the line of sight, (−180, 180], positive = the camera turned clockwise as seen from behind it. */
  readonly rollClockwiseDeg: number;
  /** Angle of the whole rotation, [0, 180]. On a common elevation this is |Δ azimuth|; |yaw| is smaller. */
  readonly geodesicDeg: number;
}

/** How a camera's position changed around an object, whatever the cameras look at. */
export interface OrbitChange {
  /** (−180, 180], positive = counter-clockwise from above. */
  readonly deltaAzimuthDeg: number;
  readonly deltaElevationDeg: number;
  readonly deltaDistanceM: number;
  /** Distance of B over distance of A. */
  readonly distanceRatio: number;
}

/** Below this length in metres a translation is rounding, not a movement. */
const TRANSLATION_EPSILON_M = 1e-9;

const cvFromThree = (v: Vec3): Vec3 => [v[0], -v[1], -v[2]];
const negate = (v: Vec3): Vec3 => vec3Scale(v, -1);

/** Rows right, down, forward: maps world directions to OpenCV camera axes. */
const cvRotation = ({ cameraFromWorld: [right, up, back] }: CameraPose): Mat3 => [right, negate(up), negate(back)];

/** Angle of a rotation matrix, [0, 180]. Exact near 0, where acos of the trace loses half the digits. */
export function rotationAngleDeg(rotation: Mat3): number {
  const twiceSine = Math.hypot(
    rotation[2][1] - rotation[1][2],
    rotation[0][2] - rotation[2][0],
    rotation[1][0] - rotation[0][1],
  );
  return degFromRad(Math.atan2(twiceSine, mat3Trace(rotation) - 1));
}

/**
 * How the camera moved from `a` to `b`, whatever stands before it; all of it in metres and degrees, in the frames that
 * {@link RelativePose} names. Never throws: poses of finite numbers give finite ones.
 */
export function relativePose(a: CameraPose, b: CameraPose): RelativePose {
  const rotationA = cvRotation(a);
  const rotation = mat3Mul(rotationA, mat3Transpose(cvRotation(b)));
  const translation = mat3MulVec(rotationA, vec3Sub(b.positionWorld, a.positionWorld));
  const translationM = vec3Length(translation);
  const forwardB: Vec3 = [rotation[0][2], rotation[1][2], rotation[2][2]];
  return {
    rotationCameraA: rotation,
    translationCameraA: translation,
    rotationCameraAThree: mat3Mul(a.cameraFromWorld, mat3Transpose(b.cameraFromWorld)),
    translationCameraAThree: cvFromThree(translation),
    translationDirectionCameraA: translationM > TRANSLATION_EPSILON_M ? vec3Scale(translation, 1 / translationM) : null,
    translationM,
    // atan2, not asin: asin folds a turn of 100° back to 80°.
    yawRightDeg: degFromRad(Math.atan2(forwardB[0], forwardB[2])),
    pitchUpDeg: degFromRad(Math.atan2(-forwardB[1], Math.hypot(forwardB[0], forwardB[2]))),
    rollClockwiseDeg: degFromRad(Math.atan2(rotation[1][0], rotation[1][1])),
    geodesicDeg: rotationAngleDeg(rotation),
  };
}

/**
 * Change of azimuth, elevation and distance around `targetWorld` (the object).
 * @throws RangeError when a camera is at the target
 */
export function orbitChange(a: CameraPose, b: CameraPose, targetWorld: Vec3): OrbitChange {
  const orbitA = orbitFromPosition(a.positionWorld, targetWorld);
  const orbitB = orbitFromPosition(b.positionWorld, targetWorld);
  return {
    deltaAzimuthDeg: degDifference(orbitB.azimuthDeg, orbitA.azimuthDeg),
    deltaElevationDeg: orbitB.elevationDeg - orbitA.elevationDeg,
    deltaDistanceM: orbitB.distanceM - orbitA.distanceM,
    distanceRatio: orbitB.distanceM / orbitA.distanceM,
  };
}

/**
 * Angle between two translation directions, [0, 180]: a camera put on the wrong side is far off. The field's usual
 * metric squares the cosine and cannot tell left from right. Null when a direction is missing or zero.
 */
export function directionErrorDeg(estimate: Vec3 | null, truth: Vec3 | null): number | null {
  if (!estimate || !truth || vec3Length(estimate) === 0 || vec3Length(truth) === 0) return null;
  return degFromRad(Math.atan2(vec3Length(vec3Cross(estimate, truth)), vec3Dot(estimate, truth)));
}
