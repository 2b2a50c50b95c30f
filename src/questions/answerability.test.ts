import { describe, expect, it } from 'vitest';
import lookAlikes from '../contract/look-alike-cases.json';
import { radFromDeg } from '../core/angles';
import { orbitFromPosition, pointToCamera, poseFromOrbit, type CameraPose, type Orbit } from '../core/camera-pose';
import { vec3Dot, vec3Length, vec3Normalize, vec3Scale, vec3Add, vec3Sub, type Vec3 } from '../core/vec3';
import { directionToWorld } from '../testing/poses';
import {
  ANSWERABILITY_RULE,
  assessAnswerability,
  changedShare,
  comparisonPoses,
  type ComparedItem,
} from './answerability';
import { angleOption, fixedOptions, type PairQuestionId } from './broad-families';
import { facingTruth } from './facing';
import { pairTruth } from './pair-truth';
import { optionsWithLetters } from './prompt';
import { poseFromTurnedOrbit, poseTurn } from './turned-pose';

const SIZE_PX = 32;

/** A ball of radius 1, ray by ray; `paint` gives its grey for a point of the surface. */
function renderBall(paint: (point: Vec3) => number): (poses: readonly CameraPose[]) => Uint8Array[] {
  return (poses) =>
    poses.map((pose) => {
      const rgba = new Uint8Array(SIZE_PX * SIZE_PX * 4).fill(255);
      const half = Math.tan(radFromDeg(pose.fovYDeg / 2));
      for (let y = 0; y < SIZE_PX; y++) {
        for (let x = 0; x < SIZE_PX; x++) {
          const [right, up] = [((x + 0.5) / SIZE_PX) * 2 - 1, 1 - ((y + 0.5) / SIZE_PX) * 2];
          const ray = vec3Normalize(directionToWorld(pose, [right * half, up * half, -1]));
          const along = -vec3Dot(ray, pose.positionWorld);
          const inside = along ** 2 - (vec3Length(pose.positionWorld) ** 2 - 1);
          const point = vec3Add(pose.positionWorld, vec3Scale(ray, along - Math.sqrt(Math.max(0, inside))));
          rgba.fill(inside > 0 ? paint(point) : 128, (y * SIZE_PX + x) * 4, (y * SIZE_PX + x) * 4 + 3);
        }
      }
      return rgba;
    });
}

const azimuthDegOf = ([x, , z]: Vec3): number => (Math.atan2(x, z) * 180) / Math.PI;
const featureless = renderBall(() => 60);
/** Every direction looks different. */
const globe = renderBall(([x, y, z]) => (Math.sin(9 * x + 2) + Math.sin(8 * y) + Math.sin(11 * z + x) > 0 ? 30 : 220));
/** Four equal sectors, as a square table. */
const fourfold = renderBall((point) => ((azimuthDegOf(point) + 360) % 90 < 45 ? 30 : 220));

const ORBIT: Orbit = { azimuthDeg: 10, elevationDeg: 20, distanceM: 3 };
function item(question: PairQuestionId, a: CameraPose, b: CameraPose): ComparedItem {
  const truth = pairTruth(question, a, b);
  if (truth.kind !== 'key') throw new Error(truth.reason);
  const options =
    question === 'magnitude'
      ? [20, 50, 90].flatMap((deg) => [angleOption(deg), angleOption(-deg)])
      : fixedOptions(question);
  return {
    question,
    options: optionsWithLetters(options),
    answerKey: truth.key,
    targetWorld: [0, 0, 0],
    viewA: a,
    viewB: b,
  };
}
const at = (change: Partial<Orbit> = {}, fovYDeg = 44): CameraPose => poseFromOrbit({ ...ORBIT, ...change }, fovYDeg);
const turned = poseFromTurnedOrbit(ORBIT, -6, 44);
const ITEMS = {
  'ego-translation': item('ego-translation', at(), at({ azimuthDeg: 70, elevationDeg: 24 })),
  'ego-rotation': item('ego-rotation', at(), at({ azimuthDeg: -40, elevationDeg: 26 })),
  'no-movement': item('object-translation', at(), at()),
  vertical: item('vertical', at(), at({ elevationDeg: 35, azimuthDeg: 60 })),
  magnitude: item('magnitude', at(), at({ azimuthDeg: 60 })),
  turn: item('decoupled', turned, poseTurn(turned, 12)),
  neither: item('decoupled', turned, turned),
};

