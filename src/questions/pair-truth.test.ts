import { describe, expect, it } from 'vitest';
import { poseFromOrbit, type CameraPose, type Orbit } from '../core/camera-pose';
import { vec3Add, vec3Scale } from '../core/vec3';
import { turnedDegOf } from '../testing/poses';
import {
  angleOfKey,
  angleOption,
  BROAD_FAMILY_IDS,
  fixedOptions,
  oppositeAnswerKey,
  type PairQuestionId,
} from './broad-families';
import { EVALUATION_RANGES } from './item-generator';
import { pairTruth } from './pair-truth';
import { headingDeg, poseFromTurnedOrbit, poseTurn, yawRightDeg } from './turned-pose';

const ORBIT: Orbit = { azimuthDeg: 30, elevationDeg: 20, distanceM: 3 };
const pose = (change: Partial<Orbit> = {}, fovYDeg = 40): CameraPose => poseFromOrbit({ ...ORBIT, ...change }, fovYDeg);
const keyOf = (question: PairQuestionId, a: CameraPose, b: CameraPose): string => {
  const truth = pairTruth(question, a, b);
  return truth.kind === 'key' ? truth.key : truth.reason;
};
const strafe = (from: CameraPose, rightM: number): CameraPose => ({
  ...from,
  positionWorld: vec3Add(from.positionWorld, vec3Scale(from.cameraFromWorld[0], rightM)),
});

describe('turned poses', () => {
  it('turns to the right for positive degrees: what was ahead is then to the left', () => {
    const turned = poseTurn(poseFromOrbit({ azimuthDeg: 0, elevationDeg: 0, distanceM: 2 }, 40), 90);
    // From +Z, looking along −Z, a right turn looks along +X; the camera's back is −X.
    expect(turned.cameraFromWorld[2][0]).toBeCloseTo(-1);
    expect(turned.positionWorld).toEqual(pose({ azimuthDeg: 0, elevationDeg: 0, distanceM: 2 }).positionWorld);
  });

  it.each([-40, -5, 0, 5, 40])('%d° is read back from the pose', (turnedDeg) => {
    const turned = poseFromTurnedOrbit(ORBIT, turnedDeg, 40);
    expect(turnedDegOf(turned)).toBeCloseTo(turnedDeg, 9);
    expect(headingDeg(turned)).toBeCloseTo(30 - turnedDeg, 9);
    expect(yawRightDeg(pose(), turned)).toBeCloseTo(turnedDeg, 9);
    expect(turned.cameraFromWorld[0][1]).toBeCloseTo(0, 12);
  });
});

describe('vertical', () => {
  it.each([
    [28, 'up'],
    [12, 'down'],
    [20, 'same'],
    [27.9, 'too-close'],
    [20.1, 'too-close'],
  ] as const)('from 20° to %d°: %s', (elevationDeg, key) => {
    expect(keyOf('vertical', pose(), pose({ elevationDeg, azimuthDeg: -20 }))).toBe(key);
  });

  it('has no answer where elevation and height disagree, and none for "same" at another height', () => {
    expect(keyOf('vertical', pose({ elevationDeg: 30 }), pose({ elevationDeg: 20, distanceM: 6 }))).toBe('not-covered');
    expect(keyOf('vertical', pose(), pose({ distanceM: 3.1 }))).toBe('too-close');
  });
});

describe('vertical, where the height hardly changes', () => {
  const elevatedTo = (heightM: number, elevationDeg: number): CameraPose =>
    pose({ elevationDeg, distanceM: heightM / Math.sin((elevationDeg * Math.PI) / 180) });
  const heightA = 3 * Math.sin((20 * Math.PI) / 180);
  const leastM = (3 * Math.sin((8 * Math.PI) / 180)) / 2;

  it.each([
    [0.0001, 'too-close'],
    [-0.0001, 'too-close'],
    [leastM - 0.001, 'too-close'],
    [leastM + 0.001, 'up'],
  ])('a rise of %d m beside one of 10° of elevation: %s', (riseM, key) => {
    expect(keyOf('vertical', pose(), elevatedTo(heightA + riseM, 30))).toBe(key);
  });

  it('has an answer for all that is dealt: one distance, elevations of the evaluation', () => {
    const [lo, hi] = [EVALUATION_RANGES.elevationADeg[0], EVALUATION_RANGES.elevationBDeg[1]];
    for (let elevationDeg = lo - 5; elevationDeg + 8 <= hi; elevationDeg++) {
      const [low, high] = [pose({ elevationDeg }), pose({ elevationDeg: elevationDeg + 8 })];
      expect([keyOf('vertical', low, high), keyOf('vertical', high, low)]).toEqual(['up', 'down']);
    }
  });
});

