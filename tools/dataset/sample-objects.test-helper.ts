/** Objects with views of recipe 2, without a renderer: boxes of random sides. */
import { rngFromSeed } from '../../src/core/rng';
import type { Vec3 } from '../../src/core/vec3';
import { renderedObjects, sampleViews, viewRow, type ViewRow } from './view-rows';

/** Corners of a box with bounding radius 1. */
export function boxPoints(seed: string): Vec3[] {
  const rng = rngFromSeed(seed);
  const sides = [rng.range(0.2, 1), rng.range(0.2, 1), rng.range(0.2, 1)] as const;
  const radius = Math.hypot(...sides);
  return [-1, 1].flatMap((x) =>
    [-1, 1].flatMap((y) =>
      [-1, 1].map((z): Vec3 => [(x * sides[0]) / radius, (y * sides[1]) / radius, (z * sides[2]) / radius]),
    ),
  );
}

export const sampleRows = (count: number): ViewRow[] =>
  Array.from({ length: count }, (_, index) => `box-${index}`).flatMap((id, index) =>
    sampleViews(2, rngFromSeed(id), boxPoints(id)).map((sample, view) => viewRow(id, index, view, sample)),
  );

/** As read back from a file. */
export const sampleObjects = (count: number): ReturnType<typeof renderedObjects> =>
  renderedObjects(JSON.parse(JSON.stringify(sampleRows(count))) as ViewRow[]);
