/**
 * Whether two pictures can tell the answer (README.md here): B is compared with renders from poses for which another option
 * would be right, under B's own scene. If one of them looks like B, nobody can know, and the item is ambiguous.
 *
 * The metric: the share of pixels, of pictures of `sizePx`, whose largest channel difference exceeds `channelStep`. Small
 * changes of shading do not count; a handle that shows the side does.
 */
import type { Item } from '../contract/item';
import { degWrap, degFromRad, radFromDeg } from '../core/angles';
import {
  elevationIsAllowed,
  orbitFromPosition,
  pointToCamera,
  poseFromOrbit,
  type CameraPose,
  type Orbit,
} from '../core/camera-pose';
import { mat3Mul, mat3Transpose, type Mat3 } from '../core/mat3';
import { vec3Add, vec3Cross, vec3Dot, vec3Normalize, vec3Scale, vec3Sub, type Vec3 } from '../core/vec3';
import { angleOfKey, isBroadFamilyId } from './broad-families';
import { posedTruth, type PosedQuestionId } from './facing';
import { isQuestionId } from './families';
import { poseTurn } from './turned-pose';

/** Raised whenever the same item of a set may be judged otherwise. */
export const ANSWERABILITY_VERSION = 1;

export const ANSWERABILITY_RULE = {
  sizePx: 64,
  /** Of 255. */
  channelStep: 24,
  /** B must differ from every comparison by at least this share of the pixels. */
  changedShareMin: 0.015,
  azimuthStepDeg: 10,
} as const;

const isPosedQuestion = (question: string): question is PosedQuestionId =>
  question === 'facing' || isBroadFamilyId(question) || isQuestionId(question);

export interface ComparedItem extends Pick<Item, 'question' | 'answerKey' | 'targetWorld'> {
  readonly options: readonly { readonly key: string }[];
  readonly viewA: CameraPose;
  readonly viewB: CameraPose;
}

export interface Answerability {
  readonly answerable: boolean;
  /** The smallest share of changed pixels, over all comparisons; 1 when there was none. */
  readonly closestShare: number;
  /** The pose that looks most like B although another option would be right; null when there was none. */
  readonly twin: CameraPose | null;
}

/** 1 − the cosine of a hundredth of a degree. */
const SAME_DIRECTION = 1.5e-8;
/** Nearer to each other, distances are the same, give or take what is lost on the way through a file. */
const SAME_RATIO = 1e-6;
/** Apparent size is matched at the object's centre, near parts are larger: the best match of these counts. */
const SIZE_TRIES = [0.94, 0.97, 1, 1.03, 1.06] as const;

/** Every azimuth in steps from B's own, so that an object's symmetries of 30°, 60°, 90° … are met exactly. */
function azimuthsAround(orbitB: Orbit): number[] {
  const { azimuthStepDeg } = ANSWERABILITY_RULE;
  return Array.from({ length: 360 / azimuthStepDeg }, (_, k) => degWrap(orbitB.azimuthDeg + k * azimuthStepDeg));
}

function elevationCandidates(orbitA: Orbit): number[] {
  const steps = Array.from({ length: 12 }, (_, k) => -30 + k * 10);
  return [orbitA.elevationDeg, ...steps];
}

/** A's, and B's where it is another: the object is as large there as in B. */
const distancesOf = (orbitA: Orbit, orbitB: Orbit): number[] =>
  Math.abs(orbitB.distanceM / orbitA.distanceM - 1) <= SAME_RATIO
    ? [orbitA.distanceM]
    : [orbitA.distanceM, orbitB.distanceM];

const backTo = ({ positionWorld }: CameraPose, targetWorld: Vec3): Vec3 =>
  vec3Normalize(vec3Sub(positionWorld, targetWorld));

/** A camera at another place that sees the object as B does. @param fovYDeg B's unless told */
type PoseLikeB = (orbit: Orbit, fovYDeg?: number) => CameraPose;

interface Places {
  readonly orbitA: Orbit;
  readonly orbitB: Orbit;
  readonly poseAt: PoseLikeB;
}

/**
 * What a `distance` pair can be besides: a zoom from A's place in place of a dolly, a dolly in place of a zoom, each by as
 * much as gives the object its size in B, so that perspective alone tells them apart; and A's distance in B's direction.
 */
