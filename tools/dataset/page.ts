/** Runs in headless Chromium: renders one shard through the page's own scene code and posts it in batches. */
import { DataUtils } from 'three';
import { rngFromSeed } from '../../src/core/rng';
import { Capture } from '../../src/scene/capture';
import { graphicsCreate, type Graphics } from '../../src/scene/graphics';
import { objectDispose, type NormalizedObject } from '../../src/scene/normalized-object';
import { objectLoad } from '../../src/scene/object-loader';
import { roomPixelsLoad } from '../../src/scene/room-pixels';
import { Assessor, type AssessedItem } from '../../src/scene/assessor';
import { ANSWERABILITY_RULE } from '../../src/questions/answerability';
import { isVariantId, objectVariant } from './mesh-variant';
import { sampleViews, viewRow, type Recipe, type ViewRow } from './view-rows';
import { GRID_AZIMUTHS, twinLooks, twinPoses, twinsFind, type TwinLook, type TwinRow } from './view-twins';
import type { SampledView } from './view-sampler';

/** `objectId` goes into the data; `loadId` is what the object loader takes. */
export interface SourceObject {
  readonly objectId: string;
  readonly loadId: string;
}

export interface ShardJob {
  readonly shardName: string;
  readonly recipe: Recipe;
  readonly seed: string;
  readonly imageSizePx: number;
  readonly gridSize: number;
  readonly objects: readonly SourceObject[];
}

export interface ShardResult {
  readonly views: number;
  readonly skipped: readonly { readonly objectId: string; readonly reason: string }[];
}

export interface AssessJob {
  readonly object: SourceObject;
  readonly items: readonly AssessedItem[];
}

/** One object of a shard, with its first rendered view: what the views are sampled by must still give the same. */
export interface TwinsJob {
  readonly recipe: Recipe;
  readonly seed: string;
  readonly objectIndex: number;
  readonly source: SourceObject;
  readonly firstView: Pick<ViewRow, 'azimuthDeg' | 'distanceM'>;
}

declare global {
  interface Window {
    renderShard: (job: ShardJob) => Promise<ShardResult>;
    /** For each item: whether its pictures tell the answer, and the share of pixels that do. */
    assessItems: (job: AssessJob) => Promise<{ answerable: boolean; closestShare: number }[]>;
    /** From which other places the object looks the same: a row for each rule of light of its views. */
    objectTwins: (job: TwinsJob) => Promise<TwinRow[]>;
  }
}

let graphics: Graphics | null = null;
let capture: Capture | null = null;
let assessor: Assessor | null = null;
let twinCapture: Capture | null = null;

/** Distances of a view before and after: the object's points may be computed in another order. */
const SAME_M = 1e-6;

async function post(path: string, body: BodyInit): Promise<void> {
  const response = await fetch(path, { method: 'POST', body });
  if (!response.ok) throw new Error(`upload of ${path} failed: ${response.status} ${await response.text()}`);
}

function rgbFromRgba(rgba: Uint8ClampedArray): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from] as number;
    rgb[to + 1] = rgba[from + 1] as number;
    rgb[to + 2] = rgba[from + 2] as number;
  }
  return rgb;
}

async function sourceLoad({ objectId, loadId }: SourceObject): Promise<NormalizedObject> {
  const object = await objectLoad(loadId, '/meshes/');
  return isVariantId(objectId) ? objectVariant(object, objectId) : object;
}

const viewsOf = (
  { recipe, seed }: Pick<ShardJob, 'recipe' | 'seed'>,
  objectIndex: number,
  objectId: string,
  { framingPoints }: NormalizedObject,
): readonly SampledView[] => sampleViews(recipe, rngFromSeed(`${seed}/${objectIndex}/${objectId}`), framingPoints);

