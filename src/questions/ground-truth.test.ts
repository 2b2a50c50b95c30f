import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import golden from '../contract/golden/poses.json';
import { poseFromOrbit, type CameraPose } from '../core/camera-pose';
import { vec3Add, vec3Scale, type Vec3 } from '../core/vec3';
import { poseLookingAt } from '../testing/poses';
import { oppositeKey, QUESTION_IDS } from './families';
import { groundTruth, isOrbitPose, SIDE_MAX_DEG, SIDE_MIN_DEG } from './ground-truth';

const orbit = (azimuthDeg: number, elevationDeg = 10, distanceM = 2): CameraPose =>
  poseFromOrbit({ azimuthDeg, elevationDeg, distanceM }, 40);

/** The three answers, in the order of QUESTION_IDS: camera moved, camera moved as the object sees it, camera turned. */
const answers = (a: CameraPose, b: CameraPose, target?: Vec3): string[] =>
  QUESTION_IDS.map((question) => {
    const truth = groundTruth(question, a, b, target);
    return truth.kind === 'key' ? truth.key : truth.reason;
  });

const strafed = (pose: CameraPose, rightM: number, upM = 0, backM = 0): CameraPose => {
  const [right, up, back] = pose.cameraFromWorld;
  const shift = vec3Add(vec3Add(vec3Scale(right, rightM), vec3Scale(up, upM)), vec3Scale(back, backM));
  return { ...pose, positionWorld: vec3Add(pose.positionWorld, shift) };
};

/** Turned on the spot, level: positive to the right. */
const turned = (pose: CameraPose, rightDeg: number): CameraPose => {
  const rad = (rightDeg * Math.PI) / 180;
  const [right, , back] = pose.cameraFromWorld;
  const forward = vec3Add(vec3Scale(back, -Math.cos(rad)), vec3Scale(right, Math.sin(rad)));
  return poseLookingAt(pose.positionWorld, vec3Add(pose.positionWorld, forward), pose.fovYDeg);
};

describe('orbits', () => {
  it.each([
    ['Δ azimuth +60', orbit(60), ['right', 'left', 'left']],
    ['Δ azimuth −60', orbit(-60), ['left', 'right', 'right']],
    ['exactly the same pose', orbit(0), ['none', 'none', 'none']],
    ['the lower limit', orbit(SIDE_MIN_DEG), ['right', 'left', 'left']],
    ['just below it', orbit(SIDE_MIN_DEG - 0.01), ['too-close', 'too-close', 'too-close']],
    ['the upper limit', orbit(-SIDE_MAX_DEG), ['left', 'right', 'right']],
    ['just above it', orbit(-SIDE_MAX_DEG - 0.01), ['nearly-opposite', 'nearly-opposite', 'nearly-opposite']],
    ['the other side', orbit(180), ['nearly-opposite', 'nearly-opposite', 'nearly-opposite']],
    ['only higher', orbit(0, 30), ['too-close', 'too-close', 'too-close']],
    ['only farther: moved, but not turned', orbit(0, 10, 3), ['too-close', 'too-close', 'none']],
    ['to the side, higher and nearer', orbit(40, 24, 1.6), ['right', 'left', 'left']],
  ])('%s', (_name, b, expected) => {
    expect(answers(orbit(0), b)).toEqual(expected);
  });

  it.each([
    [170, -170, ['right', 'left', 'left']],
    [-170, 170, ['left', 'right', 'right']],
  ])('goes the short way from %d° to %d°', (fromDeg, toDeg, expected) => {
    expect(answers(orbit(fromDeg), orbit(toDeg))).toEqual(expected);
  });

  it('flips when A and B change places', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: SIDE_MIN_DEG, max: SIDE_MAX_DEG, noNaN: true }),
        fc.constantFrom(1, -1),
        fc.double({ min: -10, max: 60, noNaN: true }),
        fc.double({ min: -10, max: 60, noNaN: true }),
        (azimuthDeg, sizeDeg, sign, elevationA, elevationB) => {
          const [a, b] = [orbit(azimuthDeg, elevationA), orbit(azimuthDeg + sign * sizeDeg, elevationB)];
          for (const question of QUESTION_IDS) {
            const [ab, ba] = [groundTruth(question, a, b), groundTruth(question, b, a)];
            if (ab.kind !== 'key' || ba.kind !== 'key') throw new Error('a side must be decided');
            expect(ba.key).toBe(oppositeKey(ab.key));
          }
        },
      ),
    );
  });

  it('is about the object, wherever it stands', () => {
    const target: Vec3 = [3, 1, -2];
    const at = (azimuthDeg: number): CameraPose =>
      poseFromOrbit({ azimuthDeg, elevationDeg: 20, distanceM: 2 }, 40, target);
    expect(answers(at(10), at(40), target)).toEqual(['right', 'left', 'left']);
  });

  it.each(golden.pairs.map((pair, index) => ({ index, ...pair })))(
    'golden pair $index',
    ({ a, b, targetWorld, answers: expected }) => {
      const target = targetWorld as unknown as Vec3;
      const given = answers(poseFromOrbit(a, 40, target), poseFromOrbit(b, 40, target), target);
      expect(given).toEqual(QUESTION_IDS.map((question) => expected[question]));
    },
  );
});

