/**
 * Evaluates a model folder as shipped on freshly rendered pairs. Those of the paper's families and of `no-movement` are
 * drawn by the evaluation distribution (src/questions/item-generator.ts); those of the others are dealt from views that
 * hold what each asks about (tools/dataset/view-recipe-2.ts).
 *
 *   npm run eval -- --model viewpoint-v0 --meshes builtin|generated|sphere|DIR --families ego-translation,ego-rotation \
 *     --items 200 --seed 1 [--backend browser|native [--weights q4|u8]] [--no-swap] [--no-generate] [--reasoned] [--answerable-only] [--keep DIR]
 *     [--held-out-wording] [--changed-scene] [--json] [--out report.json] [--answers answers.jsonl]
 *
 *   npm run eval -- --model viewpoint-v0 --presets [--backend browser|native]
 *
 *   npm run eval -- --model viewpoint-v0 --photos DIR [--items 200] [--json] …
 *
 * --meshes sphere is a control: a featureless sphere in the camera's own light, before a plain background, without a ground. No
 * picture of it tells how the camera went, but for the distance (and in `decoupled`, to which side the sphere moved in the
 * picture, not whether by strafing or turning: at most 60 %). What scores above chance otherwise has found a leak; `no-movement` has
 * one right answer only, and shows nothing. Whether its pairs are ambiguous is not asked: all are.
 * With --photos the items are pairs of photos with measured cameras: DIR or folders below it hold a transforms.json of
 * nerfstudio and its photos; the middle square of each is what the model gets.
 * With --presets the items are the pairs that a first visit of the page opens with, and the model's shares for them are
 * written to src/contract/preset-answers.json, which the page shows until its own model can answer.
 * With --answerable-only, items whose pictures cannot tell the answer are found by rendering (src/questions/answerability.ts)
 * and left out; the report counts them in `excluded` and has all of them in `withNothingExcluded`.
 * With --reasoned every item is asked for worked reasoning too: its form, its final answer, and whether that answer follows from
 * what the reasoning says.
 * With --held-out-wording every question is put in one of two wordings that training never used (src/contract/paraphrases.json).
 * With --changed-scene the second picture of the paper's families has another light or background, as pairs without movement have:
 * a model that took that for standing still would show here.
 * With --answers FILE every answer is written too, a line of JSON an item: log-probabilities by option, generated texts, the right key.
 * training/scripts/fit_calibration.py reads it.
 * With --keep the items and their pictures stay in DIR, a new folder, for training/scripts/baselines.py.
 * Families dealt over views ask about no pair twice: they end early, and say so, where the objects hold no more pairs.
 * The report names the weights that answered by a hash over those of the folder's weight files (weights-hash.ts).
 * Progress and a table go to stderr. With --json the last line of stdout is the report (src/contract/eval-report.schema.json).
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PRESET_ANSWERS_SCHEMA_VERSION, type PresetAnswers } from '../../src/contract/preset-answers';
import { sceneSpecSample } from '../../src/core/scene-spec';
import { temperatureOf, type Manifest } from '../../src/inference/manifest';
import { sharesFromLogProbs } from '../../src/inference/worker/option-trie';
import { evalReport, evalRow, type EvalRow } from '../../src/questions/eval-report';
import { isBroadFamilyId, PAIR_FAMILY_IDS, type PairFamilyId } from '../../src/questions/broad-families';
import { isQuestionId, QUESTION_IDS, type QuestionId } from '../../src/questions/families';
import { itemDrafts, type ItemDraft, type ViewpointItem } from '../../src/questions/item-generator';
import { pairItems } from '../../src/questions/pair-items';
import { photoItems } from '../../src/questions/photo-scene';
import { presetKey, presetPairs } from '../../src/state/preset-pairs';
import { commandLine, orUsageError, usageError, wholeNumber } from '../lib/command-line';
import { PROJECT_ROOT, toolPageOpen } from '../lib/tool-page';
import { renderedObjects, type ViewRow } from '../dataset/view-rows';
import { answerNatively, type NativeWeights } from './native';
import { itemsKeep, keepProblem } from './kept-items';
import { builtinIds, meshSources, objectSource } from './objects';
import type { AnswerSwitches, EvalObject, ItemAnswers, PhotoJob, RenderJob } from './page';
import { photoScenesRead, type PhotoScene } from './photos';
import { SPHERE_ID } from './sphere-id';
import { weightsProblem, weightsSha256, type HashedFile } from './weights-hash';

const { values } = commandLine(import.meta.filename, {
  model: { type: 'string', default: 'viewpoint-v0' },
  meshes: { type: 'string', default: 'generated' },
  families: { type: 'string', default: QUESTION_IDS.join(',') },
  items: { type: 'string', default: '200' },
  seed: { type: 'string', default: '1' },
  backend: { type: 'string', default: 'browser' },
  weights: { type: 'string', default: 'q4' },
  'no-swap': { type: 'boolean', default: false },
  'no-generate': { type: 'boolean', default: false },
  reasoned: { type: 'boolean', default: false },
  'answerable-only': { type: 'boolean', default: false },
  'held-out-wording': { type: 'boolean', default: false },
  'changed-scene': { type: 'boolean', default: false },
  presets: { type: 'boolean', default: false },
  photos: { type: 'string' },
  keep: { type: 'string' },
  json: { type: 'boolean', default: false },
  out: { type: 'string' },
  answers: { type: 'string' },
});

const NATIVE_DEVICE: Readonly<Record<NativeWeights, string>> = { q4: 'native', u8: 'native, as on a processor' };

function nativeWeights(value: string): NativeWeights {
  if (value !== 'q4' && value !== 'u8') usageError(`--weights takes "q4" or "u8", got "${value}".`);
  return value;
}

const isFamily = (id: string): id is PairFamilyId => (PAIR_FAMILY_IDS as readonly string[]).includes(id);
const families = values.families.split(',').map((id) => {
  if (!isFamily(id)) usageError(`Unknown family "${id}". Families: ${PAIR_FAMILY_IDS.join(', ')}.`);
  return id;
});
const itemsPerFamily = wholeNumber('items', values.items, 1);
if (values.backend !== 'browser' && values.backend !== 'native')
  usageError(`--backend takes "browser" or "native", got "${values.backend}".`);
const weights = nativeWeights(values.weights);
// A model is a folder of public/models, or the path of any folder in the same layout.
const modelFolder = values.model.includes('/')
  ? resolve(values.model)
  : join(PROJECT_ROOT, 'public/models', values.model);
const manifestPath = join(modelFolder, 'manifest.json');
if (!existsSync(manifestPath)) usageError(`There is no model at "${values.model}": ${manifestPath} is missing.`);
const manifestText = readFileSync(manifestPath, 'utf8');
const manifest = JSON.parse(manifestText) as {
  id: string;
  image: { sizePx: number };
  calibration: Manifest['calibration'];
  files: HashedFile[];
};
const notTheWeights = weightsProblem(modelFolder, manifest.files);
if (notTheWeights !== null) usageError(notTheWeights);
const imageSizePx = manifest.image.sizePx;
const switches: AnswerSwitches = values.presets
  ? { swap: false, generate: false, reason: false }
  : { swap: !values['no-swap'], generate: !values['no-generate'], reason: values.reasoned };

const started = performance.now();
if (values.presets && values.photos !== undefined)
  usageError('--presets and --photos ask about different pairs: take one.');
if (values['answerable-only'] && (values.presets || values.photos !== undefined))
  usageError(
    `--answerable-only judges objects by rendering them: with ${values.presets ? '--presets' : '--photos'} nothing is judged. Leave it out.`,
  );
for (const name of ['held-out-wording', 'changed-scene'] as const)
  if (values[name] && (values.presets || values.photos !== undefined))
    usageError(`--${name} is for rendered pairs: leave out ${values.presets ? '--presets' : '--photos'}.`);
const isControl = !values.presets && values.photos === undefined && values.meshes === SPHERE_ID;
if (values['answerable-only'] && isControl)
  usageError('All pairs of the sphere are ambiguous, as a control needs: leave out --answerable-only.');
const keepFolder = values.keep === undefined ? null : resolve(values.keep);
const cannotKeep = keepFolder === null ? null : keepProblem(keepFolder);
if (cannotKeep !== null) usageError(cannotKeep);
if (values.photos !== undefined && !families.every(isQuestionId))
  usageError(`--photos takes the families ${QUESTION_IDS.join(', ')}: nobody stood still for a photo.`);
const photoFolder = values.photos;
const photoScenes = photoFolder === undefined ? null : orUsageError(() => photoScenesRead(photoFolder));
const meshes = values.presets ? 'builtin' : values.meshes;
const source = orUsageError(() => objectSource(meshes, values.seed, itemsPerFamily));
const tool = await toolPageOpen({
  tool: 'eval',
  html: 'page.html',
  mounts: {
    '/model/': modelFolder,
    ...(source.glbFolder ? { '/glb/': source.glbFolder } : {}),
    ...(photoFolder === undefined ? {} : { '/photos/': resolve(photoFolder) }),
  },
  onPost: (_path, body) => {
    appendFileSync(join(work, 'pixels.u8'), body);
    return 'ok';
  },
});
// Nothing that was typed is refused from here on, so this folder is always removed.
const work = mkdtempSync(join(tmpdir(), 'viewpoint-eval-'));

/** The first objects that can be shown, as many as there are items of a family. */
async function usableObjects(): Promise<EvalObject[]> {
  const usable: EvalObject[] = [];
  for (const candidate of source.candidates) {
    if (usable.length === itemsPerFamily) break;
    const problem = await tool.page.evaluate((object) => window.objectProblem(object), candidate);
    if (problem === null) usable.push(candidate);
    else console.error(`left out ${candidate.objectId}: ${problem}`);
  }
  if (usable.length === 0) throw new Error(`None of the objects of "${values.meshes}" can be shown.`);
  return usable;
}

