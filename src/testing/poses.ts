/** Cameras as tests make and read them. */
import { degDifference } from '../core/angles';
import { orbitFromPosition, type CameraPose } from '../core/camera-pose';
import { mat3MulVec, mat3Transpose } from '../core/mat3';
import { vec3Cross, vec3Normalize, vec3Sub, type Vec3 } from '../core/vec3';
import { headingDeg } from '../questions/turned-pose';

/** A level camera at `positionWorld` that looks at `targetWorld`. Throws a RangeError when it looks straight up or down. */
export function poseLookingAt(positionWorld: Vec3, targetWorld: Vec3, fovYDeg: number): CameraPose {
  const back = vec3Normalize(vec3Sub(positionWorld, targetWorld));
  const right = vec3Normalize(vec3Cross([0, 1, 0], back));
  return { positionWorld, cameraFromWorld: [right, vec3Cross(back, right), back], fovYDeg };
}

/** A direction in three.js camera axes turned into the world. */
export const directionToWorld = (pose: CameraPose, directionCamera: Vec3): Vec3 =>
  mat3MulVec(mat3Transpose(pose.cameraFromWorld), directionCamera);

/** How far the camera is turned from looking at the object, (−180, 180], positive rightward. */
export const turnedDegOf = (pose: CameraPose): number =>
  degDifference(orbitFromPosition(pose.positionWorld).azimuthDeg, headingDeg(pose));
