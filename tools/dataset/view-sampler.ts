/**
 * Recipe 1: which views of an object a training shard holds, wider than the evaluation distribution on every side. A recipe
 * never changes, so that sets made by it keep their views; other views are another recipe (view-recipe-2.ts).
 */
import { poseFromOrbit, type CameraPose } from '../../src/core/camera-pose';
import { distanceForFill } from '../../src/core/framing';
import type { Rng } from '../../src/core/rng';
import { sceneSpecSample, type SceneSpec } from '../../src/core/scene-spec';
import type { Vec3 } from '../../src/core/vec3';

export interface SampledView {
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
  readonly distanceM: number;
  readonly fovYDeg: number;
  readonly pose: CameraPose;
  readonly spec: SceneSpec;
  /** Index of the view of the same pose under other light; null for views of their own. */
  readonly twinOf: number | null;
}

export const VIEWS_PER_OBJECT = 20;
/** Second renders of a pose with other light and background: the true no-movement pairs. */
export const TWINS_PER_OBJECT = 2;

/** Views with light and background of their own, so that a change of light does not mean "not moved". The last ones. */
const OWN_SPEC_VIEWS = 4;

/** A distance at which the object fills about `fill` of the frame all around: between the mean and the largest need. */
export function ringDistanceM(
  framingPoints: readonly Vec3[],
  elevationDeg: number,
  fovYDeg: number,
  fill: number,
): number {
  const ring: number[] = [];
  for (let turn = 0; turn < 12; turn++)
    ring.push(distanceForFill(framingPoints, turn * 30, elevationDeg, fovYDeg, fill));
  const mean = ring.reduce((sum, d) => sum + d, 0) / ring.length;
  return (mean + Math.max(...ring)) / 2;
}

export function viewsSample(rng: Rng, framingPoints: readonly Vec3[]): SampledView[] {
  const spec = sceneSpecSample(rng.fork('scene'));
  const fovYDeg = rng.range(28, 52);
  const fill = rng.range(0.6, 0.98);
  const centreElevationDeg = rng.range(-2, 42);
  const baseM = ringDistanceM(framingPoints, centreElevationDeg, fovYDeg, fill);

  const views: SampledView[] = [];
  for (let i = 0; i < VIEWS_PER_OBJECT; i++) {
    const azimuthDeg = rng.range(-180, 180);
    const elevationDeg = Math.min(62, Math.max(-12, centreElevationDeg + rng.range(-20, 20)));
    // A camera inside the object sees nothing; the farthest point is at distance 1.
    const distanceM = Math.max(1.15, baseM * rng.range(0.9, 1.12));
    const pose = poseFromOrbit({ azimuthDeg, elevationDeg, distanceM }, fovYDeg);
    const own = i >= VIEWS_PER_OBJECT - OWN_SPEC_VIEWS ? sceneSpecSample(rng.fork(i)) : spec;
    views.push({ azimuthDeg, elevationDeg, distanceM, fovYDeg, pose, spec: own, twinOf: null });
  }
  for (let i = 0; i < TWINS_PER_OBJECT; i++) {
    const twinOf = Math.floor((i * VIEWS_PER_OBJECT) / TWINS_PER_OBJECT);
    views.push({ ...(views[twinOf] as SampledView), spec: sceneSpecSample(rng.fork(`twin${i}`)), twinOf });
  }
  return views;
}
