/**
 * Recipe 2: views that hold pairs for every family. Some are exact in one thing (equal heights, equal distances, the same
 * pose under other light), some strafe or turn; the rest vary as in recipe 1.
 */
import { degFromRad, degWrap, radFromDeg } from '../../src/core/angles';
import { pointToCamera, type CameraPose, type Orbit } from '../../src/core/camera-pose';
import { distanceForFill } from '../../src/core/framing';
import type { Rng } from '../../src/core/rng';
import { sceneSpecSample, type SceneSpec } from '../../src/core/scene-spec';
import type { Vec3 } from '../../src/core/vec3';
import { sceneChanged } from '../../src/questions/item-generator';
import { poseFromTurnedOrbit } from '../../src/questions/turned-pose';
import { worldGroundSample, type GroundedScene } from '../../src/questions/world-ground';
import { ringDistanceM, type SampledView } from './view-sampler';

export type ViewKind = 'level' | 'free' | 'dolly' | 'zoom' | 'twin' | 'station';

export interface BroadView extends SampledView {
  readonly kind: ViewKind;
  /** How far the camera is turned to the right of looking at the object. */
  readonly turnedDeg: number;
  /** Share of the frame's half-width that the object reaches, at most 1. */
  readonly fill: number;
  readonly spec: GroundedScene;
}

const LEVELS = 3;
const FREE_VIEWS = 8;
/** This view has a neighbour on its own level, so that its dolly can also go around the object. */
const FIRST_DOLLIED = 1;
/** Free views with light and background of their own; the last ones. */
const OWN_SPEC_VIEWS = 2;
/** A camera inside the object sees nothing; the farthest point is at distance 1. */
const MIN_DISTANCE_M = 1.15;
/** Of dollies and zooms: large enough that perspective tells one from the other. */
const SIZE_RATIO = [1.35, 1.9] as const;
/** Widest view that zooming out may reach. */
const MAX_FOV_DEG = 58;

/** Share of the frame's half-width that the farthest point reaches; at most 1, and 1 with a point behind the camera. */
export function fillOfView(framingPoints: readonly Vec3[], pose: CameraPose): number {
  const limit = Math.tan(radFromDeg(pose.fovYDeg / 2));
  let share = 0;
  for (const point of framingPoints) {
    const [x, y, z] = pointToCamera(pose, point);
    if (z >= 0) return 1;
    share = Math.max(share, Math.max(Math.abs(x), Math.abs(y)) / -z / limit);
  }
  return Math.min(1, share);
}

class ViewList {
  readonly views: BroadView[] = [];
  private readonly framingPoints: readonly Vec3[];

  constructor(framingPoints: readonly Vec3[]) {
    this.framingPoints = framingPoints;
  }

  add(
    kind: ViewKind,
    orbit: Orbit,
    fovYDeg: number,
    spec: GroundedScene,
    more: { turnedDeg?: number; twinOf?: number } = {},
  ): number {
    const turnedDeg = more.turnedDeg ?? 0;
    const pose = poseFromTurnedOrbit(orbit, turnedDeg, fovYDeg);
    const fill = fillOfView(this.framingPoints, pose);
    this.views.push({ ...orbit, fovYDeg, pose, spec, twinOf: more.twinOf ?? null, kind, turnedDeg, fill });
    return this.views.length - 1;
  }

  orbitOf(index: number): Orbit {
    const { azimuthDeg, elevationDeg, distanceM } = this.views[index] as BroadView;
    return { azimuthDeg, elevationDeg, distanceM };
  }
}

const turnAway = (azimuthDeg: number, rng: Rng): number =>
  degWrap(azimuthDeg + (rng.chance(0.5) ? 1 : -1) * rng.range(20, 100));

/**
 * Two views on each of three elevations, all at one distance: equal heights and clear rises, equal distances, every one of
 * them also around the object.
 */
function addLevels(list: ViewList, rng: Rng, distanceM: number, fovYDeg: number, spec: SceneSpec): void {
  let azimuthDeg = rng.range(-180, 180);
  let elevationDeg = rng.range(-4, 14);
  for (let level = 0; level < LEVELS; level++) {
    for (let view = 0; view < 2; view++) {
      list.add('level', { azimuthDeg, elevationDeg, distanceM }, fovYDeg, spec);
      azimuthDeg = turnAway(azimuthDeg, rng);
    }
    elevationDeg += rng.range(8.5, 14);
  }
}

/** The same places farther away along the line of sight. @returns indices of the new views */
function addDollies(list: ViewList, rng: Rng, of: readonly number[], fovYDeg: number, spec: SceneSpec): number[] {
  return of.map((index) => {
    const orbit = list.orbitOf(index);
    return list.add('dolly', { ...orbit, distanceM: orbit.distanceM * rng.range(...SIZE_RATIO) }, fovYDeg, spec);
  });
}

