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
import { mat3Mul, mat3Transpose } from '../core/mat3';
import { vec3Add, vec3Dot, vec3Scale, type Vec3 } from '../core/vec3';
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

/**
 * What a `distance` pair can be besides: a zoom from A's place in place of a dolly, a dolly in place of a zoom, each by as
 * much as gives the object its size in B, so that perspective alone tells them apart; and A's distance in B's direction.
 */
function distanceCandidates(a: CameraPose, b: CameraPose, targetWorld: Vec3): CameraPose[] {
  const [orbitA, orbitB] = [a, b].map(({ positionWorld }) => orbitFromPosition(positionWorld, targetWorld)) as [
    Orbit,
    Orbit,
  ];
  const [halfTanA, halfTanB] = [a, b].map(({ fovYDeg }) => Math.tan(radFromDeg(fovYDeg / 2))) as [number, number];
  const visibleM = orbitB.distanceM * halfTanB;
  const direction = poseFromOrbit({ ...orbitB, distanceM: 1 }, a.fovYDeg).cameraFromWorld[2];
  const sameDirection = vec3Dot(direction, a.cameraFromWorld[2]) > 1 - SAME_DIRECTION;
  const zooms = SIZE_TRIES.map((factor) => ({
    ...a,
    fovYDeg: 2 * degFromRad(Math.atan((visibleM * factor) / orbitA.distanceM)),
  }));
  const dollies = [visibleM / halfTanA, orbitA.distanceM].flatMap((distanceM) =>
    SIZE_TRIES.map((factor) => poseFromOrbit({ ...orbitB, distanceM: distanceM * factor }, a.fovYDeg, targetWorld)),
  );
  return sameDirection ? [...zooms, ...dollies] : dollies;
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

/**
 * Cameras at other places with B's lens that see the object where B sees it in its picture: turned away from it as B is.
 * @throws RangeError as poseFromOrbit does
 */
function poseLike(b: CameraPose, orbitB: Orbit, targetWorld: Vec3): (orbit: Orbit) => CameraPose {
  const aimedAt = (orbit: Orbit): CameraPose => poseFromOrbit(orbit, b.fovYDeg, targetWorld);
  if (!elevationIsAllowed(orbitB.elevationDeg)) return aimedAt;
  const aimed = aimedAt(orbitB).cameraFromWorld;
  if (vec3Dot(aimed[2], b.cameraFromWorld[2]) > 1 - SAME_DIRECTION) return aimedAt;
  const turn = mat3Mul(b.cameraFromWorld, mat3Transpose(aimed));
  return (orbit) => {
    const pose = aimedAt(orbit);
    return { ...pose, cameraFromWorld: mat3Mul(turn, pose.cameraFromWorld) };
  };
}

function candidates(question: PosedQuestionId, item: ComparedItem): CameraPose[] {
  const { viewA: a, viewB: b, targetWorld } = item;
  const orbitA = orbitFromPosition(a.positionWorld, targetWorld);
  const orbitB = orbitFromPosition(b.positionWorld, targetWorld);
  const poseAt = poseLike(b, orbitB, targetWorld);
  switch (question) {
    case 'vertical':
      return elevationCandidates(orbitA).flatMap((elevationDeg) =>
        [0, 90, 180, 270].map((turnDeg) =>
          poseAt({ azimuthDeg: orbitB.azimuthDeg + turnDeg, elevationDeg, distanceM: orbitA.distanceM }),
        ),
      );
    case 'distance':
      return distanceCandidates(a, b, targetWorld);
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
