/**
 * How a movement looks in the pictures: what slid where, what grew, which side came into view. From the two poses alone, and
 * silent where they would show something else than the truth says.
 */
import { degWrap, radFromDeg } from '../core/angles';
import { orbitFromPosition, WORLD_ORIGIN, type CameraPose } from '../core/camera-pose';
import { orbitChange, relativePose } from '../core/relative-pose';
import { vec3Dot, vec3Length, vec3Normalize, vec3Sub, type Vec3 } from '../core/vec3';
import { SIDE_MAX_DEG } from './ground-truth';
import { headingDeg } from './turned-pose';

export type Side = 'left' | 'right';
export type ObjectSide = 'front' | 'back' | 'left' | 'right' | 'top' | 'bottom';

/**
 * What can be said, the most telling first.
 * `parallax`: near and far parts slid to opposite sides. `strafe`: all slid one way, near parts further. `turn`: all slid alike.
 */
export type WhyFact =
  | { readonly kind: 'still' }
  | { readonly kind: 'parallax' | 'strafe' | 'turn'; readonly slid: Side; readonly moved: Side }
  | { readonly kind: 'closer' | 'farther' | 'zoomed-in' | 'zoomed-out' }
  | { readonly kind: 'higher' | 'lower' }
  | { readonly kind: 'seen'; readonly side: ObjectSide }
  | { readonly kind: 'hidden'; readonly side: ObjectSide };

const SIDE_NORMALS: readonly (readonly [ObjectSide, Vec3])[] = [
  ['front', [0, 0, 1]],
  ['back', [0, 0, -1]],
  ['left', [1, 0, 0]],
  ['right', [-1, 0, 0]],
  ['top', [0, 1, 0]],
  ['bottom', [0, -1, 0]],
];

/** Less is not worth a sentence: it can hardly be seen. */
const TURN_MIN_DEG = 2;
const SHIFT_SHARE_MIN = 0.03;
const SIZE_RATIO_MIN = 1.06;
const RISE_MIN_DEG = 3;
/** Gain or loss of a side's share of the view (the cosine at which it is seen). */
const SIDE_CHANGE_MIN = 0.25;

const other = (side: Side): Side => (side === 'left' ? 'right' : 'left');
/** Nearly opposite, left and right are almost the same place: where the truth names no side, none is named here. */
const hasSide = (turnDeg: number): boolean =>
  Math.abs(turnDeg) >= TURN_MIN_DEG && Math.abs(turnDeg) <= SIDE_MAX_DEG + 1e-9;
const sideOf = (value: number): Side => (value > 0 ? 'right' : 'left');

function sideFacts(a: CameraPose, b: CameraPose, targetWorld: Vec3): WhyFact[] {
  const towards = ({ positionWorld }: CameraPose): Vec3 => vec3Normalize(vec3Sub(positionWorld, targetWorld));
  const [toA, toB] = [towards(a), towards(b)];
  const changes = SIDE_NORMALS.map(([side, normal]) => ({
    side,
    change: Math.max(0, vec3Dot(normal, toB)) - Math.max(0, vec3Dot(normal, toA)),
  }));
  const most = changes.reduce((top, one) => (one.change > top.change ? one : top));
  const least = changes.reduce((low, one) => (one.change < low.change ? one : low));
  return [
    ...(most.change >= SIDE_CHANGE_MIN ? [{ kind: 'seen', side: most.side } as const] : []),
    ...(least.change <= -SIDE_CHANGE_MIN ? [{ kind: 'hidden', side: least.side } as const] : []),
  ];
}

/** Whether the camera stays where it is, as far as pictures show. */
const stays = (a: CameraPose, b: CameraPose, targetWorld: Vec3): boolean =>
  relativePose(a, b).translationM <= SHIFT_SHARE_MIN * vec3Length(vec3Sub(a.positionWorld, targetWorld));