/** Items of the families beyond the paper's, dealt over views of all objects. */
async function broadItems(objects: readonly EvalObject[]): Promise<ViewpointItem[]> {
  const broad = families.filter(isBroadFamilyId);
  if (broad.length === 0) return [];
  const rows: ViewRow[] = [];
  for (const object of objects)
    rows.push(...(await tool.page.evaluate(([o, seed]) => window.viewRowsOf(o, seed), [object, values.seed] as const)));
  const request = { seed: values.seed, count: itemsPerFamily, split: 'test', objects: renderedObjects(rows) } as const;
  return broad.flatMap((family) => {
    const made = pairItems({ ...request, family });
    if (made.length < itemsPerFamily)
      console.error(
        `${family}: ${made.length} of ${itemsPerFamily} items: ${objects.length} objects hold no more different pairs. ` +
          'Give more objects, or ask for fewer --items.',
      );
    return made.map(({ item }) => item);
  });
}

async function jobsOf(objects: readonly EvalObject[]): Promise<RenderJob[]> {
  const byId = new Map(
    objects.map((object) => [object.objectId, { object, drafts: [] as ItemDraft[], items: [] as ViewpointItem[] }]),
  );
  for (const item of await broadItems(objects)) byId.get(item.objectId)?.items.push(item);
  for (const family of families) {
    if (isBroadFamilyId(family)) continue;
    const drafts = itemDrafts({
      seed: values.seed,
      family,
      count: itemsPerFamily,
      split: 'test',
      objectIds: [...byId.keys()],
      sampleScene: sceneSpecSample,
      isSceneChanged: values['changed-scene'],
    });
    for (const draft of drafts) byId.get(draft.objectId)?.drafts.push(draft);
  }
  return [...byId.values()]
    .filter(({ drafts, items }) => drafts.length + items.length > 0)
    .map((entry) => ({
      imageSizePx,
      isControl,
      isReworded: values['held-out-wording'],
      assess: values['answerable-only'],
      ...entry,
    }));
}

