import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import golden from '../contract/golden/poses.json';
import { radFromDeg } from './angles';
import { poseFromOrbit, type CameraPose, type Orbit } from './camera-pose';
import { mat3Mul, mat3MulVec, mat3Transpose, type Mat3 } from './mat3';
import { directionErrorDeg, orbitChange, relativePose, rotationAngleDeg } from './relative-pose';
import { vec3Dot, vec3Scale, type Vec3 } from './vec3';

const orbit = (azimuthDeg: number, elevationDeg = 0, distanceM = 1): CameraPose =>
  poseFromOrbit({ azimuthDeg, elevationDeg, distanceM }, 40);

const poseArbitrary = fc
  .tuple(
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.double({ min: -80, max: 80, noNaN: true }),
    fc.double({ min: 0.5, max: 5, noNaN: true }),
  )
  .map(([azimuthDeg, elevationDeg, distanceM]) => orbit(azimuthDeg, elevationDeg, distanceM));

const sideArbitrary = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: 5, max: 170, noNaN: true }),
  fc.constantFrom(1, -1),
  fc.double({ min: -60, max: 60, noNaN: true }),
  fc.double({ min: -60, max: 60, noNaN: true }),
  fc.double({ min: 0.5, max: 2, noNaN: true }),
);

const expectVec = (actual: Vec3, expected: readonly number[], digits = 9): void =>
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, digits));
const expectMat = (actual: Mat3, expected: readonly (readonly number[])[], digits = 9): void =>
  expected.forEach((row, i) => expectVec(actual[i] as Vec3, row, digits));

/** R = yaw · pitch · roll in OpenCV axes, from the angles that `relativePose` reports. */
function rotationFromAngles(yawRightDeg: number, pitchUpDeg: number, rollClockwiseDeg: number): Mat3 {
  const [yaw, pitch, roll] = [yawRightDeg, pitchUpDeg, rollClockwiseDeg].map(radFromDeg) as [number, number, number];
  const aboutDown: Mat3 = [
    [Math.cos(yaw), 0, Math.sin(yaw)],
    [0, 1, 0],
    [-Math.sin(yaw), 0, Math.cos(yaw)],
  ];
  const aboutRight: Mat3 = [
    [1, 0, 0],
    [0, Math.cos(pitch), -Math.sin(pitch)],
    [0, Math.sin(pitch), Math.cos(pitch)],
  ];
  const aboutForward: Mat3 = [
    [Math.cos(roll), -Math.sin(roll), 0],
    [Math.sin(roll), Math.cos(roll), 0],
    [0, 0, 1],
  ];
  return mat3Mul(aboutDown, mat3Mul(aboutRight, aboutForward));
}