describe('free poses', () => {
  const a = orbit(25, 15, 2);
  it.each([
    ['strafe right: no turn', strafed(a, 0.8), ['right', 'left', 'none']],
    ['strafe left: no turn', strafed(a, -0.8), ['left', 'right', 'none']],
    ['turn right on the spot', turned(orbit(25, 0), 20), ['none', 'none', 'right']],
    ['turn left on the spot', turned(orbit(25, 0), -20), ['none', 'none', 'left']],
    ['a shift too small to call', strafed(a, 0.05), ['too-close', 'too-close', 'none']],
    ['up, and a little to the right', strafed(a, 0.3, 0.9), ['not-covered', 'left', 'none']],
    ['a turn too small to call', turned(orbit(25, 0), 2), ['none', 'none', 'too-close']],
    ['a turn about', turned(orbit(25, 0), 178), ['none', 'none', 'nearly-opposite']],
  ])('%s', (name, b, expected) => {
    expect(answers(name.includes('turn') && !name.includes('no turn') ? orbit(25, 0) : a, b)).toEqual(expected);
  });

  it('breaks the lock between the three answers: strafe right, turn right', () => {
    const level = orbit(25, 0);
    expect(answers(level, turned(strafed(level, 0.8), 10))).toEqual(['right', 'left', 'right']);
  });

  it('has no verdict on mostly looking up or down', () => {
    const level = orbit(0, 0);
    const up = poseLookingAt(level.positionWorld, vec3Add(level.positionWorld, [0.12, 0.5, -1]), 40);
    expect(groundTruth('ego-rotation', level, up)).toEqual({ kind: 'undecided', reason: 'not-covered' });
  });

  it('has no verdict for the object when a camera stands in it', () => {
    const inside: CameraPose = { ...orbit(0), positionWorld: [0, 0, 0] };
    expect(groundTruth('object-translation', orbit(0), inside)).toEqual({ kind: 'undecided', reason: 'not-covered' });
  });

  it('knows an orbit when it sees one', () => {
    expect(isOrbitPose(orbit(123, -33, 4))).toBe(true);
    expect(isOrbitPose(strafed(a, 0.1))).toBe(false);
    expect(isOrbitPose(turned(orbit(25, 0), 180))).toBe(false);
    const [right, up, back] = a.cameraFromWorld;
    const tilted = [
      vec3Add(vec3Scale(right, 0.8), vec3Scale(up, 0.6)),
      vec3Add(vec3Scale(up, 0.8), vec3Scale(right, -0.6)),
    ];
    expect(isOrbitPose({ ...a, cameraFromWorld: [tilted[0] as Vec3, tilted[1] as Vec3, back] })).toBe(false);
    expect(isOrbitPose({ ...a, cameraFromWorld: [vec3Scale(right, -1), vec3Scale(up, -1), back] })).toBe(false);
    expect(isOrbitPose({ ...a, cameraFromWorld: [up, vec3Scale(right, -1), back] })).toBe(false);
  });
});

it('survives a file: rounded numbers are still the same pose', () => {
  const a = orbit(77.7, 12.3, 2.1);
  const read = JSON.parse(JSON.stringify(a)) as CameraPose;
  expect(answers(a, read)).toEqual(['none', 'none', 'none']);
});
