/** Runs in headless Chromium: renders evaluation pairs through the page's own scene code and, if asked, answers them. */
import { photoDraw, photoRead } from '../../src/app/photo-square';
import { rngFromSeed } from '../../src/core/rng';
import { createWorkerEngine } from '../../src/inference/client';
import type { InferenceEngine, PairPixels } from '../../src/inference/engine';
import { isFlipped } from '../../src/questions/eval-report';
import { itemWithDistances, type ItemDraft, type ViewpointItem } from '../../src/questions/item-generator';
import type { PhotoItem } from '../../src/questions/photo-scene';
import { optionsRotated, promptText } from '../../src/questions/prompt';
import { Capture } from '../../src/scene/capture';
import { graphicsCreate, type Graphics } from '../../src/scene/graphics';
import { objectDispose, type NormalizedObject } from '../../src/scene/normalized-object';
import { objectLoad } from '../../src/scene/object-loader';
import { roomPixelsLoad } from '../../src/scene/room-pixels';
import { Assessor } from '../../src/scene/assessor';
import { guessPair } from '../../src/state/guess-pair';
import { pairItem } from '../../src/state/pair-item';
import { presetKey, type PresetPair } from '../../src/state/preset-pairs';
import { sampleViews, viewRow, type ViewRow } from '../dataset/view-rows';
import { LETTER_MAX_TOKENS, REASONED_MAX_TOKENS } from './answer-lengths';
import { controlItem, sphereObject } from './control';
import { SPHERE_ID } from './sphere-id';
import { itemReworded } from './wording';

/** What a model answered to one item; the same fields from every backend. */
export interface ItemAnswers {
  readonly itemId: string;
  /** In the order of the item's options. */
  readonly optionLogProbs: readonly number[];
  /** The same with A and B exchanged; null when not asked. */
  readonly swappedLogProbs: readonly number[] | null;
  /** Greedy answer to the paper's prompt; null when not asked. */
  readonly generated: string | null;
  /** The same with every option under another letter; null when not asked. */
  readonly rotated: string | null;
  /** Greedy answer when worked reasoning is asked for; null when it is not. */
  readonly reasoned: string | null;
}

export interface EvalObject {
  readonly objectId: string;
  readonly loadId: string;
}

export interface RenderJob {
  readonly imageSizePx: number;
  readonly object: EvalObject;
  readonly drafts: readonly ItemDraft[];
  /** Finished items, besides the drafts. */
  readonly items: readonly ViewpointItem[];
  /** Pairs of the page instead of drafts. */
  readonly presets?: readonly PresetPair[];
  /** Show what tests for leaks: plain scenes in the camera's light (control.ts). */
  readonly isControl: boolean;
  /** Ask in wordings that training never used (wording.ts). */
  readonly isReworded: boolean;
  /** Judge by rendering whether the pictures tell each answer (src/questions/answerability.ts). */
  readonly assess: boolean;
}

/** Pairs of photos below `/photos/`. */
export interface PhotoJob {
  readonly imageSizePx: number;
  readonly photos: readonly PhotoItem[];
}

export interface AnswerSwitches {
  readonly swap: boolean;
  readonly generate: boolean;
  /** Ask for worked reasoning too. */
  readonly reason: boolean;
}

declare global {
  interface Window {
    /** Null when the object can be shown, else why not. */
    objectProblem: (object: EvalObject) => Promise<string | null>;
    /** Views of an object that hold pairs for every family. */
    viewRowsOf: (object: EvalObject, seed: string) => Promise<ViewRow[]>;
    /** Renders all items of one object and uploads their pictures: A then B, RGB, in the order of the items. */
    uploadItems: (job: RenderJob | PhotoJob) => Promise<ViewpointItem[]>;
    modelLoad: (modelUrl: string) => Promise<string>;
    /** Uploads the pictures too when they are to be kept. */
    answerItems: (
      job: RenderJob | PhotoJob,
      switches: AnswerSwitches,
      isKept: boolean,
    ) => Promise<{ items: ViewpointItem[]; answers: ItemAnswers[] }>;
  }
}

