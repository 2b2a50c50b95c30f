/**
 * Twins: from which other places an object looks the same (twins.jsonl beside a shard's views), so that training can leave
 * out labels that nobody can answer. The metric, size and threshold are those of src/questions/answerability.ts; what is
 * compared is a grid of orbits an object rather than every pair: all azimuths on a few elevations, under the object's own
 * scenes without a ground fixed to the world.
 */
import { poseFromOrbit, type CameraPose, type Orbit } from '../../src/core/camera-pose';
import { ANSWERABILITY_RULE, ANSWERABILITY_VERSION, changedShare } from '../../src/questions/answerability';
import type { GroundedScene } from '../../src/questions/world-ground';
import type { SampledView } from './view-sampler';

/** Raised whenever the same object may get other twins. */
const TWINS_VERSION = 1;

/** First line of twins.jsonl. A file with another one is made again. */
export const TWINS_HEADER = { version: TWINS_VERSION, answerability: ANSWERABILITY_VERSION, ...ANSWERABILITY_RULE };

/** Azimuths of the grid on each elevation, from 0° on. */
export const GRID_AZIMUTHS = 360 / ANSWERABILITY_RULE.azimuthStepDeg;
/** Between two elevations, only these turns are compared, as for the question which camera is higher. */
const TURNS_BETWEEN_LEVELS_DEG = [0, 90, 180, 270] as const;
/** Quantiles of the elevations of an object's views: under the light that most of them have, and under the other one. */
const LEVEL_QUANTILES = { most: [0.25, 0.75], other: [0.5] } as const;

/** One scene of an object and the orbits that are compared under it. */
export interface TwinLook {
  readonly scene: GroundedScene;
  readonly fovYDeg: number;
  readonly distanceM: number;
  readonly elevationsDeg: readonly number[];
}

/** Every further line: one object under one rule of light. */
export interface TwinRow {
  readonly object: string;
  readonly objectIndex: number;
  readonly lightRule: 'world' | 'camera';
  readonly elevationsDeg: readonly number[];
  /**
   * Number of an orbit of the grid -> numbers of the orbits that look the same; those that look like no other are absent.
   * The number is the elevation's place times the azimuths of the grid, plus the azimuth in steps.
   */
  readonly alike: Readonly<Record<string, readonly number[]>>;
  /** The smallest share of changed pixels of all comparisons. */
  readonly closestShare: number;
}

/**
 * The looks of an object: one for each rule of light among its views, because a light fixed to the world shows the side of
 * an object that is the same all round. Views on a ground fixed to the world have no twins.
 */
export function twinLooks(views: readonly SampledView[]): TwinLook[] {
  const plain = views.filter(({ spec }) => !('worldGround' in spec));
  const byRule = (['world', 'camera'] as const)
    .map((rule) => plain.filter(({ spec }) => spec.light.rule === rule))
    .filter(({ length }) => length > 0)
    .sort((a, b) => b.length - a.length);
  return byRule.map((own, place) => {
    const { spec, fovYDeg, distanceM } = own[0] as SampledView;
    const sorted = own.map(({ elevationDeg }) => elevationDeg).sort((a, b) => a - b);
    const quantiles = place === 0 ? LEVEL_QUANTILES.most : LEVEL_QUANTILES.other;
    const levels = quantiles.map((share) => sorted[Math.round(share * (sorted.length - 1))] as number);
    return { scene: spec, fovYDeg, distanceM, elevationsDeg: [...new Set(levels)] };
  });
}

/** The orbits of a look in the order of their numbers. */
export function twinPoses({ elevationsDeg, distanceM, fovYDeg }: TwinLook): CameraPose[] {
  const orbits = elevationsDeg.flatMap((elevationDeg) =>
    Array.from({ length: GRID_AZIMUTHS }, (_, step): Orbit => ({
      azimuthDeg: step * ANSWERABILITY_RULE.azimuthStepDeg,
      elevationDeg,
      distanceM,
    })),
  );
  return orbits.map((orbit) => poseFromOrbit(orbit, fovYDeg));
}

const isCompared = (first: number, second: number): boolean => {
  if (Math.floor(first / GRID_AZIMUTHS) === Math.floor(second / GRID_AZIMUTHS)) return true;
  const turnDeg = ((second - first + 2 * GRID_AZIMUTHS) % GRID_AZIMUTHS) * ANSWERABILITY_RULE.azimuthStepDeg;
  return (TURNS_BETWEEN_LEVELS_DEG as readonly number[]).includes(turnDeg);
};

/** @param pictures of `sizePx` (RGBA bytes) from {@link twinPoses}, in order */
export function twinsFind(pictures: readonly ArrayLike<number>[]): Pick<TwinRow, 'alike' | 'closestShare'> {
  const alike: Record<string, number[]> = {};
  let closestShare = 1;
  pictures.forEach((picture, first) => {
    for (let second = first + 1; second < pictures.length; second++) {
      if (!isCompared(first, second)) continue;
      const share = changedShare(picture, pictures[second] as ArrayLike<number>);
      closestShare = Math.min(closestShare, share);
      if (share >= ANSWERABILITY_RULE.changedShareMin) continue;
      (alike[first] ??= []).push(second);
      (alike[second] ??= []).push(first);
    }
  });
  return { alike, closestShare };
}