/** The pairs of a first visit, object by object. */
function presetJobs(): RenderJob[] {
  const presets = presetPairs(builtinIds());
  return [...new Set(presets.map(({ objectId }) => objectId))].map((objectId) => ({
    imageSizePx,
    isControl: false,
    isReworded: false,
    assess: false,
    object: { objectId, loadId: objectId },
    drafts: [],
    items: [],
    presets: presets.filter((preset) => preset.objectId === objectId),
  }));
}

/** As many of every question from each scene as its share, at most as its photos give. */
function photoJobs(scenes: readonly PhotoScene[]): PhotoJob[] {
  const count = Math.ceil(itemsPerFamily / scenes.length);
  return scenes.map(({ sceneId, views }) => ({
    imageSizePx,
    photos: families
      .filter(isQuestionId)
      .flatMap((question) => photoItems({ sceneId, views, question, count, seed: values.seed })),
  }));
}

async function jobsAll(): Promise<readonly (RenderJob | PhotoJob)[]> {
  if (photoScenes) return photoJobs(photoScenes);
  return values.presets ? presetJobs() : jobsOf(await usableObjects());
}

const sizeOf = (job: RenderJob | PhotoJob): number =>
  'photos' in job ? job.photos.length : (job.presets?.length ?? job.drafts.length + job.items.length);