describe('comparisonPoses', () => {
  it.each(Object.entries(ITEMS))('%s: another option would be right at each of them', (_name, one) => {
    const poses = comparisonPoses(one);
    expect(poses.length).toBeGreaterThan(3);
    for (const pose of poses) {
      const truth = pairTruth(one.question as PairQuestionId, one.viewA, pose);
      expect(truth.kind).toBe('key');
      expect(truth).not.toMatchObject({ key: one.answerKey });
    }
  });

  it('looks all the way round in steps of 10°, from B on, so that symmetries are met exactly', () => {
    const [stayed, ...others] = comparisonPoses(ITEMS['ego-translation']);
    expect(stayed).toEqual(at());
    // Other side of A at 10°: −160° … 5°, on B's grid (70° + 10° k): −160, −150, … 0.
    expect(others).toHaveLength(17);
    const square = others.filter((pose) => Math.abs(azimuthDegOf(pose.positionWorld) - -20) < 1e-9);
    expect(square).toHaveLength(1);
  });

  it('refuses questions that poses cannot decide', () => {
    expect(() => comparisonPoses({ ...ITEMS.vertical, question: 'free' })).toThrow(/free/);
  });
});

describe('the cases that training shares', () => {
  it.each(lookAlikes.cases)('$family, $answer', ({ family, answer, b, others, ...more }) => {
    const [viewA, viewB] = [lookAlikes.a, b].map((orbit) => poseFromOrbit(orbit, lookAlikes.fovYDeg)) as [
      CameraPose,
      CameraPose,
    ];
    const one = item(family as PairQuestionId, viewA, viewB);
    expect(one.answerKey).toBe(answer);
    const options = more.optionsDeg?.flatMap((deg) => [angleOption(deg), angleOption(-deg)]);
    const found: Record<string, number[]> = {};
    for (const pose of comparisonPoses({ ...one, ...(options && { options }) })) {
      if (vec3Length(vec3Sub(pose.positionWorld, viewA.positionWorld)) === 0) continue;
      const { azimuthDeg, elevationDeg } = orbitFromPosition(pose.positionWorld);
      const turnDeg = Math.round((azimuthDeg - b.azimuthDeg + 720) % 360);
      (found[Math.round(elevationDeg)] ??= []).push(turnDeg);
    }
    for (const turns of Object.values(found)) turns.sort((first, second) => first - second);
    expect(found).toEqual(others);
  });
});

describe('assessAnswerability', () => {
  it.each(Object.entries(ITEMS))('%s: a featureless ball tells nothing', (name, one) => {
    const verdict = assessAnswerability(one, featureless);
    // A turn moves the ball on the picture, and a strafe that moves it as far looks alike. Only that it stayed shows.
    if (name === 'turn') expect(verdict.answerable).toBe(false);
    else if (name === 'neither') expect(verdict.answerable).toBe(true);
    else expect(verdict).toMatchObject({ answerable: false, closestShare: 0 });
  });

  it.each(['ego-translation', 'ego-rotation', 'no-movement', 'vertical', 'magnitude'] as const)(
    '%s: a globe tells all',
    (name) => {
      const verdict = assessAnswerability(ITEMS[name], globe);
      expect(verdict.answerable).toBe(true);
      expect(verdict.closestShare).toBeGreaterThan(ANSWERABILITY_RULE.changedShareMin);
    },
  );

  it.each([
    ['looks at it', 0],
    ['looks past it', 8],
  ])('a camera B that %s is compared with others that do', (_, turnedDeg) => {
    const b = poseTurn(at({ azimuthDeg: 70 }), turnedDeg);
    for (const question of ['ego-translation', 'vertical'] as const) {
      const one = item(question, at(), question === 'vertical' ? poseTurn(at({ elevationDeg: 35 }), turnedDeg) : b);
      expect(assessAnswerability(one, featureless).closestShare).toBe(0);
      expect(assessAnswerability(one, globe).answerable).toBe(true);
    }
  });

  it('+60° round a fourfold object looks as −30°, and the twin says so', () => {
    const verdict = assessAnswerability(ITEMS['ego-translation'], fourfold);
    expect(verdict.answerable).toBe(false);
    expect((azimuthDegOf(verdict.twin?.positionWorld as Vec3) - 70) % 90).toBeCloseTo(0, 6);
    expect(assessAnswerability(ITEMS.vertical, fourfold).twin).not.toBeNull();
  });

  it('facing: a ball without a mark has no front, a globe has one, a fourfold object four', () => {
    const front: ComparedItem = {
      ...ITEMS.vertical,
      question: 'facing',
      options: ['front', 'left', 'back', 'right'].map((key) => ({ key })),
      answerKey: 'front',
      viewB: at({ azimuthDeg: 0 }),
    };
    expect(comparisonPoses(front).length).toBeGreaterThan(12);
    expect(assessAnswerability(front, featureless)).toMatchObject({ answerable: false, closestShare: 0 });
    expect(assessAnswerability(front, globe).answerable).toBe(true);
    const { twin } = assessAnswerability(front, fourfold);
    expect(Math.abs(azimuthDegOf(twin?.positionWorld as Vec3)) % 90).toBeCloseTo(0, 6);
    expect(facingTruth(twin as CameraPose)).not.toEqual({ kind: 'key', key: 'front' });
  });

  it('a renderer that gives too few pictures is an error', () => {
    expect(() => assessAnswerability(ITEMS.vertical, (poses) => featureless(poses.slice(1)))).toThrow(/pictures/);
  });
});