describe('distance', () => {
  it.each([
    [3.6, 'farther'],
    [2.5, 'closer'],
    [3, 'same'],
    [3.5, 'too-close'],
    [2.6, 'too-close'],
  ] as const)('from 3 m to %d m: %s', (distanceM, key) => {
    expect(keyOf('distance', pose(), pose({ distanceM, azimuthDeg: 70 }))).toBe(key);
  });

  it('a zoom is no movement', () => {
    expect(keyOf('distance', pose(), pose({}, 28))).toBe('same');
  });
});

describe('decoupled', () => {
  it('tells strafing from turning', () => {
    const a = poseFromTurnedOrbit(ORBIT, -6, 40);
    expect(keyOf('decoupled', a, strafe(a, 0.5))).toBe('moved-right');
    expect(keyOf('decoupled', a, strafe(a, -0.5))).toBe('moved-left');
    expect(keyOf('decoupled', a, poseTurn(a, 12))).toBe('turned-right');
    expect(keyOf('decoupled', a, poseTurn(a, -12))).toBe('turned-left');
    expect(keyOf('decoupled', a, a)).toBe('neither');
  });

  it('has no answer for small ones, and for cameras that do both or something else', () => {
    expect(keyOf('decoupled', pose(), strafe(pose(), 0.2))).toBe('too-close');
    expect(keyOf('decoupled', pose(), poseTurn(pose(), 4.9))).toBe('too-close');
    expect(keyOf('decoupled', pose(), pose({ azimuthDeg: 70 }))).toBe('not-covered');
    expect(keyOf('decoupled', pose(), poseTurn(strafe(pose(), 0.5), 10))).toBe('not-covered');
    expect(keyOf('decoupled', pose(), pose({ distanceM: 5 }))).toBe('too-close');
  });
});

describe('magnitude', () => {
  it.each([
    [75.4, 'left-45'],
    [-14.4, 'right-44'],
    [34, 'too-close'],
    [-145, 'nearly-opposite'],
  ] as const)('from azimuth 30° to %d°: %s', (azimuthDeg, key) => {
    expect(keyOf('magnitude', pose(), pose({ azimuthDeg, elevationDeg: 40 }))).toBe(key);
  });

  it('spells signs as sides and back', () => {
    expect(angleOption(-45)).toEqual({ key: 'left-45', text: '-45°' });
    expect(angleOption(20)).toEqual({ key: 'right-20', text: '+20°' });
    expect(angleOfKey('left-45')).toBe(-45);
    expect(angleOfKey('up')).toBeNull();
    expect(() => angleOption(0)).toThrow(RangeError);
    expect(() => angleOption(2.5)).toThrow(RangeError);
  });
});

describe('opposites', () => {
  it.each(BROAD_FAMILY_IDS.filter((family) => family !== 'magnitude'))(
    '%s: exchanging twice changes nothing',
    (family) => {
      const keys = fixedOptions(family).map(({ key }) => key);
      for (const key of keys) {
        expect(keys).toContain(oppositeAnswerKey(key));
        expect(oppositeAnswerKey(oppositeAnswerKey(key))).toBe(key);
      }
      expect(keys.filter((key) => oppositeAnswerKey(key) === key)).toHaveLength(1);
    },
  );

  it('is what the poses say when A and B change places', () => {
    const a = poseFromTurnedOrbit(ORBIT, -6, 40);
    const pairs: [PairQuestionId, CameraPose, CameraPose][] = [
      ['vertical', pose(), pose({ elevationDeg: 35 })],
      ['distance', pose(), pose({ distanceM: 4.5 })],
      ['decoupled', a, poseTurn(a, 12)],
      ['decoupled', a, strafe(a, 0.5)],
      ['magnitude', pose(), pose({ azimuthDeg: 80 })],
      ['ego-rotation', pose(), pose({ azimuthDeg: 80 })],
    ];
    for (const [question, first, second] of pairs)
      expect(keyOf(question, second, first)).toBe(oppositeAnswerKey(keyOf(question, first, second)));
  });
});