async function answerAll(): Promise<{ device: string; items: ViewpointItem[]; answers: ItemAnswers[] }> {
  const jobs = await jobsAll();
  const total = jobs.reduce((sum, job) => sum + sizeOf(job), 0);
  if (total === 0)
    throw new Error('There is no pair to ask about: the photos give none within the ranges of the evaluation.');
  const items: ViewpointItem[] = [];
  const answers: ItemAnswers[] = [];
  const isNative = values.backend === 'native';
  const device = isNative ? NATIVE_DEVICE[weights] : await tool.page.evaluate(() => window.modelLoad('/model/'));
  for (const job of jobs) {
    if (isNative) items.push(...(await tool.page.evaluate((j) => window.uploadItems(j), job)));
    else {
      const result = await tool.page.evaluate(([j, s, k]) => window.answerItems(j, s, k), [
        job,
        switches,
        keepFolder !== null,
      ] as const);
      items.push(...result.items);
      answers.push(...result.answers);
    }
    if (process.stderr.isTTY) process.stderr.write(`\r${items.length} of ${total} items`);
  }
  if (process.stderr.isTTY) process.stderr.write('\n');
  // Before the native backend appends its exchanged pairs.
  if (keepFolder !== null) itemsKeep(keepFolder, items, join(work, 'pixels.u8'), imageSizePx);
  if (isNative) answers.push(...answerNatively(items, switches, modelFolder, work, imageSizePx, weights));
  return { device, items, answers };
}

/** The option that the model finds most likely; the first of equals. */
function bestKey(item: ViewpointItem, logProbs: readonly number[]): string | null {
  const best = logProbs.indexOf(Math.max(...logProbs));
  return item.options[best]?.key ?? null;
}

function rowOf(item: ViewpointItem, answer: ItemAnswers): EvalRow {
  return evalRow(item, {
    scoredKey: bestKey(item, answer.optionLogProbs),
    ...(answer.generated !== null && { generated: { text: answer.generated, format: 'letter' as const } }),
    ...(answer.rotated !== null && { rotatedText: answer.rotated }),
    ...(answer.reasoned !== null && { reasonedText: answer.reasoned }),
    ...(answer.swappedLogProbs && { swappedScoredKey: bestKey(item, answer.swappedLogProbs) }),
  });
}

