import fc from 'fast-check';
import { PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { degDifference } from './angles';
import { ELEVATION_LIMIT_DEG, orbitFromPosition, pointToCamera, poseFromOrbit, type Orbit } from './camera-pose';
import { mat3Determinant, mat3Mul, mat3Transpose, type Mat3 } from './mat3';
import type { Vec3 } from './vec3';

const orbitArbitrary: fc.Arbitrary<Orbit> = fc.record({
  azimuthDeg: fc.double({ min: -720, max: 720, noNaN: true }),
  elevationDeg: fc.double({ min: -ELEVATION_LIMIT_DEG, max: ELEVATION_LIMIT_DEG, noNaN: true }),
  distanceM: fc.double({ min: 0.1, max: 50, noNaN: true }),
});
const targetArbitrary = fc.tuple(
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.double({ min: -3, max: 3, noNaN: true }),
);

const IDENTITY: Mat3 = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

const expectMatrix = (actual: readonly (readonly number[])[], expected: readonly (readonly number[])[]): void => {
  const flat = expected.flat();
  actual.flat().forEach((value, index) => expect(value).toBeCloseTo(flat[index] as number, 9));
};

function threeCamera(positionWorld: Vec3, targetWorld: Vec3): PerspectiveCamera {
  const camera = new PerspectiveCamera(40, 1, 0.01, 100);
  camera.position.set(...positionWorld);
  camera.lookAt(...targetWorld);
  camera.updateMatrixWorld();
  return camera;
}

/** The rotation part of three's world-to-camera matrix, as rows. */
function threeRotation(camera: PerspectiveCamera): Mat3 {
  const e = camera.matrixWorldInverse.elements as unknown as number[];
  const row = (i: number): Vec3 => [e[i] as number, e[i + 4] as number, e[i + 8] as number];
  return [row(0), row(1), row(2)];
}

describe('orbit poses', () => {
  it.each<[string, Orbit, Vec3]>([
    ['front', { azimuthDeg: 0, elevationDeg: 0, distanceM: 2 }, [0, 0, 2]],
    ['the object’s left side, +X', { azimuthDeg: 90, elevationDeg: 0, distanceM: 2 }, [2, 0, 0]],
    ['back', { azimuthDeg: 180, elevationDeg: 0, distanceM: 2 }, [0, 0, -2]],
    ['above the front', { azimuthDeg: 0, elevationDeg: 30, distanceM: 2 }, [0, 1, Math.sqrt(3)]],
  ])('stands where the sign rules say: %s', (_name, orbit, positionWorld) => {
    expectMatrix([poseFromOrbit(orbit, 40).positionWorld], [positionWorld]);
  });

  it('comes back from pose to orbit', () => {
    fc.assert(
      fc.property(orbitArbitrary, targetArbitrary, (orbit, target) => {
        const back = orbitFromPosition(poseFromOrbit(orbit, 40, target).positionWorld, target);
        expect(Math.abs(degDifference(back.azimuthDeg, orbit.azimuthDeg))).toBeLessThan(1e-6);
        expect(back.elevationDeg).toBeCloseTo(orbit.elevationDeg, 6);
        expect(back.distanceM).toBeCloseTo(orbit.distanceM, 9);
        expect(back.azimuthDeg).toBeGreaterThan(-180);
        expect(back.azimuthDeg).toBeLessThanOrEqual(180);
      }),
    );
  });

  it('is a rotation that sees the target straight ahead, level', () => {
    fc.assert(
      fc.property(orbitArbitrary, targetArbitrary, (orbit, target) => {
        const pose = poseFromOrbit(orbit, 40, target);
        expect(mat3Determinant(pose.cameraFromWorld)).toBeCloseTo(1, 9);
        expectMatrix(mat3Mul(pose.cameraFromWorld, mat3Transpose(pose.cameraFromWorld)), IDENTITY);
        expectMatrix([pointToCamera(pose, target)], [[0, 0, -orbit.distanceM]]);
        expect(pose.cameraFromWorld[0][1]).toBeCloseTo(0, 12);
      }),
    );
  });

  it('agrees with three’s own camera', () => {
    fc.assert(
      fc.property(orbitArbitrary, targetArbitrary, (orbit, target) => {
        const pose = poseFromOrbit(orbit, 40, target);
        const camera = threeCamera(pose.positionWorld, target);
        expectMatrix(pose.cameraFromWorld, threeRotation(camera));
      }),
    );
  });

  it('projects a point where three projects it', () => {
    const pose = poseFromOrbit({ azimuthDeg: 33, elevationDeg: 21, distanceM: 2.4 }, 40, [0.1, 0.2, 0.3]);
    const camera = threeCamera(pose.positionWorld, [0.1, 0.2, 0.3]);
    const point: Vec3 = [0.4, -0.1, 0.2];
    const [x, y, z] = pointToCamera(pose, point);
    const halfHeight = -z * Math.tan(((pose.fovYDeg / 2) * Math.PI) / 180);
    const projected = new Vector3(...point).project(camera);
    expect(x / halfHeight).toBeCloseTo(projected.x, 9);
    expect(y / halfHeight).toBeCloseTo(projected.y, 9);
  });

  it.each<[string, Partial<Orbit>]>([
    ['an azimuth that is not a number', { azimuthDeg: Number.NaN }],
    ['an infinite azimuth', { azimuthDeg: Infinity }],
    ['the pole', { elevationDeg: 90 }],
    ['no elevation', { elevationDeg: Number.NaN }],
    ['no distance', { distanceM: 0 }],
    ['a negative distance', { distanceM: -1 }],
    ['an infinite distance', { distanceM: Infinity }],
  ])('refuses %s', (_name, broken) => {
    expect(() => poseFromOrbit({ azimuthDeg: 0, elevationDeg: 0, distanceM: 1, ...broken }, 40)).toThrow(RangeError);
  });

  it('takes orbits at the limit back from their positions', () => {
    for (const elevationDeg of [-ELEVATION_LIMIT_DEG, ELEVATION_LIMIT_DEG])
      for (let step = 0; step < 200; step++) {
        const { positionWorld } = poseFromOrbit({ azimuthDeg: 1.7 * step, elevationDeg, distanceM: 1 + step / 37 }, 40);
        expect(() => poseFromOrbit(orbitFromPosition(positionWorld), 40)).not.toThrow();
      }
    expect(() => poseFromOrbit({ azimuthDeg: 0, elevationDeg: ELEVATION_LIMIT_DEG + 1e-6, distanceM: 1 }, 40)).toThrow(
      RangeError,
    );
  });

  it('has no azimuth at the target', () => {
    expect(() => orbitFromPosition([1, 2, 3], [1, 2, 3])).toThrow(RangeError);
  });
});