describe('distance', () => {
  const dolly = item('distance', at(), at({ distanceM: 4.8 }));
  const zoom = item('distance', at(), at({}, 2 * Math.atan(Math.tan((22 * Math.PI) / 180) * 1.5) * (180 / Math.PI)));
  const around = item('distance', at(), at({ distanceM: 4.8, azimuthDeg: 60 }));

  it.each([
    [dolly, ['same']],
    [zoom, ['farther']],
    [around, ['same']],
  ])('compares with the other ways to the same size', (one, keys) => {
    const found = comparisonPoses(one).map((pose) => pairTruth('distance', one.viewA, pose));
    expect([...new Set(found.map((truth) => (truth.kind === 'key' ? truth.key : truth.reason)))]).toEqual(keys);
    expect(found.length).toBeGreaterThan(1);
  });

  it('perspective tells a dolly from a zoom on a globe', () => {
    for (const one of [dolly, zoom, around]) expect(assessAnswerability(one, globe).answerable).toBe(true);
    expect(assessAnswerability(zoom, featureless).closestShare).toBeLessThan(
      assessAnswerability(zoom, globe).closestShare,
    );
  });
});

describe('cameras that no item is dealt with', () => {
  it('vertical: from another distance, other heights at that distance are compared', () => {
    const one = item('vertical', at(), at({ elevationDeg: 40, distanceM: 4.5 }));
    expect(assessAnswerability(one, featureless)).toMatchObject({ answerable: false, closestShare: 0 });
    expect(assessAnswerability(one, globe).answerable).toBe(true);
  });

  it('distance: a camera B that looks past the object is compared with others that see it at the same place', () => {
    const placeOf = (pose: CameraPose): readonly [number, number] => {
      const [x, y, z] = pointToCamera(pose, [0, 0, 0]);
      const half = -z * Math.tan(radFromDeg(pose.fovYDeg / 2));
      return [x / half, y / half];
    };
    const closestShare = (b: CameraPose): number => {
      const one = item('distance', at(), b);
      for (const pose of comparisonPoses(one).slice(1))
        placeOf(pose).forEach((value, axis) => expect(value).toBeCloseTo(placeOf(b)[axis] as number, 9));
      return assessAnswerability(one, featureless).closestShare;
    };
    const [zoom, dolly] = [at({}, 30), at({ distanceM: 4.5 })];
    for (const b of [zoom, dolly]) {
      expect(Math.abs(placeOf(poseTurn(b, 8))[0])).toBeGreaterThan(0.3);
      // A ball beside the middle is drawn longer the shorter the lens: nearly alike is all it can be.
      expect(closestShare(poseTurn(b, 8))).toBeLessThan(ANSWERABILITY_RULE.changedShareMin);
    }
  });
});

describe('changedShare', () => {
  it('counts pixels whose largest step exceeds the threshold', () => {
    const grey = new Uint8Array(4 * 4).fill(100);
    const other = grey.slice();
    other[0] = 100 + ANSWERABILITY_RULE.channelStep;
    other[5] = 100 - ANSWERABILITY_RULE.channelStep - 1;
    other[7] = 0;
    expect(changedShare(grey, other)).toBe(1 / 4);
    expect(() => changedShare(grey, grey.subarray(4))).toThrow(RangeError);
  });
});
