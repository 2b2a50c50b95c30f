/** Measures of the car and `bend`, which turns its straight-sided parts into the rounded body. */
import { type BufferGeometry, Vector3 } from 'three';
import { deformed, placed, smoothstep } from '../kit.ts';
import type { Corner } from '../path2.ts';
import { extrude } from '../shapes.ts';

export const HALF_WIDTH = 0.8;
export const SHOULDER = 0.13;
export const BELT_Y = 0.99;
export const CABIN_HALF = 0.73;
export const FRONT_AXLE_Z = 1.08;
export const REAR_AXLE_Z = -1.06;
export const AXLE_Y = 0.315;
export const ARCH_R = 0.385;
export const SILL_Y = 0.2;

/** Box space to car: rounds the plan view at both ends, bellies the flanks, leans the windows inwards. */
export function bend(p: Vector3): Vector3 {
  const side = Math.abs(p.x / HALF_WIDTH);
  const front = smoothstep(0.5, 1.8, p.z);
  const rear = smoothstep(0.5, 1.8, -p.z);
  const belly = 1 - ((p.y - 0.62) / 0.62) ** 2;
  const lean = 0.19 * smoothstep(0.85, 1.75, p.y);
  return new Vector3(
    p.x * (1 - 0.1 * front - 0.09 * rear) * (1 + 0.04 * belly) * (1 - lean),
    p.y + 0.02 * (1 - side ** 2) * smoothstep(0.8, 1.4, p.y),
    p.z - 0.2 * side ** 2.4 * front + 0.15 * side ** 2.4 * rear,
  );
}

export const bent = (geometry: BufferGeometry): BufferGeometry => deformed(geometry, bend);

/** Extrudes a side view given in (z, y) along x, centred on `x`; the extrusion's front faces +x. */
export function sideways(
  corners: Corner[],
  widthM: number,
  x: number,
  options: Parameters<typeof extrude>[2],
): BufferGeometry {
  const seen = corners.map(([z, y, radius]): Corner => [-z, y, radius ?? 0]).reverse();
  return placed(extrude(seen, widthM, options), { rotDeg: [0, 90, 0], at: [x, 0, 0] });
}

export function archCorners(axleZ: number): Corner[] {
  const startRad = Math.PI - Math.asin((SILL_Y - AXLE_Y) / ARCH_R);
  const endRad = Math.asin((SILL_Y - AXLE_Y) / ARCH_R);
  return Array.from({ length: 15 }, (_, i) => {
    const aRad = startRad + ((endRad - startRad) * i) / 14;
    return [axleZ + ARCH_R * Math.cos(aRad), AXLE_Y + ARCH_R * Math.sin(aRad)] as const;
  });
}
