import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { radFromDeg } from './angles';
import { pointToCamera, poseFromOrbit } from './camera-pose';
import { distanceForFill } from './framing';
import type { Vec3 } from './vec3';

const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
const pointsArbitrary = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 12 });

/** Largest reach of the points over the frame's half-width. */
function filled(
  points: readonly Vec3[],
  azimuthDeg: number,
  elevationDeg: number,
  fovYDeg: number,
  distanceM: number,
): number {
  const pose = poseFromOrbit({ azimuthDeg, elevationDeg, distanceM }, fovYDeg);
  const halfTan = Math.tan(radFromDeg(fovYDeg / 2));
  return Math.max(
    ...points.map((point) => {
      const [x, y, z] = pointToCamera(pose, point);
      return z < 0 ? Math.max(Math.abs(x), Math.abs(y)) / (-z * halfTan) : Infinity;
    }),
  );
}

describe('distanceForFill', () => {
  it('fills exactly the asked share', () => {
    fc.assert(
      fc.property(
        pointsArbitrary,
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -80, max: 80, noNaN: true }),
        fc.double({ min: 20, max: 70, noNaN: true }),
        fc.double({ min: 0.3, max: 1, noNaN: true }),
        (points, azimuthDeg, elevationDeg, fovYDeg, fill) => {
          fc.pre(points.some((p) => Math.hypot(...p) > 0.05));
          const distanceM = distanceForFill(points, azimuthDeg, elevationDeg, fovYDeg, fill);
          fc.pre(distanceM > 0.05);
          const reach = (atM: number): number => filled(points, azimuthDeg, elevationDeg, fovYDeg, atM);
          expect(reach(distanceM * (1 + 1e-9))).toBeLessThanOrEqual(fill + 1e-6);
          // A little nearer, and a point lies outside.
          expect(reach(distanceM * (1 - 1e-6))).toBeGreaterThan(fill);
        },
      ),
    );
  });

  it('frames a ball of points to the half-angle tangent', () => {
    const points: Vec3[] = [
      [1, 0, 0],
      [-1, 0, 0],
    ];
    expect(distanceForFill(points, 0, 0, 90, 1)).toBeCloseTo(1, 9);
    expect(distanceForFill(points, 0, 0, 90, 0.5)).toBeCloseTo(2, 9);
  });

  it('refuses no points and a share outside (0, 1]', () => {
    expect(() => distanceForFill([], 0, 0, 40, 0.8)).toThrow(RangeError);
    expect(() => distanceForFill([[1, 0, 0]], 0, 0, 40, 0)).toThrow(RangeError);
    expect(() => distanceForFill([[1, 0, 0]], 0, 0, 40, 1.1)).toThrow(RangeError);
  });
});