/** One camera that zooms without moving: out from a near place, or in from a far one where out would be too wide. */
function addZoom(list: ViewList, rng: Rng, near: number, far: number, fovYDeg: number, spec: SceneSpec): void {
  const halfTan = Math.tan(radFromDeg(fovYDeg / 2));
  const widest = Math.tan(radFromDeg(MAX_FOV_DEG / 2)) / halfTan;
  const zoomed = (ratio: number): number => 2 * degFromRad(Math.atan(halfTan * ratio));
  if (widest > SIZE_RATIO[0] + 0.1) {
    list.add('zoom', list.orbitOf(near), zoomed(rng.range(SIZE_RATIO[0], Math.min(SIZE_RATIO[1], widest))), spec);
  } else {
    // Not further in than the dolly went out, so that the object stays in the picture.
    const room = list.orbitOf(far).distanceM / list.orbitOf(FIRST_DOLLIED).distanceM;
    list.add('zoom', list.orbitOf(far), zoomed(1 / rng.range(SIZE_RATIO[0], room)), spec);
  }
}

/**
 * Cameras that strafe without turning and turn without moving. Two places, `phi` to the left and right of a line to the
 * object, each with a camera turned by `phi` to either side: from the left place turned left, strafing to the right place
 * and turning right on the spot move the object by the same way across the picture.
 */
function addStation(list: ViewList, rng: Rng, framingPoints: readonly Vec3[]): void {
  const ground = worldGroundSample(rng.fork('ground'));
  const scene = sceneSpecSample(rng.fork('scene'));
  const fovYDeg = rng.range(34, 52);
  const fill = rng.range(0.5, 0.65);
  const lineDeg = rng.range(-180, 180);
  const elevationDeg = rng.range(6, 38);
  const roomDeg = degFromRad(Math.atan((1 - fill) * Math.tan(radFromDeg(fovYDeg / 2))));
  const phiDeg = rng.range(3.6, Math.max(3.8, Math.min(9, roomDeg)));
  const distanceM = Math.max(
    MIN_DISTANCE_M,
    ...[-phiDeg, phiDeg].map((side) => distanceForFill(framingPoints, lineDeg + side, elevationDeg, fovYDeg, fill)),
  );
  const add = (side: -1 | 1, turn: -1 | 1, twinOf?: number): number => {
    const orbit = { azimuthDeg: degWrap(lineDeg + side * phiDeg), elevationDeg, distanceM };
    // Light or background differs from view to view, so that a change of it says nothing about the movement.
    const own = sceneChanged(scene, rng.fork(`scene ${list.views.length}`), sceneSpecSample);
    return list.add(
      'station',
      orbit,
      fovYDeg,
      { ...own, worldGround: ground },
      {
        turnedDeg: turn * phiDeg,
        ...(twinOf !== undefined && { twinOf }),
      },
    );
  };
  const left = add(-1, -1);
  const right = add(1, 1);
  add(-1, 1);
  add(1, -1);
  add(-1, -1, left);
  add(1, 1, right);
}

export function viewsSampleBroad(rng: Rng, framingPoints: readonly Vec3[]): BroadView[] {
  const list = new ViewList(framingPoints);
  const spec = sceneSpecSample(rng.fork('scene'));
  const fovYDeg = rng.range(28, 52);
  const centreElevationDeg = rng.range(-2, 42);
  const baseM = ringDistanceM(framingPoints, centreElevationDeg, fovYDeg, rng.range(0.6, 0.98));
  addLevels(list, rng.fork('levels'), Math.max(MIN_DISTANCE_M, baseM), fovYDeg, spec);
  const free = rng.fork('free');
  for (let i = 0; i < FREE_VIEWS; i++) {
    const azimuthDeg = free.range(-180, 180);
    const elevationDeg = Math.min(62, Math.max(-12, centreElevationDeg + free.range(-20, 20)));
    const distanceM = Math.max(MIN_DISTANCE_M, baseM * free.range(0.9, 1.12));
    const own = i >= FREE_VIEWS - OWN_SPEC_VIEWS ? sceneSpecSample(free.fork(i)) : spec;
    list.add('free', { azimuthDeg, elevationDeg, distanceM }, fovYDeg, own);
  }
  const [far = 0] = addDollies(list, rng.fork('dollies'), [FIRST_DOLLIED, 2 * LEVELS], fovYDeg, spec);
  addZoom(list, rng.fork('zoom'), LEVELS, far, fovYDeg, spec);
  for (const twinOf of [0, 2 * LEVELS + 2]) {
    const own = sceneChanged(spec, rng.fork(`twin ${twinOf}`), sceneSpecSample);
    list.add('twin', list.orbitOf(twinOf), fovYDeg, own, { twinOf });
  }
  addStation(list, rng.fork('station'), framingPoints);
  return list.views;
}
