/**
 * Framing: how far away a camera has to be for an object to fill a given share of a square picture.
 * The exact answer for a set of points; no bounding sphere, so long objects are not framed too small.
 */
import { radFromDeg } from './angles';
import { orbitDirectionWorld, poseFromOrbit } from './camera-pose';
import { vec3Dot, type Vec3 } from './vec3';

/**
 * The smallest distance from the origin, in metres, at which every point lies within the central square of side `fill`.
 * @param pointsWorld corners or vertices of the object, metres, around the origin
 * @param azimuthDeg where the camera stands; it looks at the origin
 * @param elevationDeg at most {@link ELEVATION_LIMIT_DEG} up or down
 * @param fovYDeg full field of view, in (0, 180)
 * @param fill share of the frame's half-width that the farthest point may reach, in (0, 1]
 * @throws RangeError for a fill outside (0, 1], no points, or a direction that {@link poseFromOrbit} refuses
 */
export function distanceForFill(
  pointsWorld: readonly Vec3[],
  azimuthDeg: number,
  elevationDeg: number,
  fovYDeg: number,
  fill: number,
): number {
  if (!(fill > 0 && fill <= 1)) throw new RangeError(`fill must be in (0, 1], got ${fill}`);
  if (pointsWorld.length === 0) throw new RangeError('an object without points cannot be framed');
  const [right, up] = poseFromOrbit({ azimuthDeg, elevationDeg, distanceM: 1 }, fovYDeg).cameraFromWorld;
  const back = orbitDirectionWorld(azimuthDeg, elevationDeg);
  const limit = fill * Math.tan(radFromDeg(fovYDeg / 2));
  let distanceM = 0;
  for (const point of pointsWorld) {
    const halfExtent = Math.max(Math.abs(vec3Dot(point, right)), Math.abs(vec3Dot(point, up)));
    // Visible within the limit when halfExtent / (distance − towardsCamera) ≤ limit.
    distanceM = Math.max(distanceM, vec3Dot(point, back) + halfExtent / limit);
  }
  return distanceM;
}