function presetAnswers(
  items: readonly ViewpointItem[],
  answers: readonly ItemAnswers[],
  device: string,
): PresetAnswers {
  const entries = items.map(({ objectId, seed, question, options }, index) => {
    const temperature = temperatureOf(manifest, question);
    const shares = sharesFromLogProbs((answers[index] as ItemAnswers).optionLogProbs, temperature);
    const byKey = Object.fromEntries(options.map(({ key }, place) => [key, Number((shares[place] ?? 0).toFixed(3))]));
    return [presetKey(objectId, seed, question as QuestionId), byKey] as const;
  });
  return {
    schemaVersion: PRESET_ANSWERS_SCHEMA_VERSION,
    model: manifest.id,
    manifestSha256: createHash('sha256').update(manifestText).digest('hex'),
    device,
    answers: Object.fromEntries(entries),
  };
}

try {
  const { device, items, answers } = await answerAll();
  const rows = items.map((item, index) => rowOf(item, answers[index] as ItemAnswers));
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const report = evalReport(rows, {
    model: manifest.id,
    weightsSha256: weightsSha256(manifest.files),
    device,
    seed: values.seed,
    seconds,
    assessed: values['answerable-only'],
    ...(values['held-out-wording'] && { heldOutWording: true as const }),
    ...(values['changed-scene'] && { changedScene: true as const }),
    ...(photoScenes === null && {
      meshes: meshSources(
        meshes,
        rows.map(({ objectId }) => objectId),
      ),
    }),
  });
  for (const [family, score] of Object.entries(report.families)) {
    const [lo, hi] = score.ci95.map((share) => (100 * share).toFixed(1));
    console.error(
      `${family.padEnd(20)} ${score.correct}/${score.n} = ${(100 * score.accuracy).toFixed(1)} % [${lo}, ${hi}]` +
        `   generated ${score.generatedCorrect}, well-formed ${score.wellFormed}`,
    );
  }
  for (const [family, { reasoned }] of Object.entries(report.families))
    if (reasoned)
      console.error(
        `${family.padEnd(20)} reasoned: ${reasoned.wellFormed} of ${reasoned.n} well-formed, ${reasoned.correct} right; ` +
          `${reasoned.sideSaid} name a side, ${reasoned.sideRight} the true one, ${reasoned.followed} answer what it makes`,
      );
  const { together } = report;
  const [low, high] = together.ci95.map((share) => (100 * share).toFixed(1));
  console.error(
    `together             ${together.correct}/${together.n} = ${((100 * together.correct) / together.n || 0).toFixed(1)} % ` +
      `[${low}, ${high}] over ${together.objects} objects`,
  );
  if (values['answerable-only'])
    console.error(`excluded as ambiguous: ${report.excluded} of ${report.items} items; the lines above leave them out`);
  const { order } = report;
  if (order.n > 0)
    console.error(`every option under another letter: the same option named in ${order.consistent} of ${order.n}`);
  console.error(`swap: ${report.swap.consistent} of ${report.swap.n} pairs flip; ${seconds} s on ${device}`);
  if (values.answers) {
    const lines = answers.map((answer, index) => {
      const { answerKey, answerable, objectId, options, family, question } = items[index] as ViewpointItem;
      const optionKeys = options.map(({ key }) => key);
      return JSON.stringify({ ...answer, family, question, objectId, optionKeys, answerKey, answerable });
    });
    writeFileSync(resolve(values.answers), `${lines.join('\n')}\n`);
  }
  if (values.presets) {
    const path = join(PROJECT_ROOT, 'src/contract/preset-answers.json');
    writeFileSync(path, `${JSON.stringify(presetAnswers(items, answers, device))}\n`);
    console.error(`wrote ${items.length} answers to ${path}`);
  }
  if (values.out) writeFileSync(resolve(values.out), `${JSON.stringify(report, null, 2)}\n`);
  if (values.json) console.log(JSON.stringify(report));
} catch (error) {
  // What the page threw comes with the driver's words before it and a stack behind.
  const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  console.error(message.replace(/^page\.evaluate: (\w*Error: )?/, ''));
  process.exitCode = 1;
} finally {
  await tool.close();
  rmSync(work, { recursive: true, force: true });
}