function distanceCandidates({ viewA: a, viewB: b, targetWorld }: ComparedItem, places: Places): CameraPose[] {
  const { orbitA, orbitB, poseAt } = places;
  const [halfTanA, halfTanB] = [a, b].map(({ fovYDeg }) => Math.tan(radFromDeg(fovYDeg / 2))) as [number, number];
  const visibleM = orbitB.distanceM * halfTanB;
  const [directionA, directionB] = [a, b].map((pose) => backTo(pose, targetWorld)) as [Vec3, Vec3];
  const dollies = [visibleM / halfTanA, orbitA.distanceM].flatMap((distanceM) =>
    SIZE_TRIES.map((factor) => poseAt({ ...orbitB, distanceM: distanceM * factor }, a.fovYDeg)),
  );
  if (vec3Dot(directionA, directionB) <= 1 - SAME_DIRECTION) return dollies;
  const zooms = SIZE_TRIES.map((factor) =>
    poseAt(orbitA, 2 * degFromRad(Math.atan((visibleM * factor) / orbitA.distanceM))),
  );
  return [...zooms, ...dollies];
}

/** Horizontal place of the target on a camera's picture: tangent of its bearing, positive to the right. */
function targetBearing(pose: CameraPose, targetWorld: Vec3): number {
  const [x, , z] = pointToCamera(pose, targetWorld);
  return x / -z;
}

/**
 * A strafed or turned by several amounts to both sides, and by exactly as much as brings the object to its place in B:
 * then only the ground, and the side of the object that is seen, tell the two apart.
 */
function decoupledCandidates(a: CameraPose, b: CameraPose, targetWorld: Vec3): CameraPose[] {
  const bearingB = targetBearing(b, targetWorld);
  const [rightM, , backM] = pointToCamera(a, targetWorld);
  const strafed = (shiftM: number): CameraPose => ({
    ...a,
    positionWorld: vec3Add(a.positionWorld, vec3Scale(a.cameraFromWorld[0], shiftM)),
  });
  const missOf = (turnDeg: number): number => Math.abs(targetBearing(poseTurn(a, turnDeg), targetWorld) - bearingB);
  const fineTurnsDeg = Array.from({ length: 601 }, (_, k) => (k - 300) / 10);
  const matchingTurnDeg = fineTurnsDeg.reduce((best, deg) => (missOf(deg) < missOf(best) ? deg : best));
  const sizesDeg = [5, 8, 12, 16, 20];
  return [
    strafed(rightM + backM * bearingB),
    poseTurn(a, matchingTurnDeg),
    ...sizesDeg.flatMap((sizeDeg) =>
      [sizeDeg, -sizeDeg].flatMap((deg) => [poseTurn(a, deg), strafed(-backM * Math.tan(radFromDeg(deg)))]),
    ),
  ];
}

/** The shortest turn that brings one direction to another, not to its opposite; both of length 1. */
function turnBetween(from: Vec3, to: Vec3): Mat3 {
  const axis = vec3Cross(from, to);
  const [x, y, z] = axis;
  const cosine = vec3Dot(from, to);
  const share = 1 / (1 + cosine);
  const row = (i: 0 | 1 | 2, plus: Vec3): Vec3 => vec3Add(vec3Scale(axis, axis[i] * share), plus);
  return [row(0, [cosine, -z, y]), row(1, [z, cosine, -x]), row(2, [-y, x, cosine])];
}

/**
 * Cameras at other places that see the object where B sees it in its picture: turned away from it as B is.
 * @throws RangeError as poseFromOrbit does
 */
function poseLike(b: CameraPose, orbitB: Orbit, targetWorld: Vec3): PoseLikeB {
  const aimedAt: PoseLikeB = (orbit, fovYDeg = b.fovYDeg) => poseFromOrbit(orbit, fovYDeg, targetWorld);
  if (!elevationIsAllowed(orbitB.elevationDeg)) return aimedAt;
  const aimed = aimedAt(orbitB).cameraFromWorld;
  if (vec3Dot(aimed[2], b.cameraFromWorld[2]) > 1 - SAME_DIRECTION) return aimedAt;
  const turn = mat3Mul(b.cameraFromWorld, mat3Transpose(aimed));
  const [x, y, z] = pointToCamera(b, targetWorld);
  return (orbit, fovYDeg = b.fovYDeg) => {
    const pose = aimedAt(orbit, fovYDeg);
    // Through a longer lens, the same place in the picture is a smaller turn.
    const widths = Math.tan(radFromDeg(fovYDeg / 2)) / Math.tan(radFromDeg(b.fovYDeg / 2));
    const lens = turnBetween(vec3Normalize([x, y, z]), vec3Normalize([x * widths, y * widths, z]));
    return { ...pose, cameraFromWorld: mat3Mul(mat3Mul(lens, turn), pose.cameraFromWorld) };
  };
}