describe('the sign table', () => {
  it.each([
    ['Δ azimuth up', 60, { movesRight: true, yawsRight: false, azimuthUp: true }],
    ['Δ azimuth down', -60, { movesRight: false, yawsRight: true, azimuthUp: false }],
  ])('%s', (_name, deltaDeg, expected) => {
    const [a, b] = [orbit(0), orbit(deltaDeg)];
    const pose = relativePose(a, b);
    expect(pose.translationCameraA[0] > 0).toBe(expected.movesRight);
    expect(pose.yawRightDeg > 0).toBe(expected.yawsRight);
    expect(orbitChange(a, b, [0, 0, 0]).deltaAzimuthDeg > 0).toBe(expected.azimuthUp);
    // The object faces camera A: its right hand points to camera A's left.
    const towardsObjectRight = vec3Scale(a.cameraFromWorld[0], -1);
    expect(vec3Dot(b.positionWorld, towardsObjectRight) > 0).toBe(!expected.movesRight);
  });

  it('holds at every elevation, also when elevation and distance change', () => {
    fc.assert(
      fc.property(sideArbitrary, ([azimuthDeg, sizeDeg, sign, elevationA, elevationB, ratio]) => {
        const a = orbit(azimuthDeg, elevationA, 2);
        const b = orbit(azimuthDeg + sign * sizeDeg, elevationB, 2 * ratio);
        const pose = relativePose(a, b);
        expect(Math.sign(pose.translationCameraA[0])).toBe(sign);
        expect(Math.sign(pose.yawRightDeg)).toBe(-sign);
        expect(orbitChange(a, b, [0, 0, 0]).deltaAzimuthDeg).toBeCloseTo(sign * sizeDeg, 6);
      }),
    );
  });

  it('puts up, down, forward and back where the axes say', () => {
    expect(relativePose(orbit(0), orbit(0, 30)).translationCameraA[1]).toBeLessThan(0);
    expect(relativePose(orbit(0), orbit(0, 30)).pitchUpDeg).toBeCloseTo(-30, 9);
    expect(relativePose(orbit(0, 0, 2), orbit(0, 0, 1)).translationCameraA[2]).toBeCloseTo(1, 9);
  });

  it('counts roll clockwise from behind the camera', () => {
    const a = orbit(0);
    const [right, up, back] = a.cameraFromWorld;
    const b: CameraPose = { ...a, cameraFromWorld: [vec3Scale(up, -1), right, back] };
    // Camera B's right axis points down in A: a quarter turn clockwise.
    expect(relativePose(a, b).rollClockwiseDeg).toBeCloseTo(90, 9);
  });
});

describe('known numbers of orbits on a common elevation', () => {
  it.each([
    { elevation: 0, delta: 60, geodesic: '60.0', yaw: '-60.0', axes: '60.0', t: ['0.866', '0.000', '0.500'] },
    { elevation: 20, delta: 100, geodesic: '100.0', yaw: '-92.2', axes: '92.1', t: ['0.925', '-0.377', '1.036'] },
    { elevation: 45, delta: 60, geodesic: '60.0', yaw: '-39.2', axes: '41.4', t: ['0.612', '-0.250', '0.250'] },
    { elevation: 45, delta: 100, geodesic: '100.0', yaw: '-59.3', axes: '65.6', t: ['0.696', '-0.587', '0.587'] },
    { elevation: 60, delta: 100, geodesic: '100.0', yaw: '-34.9', axes: '45.0', t: ['0.492', '-0.508', '0.293'] },
  ])('elevation $elevation°, Δ azimuth $delta°', ({ elevation, delta, geodesic, yaw, axes, t }) => {
    const [a, b] = [orbit(0, elevation), orbit(delta, elevation)];
    const pose = relativePose(a, b);
    expect(pose.geodesicDeg.toFixed(1)).toBe(geodesic);
    expect(pose.yawRightDeg.toFixed(1)).toBe(yaw);
    expect(directionErrorDeg(a.cameraFromWorld[2], b.cameraFromWorld[2])?.toFixed(1)).toBe(axes);
    expect(pose.translationCameraA.map((value) => value.toFixed(3).replace('-0.000', '0.000'))).toEqual(t);
  });

  it('follows the closed form of a level orbit', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -170, max: 170, noNaN: true }).filter((deg) => Math.abs(deg) > 0.01),
        fc.double({ min: 0.5, max: 5, noNaN: true }),
        (deltaDeg, radiusM) => {
          const pose = relativePose(orbit(25, 0, radiusM), orbit(25 + deltaDeg, 0, radiusM));
          const half = radFromDeg(Math.abs(deltaDeg) / 2);
          const chordM = 2 * radiusM * Math.sin(half);
          expectVec(pose.translationCameraA, [
            Math.sign(deltaDeg) * chordM * Math.cos(half),
            0,
            chordM * Math.sin(half),
          ]);
          expect(pose.yawRightDeg).toBeCloseTo(-deltaDeg, 7);
          expect(pose.geodesicDeg).toBeCloseTo(Math.abs(deltaDeg), 7);
        },
      ),
    );
  });
});

