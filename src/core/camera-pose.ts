/**
 * Camera poses and orbits in the world frame of glTF: right-handed, +Y up, the object's front faces +Z, metres.
 * Camera axes here are those of three.js: +x right, +y up, +z back (the camera looks along −z).
 */
import { degFromRad, degWrap, radFromDeg } from './angles';
import { mat3MulVec, type Mat3 } from './mat3';
import { vec3Add, vec3Cross, vec3Length, vec3Scale, vec3Sub, type Vec3 } from './vec3';

/** A full camera pose. An orbit around the object is one way to make one. */
export interface CameraPose {
  readonly positionWorld: Vec3;
  /** Rows are the camera's right, up and back axes in the world: maps world directions to three.js camera axes. */
  readonly cameraFromWorld: Mat3;
  /** Full vertical field of view. */
  readonly fovYDeg: number;
}

/** Where a camera that looks at `targetWorld` stands. */
export interface Orbit {
  /** 0 = camera on +Z (sees the front), positive towards +X (counter-clockwise from above). */
  readonly azimuthDeg: number;
  /** 0 = level with the target, positive = camera higher. */
  readonly elevationDeg: number;
  readonly distanceM: number;
}

export const WORLD_ORIGIN: Vec3 = [0, 0, 0];

/** From straight above or below, "up" in the picture is undefined; an orbit stays this far away from the poles. */
export const ELEVATION_LIMIT_DEG = 89;

/** Unit vector from the target to the camera, world frame. */
export function orbitDirectionWorld(azimuthDeg: number, elevationDeg: number): Vec3 {
  const azimuthRad = radFromDeg(azimuthDeg);
  const elevationRad = radFromDeg(elevationDeg);
  return [
    Math.cos(elevationRad) * Math.sin(azimuthRad),
    Math.sin(elevationRad),
    Math.cos(elevationRad) * Math.cos(azimuthRad),
  ];
}

/** Room for what is lost on the way from an orbit to a position and back. */
const ROUNDING_DEG = 1e-9;

/** Whether an orbit may stand so high or low: within ±{@link ELEVATION_LIMIT_DEG}. */
export const elevationIsAllowed = (elevationDeg: number): boolean =>
  Math.abs(elevationDeg) <= ELEVATION_LIMIT_DEG + ROUNDING_DEG;

/**
 * The pose of a camera on an orbit, level (no roll).
 * @throws RangeError when a number is not finite, the distance is not positive, or |elevation| exceeds
 * {@link ELEVATION_LIMIT_DEG}.
 */
export function poseFromOrbit(orbit: Orbit, fovYDeg: number, targetWorld: Vec3 = WORLD_ORIGIN): CameraPose {
  const { azimuthDeg, elevationDeg, distanceM } = orbit;
  if (!Number.isFinite(azimuthDeg)) throw new RangeError(`azimuthDeg must be finite, got ${azimuthDeg}`);
  if (!elevationIsAllowed(elevationDeg))
    throw new RangeError(`elevationDeg must be within ±${ELEVATION_LIMIT_DEG}, got ${elevationDeg}`);
  if (!(distanceM > 0 && Number.isFinite(distanceM)))
    throw new RangeError(`distanceM must be positive, got ${distanceM}`);
  const azimuthRad = radFromDeg(azimuthDeg);
  const back = orbitDirectionWorld(azimuthDeg, elevationDeg);
  const right: Vec3 = [Math.cos(azimuthRad), 0, -Math.sin(azimuthRad)];
  return {
    positionWorld: vec3Add(targetWorld, vec3Scale(back, distanceM)),
    cameraFromWorld: [right, vec3Cross(back, right), back],
    fovYDeg,
  };
}

/**
 * Azimuth (−180, 180], elevation [−90, 90] and distance of a camera's position around a target, whatever the camera looks at;
 * degrees and metres. Straight above and below, the azimuth is 0.
 * @throws RangeError when the camera is at the target
 */
export function orbitFromPosition(positionWorld: Vec3, targetWorld: Vec3 = WORLD_ORIGIN): Orbit {
  const offset = vec3Sub(positionWorld, targetWorld);
  const distanceM = vec3Length(offset);
  if (!(distanceM > 0)) throw new RangeError('a camera at the target has no azimuth');
  return {
    azimuthDeg: degWrap(degFromRad(Math.atan2(offset[0], offset[2]))),
    elevationDeg: degFromRad(Math.asin(Math.max(-1, Math.min(1, offset[1] / distanceM)))),
    distanceM,
  };
}

/** A world point in three.js camera axes (visible points have negative z). */
export const pointToCamera = (pose: CameraPose, pointWorld: Vec3): Vec3 =>
  mat3MulVec(pose.cameraFromWorld, vec3Sub(pointWorld, pose.positionWorld));