function candidates(question: PosedQuestionId, item: ComparedItem): CameraPose[] {
  const { viewA: a, viewB: b, targetWorld } = item;
  const orbitA = orbitFromPosition(a.positionWorld, targetWorld);
  const orbitB = orbitFromPosition(b.positionWorld, targetWorld);
  const poseAt = poseLike(b, orbitB, targetWorld);
  switch (question) {
    case 'vertical':
      return distancesOf(orbitA, orbitB).flatMap((distanceM) =>
        elevationCandidates(orbitA).flatMap((elevationDeg) =>
          [0, 90, 180, 270].map((turnDeg) =>
            poseAt({ azimuthDeg: orbitB.azimuthDeg + turnDeg, elevationDeg, distanceM }),
          ),
        ),
      );
    case 'distance':
      return distanceCandidates(item, { orbitA, orbitB, poseAt });
    case 'decoupled':
      return decoupledCandidates(a, b, targetWorld);
    case 'magnitude':
      // The options name the only other answers. A turn to the right is an orbit to the left.
      return item.options.flatMap(({ key }) => {
        const angleDeg = angleOfKey(key);
        return angleDeg === null ? [] : [poseAt({ ...orbitB, azimuthDeg: orbitA.azimuthDeg - angleDeg })];
      });
    default:
      return azimuthsAround(orbitB).map((azimuthDeg) => poseAt({ ...orbitB, azimuthDeg }));
  }
}

/**
 * Poses from which B could have been taken so that another option of the question were right, A's own pose among them.
 * @throws RangeError for a question that has no truth of its own
 */
export function comparisonPoses(item: ComparedItem): CameraPose[] {
  const { question, viewA, targetWorld, answerKey } = item;
  if (!isPosedQuestion(question)) throw new RangeError(`the question "${question}" has no answer that poses decide`);
  return [viewA, ...candidates(question, item)]
    .filter((pose) => {
      const truth = posedTruth(question, viewA, pose, targetWorld);
      return truth.kind === 'key' && truth.key !== answerKey;
    })
    .map(({ positionWorld, cameraFromWorld, fovYDeg }) => ({ positionWorld, cameraFromWorld, fovYDeg }));
}

/** Share of pixels that differ by more than the rule's step in some channel; RGBA bytes, alpha ignored. */
export function changedShare(first: ArrayLike<number>, second: ArrayLike<number>): number {
  if (first.length !== second.length || first.length === 0 || first.length % 4 !== 0)
    throw new RangeError(`pictures of ${first.length} and ${second.length} bytes cannot be compared`);
  let changed = 0;
  for (let at = 0; at < first.length; at += 4) {
    for (let channel = 0; channel < 3; channel++) {
      const step = (first[at + channel] as number) - (second[at + channel] as number);
      if (Math.abs(step) <= ANSWERABILITY_RULE.channelStep) continue;
      changed++;
      break;
    }
  }
  return changed / (first.length / 4);
}

/**
 * Judges an item.
 * @param render pictures of `sizePx` (RGBA bytes) from the poses, all under B's scene, in order
 */
export function assessAnswerability(
  item: ComparedItem,
  render: (poses: readonly CameraPose[]) => readonly ArrayLike<number>[],
): Answerability {
  const poses = comparisonPoses(item);
  const [pictureB, ...others] = render([item.viewB, ...poses]);
  if (!pictureB || others.length !== poses.length)
    throw new Error(`asked for ${poses.length + 1} pictures, got ${others.length + (pictureB ? 1 : 0)}`);
  let closestShare = 1;
  let twin: CameraPose | null = null;
  others.forEach((picture, index) => {
    const share = changedShare(pictureB, picture);
    if (share >= closestShare) return;
    closestShare = share;
    twin = poses[index] as CameraPose;
  });
  return { answerable: closestShare >= ANSWERABILITY_RULE.changedShareMin, closestShare, twin };
}
