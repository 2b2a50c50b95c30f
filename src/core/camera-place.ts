/**
 * Where a camera stands around the object and where it looks. Place and direction are kept apart, as the numbers they were
 * set to: a camera that turns on the spot keeps exactly its place, one that strafes keeps exactly its direction, and both stay
 * exact when the numbers are rounded for an address.
 */
import { degDifference, degWrap, radFromDeg } from './angles';
import { ELEVATION_LIMIT_DEG, orbitFromPosition, poseFromOrbit, type CameraPose, type Orbit } from './camera-pose';
import { vec3Add, vec3Dot, vec3Scale, type Vec3 } from './vec3';

/** The direction behind a camera, in the words of an orbit: that of its place when it looks at the object. */
export interface LookDirection {
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
}

export interface CameraPlace extends Orbit {
  /** Absent: it looks at the object. */
  readonly look?: LookDirection;
  /** Full vertical field of view. Absent: the page's own lens. */
  readonly fovYDeg?: number;
}

export const placeLook = ({ look, azimuthDeg, elevationDeg }: CameraPlace): LookDirection =>
  look ?? { azimuthDeg, elevationDeg };

/**
 * The pose of a camera at a place, level (no roll), around the origin.
 * @param lensFovYDeg full vertical field of view for a place that names none
 * @throws RangeError as {@link poseFromOrbit}: for numbers that are not finite, no distance, or an elevation beyond the limit
 */
export function poseFromPlace(place: CameraPlace, lensFovYDeg: number): CameraPose {
  const pose = poseFromOrbit(place, place.fovYDeg ?? lensFovYDeg);
  if (!place.look) return pose;
  return { ...pose, cameraFromWorld: poseFromOrbit({ ...place.look, distanceM: 1 }, pose.fovYDeg).cameraFromWorld };
}

/** How far a camera is turned from looking at the object: rightward and upward positive. */
export function placeAim(place: CameraPlace): { readonly turnRightDeg: number; readonly tiltUpDeg: number } {
  const look = placeLook(place);
  return {
    turnRightDeg: degDifference(place.azimuthDeg, look.azimuthDeg),
    tiltUpDeg: place.elevationDeg - look.elevationDeg,
  };
}

/** How far a camera stands to the right of, and above, the line on which it would see the object in the middle. */
export function placeOffset(place: CameraPlace): { readonly rightM: number; readonly upM: number } {
  const { positionWorld, cameraFromWorld } = poseFromPlace(place, 45);
  return { rightM: vec3Dot(positionWorld, cameraFromWorld[0]), upM: vec3Dot(positionWorld, cameraFromWorld[1]) };
}

const clampElevation = (deg: number): number => Math.max(-ELEVATION_LIMIT_DEG, Math.min(ELEVATION_LIMIT_DEG, deg));

/**
 * Around the object, the camera turning along: what it looks at stays where it is in the picture.
 * @param azimuthDeg how far counter-clockwise from above, any number; the new azimuth is wrapped
 * @param elevationDeg how far up; stops at ±{@link ELEVATION_LIMIT_DEG}, place and look each
 */
export function placeOrbit(place: CameraPlace, azimuthDeg: number, elevationDeg: number): CameraPlace {
  const clampedDeg = clampElevation(place.elevationDeg + elevationDeg);
  const moved = { ...place, azimuthDeg: degWrap(place.azimuthDeg + azimuthDeg), elevationDeg: clampedDeg };
  if (!place.look) return moved;
  const look = {
    azimuthDeg: degWrap(place.look.azimuthDeg + azimuthDeg),
    elevationDeg: clampElevation(place.look.elevationDeg + clampedDeg - place.elevationDeg),
  };
  return { ...moved, look };
}

/** Turned on the spot, rightward and upward positive; the horizon stays level. */
export function placeTurn(place: CameraPlace, rightDeg: number, upDeg: number): CameraPlace {
  const look = placeLook(place);
  return {
    ...place,
    look: {
      azimuthDeg: degWrap(look.azimuthDeg - rightDeg),
      elevationDeg: clampElevation(look.elevationDeg - upDeg),
    },
  };
}

/**
 * Moved sideways and upward in the camera's own axes, without turning. Unchanged where the new place could not be told as one:
 * at the object, or straight above or below it.
 */
export function placeStrafe(place: CameraPlace, rightM: number, upM: number): CameraPlace {
  const { positionWorld, cameraFromWorld } = poseFromPlace(place, 45);
  const step: Vec3 = vec3Add(vec3Scale(cameraFromWorld[0], rightM), vec3Scale(cameraFromWorld[1], upM));
  const position = vec3Add(positionWorld, step);
  if (!(Math.hypot(...position) > 0)) return place;
  const orbit = orbitFromPosition(position);
  if (Math.abs(orbit.elevationDeg) > ELEVATION_LIMIT_DEG) return place;
  return { ...place, ...orbit, look: placeLook(place) };
}

/** The same place, looking at the object again. */
export function placeAimed({ azimuthDeg, elevationDeg, distanceM, fovYDeg }: CameraPlace): CameraPlace {
  return { azimuthDeg, elevationDeg, distanceM, ...(fovYDeg === undefined ? {} : { fovYDeg }) };
}

/** Width of what a camera sees at the object's distance. */
export const placeWidthM = (place: CameraPlace, lensFovYDeg: number): number =>
  2 * place.distanceM * Math.tan(radFromDeg((place.fovYDeg ?? lensFovYDeg) / 2));

/**
 * A share of the way from one place to another, the short way around; the shares 0 and 1 are the places themselves.
 * Where one of the two has a lens of its own, what is between has one, too.
 * @param share 0…1
 * @param lensFovYDeg for a place that names no field of view
 */
export function placeBetween(a: CameraPlace, b: CameraPlace, share: number, lensFovYDeg: number): CameraPlace {
  if (share === 0) return a;
  if (share === 1) return b;
  const mix = (from: number, to: number): number => from + (to - from) * share;
  const turn = (from: number, to: number): number => degWrap(from + degDifference(to, from) * share);
  const [lookA, lookB] = [placeLook(a), placeLook(b)];
  return {
    azimuthDeg: turn(a.azimuthDeg, b.azimuthDeg),
    elevationDeg: mix(a.elevationDeg, b.elevationDeg),
    distanceM: mix(a.distanceM, b.distanceM),
    ...(a.look || b.look
      ? {
          look: {
            azimuthDeg: turn(lookA.azimuthDeg, lookB.azimuthDeg),
            elevationDeg: mix(lookA.elevationDeg, lookB.elevationDeg),
          },
        }
      : {}),
    ...(a.fovYDeg === undefined && b.fovYDeg === undefined
      ? {}
      : { fovYDeg: mix(a.fovYDeg ?? lensFovYDeg, b.fovYDeg ?? lensFovYDeg) }),
  };
}
