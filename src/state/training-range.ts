/** Where a pair made by hand leaves the poses that the model was trained and measured on. */
import { placeAim, type CameraPlace } from '../core/camera-place';
import { degDifference } from '../core/angles';
import { EVALUATION_RANGES } from '../questions/item-generator';
import type { PageFamilyId } from '../questions/page-families';
import { PAGE_FOV_Y_DEG } from './page-defaults';

export type RangeIssue = 'elevation-a' | 'elevation-b' | 'azimuth' | 'delta-elevation' | 'distance' | 'aim' | 'lens';

const outside = (value: number, [lo, hi]: readonly [number, number]): boolean => value < lo - 1e-6 || value > hi + 1e-6;

/** Whether the object is out of the middle of its picture. */
const looksPast = (place: CameraPlace): boolean => {
  const { turnRightDeg, tiltUpDeg } = placeAim(place);
  return Math.hypot(turnRightDeg, tiltUpDeg) > 0.5;
};

/**
 * Whether both views have one lens, of the range that the model was trained and measured with; there, no pair zooms.
 * @param lensFovYDeg of a view without a lens of its own
 */
export function hasKnownLens(a: CameraPlace, b: CameraPlace, lensFovYDeg = PAGE_FOV_Y_DEG): boolean {
  const [fovADeg, fovBDeg] = [a.fovYDeg ?? lensFovYDeg, b.fovYDeg ?? lensFovYDeg];
  return Math.abs(fovADeg - fovBDeg) < 1e-6 && !outside(fovADeg, EVALUATION_RANGES.fovYDeg);
}

/** What the pairs of a question vary beyond the ranges of the three questions, in training too (tools/dataset/view-recipe-2.ts). */
const VARIED: Partial<Record<PageFamilyId, readonly RangeIssue[]>> = {
  vertical: ['azimuth', 'delta-elevation'],
  distance: ['azimuth', 'distance', 'lens'],
  decoupled: ['azimuth', 'aim'],
};

/**
 * The quantities of the pair that lie outside; empty when the pair is one that a model of this question knows. No movement at all is
 * inside. Of `facing`, about one picture alone, nothing is known.
 */
export function rangeIssues(family: PageFamilyId, a: CameraPlace, b: CameraPlace): readonly RangeIssue[] {
  if (family === 'facing') return [];
  const varied = VARIED[family] ?? [];
  return placeIssues(a, b).filter((issue) => !varied.includes(issue));
}

function placeIssues(a: CameraPlace, b: CameraPlace): readonly RangeIssue[] {
  const turnDeg = Math.abs(degDifference(b.azimuthDeg, a.azimuthDeg));
  const deltaElevationDeg = b.elevationDeg - a.elevationDeg;
  const distanceRatio = b.distanceM / a.distanceM;
  const stayed = turnDeg < 1e-9 && Math.abs(deltaElevationDeg) < 1e-9 && Math.abs(distanceRatio - 1) < 1e-9;
  const issues: RangeIssue[] = [];
  if (outside(a.elevationDeg, EVALUATION_RANGES.elevationADeg)) issues.push('elevation-a');
  if (outside(b.elevationDeg, EVALUATION_RANGES.elevationBDeg)) issues.push('elevation-b');
  if ([a, b].some(looksPast)) issues.push('aim');
  if (!hasKnownLens(a, b)) issues.push('lens');
  if (stayed) return issues;
  if (outside(turnDeg, EVALUATION_RANGES.absDeltaAzimuthDeg)) issues.push('azimuth');
  if (outside(deltaElevationDeg, EVALUATION_RANGES.deltaElevationDeg)) issues.push('delta-elevation');
  if (outside(distanceRatio, EVALUATION_RANGES.distanceRatio)) issues.push('distance');
  return issues;
}