describe('traps', () => {
  it('is not what recoverPose returns, whose sideways sign is the opposite', () => {
    const { rotationCameraA, translationCameraA } = relativePose(orbit(0), orbit(60));
    const recovered = vec3Scale(mat3MulVec(mat3Transpose(rotationCameraA), translationCameraA), -1);
    expect(translationCameraA[0].toFixed(3)).toBe('0.866');
    expect(recovered[0].toFixed(3)).toBe('-0.866');
    // recoverPose's pair maps points of camera A to camera B: X2 = R X1 + t.
    const objectInA: Vec3 = [0, 0, 1];
    const turned = mat3MulVec(mat3Transpose(rotationCameraA), objectInA);
    expectVec([turned[0] + recovered[0], turned[1] + recovered[1], turned[2] + recovered[2]], [0, 0, 1]);
  });

  it('does not fold a turn of 100° back to 80°, as asin does', () => {
    const { rotationCameraA, yawRightDeg } = relativePose(orbit(0), orbit(100));
    expect(yawRightDeg).toBeCloseTo(-100, 9);
    expect((Math.asin(-rotationCameraA[2][0]) * 180) / Math.PI).toBeCloseTo(-80, 9);
  });

  it('has a geodesic angle of |Δ azimuth| at any common elevation, while yaw is smaller', () => {
    fc.assert(
      fc.property(sideArbitrary, ([azimuthDeg, sizeDeg, sign, elevationDeg]) => {
        const pose = relativePose(orbit(azimuthDeg, elevationDeg), orbit(azimuthDeg + sign * sizeDeg, elevationDeg));
        expect(pose.geodesicDeg).toBeCloseTo(sizeDeg, 6);
        expect(Math.abs(pose.yawRightDeg)).toBeLessThanOrEqual(sizeDeg + 1e-6);
      }),
    );
  });

  it('tells a translation to the wrong side from the right one, unlike the squared metric', () => {
    const truth = relativePose(orbit(0), orbit(30)).translationDirectionCameraA as Vec3;
    const wrongSide = vec3Scale(truth, -1);
    const signBlindDeg = (Math.acos(Math.min(1, Math.abs(vec3Dot(wrongSide, truth)))) * 180) / Math.PI;
    expect(signBlindDeg).toBeCloseTo(0, 5);
    expect(directionErrorDeg(wrongSide, truth)).toBeCloseTo(180, 9);
    expect(directionErrorDeg(truth, truth)).toBeCloseTo(0, 9);
    expect(directionErrorDeg([1, 0, 0], [0, 2, 0])).toBeCloseTo(90, 9);
    expect(directionErrorDeg(null, truth)).toBeNull();
    expect(directionErrorDeg([0, 0, 0], truth)).toBeNull();
  });

  it('measures rotations exactly near 0 and at 180', () => {
    expect(rotationAngleDeg(rotationFromAngles(0, 0, 0))).toBe(0);
    expect(rotationAngleDeg(rotationFromAngles(1e-7, 0, 0)) / 1e-7).toBeCloseTo(1, 6);
    expect(rotationAngleDeg(rotationFromAngles(180, 0, 0))).toBeCloseTo(180, 9);
  });

  it('has no direction when the camera did not move', () => {
    const pose = relativePose(orbit(33, 12, 2), orbit(33, 12, 2));
    expect(pose.translationDirectionCameraA).toBeNull();
    expect(pose.geodesicDeg).toBeCloseTo(0, 6);
  });
});