let graphics: Graphics | null = null;
let capture: Capture | null = null;
let assessor: Assessor | null = null;
let engine: InferenceEngine | null = null;

async function withObject<T>(target: EvalObject, task: (object: NormalizedObject) => Promise<T>): Promise<T> {
  const object =
    target.loadId === SPHERE_ID ? sphereObject(target.objectId) : await objectLoad(target.loadId, '/meshes/');
  try {
    return await task(object);
  } finally {
    objectDispose(object.root, true);
  }
}

/** Pictures of an item: A, then B. */
function itemPictures(item: ViewpointItem, sizePx: number): [a: Uint8ClampedArray, b: Uint8ClampedArray] {
  if (capture?.sizePx !== sizePx) {
    capture?.dispose();
    capture = new Capture(sizePx, 2, (graphics ??= graphicsCreate()));
  }
  capture.renderTile(0, { pose: item.viewA, spec: item.viewA.scene });
  capture.renderTile(1, { pose: item.viewB, spec: item.viewB.scene });
  const both = capture.readTiles(2);
  const half = both.length / 2;
  return [both.slice(0, half), both.slice(half)];
}

function assessed(items: readonly ViewpointItem[], object: NormalizedObject): ViewpointItem[] {
  assessor ??= new Assessor((graphics ??= graphicsCreate()));
  const verdicts = assessor.assess(object, items);
  return items.map((item, index) => ({ ...item, answerable: verdicts[index]?.answerable ?? null }));
}

/** A pair as the page's Guess shows it. */
function presetItem({ objectId, seed, family }: PresetPair, { framingPoints }: NormalizedObject): ViewpointItem {
  const pair = guessPair(seed, objectId, family, framingPoints);
  const item = pairItem({ pair, question: family, seed, framingPoints });
  if (!item) throw new Error(`${presetKey(objectId, seed, family)} has no right answer`);
  return item;
}

interface Pictured {
  readonly item: ViewpointItem;
  readonly a: Uint8ClampedArray;
  readonly b: Uint8ClampedArray;
}

/** The middle square of a photo, as the page cuts a person's own. */
async function photoPixels(path: string, sizePx: number): Promise<Uint8ClampedArray> {
  const response = await fetch(`/photos/${path.split('/').map(encodeURIComponent).join('/')}`);
  if (!response.ok)
    throw new Error(`The photo ${path} is not in the folder. Copy it there, or take it out of the file.`);
  const photo = await photoRead(await response.blob()).catch(() => {
    throw new Error(`The photo ${path} cannot be read. Save it as JPEG or PNG.`);
  });
  const { data } = photoDraw(photo, 0, sizePx, document.createElement('canvas'));
  photo.close();
  return data;
}

/** A photo is in many pairs, and large: each is read once. */
async function photographedItems({ photos, imageSizePx }: PhotoJob): Promise<Pictured[]> {
  const pixels = new Map<string, Uint8ClampedArray>();
  for (const path of photos.flatMap(({ pathA, pathB }) => [pathA, pathB]))
    if (!pixels.has(path)) pixels.set(path, await photoPixels(path, imageSizePx));
  const of = (path: string): Uint8ClampedArray => pixels.get(path) as Uint8ClampedArray;
  return photos.map(({ item, pathA, pathB }) => ({ item, a: of(pathA), b: of(pathB) }));
}

const picturedItems = (job: RenderJob | PhotoJob): Promise<Pictured[]> =>
  'photos' in job ? photographedItems(job) : renderItems(job);

