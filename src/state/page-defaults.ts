/** Numbers that belong to the page: how it frames objects and where its cameras start. */
import type { Orbit } from '../core/camera-pose';
import { ELEVATION_LIMIT_DEG } from '../core/camera-pose';
import type { CameraPlace, LookDirection } from '../core/camera-place';
import { degWrap } from '../core/angles';
import { distanceForFill } from '../core/framing';
import type { Vec3 } from '../core/vec3';

export const DEFAULT_OBJECT_ID = 'car';
export const DEFAULT_SEED = 1;
export const SEED_MAX = 999_999;

/** Every view of the page is taken with this lens: inside the evaluation's range, and flattering. */
export const PAGE_FOV_Y_DEG = 36;
/** Lenses that a view may be given. */
export const FOV_Y_RANGE_DEG = [15, 75] as const;
/** Share of the frame that the object fills in a fresh view. */
export const PAGE_FILL = 0.84;

/** Distances in units of the object's bounding radius. */
export const DISTANCE_MIN_M = 1.6;
export const DISTANCE_MAX_M = 14;

export const VIEW_NAMES = ['a', 'b'] as const;
export type ViewName = (typeof VIEW_NAMES)[number];
export type Orbits = Readonly<Record<ViewName, CameraPlace>>;

/** Sides are the object's own: its front faces +Z, so its left is on +X. */
export const PRESETS = {
  front: { azimuthDeg: 0, elevationDeg: 8 },
  left: { azimuthDeg: 90, elevationDeg: 8 },
  back: { azimuthDeg: 180, elevationDeg: 8 },
  right: { azimuthDeg: -90, elevationDeg: 8 },
  above: { azimuthDeg: 0, elevationDeg: 80 },
} as const;
export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as readonly PresetName[];

const clamp = (value: number, lo: number, hi: number): number => Math.max(lo, Math.min(hi, value));

/** The nearest orbit that the page can show. Numbers that are not finite fall back to `fallback`'s. */
export function orbitClamp(orbit: CameraPlace, fallback: CameraPlace): CameraPlace {
  const finite = (value: number, other: number): number => (Number.isFinite(value) ? value : other);
  const look = orbit.look && lookClamp(orbit.look);
  return {
    azimuthDeg: degWrap(finite(orbit.azimuthDeg, fallback.azimuthDeg)),
    elevationDeg: clamp(finite(orbit.elevationDeg, fallback.elevationDeg), -ELEVATION_LIMIT_DEG, ELEVATION_LIMIT_DEG),
    distanceM: clamp(finite(orbit.distanceM, fallback.distanceM), DISTANCE_MIN_M, DISTANCE_MAX_M),
    ...(look ? { look } : {}),
    ...(orbit.fovYDeg === undefined ? {} : { fovYDeg: orbit.fovYDeg }),
  };
}

/** Null for a direction that is none: the camera then looks at the object. */
function lookClamp({ azimuthDeg, elevationDeg }: LookDirection): LookDirection | null {
  if (!Number.isFinite(azimuthDeg) || !Number.isFinite(elevationDeg)) return null;
  return {
    azimuthDeg: degWrap(azimuthDeg),
    elevationDeg: clamp(elevationDeg, -ELEVATION_LIMIT_DEG, ELEVATION_LIMIT_DEG),
  };
}

/** The orbit in this direction from which the object fills the frame as in a fresh view. */
export function orbitFramed(azimuthDeg: number, elevationDeg: number, framingPoints: readonly Vec3[]): Orbit {
  const distanceM = distanceForFill(framingPoints, azimuthDeg, elevationDeg, PAGE_FOV_Y_DEG, PAGE_FILL);
  return { azimuthDeg, elevationDeg, distanceM: clamp(distanceM, DISTANCE_MIN_M, DISTANCE_MAX_M) };
}

/** Where Explore starts: two views with the same distance. */
export function orbitsDefault(framingPoints: readonly Vec3[]): Orbits {
  const a = orbitFramed(-38, 16, framingPoints);
  const b = orbitFramed(22, 20, framingPoints);
  const distanceM = Math.max(a.distanceM, b.distanceM);
  return { a: { ...a, distanceM }, b: { ...b, distanceM } };
}