describe('relativePose', () => {
  it('inverts when A and B change places', () => {
    fc.assert(
      fc.property(poseArbitrary, poseArbitrary, (a, b) => {
        const [ab, ba] = [relativePose(a, b), relativePose(b, a)];
        expectMat(ba.rotationCameraA, mat3Transpose(ab.rotationCameraA));
        expectVec(
          ba.translationCameraA,
          vec3Scale(mat3MulVec(mat3Transpose(ab.rotationCameraA), ab.translationCameraA), -1),
        );
        expect(ba.geodesicDeg).toBeCloseTo(ab.geodesicDeg, 6);
        expect(ba.translationM).toBeCloseTo(ab.translationM, 9);
      }),
    );
  });

  it('flips the sign of yaw for a swapped level pair', () => {
    expect(relativePose(orbit(70), orbit(15)).yawRightDeg).toBeCloseTo(
      -relativePose(orbit(15), orbit(70)).yawRightDeg,
      9,
    );
  });

  it('is rebuilt by its own angles, yaw then pitch then roll', () => {
    fc.assert(
      fc.property(poseArbitrary, poseArbitrary, (a, b) => {
        const pose = relativePose(a, b);
        expectMat(
          rotationFromAngles(pose.yawRightDeg, pose.pitchUpDeg, pose.rollClockwiseDeg),
          pose.rotationCameraA,
          6,
        );
      }),
    );
  });

  it('says the same in three.js axes', () => {
    fc.assert(
      fc.property(poseArbitrary, poseArbitrary, (a, b) => {
        const pose = relativePose(a, b);
        const [x, y, z] = pose.translationCameraA;
        expectVec(pose.translationCameraAThree, [x, -y, -z]);
        const flip: Mat3 = [
          [1, 0, 0],
          [0, -1, 0],
          [0, 0, -1],
        ];
        expectMat(pose.rotationCameraAThree, mat3Mul(flip, mat3Mul(pose.rotationCameraA, flip)));
      }),
    );
  });
});

describe('orbitChange', () => {
  it('takes the short way around across ±180°', () => {
    expect(orbitChange(orbit(170), orbit(-170), [0, 0, 0]).deltaAzimuthDeg).toBeCloseTo(20, 9);
    expect(orbitChange(orbit(-170), orbit(170), [0, 0, 0]).deltaAzimuthDeg).toBeCloseTo(-20, 9);
  });

  it('is about the given target', () => {
    const target: Vec3 = [1, 0.5, -2];
    const [a, b] = [
      poseFromOrbit({ azimuthDeg: 10, elevationDeg: 5, distanceM: 2 }, 40, target),
      poseFromOrbit({ azimuthDeg: 40, elevationDeg: 15, distanceM: 3 }, 40, target),
    ];
    const change = orbitChange(a, b, target);
    expect(change.deltaAzimuthDeg).toBeCloseTo(30, 9);
    expect(change.deltaElevationDeg).toBeCloseTo(10, 9);
    expect(change.deltaDistanceM).toBeCloseTo(1, 9);
    expect(change.distanceRatio).toBeCloseTo(1.5, 9);
  });
});

describe('golden poses', () => {
  const digits = -Math.log10(golden.tolerance);
  it.each(golden.pairs.map((pair, index) => ({ index, ...pair })))(
    'pair $index',
    ({ a, b, targetWorld, ...expected }) => {
      const target = targetWorld as unknown as Vec3;
      const [poseA, poseB] = [a, b].map((o: Orbit) => poseFromOrbit(o, 40, target)) as [CameraPose, CameraPose];
      const pose = relativePose(poseA, poseB);
      expectMat(pose.rotationCameraA, expected.relative.rotationCameraA, digits);
      expectVec(pose.translationCameraA, expected.relative.translationCameraA, digits);
      for (const name of ['yawRightDeg', 'pitchUpDeg', 'rollClockwiseDeg', 'geodesicDeg'] as const)
        expect(pose[name]).toBeCloseTo(expected.relative[name], digits);
      const change = orbitChange(poseA, poseB, target);
      for (const name of ['deltaAzimuthDeg', 'deltaElevationDeg', 'deltaDistanceM', 'distanceRatio'] as const)
        expect(change[name]).toBeCloseTo(expected.change[name], digits);
    },
  );
});