function renderItems(job: RenderJob): Promise<Pictured[]> {
  return withObject(job.object, async (object) => {
    const asked = job.presets
      ? job.presets.map((preset) => presetItem(preset, object))
      : [...job.drafts.map((draft) => itemWithDistances(draft, object.framingPoints)), ...job.items];
    const drawn = job.isControl ? asked.map(controlItem) : asked;
    // First, because the object then moves on to the stage of the pictures.
    const judged = job.assess ? assessed(drawn, object) : drawn;
    const items = job.isReworded ? judged.map(itemReworded) : judged;
    return items.map((item, index) => {
      // The object is handed over after the capture exists, and once.
      if (capture?.sizePx !== job.imageSizePx) itemPictures(item, job.imageSizePx);
      if (index === 0) capture?.setObject(object);
      const [a, b] = itemPictures(item, job.imageSizePx);
      return { item, a, b };
    });
  });
}

window.objectProblem = async (object) => {
  try {
    await withObject(object, async () => null);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

window.viewRowsOf = (target, seed) =>
  withObject(target, async ({ framingPoints }) =>
    sampleViews(2, rngFromSeed(`${seed}/${target.objectId}`), framingPoints).map((view, index) =>
      viewRow(target.objectId, 0, index, view),
    ),
  );

async function picturesUpload(rendered: readonly Pictured[], sizePx: number): Promise<void> {
  const pixels = rendered.flatMap(({ a, b }) => [a, b]);
  const bytesPerView = sizePx ** 2 * 3;
  const rgb = new Uint8Array(pixels.length * bytesPerView);
  pixels.forEach((rgba, index) => {
    for (let from = 0, to = index * bytesPerView; from < rgba.length; from += 4, to += 3) {
      rgb[to] = rgba[from] as number;
      rgb[to + 1] = rgba[from + 1] as number;
      rgb[to + 2] = rgba[from + 2] as number;
    }
  });
  await fetch('/upload/pixels.u8', { method: 'POST', body: rgb });
}

window.uploadItems = async (job) => {
  const rendered = await picturedItems(job);
  await picturesUpload(rendered, job.imageSizePx);
  return rendered.map(({ item }) => item);
};

window.modelLoad = async (modelUrl) => {
  engine = createWorkerEngine({ modelUrl, preferredBackend: 'wasm' });
  const model = await engine.load();
  return `${model.device.backend}, ${model.device.threads} thread${model.device.threads === 1 ? '' : 's'}`;
};

window.answerItems = async (job, switches, isKept) => {
  const model = engine;
  if (!model) throw new Error('modelLoad() comes first');
  const rendered = await picturedItems(job);
  if (isKept) await picturesUpload(rendered, job.imageSizePx);
  const answers: ItemAnswers[] = [];
  for (const { item, a, b } of rendered) {
    const { imageSizePx: sizePx } = job;
    const pair: PairPixels = { key: item.id, a: { data: a, sizePx }, b: { data: b, sizePx } };
    const question = { prompt: promptText(item, 'words'), options: item.options.map(({ text }) => text) };
    const logProbs = async (pictures: PairPixels): Promise<number[]> =>
      (await model.score(pictures, question)).options.map(({ logProb }) => logProb);
    const written = async (prompt: string, maxNewTokens: number): Promise<string> =>
      (await model.generate(pair, { prompt, maxNewTokens })).text;
    const letterOf = async (order: ViewpointItem['options']): Promise<string | null> =>
      switches.generate ? written(promptText({ ...item, options: order }, 'letter'), LETTER_MAX_TOKENS) : null;
    const swapped = { key: `${item.id}/swapped`, a: pair.b, b: pair.a };
    answers.push({
      itemId: item.id,
      optionLogProbs: await logProbs(pair),
      generated: await letterOf(item.options),
      rotated: await letterOf(optionsRotated(item.options)),
      reasoned: switches.reason ? await written(promptText(item, 'reasoned'), REASONED_MAX_TOKENS) : null,
      swappedLogProbs: switches.swap && isFlipped(item.answerKey) ? await logProbs(swapped) : null,
    });
  }
  return { items: rendered.map(({ item }) => item), answers };
};
await roomPixelsLoad();
document.documentElement.dataset['ready'] = 'true';
