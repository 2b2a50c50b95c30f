/**
 * The pair of a seed: a draft of the evaluation distribution, restricted to angles that make good pictures and shown in the
 * page's own light. Now and then the camera did not move at all; then only light or backdrop differ. Other families: page-pairs.ts.
 */
import { degDifference } from '../core/angles';
import { rngFromSeed, type Rng } from '../core/rng';
import type { SceneSpec } from '../core/scene-spec';
import type { Vec3 } from '../core/vec3';
import { QUESTION_IDS, type QuestionId } from '../questions/families';
import { itemDrafts, itemWithDistances, type ItemDraft } from '../questions/item-generator';
import type { PageFamilyId } from '../questions/page-families';
import { LEVEL_START, levelTurnDeg, type TurnRangeDeg } from './guess-level';
import { PAGE_FILL, PAGE_FOV_Y_DEG } from './page-defaults';
import { isSampledFamilyId, pagePairSample, type SampledFamilyId } from './page-pairs';
import { groundedSample, studioSample } from './page-scene';
import { pairFromOrbits, type Pair } from './pair';

const NO_MOVEMENT_SHARE = 1 / 7;
/** Enough to find one that fits; those of the first level are fixed, because links to their pairs are about. */
const draftCount = (level: number): number => (level === LEVEL_START ? 24 : 90);

const isNice = ({ directionA, directionB, answerKey }: ItemDraft, [loDeg, hiDeg]: TurnRangeDeg): boolean => {
  const elevations = [directionA.elevationDeg, directionB.elevationDeg];
  if (elevations.some((deg) => deg < 4 || deg > 34)) return false;
  const turnDeg = Math.abs(degDifference(directionB.azimuthDeg, directionA.azimuthDeg));
  return answerKey === 'none' || (turnDeg >= loDeg && turnDeg <= hiDeg);
};

interface PairRequest {
  readonly seed: number;
  readonly objectId: string;
  readonly framingPoints: readonly Vec3[];
  readonly level: number;
}

/** @param stayShare how often the camera did not move */
function questionPair(request: PairRequest, question: QuestionId, rng: Rng, stayShare: number): Pair {
  const { seed, objectId, framingPoints, level } = request;
  const family = rng.chance(stayShare) ? 'no-movement' : question;
  const drafts = itemDrafts({
    seed,
    family,
    count: draftCount(level),
    split: 'demo',
    objectIds: [objectId],
    sampleScene: studioSample,
  }).filter((draft) => draft.question === question);
  const draft = drafts.find((one) => isNice(one, levelTurnDeg(level))) ?? (drafts[0] as ItemDraft);
  const item = itemWithDistances({ ...draft, fovYDeg: PAGE_FOV_Y_DEG, fill: PAGE_FILL }, framingPoints);
  const { viewA, viewB } = item;
  if (!viewA.orbit || !viewB.orbit) throw new Error(`item ${item.id} of Guess is not an orbit`);
  return pairFromOrbits(objectId, { a: viewA.orbit, b: viewB.orbit }, viewA.scene, viewB.scene);
}

/** The light always differs a little, so that a pair without movement cannot be told by equal pixels. */
function sampledPair(request: PairRequest, family: SampledFamilyId, rng: Rng): Pair {
  const { objectId, framingPoints, level } = request;
  const orbits = pagePairSample(family, rng.fork('pair'), framingPoints, level);
  const sample = family === 'decoupled' ? groundedSample : studioSample;
  const sceneA: SceneSpec = sample(rng.fork('scene'));
  const sceneB: SceneSpec = { ...sceneA, light: sample(rng.fork('second scene')).light };
  return pairFromOrbits(objectId, orbits, sceneA, sceneB);
}

/** The same seed, object, question and difficulty always give the same pair. */
export function guessPair(
  seed: number,
  objectId: string,
  family: PageFamilyId,
  framingPoints: readonly Vec3[],
  level = LEVEL_START,
): Pair {
  const rng = rngFromSeed(seed).fork(`guess/${family}`);
  const request = { seed, objectId, framingPoints, level };
  if (isSampledFamilyId(family)) return sampledPair(request, family, rng);
  // "Did it move at all?" has three answers, each as often as the others.
  if (family === 'no-movement') return questionPair(request, 'ego-translation', rng, 1 / 3);
  const question = QUESTION_IDS.find((id) => id === family) ?? 'ego-translation';
  return questionPair(request, question, rng, NO_MOVEMENT_SHARE);
}

/** The object of a seed, when nobody chose one. */
export const objectOfSeed = (seed: number, objectIds: readonly string[], fallback: string): string =>
  objectIds.length === 0 ? fallback : rngFromSeed(seed).fork('object').pick(objectIds);
