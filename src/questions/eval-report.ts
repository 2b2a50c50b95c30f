/** Builds the evaluation report from a model's answers. */
import {
  EVAL_REPORT_SCHEMA_VERSION,
  type AngleBinScore,
  type ClusteredShare,
  type ConsistencyScore,
  type EvalReport,
  type FamilyScore,
  type OptionCount,
  type ReasonedScore,
} from '../contract/eval-report';
import type { Item } from '../contract/item';
import { orbitChange } from '../core/relative-pose';
import { clusteredInterval, type TrialCluster } from '../core/wilson';
import { angleOfKey, oppositeAnswerKey } from './broad-families';
import { isOptionKey, isQuestionId } from './families';
import { parseAnswer } from './parse-answer';
import { optionsRotated, type AnswerFormat } from './prompt';
import { keyOfSide, sideSaidIn } from './worked-reasoning';

/** An answer with worked reasoning before it. */
interface ReasonedAnswer {
  readonly key: string | null;
  readonly wellFormed: boolean;
  /** Absent when the reasoning names no side, or the question has none. */
  readonly side?: { readonly isRight: boolean; readonly isFollowed: boolean };
}

/** One item, answered. */
export interface EvalRow {
  readonly objectId: string;
  readonly family: string;
  readonly answerKey: string;
  readonly answerable: boolean | null;
  /** |Δ azimuth| around the object; 0 when the camera stayed. */
  readonly absDeltaAzimuthDeg: number;
  /** Answer by scoring the options' texts; null when none could be given. */
  readonly scoredKey: string | null;
  /** Answer by generating text; absent when nothing was generated. */
  readonly generated?: { readonly key: string | null; readonly wellFormed: boolean };
  /** The same with every option under another letter (`optionsRotated`); absent when not asked. */
  readonly rotatedKey?: string | null;
  /** Scored answer with A and B exchanged; absent when not asked. */
  readonly swappedScoredKey?: string | null;
  /** Absent when not asked. */
  readonly reasoned?: ReasonedAnswer;
}

export interface EvalAnswers {
  readonly scoredKey: string | null;
  readonly generated?: { readonly text: string; readonly format: AnswerFormat };
  /** What was generated for `optionsRotated`, in the same format. */
  readonly rotatedText?: string;
  readonly swappedScoredKey?: string | null;
  /** What was generated when worked reasoning was asked for. */
  readonly reasonedText?: string;
}

function reasonedAnswer({ question, options, answerKey }: Item, text: string): ReasonedAnswer {
  const answer = parseAnswer(text, options, 'reasoned');
  const said = sideSaidIn(text);
  if (said === null || !isQuestionId(question) || !isOptionKey(answerKey)) return answer;
  const isFollowed = answer.key === keyOfSide(question, said);
  return { ...answer, side: { isRight: said === keyOfSide(question, answerKey), isFollowed } };
}

export function evalRow(item: Item, answers: EvalAnswers): EvalRow {
  const { generated, rotatedText, swappedScoredKey, reasonedText } = answers;
  return {
    objectId: item.objectId,
    family: item.family,
    answerKey: item.answerKey,
    answerable: item.answerable,
    absDeltaAzimuthDeg: Math.abs(orbitChange(item.viewA, item.viewB, item.targetWorld).deltaAzimuthDeg),
    scoredKey: answers.scoredKey,
    ...(generated && { generated: parseAnswer(generated.text, item.options, generated.format) }),
    ...(generated &&
      rotatedText !== undefined && {
        rotatedKey: parseAnswer(rotatedText, optionsRotated(item.options), generated.format).key,
      }),
    ...(swappedScoredKey !== undefined && { swappedScoredKey }),
    ...(reasonedText !== undefined && { reasoned: reasonedAnswer(item, reasonedText) }),
  };
}

/** Bins of |Δ azimuth| over the evaluation range. */
const ANGLE_BINS_DEG = [
  [20, 40],
  [40, 60],
  [60, 80],
  [80, 100],
] as const;

const isCorrect = (row: EvalRow): boolean => row.scoredKey === row.answerKey;
const count = (rows: readonly EvalRow[], test: (row: EvalRow) => boolean): number => rows.filter(test).length;

function reasonedScore(rows: readonly EvalRow[]): ReasonedScore {
  return {
    n: count(rows, ({ reasoned }) => reasoned !== undefined),
    wellFormed: count(rows, ({ reasoned }) => reasoned?.wellFormed === true),
    correct: count(rows, ({ reasoned, answerKey }) => reasoned?.key === answerKey),
    sideSaid: count(rows, ({ reasoned }) => reasoned?.side !== undefined),
    sideRight: count(rows, ({ reasoned }) => reasoned?.side?.isRight === true),
    followed: count(rows, ({ reasoned }) => reasoned?.side?.isFollowed === true),
  };
}

/** How many of the rows pass a test; those about one object are a cluster, because their outcomes go together. */
function clusteredShare(rows: readonly EvalRow[], test: (row: EvalRow) => boolean): ClusteredShare {
  const byObject = new Map<string, TrialCluster>();
  for (const row of rows) {
    const { n, correct } = byObject.get(row.objectId) ?? { n: 0, correct: 0 };
    byObject.set(row.objectId, { n: n + 1, correct: correct + (test(row) ? 1 : 0) });
  }
  const ci95 = clusteredInterval([...byObject.values()]);
  return { n: rows.length, objects: byObject.size, correct: count(rows, test), ci95 };
}