window.renderShard = async (job) => {
  if (capture?.sizePx !== job.imageSizePx) {
    capture?.dispose();
    capture = new Capture(job.imageSizePx, Math.floor(2560 / job.imageSizePx), (graphics ??= graphicsCreate()));
  }
  const renderer = capture;
  const lines: string[] = [];
  const skipped: { objectId: string; reason: string }[] = [];
  let tiles = 0;
  let views = 0;
  const flush = async (): Promise<void> => {
    if (tiles === 0) return;
    const rgb = rgbFromRgba(renderer.readTiles(tiles));
    const positions = Uint16Array.from(renderer.readPositions(tiles), DataUtils.toHalfFloat);
    await post(`/upload/${job.shardName}/images.u8`, rgb);
    await post(`/upload/${job.shardName}/points.f16`, positions);
    await post(`/upload/${job.shardName}/views.jsonl`, lines.splice(0).join(''));
    tiles = 0;
  };
  for (const [objectIndex, source] of job.objects.entries()) {
    const { objectId } = source;
    let object: NormalizedObject;
    let sampled: readonly SampledView[];
    try {
      object = await sourceLoad(source);
      sampled = viewsOf(job, objectIndex, objectId, object);
    } catch (error) {
      skipped.push({ objectId, reason: error instanceof Error ? error.message : String(error) });
      await post('/progress', '1');
      continue;
    }
    renderer.setObject(object);
    if (tiles + sampled.length > renderer.tileCount) await flush();
    // Pictures first, then positions: each has a target of its own, and switching after every tile costs time.
    for (const [view, sample] of sampled.entries()) renderer.renderTile(tiles + view, sample);
    for (const [view, sample] of sampled.entries()) renderer.renderPositions(tiles + view, sample, job.gridSize);
    for (const [view, sample] of sampled.entries())
      lines.push(`${JSON.stringify(viewRow(objectId, objectIndex, view, sample))}\n`);
    tiles += sampled.length;
    views += sampled.length;
    // The object's buffers are freed only after its last tile has been drawn.
    objectDispose(object.root, true);
    await post('/progress', '1');
  }
  await flush();
  return { views, skipped };
};

window.assessItems = async ({ object: source, items }) => {
  assessor ??= new Assessor((graphics ??= graphicsCreate()));
  const object = await sourceLoad(source);
  try {
    return assessor.assess(object, items).map(({ answerable, closestShare }) => ({ answerable, closestShare }));
  } finally {
    objectDispose(object.root, true);
  }
};

/** Small pictures of a look, elevation by elevation. */
function lookPictures(look: TwinLook, into: Capture): Uint8ClampedArray[] {
  const bytes = into.sizePx ** 2 * 4;
  const poses = twinPoses(look);
  return look.elevationsDeg.flatMap((_, level) => {
    const own = poses.slice(level * GRID_AZIMUTHS, (level + 1) * GRID_AZIMUTHS);
    own.forEach((pose, tile) => into.renderTile(tile, { pose, spec: look.scene }));
    const pixels = into.readTiles(own.length);
    return own.map((_, tile) => pixels.subarray(tile * bytes, (tile + 1) * bytes));
  });
}

window.objectTwins = async (job) => {
  const { source, objectIndex, firstView } = job;
  const { objectId } = source;
  const object = await sourceLoad(source);
  try {
    const views = viewsOf(job, objectIndex, objectId, object);
    const again = views[0];
    if (again?.azimuthDeg !== firstView.azimuthDeg || Math.abs(again.distanceM - firstView.distanceM) > SAME_M)
      throw new Error(`${objectId} is not what its views show any more: render the set again.`);
    const renderer = (twinCapture ??= new Capture(
      ANSWERABILITY_RULE.sizePx,
      Math.ceil(Math.sqrt(GRID_AZIMUTHS)),
      (graphics ??= graphicsCreate()),
    ));
    renderer.setObject(object);
    return twinLooks(views).map((look) => ({
      object: objectId,
      objectIndex,
      lightRule: look.scene.light.rule,
      elevationsDeg: look.elevationsDeg,
      ...twinsFind(lookPictures(look, renderer)),
    }));
  } finally {
    objectDispose(object.root, true);
  }
};
await roomPixelsLoad();
document.documentElement.dataset['ready'] = 'true';
