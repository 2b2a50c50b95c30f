/** The pair on screen as an item (contract/item.schema.json), and an item's views as cameras of the page. */
import { ITEM_SCHEMA_VERSION, type Item, type ItemPictures, type ItemView } from '../contract/item';
import { degFromRad, degWrap, radFromDeg } from '../core/angles';
import { placeAimed, poseFromPlace, type CameraPlace } from '../core/camera-place';
import {
  elevationIsAllowed,
  orbitFromPosition,
  pointToCamera,
  WORLD_ORIGIN,
  type CameraPose,
} from '../core/camera-pose';
import type { SceneSpec } from '../core/scene-spec';
import type { Vec3 } from '../core/vec3';
import { questionStem, type PairQuestionId } from '../questions/broad-families';
import { isQuestionId, PROMPTS_VERSION } from '../questions/families';
import { GENERATOR_VERSION } from '../questions/item-generator';
import { pairTruth } from '../questions/pair-truth';
import { optionsWithLetters } from '../questions/prompt';
import { textHash } from './content-hash';
import { DISTANCE_MAX_M, DISTANCE_MIN_M, FOV_Y_RANGE_DEG, PAGE_FOV_Y_DEG } from './page-defaults';
import { pairOptions, type Pair, type ViewSpec } from './pair';

/** Smallest share of the frame that a file may say; an object behind the camera fills none of it. */
const FILL_MIN = 0.001;

/** Share of the frame's half-width that the farthest point reaches, at most 1. */
function fillOf(pose: CameraPose, points: readonly Vec3[]): number {
  const half = Math.tan(radFromDeg(pose.fovYDeg / 2));
  const reach = points.map((point) => {
    const [x, y, z] = pointToCamera(pose, point);
    return z < 0 ? Math.max(Math.abs(x), Math.abs(y)) / (-z * half) : 1;
  });
  return Math.max(FILL_MIN, Math.min(1, Math.max(0, ...reach)));
}

const itemView = ({ orbit, pose, scene }: ViewSpec): ItemView<SceneSpec> => {
  const { azimuthDeg, elevationDeg, distanceM } = orbit;
  return { orbit: orbit.look ? null : { azimuthDeg, elevationDeg, distanceM }, ...pose, scene };
};

export interface PairItemRequest {
  readonly pair: Pair;
  readonly question: PairQuestionId;
  /** Guess's seed; says nothing of a pair that Explore's cameras made. */
  readonly seed: number;
  readonly framingPoints: readonly Vec3[];
  /** Absent for an item whose pictures lie elsewhere. */
  readonly pictures?: ItemPictures;
}

/** Null when the pair has no right answer to the question. */
export function pairItem({ pair, question, seed, framingPoints, pictures }: PairItemRequest): Item<SceneSpec> | null {
  const { objectId, a, b } = pair;
  const truth = pairTruth(question, a.pose, b.pose);
  if (truth.kind !== 'key') return null;
  return {
    schemaVersion: ITEM_SCHEMA_VERSION,
    // Named after the pair, not the seed: cameras moved by hand keep the seed, and so do other difficulties.
    id: `page-${objectId.replaceAll(/[^\w.-]/g, '-')}-${question}-${textHash(pair.key)}`,
    objectId,
    split: 'demo',
    // The item's families keep still cameras apart from the question that was asked about them.
    family: isQuestionId(question) && truth.key === 'none' ? 'no-movement' : question,
    question,
    stem: questionStem(question),
    options: optionsWithLetters(pairOptions(pair, question)),
    answerKey: pair.given?.family === question ? pair.given.answerKey : truth.key,
    answerable: null,
    seed,
    fill: Math.max(fillOf(a.pose, framingPoints), fillOf(b.pose, framingPoints)),
    targetWorld: WORLD_ORIGIN,
    viewA: itemView(a),
    viewB: itemView(b),
    versions: { generator: GENERATOR_VERSION, prompts: PROMPTS_VERSION },
    ...(pictures && { pictures }),
  };
}

/** Numbers in a file were rounded by whoever wrote it. */
const SAME_M = 1e-5;
const SAME_DEG = 1e-4;
const LEVEL = 1e-5;

const isClose = (a: CameraPose, b: CameraPose): boolean =>
  [...a.positionWorld, ...a.cameraFromWorld.flat()].every(
    (value, index) => Math.abs(value - ([...b.positionWorld, ...b.cameraFromWorld.flat()][index] as number)) < SAME_M,
  );

/** The camera of an item's view; null when the page has no such camera: tilted sideways, too near, too far, or with another lens than it has. */
export function placeOfItemView(view: ItemView): CameraPlace | null {
  const { positionWorld, cameraFromWorld, fovYDeg } = view;
  const numbers = [...positionWorld, ...cameraFromWorld.flat(), fovYDeg];
  if (!numbers.every(Number.isFinite) || Math.hypot(...positionWorld) === 0) return null;
  if (fovYDeg < FOV_Y_RANGE_DEG[0] || fovYDeg > FOV_Y_RANGE_DEG[1]) return null;
  const back = cameraFromWorld[2];
  const orbit = orbitFromPosition(positionWorld);
  const look = {
    azimuthDeg: degWrap(degFromRad(Math.atan2(back[0], back[2]))),
    elevationDeg: degFromRad(Math.asin(Math.max(-1, Math.min(1, back[1])))),
  };
  if (orbit.distanceM < DISTANCE_MIN_M - SAME_M || orbit.distanceM > DISTANCE_MAX_M + SAME_M) return null;
  if (![orbit, look].every(({ elevationDeg }) => elevationIsAllowed(elevationDeg))) return null;
  if (Math.abs(cameraFromWorld[0][1]) > LEVEL) return null;
  const lens = Math.abs(fovYDeg - PAGE_FOV_Y_DEG) < SAME_DEG ? {} : { fovYDeg };
  const free: CameraPlace = { ...orbit, look, ...lens };
  // Also refuses axes that are not at right angles, or of another handedness.
  if (!isClose(poseFromPlace(free, PAGE_FOV_Y_DEG), view)) return null;
  const given: CameraPlace | null = view.orbit && { ...view.orbit, ...lens };
  return (
    [given, placeAimed(free)].find((place) => place && isClose(poseFromPlace(place, PAGE_FOV_Y_DEG), view)) ?? free
  );
}