/** Which way things slid in the picture, and which way the camera therefore went. */
function slideFacts(a: CameraPose, b: CameraPose, targetWorld: Vec3): WhyFact[] {
  const { translationCameraA } = relativePose(a, b);
  const distanceAM = vec3Length(vec3Sub(a.positionWorld, targetWorld));
  const headingChangeDeg = degWrap(headingDeg(a) - headingDeg(b));
  const fact = (kind: 'parallax' | 'strafe' | 'turn', moved: Side): WhyFact => ({ kind, moved, slid: other(moved) });
  if (stays(a, b, targetWorld)) return hasSide(headingChangeDeg) ? [fact('turn', sideOf(headingChangeDeg))] : [];
  const { deltaAzimuthDeg } = orbitChange(a, b, targetWorld);
  if (Math.abs(headingChangeDeg) < TURN_MIN_DEG) {
    const isSideways = Math.abs(translationCameraA[0]) >= SHIFT_SHARE_MIN * distanceAM;
    return isSideways ? [fact('strafe', sideOf(translationCameraA[0]))] : [];
  }
  // Around the object, the camera turning against its way as it keeps the object in the picture. One that was turned away from the
  // object, or came much nearer, may end on the other side of where it looked.
  const goesAround =
    Math.sign(headingChangeDeg) === -Math.sign(deltaAzimuthDeg) &&
    Math.sign(translationCameraA[0]) === Math.sign(deltaAzimuthDeg);
  return goesAround && hasSide(deltaAzimuthDeg) ? [fact('parallax', sideOf(deltaAzimuthDeg))] : [];
}

const halfTan = ({ fovYDeg }: CameraPose): number => Math.tan(radFromDeg(fovYDeg / 2));

function sizeFacts(a: CameraPose, b: CameraPose, targetWorld: Vec3): WhyFact[] {
  const { distanceRatio } = orbitChange(a, b, targetWorld);
  const seenRatio = distanceRatio * (halfTan(b) / halfTan(a));
  // A zoom may outdo the way: then the pictures do not show what the camera did.
  if (distanceRatio >= SIZE_RATIO_MIN) return seenRatio > 1 ? [{ kind: 'farther' }] : [];
  if (distanceRatio <= 1 / SIZE_RATIO_MIN) return seenRatio < 1 ? [{ kind: 'closer' }] : [];
  if (!stays(a, b, targetWorld) || Math.abs(a.fovYDeg - b.fovYDeg) < 1) return [];
  return [{ kind: b.fovYDeg < a.fovYDeg ? 'zoomed-in' : 'zoomed-out' }];
}

/** How far down the camera looks; negative: up. */
const steepnessDeg = ({ cameraFromWorld: [, , back] }: CameraPose): number => orbitFromPosition(back).elevationDeg;

function heightFacts(a: CameraPose, b: CameraPose, targetWorld: Vec3): WhyFact[] {
  const { deltaElevationDeg } = orbitChange(a, b, targetWorld);
  // What is said is how steeply it looks; a camera that rises without tilting shows other things.
  const [steepA, steepB] = [steepnessDeg(a), steepnessDeg(b)];
  const isSteeper = Math.sign(steepB - steepA) === Math.sign(deltaElevationDeg);
  if (Math.abs(deltaElevationDeg) < RISE_MIN_DEG || Math.abs(steepB - steepA) < RISE_MIN_DEG || !isSteeper) return [];
  return [{ kind: deltaElevationDeg > 0 ? 'higher' : 'lower' }];
}

/** @throws RangeError when a camera is at the target */
export function movementWhy(a: CameraPose, b: CameraPose, targetWorld: Vec3 = WORLD_ORIGIN): readonly WhyFact[] {
  const facts = [
    ...slideFacts(a, b, targetWorld),
    ...sizeFacts(a, b, targetWorld),
    ...heightFacts(a, b, targetWorld),
    ...sideFacts(a, b, targetWorld),
  ];
  const { translationM, geodesicDeg } = relativePose(a, b);
  const isStill = facts.length === 0 && translationM < 1e-6 && geodesicDeg < 1e-4;
  return isStill ? [{ kind: 'still' }] : facts;
}
