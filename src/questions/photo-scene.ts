/**
 * Photos with measured cameras, as nerfstudio writes them (`transforms.json`): their poses in the page's world, and
 * seeded question items over pairs of them.
 *
 * The file's world is turned so that +Y is up (what the cameras' right axes are level with), moved so that the point that
 * the cameras look at is the origin, and scaled so that they stand {@link MEAN_DISTANCE_M} from it on average: its own
 * frame and unit are arbitrary, and no answer depends on either.
 */
import { ITEM_SCHEMA_VERSION, type ItemOption } from '../contract/item';
import { degDifference, degFromRad } from '../core/angles';
import { orbitFromPosition, type CameraPose } from '../core/camera-pose';
import { mat3Determinant, mat3Mul, mat3MulVec, mat3Transpose, type Mat3 } from '../core/mat3';
import { rngFromSeed } from '../core/rng';
import { SCENE_STUDIO } from '../core/scene-spec';
import { vec3Add, vec3Cross, vec3Dot, vec3Length, vec3Normalize, vec3Scale, vec3Sub, type Vec3 } from '../core/vec3';
import { PROMPTS_VERSION, questionFor, type QuestionId } from './families';
import { groundTruth } from './ground-truth';
import { EVALUATION_RANGES, GENERATOR_VERSION, type ViewpointItem } from './item-generator';
import { optionsDeal, slotsDeal } from './slot-dealer';

export interface PhotoView {
  /** As the file names it, relative to its folder. */
  readonly path: string;
  /** Of the square cut from the photo's middle. */
  readonly pose: CameraPose;
}

const MEAN_DISTANCE_M = 4;
/** Hand-held cameras never keep their distance exactly. */
const DISTANCE_RATIO_MOST = 1.35;
/**
 * A mean over all pairs of cameras below which their right axes are parallel, as on a vertical arc: what their rounded numbers
 * have left then points anywhere. It is the sine of about a degree between two axes.
 */
const ACROSS_MEAN_MIN = 0.02;
/** Rounded numbers of a file still count as a rotation. */
const ROTATION_TOLERANCE = 1e-3;

/** Expected: the file is somebody's own. The message names file and field and says what to do. */
export class PhotoSceneError extends Error {
  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
    this.name = 'PhotoSceneError';
  }
}

