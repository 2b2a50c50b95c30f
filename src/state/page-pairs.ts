/**
 * The seeded pairs of Guess beyond the three questions of the paper: the right key is drawn first and evenly, then a pair for
 * which it is right. Framed and lit like all pairs of the page.
 */
import { degWrap, radFromDeg } from '../core/angles';
import { placeStrafe, placeTurn, type CameraPlace } from '../core/camera-place';
import { distanceForFill } from '../core/framing';
import type { Rng } from '../core/rng';
import type { Vec3 } from '../core/vec3';
import { MAGNITUDE_RANGE_DEG } from '../questions/slot-dealer';
import { LEVEL_START, levelTurnDeg, type TurnRangeDeg } from './guess-level';
import { PAGE_FILL, PAGE_FOV_Y_DEG, type Orbits } from './page-defaults';

export type SampledFamilyId = 'vertical' | 'distance' | 'decoupled' | 'magnitude' | 'facing';

type Direction = Pick<CameraPlace, 'azimuthDeg' | 'elevationDeg'>;

interface Sample {
  readonly rng: Rng;
  readonly turnDeg: TurnRangeDeg;
  readonly level: number;
  /** From where the object just fits the picture in this direction. */
  readonly fitM: (direction: Direction, fill?: number) => number;
}

/** Pairs of the level that everybody starts with stay as they were, because links to them are about. */
const isLinked = ({ level }: Sample): boolean => level === LEVEL_START;

const signed = (rng: Rng, size: number): number => (rng.chance(0.5) ? size : -size);

const around = (rng: Rng, from: Direction, turnDeg: TurnRangeDeg, elevationDeg = from.elevationDeg): Direction => ({
  azimuthDeg: degWrap(from.azimuthDeg + signed(rng, rng.range(...turnDeg))),
  elevationDeg,
});

const startSample = (rng: Rng, lo = 5, hi = 30): Direction => ({
  azimuthDeg: degWrap(rng.range(0, 360)),
  elevationDeg: rng.range(lo, hi),
});

/** One distance for both, so that a higher elevation is a greater height. */
function atOneDistance({ fitM }: Sample, a: Direction, b: Direction): Orbits {
  const distanceM = Math.max(fitM(a), fitM(b));
  return { a: { ...a, distanceM }, b: { ...b, distanceM } };
}

/** Both views stand low, or higher up by a rise that can be called; two of the same height at either, so that one alone says less. */
function verticalSample(sample: Sample): Orbits {
  const { rng, turnDeg } = sample;
  const key = rng.pick(['up', 'down', 'same'] as const);
  const riseDeg = key === 'same' && isLinked(sample) ? 0 : rng.range(10, 24);
  const low = startSample(rng, 4, 18);
  const highDeg = low.elevationDeg + riseDeg;
  const sameDeg = key === 'same' && !isLinked(sample) && rng.chance(0.5) ? highDeg : low.elevationDeg;
  const a = { ...low, elevationDeg: key === 'down' ? highDeg : sameDeg };
  return atOneDistance(sample, a, around(rng, a, turnDeg, key === 'up' ? highDeg : sameDeg));
}

const fovAtFocalRatio = (ratio: number): number =>
  (2 * 180 * Math.atan(Math.tan(radFromDeg(PAGE_FOV_Y_DEG / 2)) / ratio)) / Math.PI;

/** A quarter zooms without moving; half of the movements also go around the object. */
function distanceSample({ rng, turnDeg, fitM }: Sample): Orbits {
  const a = startSample(rng);
  const ratio = rng.range(1.28, 1.6);
  const key = rng.pick(['closer', 'farther', 'same'] as const);
  const isZoom = key === 'same' && rng.chance(0.75);
  const b = (key === 'same' && !isZoom) || (key !== 'same' && rng.chance(0.5)) ? around(rng, a, turnDeg) : a;
  const fitBothM = Math.max(fitM(a), fitM(b));
  if (isZoom) {
    const isIn = rng.chance(0.5);
    const distanceM = fitBothM * (isIn ? ratio : 1);
    const place = { ...a, distanceM };
    return { a: place, b: { ...place, fovYDeg: fovAtFocalRatio(isIn ? ratio : 1 / ratio) } };
  }
  if (key === 'same') return { a: { ...a, distanceM: fitBothM }, b: { ...b, distanceM: fitBothM } };
  const [nearM, farM] = [fitBothM, fitBothM * ratio];
  return {
    a: { ...a, distanceM: key === 'closer' ? farM : nearM },
    b: { ...b, distanceM: key === 'closer' ? nearM : farM },
  };
}

/** Room around the object, which must stay in the picture while it slides. */
const DECOUPLED_FILL = 0.5;

function decoupledSample({ rng, fitM }: Sample): Orbits {
  const from = startSample(rng, 12, 30);
  const distanceM = fitM(from, DECOUPLED_FILL);
  const a: CameraPlace = { ...from, distanceM };
  const key = rng.pick(['moved-right', 'moved-left', 'turned-right', 'turned-left', 'neither'] as const);
  const sign = key.endsWith('right') ? 1 : -1;
  if (key === 'neither') return { a, b: a };
  if (key.startsWith('moved')) return { a, b: placeStrafe(a, sign * distanceM * rng.range(0.1, 0.15), 0) };
  return { a, b: placeTurn(a, sign * rng.range(6, 8.5), 0) };
}

/** How much a hard pair of `magnitude` also rises or sinks, for each level above the start: the turn is harder to see in it. */
const TILT_STEP_DEG = 5;

/**
 * Whole degrees, so that the right option is exact. Drawn from all sizes that options can have, however hard: were the truth
 * always a small one, the options alone would give it away.
 */
function magnitudeSample(sample: Sample): Orbits {
  const { rng, turnDeg, level } = sample;
  const [lo, hi] = MAGNITUDE_RANGE_DEG;
  const tiltDeg = TILT_STEP_DEG * Math.max(0, level - LEVEL_START);
  const a = startSample(rng, 5 + tiltDeg);
  const sizeDeg = isLinked(sample) ? Math.round(rng.range(...turnDeg)) : lo + rng.int(hi - lo + 1);
  const azimuthDeg = degWrap(a.azimuthDeg + signed(rng, sizeDeg));
  return atOneDistance(sample, a, { azimuthDeg, elevationDeg: a.elevationDeg + signed(rng, tiltDeg) });
}

function facingSample(sample: Sample): Orbits {
  const { rng } = sample;
  const a = startSample(rng);
  const b = { azimuthDeg: degWrap(rng.int(4) * 90 + rng.range(-30, 30)), elevationDeg: rng.range(4, 30) };
  return atOneDistance(sample, a, b);
}

const SAMPLERS: Readonly<Record<SampledFamilyId, (sample: Sample) => Orbits>> = {
  vertical: verticalSample,
  distance: distanceSample,
  decoupled: decoupledSample,
  magnitude: magnitudeSample,
  facing: facingSample,
};

export const isSampledFamilyId = (family: string): family is SampledFamilyId => family in SAMPLERS;

export function pagePairSample(
  family: SampledFamilyId,
  rng: Rng,
  framingPoints: readonly Vec3[],
  level: number,
): Orbits {
  return SAMPLERS[family]({
    rng,
    turnDeg: levelTurnDeg(level),
    level,
    fitM: ({ azimuthDeg, elevationDeg }, fill = PAGE_FILL) =>
      distanceForFill(framingPoints, azimuthDeg, elevationDeg, PAGE_FOV_Y_DEG, fill),
  });
}