function familyScore(rows: readonly EvalRow[]): FamilyScore {
  const { n, objects, correct, ci95 } = clusteredShare(rows, isCorrect);
  const generated = clusteredShare(
    rows.filter((row) => row.generated !== undefined),
    (row) => row.generated?.key === row.answerKey,
  );
  const [swapped, rotated] = [swapScore(rows), orderScore(rows)];
  return {
    n,
    objects,
    correct,
    accuracy: n === 0 ? 0 : correct / n,
    ci95,
    generatedN: generated.n,
    wellFormed: count(rows, (row) => row.generated?.wellFormed === true),
    generatedCorrect: generated.correct,
    generatedCi95: generated.ci95,
    ...(swapped.n > 0 && { swap: swapped }),
    ...(rotated.n > 0 && { order: rotated }),
    ...(rows.some(({ reasoned }) => reasoned) && { reasoned: reasonedScore(rows) }),
  };
}

function binScores(rows: readonly EvalRow[]): AngleBinScore[] {
  const lastBin = ANGLE_BINS_DEG.length - 1;
  return ANGLE_BINS_DEG.flatMap(([fromDeg, toDeg], index) => {
    const within = rows.filter(
      ({ absDeltaAzimuthDeg: deg }) => deg >= fromDeg && (deg < toDeg || (index === lastBin && deg <= toDeg + 1e-9)),
    );
    return within.length === 0 ? [] : [{ fromDeg, toDeg, ...clusteredShare(within, isCorrect) }];
  });
}

function consistency(rows: readonly EvalRow[], isConsistent: (row: EvalRow) => boolean): ConsistencyScore {
  const { n, correct, ci95 } = clusteredShare(rows, isConsistent);
  return { n, consistent: correct, ci95 };
}

/** Whether an answer becomes another one when A and B change places. */
export const isFlipped = (key: string): boolean => oppositeAnswerKey(key) !== key;

/** Only pairs whose answer flips are exchanged: answering "none" both times contradicts nothing but is no flip either. */
function isSwapConsistent({ scoredKey, swappedScoredKey }: EvalRow): boolean {
  return scoredKey !== null && isFlipped(scoredKey) && swappedScoredKey === oppositeAnswerKey(scoredKey);
}

/** Of the rows that were asked in both orders of the views. */
const swapScore = (rows: readonly EvalRow[]): ConsistencyScore =>
  consistency(
    rows.filter(({ swappedScoredKey }) => swappedScoredKey !== undefined),
    isSwapConsistent,
  );

/** Of the rows whose letter was generated in both orders of the options. */
const orderScore = (rows: readonly EvalRow[]): ConsistencyScore =>
  consistency(
    rows.filter(({ rotatedKey }) => rotatedKey !== undefined),
    ({ generated, rotatedKey }) => !!rotatedKey && generated?.key === rotatedKey,
  );

/** The key by which answers are counted: of an angle only its side. */
const countedKey = (key: string): string => {
  const angleDeg = angleOfKey(key);
  return angleDeg === null ? key : angleDeg > 0 ? 'right' : 'left';
};

function optionCounts(rows: readonly EvalRow[]): Record<string, OptionCount> {
  const right = rows.map(({ answerKey }) => countedKey(answerKey));
  const answered = rows.flatMap(({ scoredKey }) => (scoredKey === null ? [] : [countedKey(scoredKey)]));
  const times = (keys: readonly string[], key: string): number => keys.filter((one) => one === key).length;
  return Object.fromEntries(
    [...new Set([...right, ...answered])]
      .sort()
      .map((key) => [key, { answered: times(answered, key), right: times(right, key) }]),
  );
}

/**
 * Items marked unanswerable are left out of every figure but `items`, counted in `excluded`, and back in
 * `withNothingExcluded`.
 */
export function evalReport(
  rows: readonly EvalRow[],
  about: Pick<
    EvalReport,
    | 'model'
    | 'weightsSha256'
    | 'device'
    | 'seed'
    | 'seconds'
    | 'assessed'
    | 'heldOutWording'
    | 'changedScene'
    | 'meshes'
  >,
): EvalReport {
  const families = [...new Set(rows.map(({ family }) => family))];
  const kept = rows.filter(({ answerable }) => answerable !== false);
  const keptOf = (family: string): EvalRow[] => kept.filter((row) => row.family === family);
  return {
    schemaVersion: EVAL_REPORT_SCHEMA_VERSION,
    model: about.model,
    weightsSha256: about.weightsSha256,
    device: about.device,
    seed: about.seed,
    items: rows.length,
    families: Object.fromEntries(families.map((family) => [family, familyScore(keptOf(family))])),
    together: clusteredShare(kept, isCorrect),
    swap: swapScore(kept),
    order: orderScore(kept),
    bias: Object.fromEntries(families.map((family) => [family, optionCounts(keptOf(family))])),
    byAngle: families.flatMap((family) => binScores(keptOf(family)).map((score) => ({ family, ...score }))),
    byAngleTogether: binScores(kept),
    excluded: rows.length - kept.length,
    ...(about.assessed !== undefined && { assessed: about.assessed }),
    ...(about.heldOutWording && { heldOutWording: about.heldOutWording }),
    ...(about.changedScene && { changedScene: about.changedScene }),
    ...(about.meshes && { meshes: about.meshes }),
    withNothingExcluded: Object.fromEntries(
      families.map((family) => {
        const all = rows.filter((row) => row.family === family);
        return [family, { n: all.length, correct: count(all, isCorrect) }];
      }),
    ),
    seconds: about.seconds,
  };
}