interface RawCamera {
  readonly path: string;
  readonly position: Vec3;
  /** Rows are right, up and back, in the file's world. */
  readonly axes: Mat3;
  readonly fovYDeg: number;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

function numberOf(name: string, ...places: readonly Fields[]): number | null {
  const value = places.map((place) => place[name]).find((one) => one !== undefined);
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}

/** Of the middle square: focal length in pixels, or the horizontal angle, from the frame or else from the whole file. */
function squareFovYDeg(frame: Fields, whole: Fields): number | null {
  const width = numberOf('w', frame, whole);
  const height = numberOf('h', frame, whole);
  if (width === null || height === null) return null;
  const angleX = numberOf('camera_angle_x', frame, whole);
  const focal =
    numberOf('fl_y', frame, whole) ??
    numberOf('fl_x', frame, whole) ??
    (angleX === null ? null : width / 2 / Math.tan(angleX / 2));
  return focal === null ? null : degFromRad(2 * Math.atan(Math.min(width, height) / 2 / focal));
}

/** Columns of the matrix are the camera's right, up and back axes and its place. Null for anything else. */
function cameraOfMatrix(matrix: unknown): Pick<RawCamera, 'position' | 'axes'> | null {
  if (!Array.isArray(matrix) || matrix.length < 3) return null;
  const rows = matrix.slice(0, 3) as unknown[];
  const isRow = (row: unknown): row is number[] => Array.isArray(row) && row.length === 4 && row.every(Number.isFinite);
  if (!rows.every(isRow)) return null;
  const column = (index: number): Vec3 => rows.map((row) => row[index]) as unknown as Vec3;
  const axes: Mat3 = [column(0), column(1), column(2)];
  const gram = mat3Mul(axes, mat3Transpose(axes));
  const isOrthonormal = gram.every((row, i) =>
    row.every((value, j) => Math.abs(value - (i === j ? 1 : 0)) < ROTATION_TOLERANCE),
  );
  return isOrthonormal && mat3Determinant(axes) > 0 ? { position: column(3), axes } : null;
}

/** The point with the least sum of squared distances to all lines of sight; null where they are all parallel. */
function lookedAt(cameras: readonly RawCamera[]): Vec3 | null {
  // Σ (I − d dᵀ) p = Σ (I − d dᵀ) o for lines o + t d.
  let rows: Mat3 = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  let right: Vec3 = [0, 0, 0];
  for (const { position, axes } of cameras) {
    const d = axes[2];
    const across: Mat3 = [
      [1 - d[0] * d[0], -d[0] * d[1], -d[0] * d[2]],
      [-d[1] * d[0], 1 - d[1] * d[1], -d[1] * d[2]],
      [-d[2] * d[0], -d[2] * d[1], 1 - d[2] * d[2]],
    ];
    rows = [vec3Add(rows[0], across[0]), vec3Add(rows[1], across[1]), vec3Add(rows[2], across[2])];
    right = vec3Add(right, mat3MulVec(across, position));
  }
  const determinant = mat3Determinant(rows);
  if (!(Math.abs(determinant) > 1e-9 * cameras.length ** 3)) return null;
  // The matrix is symmetric, so rows serve as columns in Cramer's rule.
  const [x, y, z] = rows;
  return vec3Scale(
    [vec3Dot(right, vec3Cross(y, z)), vec3Dot(x, vec3Cross(right, z)), vec3Dot(x, vec3Cross(y, right))],
    1 / determinant,
  );
}

/**
 * Rows: the page's axes in the file's world. Cameras that look down have up axes that lean away from the thing, and their
 * mean leans to where fewer stand; their right axes are level all the same, so up is what these are perpendicular to. Where the right axes are
 * parallel, that could be anything in a plane, and the mean stays.
 */
function worldAxes(cameras: readonly RawCamera[]): Mat3 | null {
  const mean = cameras.reduce((up, { axes }) => vec3Add(up, axes[1]), [0, 0, 0] as Vec3);
  if (vec3Length(mean) < cameras.length / 4) return null;
  let sum: Vec3 = [0, 0, 0];
  for (const [index, a] of cameras.entries())
    for (const b of cameras.slice(index + 1)) {
      const across = vec3Cross(a.axes[0], b.axes[0]);
      sum = vec3Add(sum, vec3Dot(across, mean) < 0 ? vec3Scale(across, -1) : across);
    }
  const pairCount = (cameras.length * (cameras.length - 1)) / 2;
  const up = vec3Normalize(vec3Length(sum) > ACROSS_MEAN_MIN * pairCount ? sum : mean);
  const aside: Vec3 = Math.abs(up[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0];
  const right = vec3Normalize(vec3Cross(up, aside));
  return [right, up, vec3Cross(right, up)];
}

/**
 * The cameras of a `transforms.json`, in the page's world.
 * @param file its name, for messages
 * @throws PhotoSceneError
 */
export function photoViewsRead(file: string, data: unknown): PhotoView[] {
  if (!isFields(data) || !Array.isArray(data['frames']))
    throw new PhotoSceneError(file, 'it has no list "frames". Write it with nerfstudio (ns-process-data).');
  const cameras = (data['frames'] as unknown[]).map((frame, index): RawCamera => {
    const path = isFields(frame) ? frame['file_path'] : undefined;
    const name = `frames[${index}]`;
    if (!isFields(frame) || typeof path !== 'string' || path === '')
      throw new PhotoSceneError(file, `${name} has no "file_path".`);
    const camera = cameraOfMatrix(frame['transform_matrix']);
    if (!camera) throw new PhotoSceneError(file, `${name}.transform_matrix (${path}) is no rigid 4 × 4 matrix.`);
    const fovYDeg = squareFovYDeg(frame, data);
    if (fovYDeg === null)
      throw new PhotoSceneError(file, `${name} (${path}) lacks "w", "h" and "fl_x", "fl_y" or "camera_angle_x".`);
    return { path, ...camera, fovYDeg };
  });
  if (cameras.length < 2) throw new PhotoSceneError(file, 'it holds fewer than two photos.');
  const target = lookedAt(cameras);
  const axes = worldAxes(cameras);
  if (!target || !axes)
    throw new PhotoSceneError(
      file,
      'its cameras look at no common point with a common up: photos around one thing are needed.',
    );
  const distances = cameras.map(({ position }) => vec3Length(vec3Sub(position, target)));
  const scale = (MEAN_DISTANCE_M * cameras.length) / distances.reduce((sum, one) => sum + one, 0);
  return cameras.map(({ path, position, axes: own, fovYDeg }) => ({
    path,
    pose: {
      positionWorld: vec3Scale(mat3MulVec(axes, vec3Sub(position, target)), scale),
      cameraFromWorld: mat3Mul(own, mat3Transpose(axes)),
      fovYDeg,
    },
  }));
}

/** An item over two photos; its scenes are the page's default and mean nothing. */
export interface PhotoItem {
  readonly item: ViewpointItem;
  readonly pathA: string;
  readonly pathB: string;
}

export interface PhotoItemsRequest {
  readonly sceneId: string;
  readonly views: readonly PhotoView[];
  readonly question: QuestionId;
  readonly count: number;
  readonly seed: number | string;
}

/**
 * The right key of an ordered pair whose turn and rise are those of the evaluation; null of others, and where there is none. Photos are
 * taken from any height, and from less even distances.
 */
function keyOfPair(question: QuestionId, a: CameraPose, b: CameraPose): string | null {
  const [orbitA, orbitB] = [orbitFromPosition(a.positionWorld), orbitFromPosition(b.positionWorld)];
  const turnDeg = Math.abs(degDifference(orbitB.azimuthDeg, orbitA.azimuthDeg));
  const [loDeg, hiDeg] = EVALUATION_RANGES.absDeltaAzimuthDeg;
  if (turnDeg < loDeg || turnDeg > hiDeg) return null;
  if (Math.abs(orbitB.elevationDeg - orbitA.elevationDeg) > EVALUATION_RANGES.deltaElevationDeg[1]) return null;
  const ratio = orbitB.distanceM / orbitA.distanceM;
  if (Math.max(ratio, 1 / ratio) > DISTANCE_RATIO_MOST) return null;
  const truth = groundTruth(question, a, b);
  return truth.kind === 'key' && truth.key !== 'none' ? truth.key : null;
}

/** Different for different names: answers are told apart by the ids of their items. */
const idPart = (sceneId: string): string =>
  sceneId.replaceAll(/[^A-Za-z0-9.-]/gu, (sign) => (sign === '_' ? '__' : `_${sign.codePointAt(0)?.toString(16)}_`));

/**
 * Up to `count` items with keys and letters in turn; fewer where the photos give no more pairs.
 * The same request always gives the same items.
 */
export function photoItems({ sceneId, views, question, count, seed }: PhotoItemsRequest): PhotoItem[] {
  const rng = rngFromSeed(seed).fork(`photos/${sceneId}/${question}`);
  const pairs = views.flatMap((a, first) =>
    views.slice(first + 1).flatMap((b) => {
      const [forward, backward] = [keyOfPair(question, a.pose, b.pose), keyOfPair(question, b.pose, a.pose)];
      return forward && backward && forward !== backward ? [{ [forward]: [a, b], [backward]: [b, a] }] : [];
    }),
  );
  const slots = slotsDeal(['left', 'right'], 3, Math.min(count, pairs.length), rng.fork('slots'));
  const drawn = rng.shuffle(pairs);
  const { stem, options } = questionFor(question);
  return slots.map(({ column: key, letterIndex }, index): PhotoItem => {
    const [a, b] = drawn[index]?.[key] as [PhotoView, PhotoView];
    const dealt: readonly ItemOption[] = optionsDeal(options, key, letterIndex, rng.fork(`options/${index}`));
    return {
      pathA: a.path,
      pathB: b.path,
      item: {
        schemaVersion: ITEM_SCHEMA_VERSION,
        id: `photos-${idPart(sceneId)}-${question}-${String(index).padStart(4, '0')}`,
        objectId: sceneId,
        split: 'test',
        family: question,
        question,
        stem,
        options: dealt,
        answerKey: key,
        answerable: null,
        seed: index,
        fill: 1,
        targetWorld: [0, 0, 0],
        viewA: { orbit: null, ...a.pose, scene: SCENE_STUDIO },
        viewB: { orbit: null, ...b.pose, scene: SCENE_STUDIO },
        versions: { generator: GENERATOR_VERSION, prompts: PROMPTS_VERSION },
      },
    };
  });
}
