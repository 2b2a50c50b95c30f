/**
 * Cameras that look past the object. `turnedDeg` is how far a camera is turned about the world's vertical from looking at
 * the object, positive = to the right; its horizon stays level.
 */
import { degDifference, degFromRad, degWrap, radFromDeg } from '../core/angles';
import { poseFromOrbit, type CameraPose, type Orbit } from '../core/camera-pose';
import type { Vec3 } from '../core/vec3';

/** Turns a direction about +Y, counter-clockwise from above: its azimuth grows by `deg`. */
function directionTurn([x, y, z]: Vec3, deg: number): Vec3 {
  const rad = radFromDeg(deg);
  return [x * Math.cos(rad) + z * Math.sin(rad), y, z * Math.cos(rad) - x * Math.sin(rad)];
}

/** The camera turned on the spot about the world's vertical, to the right for positive degrees. */
export function poseTurn(pose: CameraPose, rightDeg: number): CameraPose {
  if (rightDeg === 0) return pose;
  const [right, up, back] = pose.cameraFromWorld;
  const turn = (axis: Vec3): Vec3 => directionTurn(axis, -rightDeg);
  return { ...pose, cameraFromWorld: [turn(right), turn(up), turn(back)] };
}

/** A camera at an orbit's place, turned away from the object. */
export const poseFromTurnedOrbit = (orbit: Orbit, turnedDeg: number, fovYDeg: number): CameraPose =>
  poseTurn(poseFromOrbit(orbit, fovYDeg), turnedDeg);

/**
 * Azimuth of the direction behind the camera, degrees in (−180, 180]: that of its place when it looks at the object. Meaningless,
 * and close to noise, for a camera that looks straight up or down.
 */
export function headingDeg({ cameraFromWorld: [, , back] }: CameraPose): number {
  return degWrap(degFromRad(Math.atan2(back[0], back[2])));
}

/** Turn about the world's vertical from A to B, (−180, 180], positive rightward. */
export const yawRightDeg = (a: CameraPose, b: CameraPose): number => degDifference(headingDeg(a), headingDeg(b));
