/** Types of eval-report.schema.json: what a model scored on a set of items. */

export const EVAL_REPORT_SCHEMA_VERSION = 4;

/** Answers with worked reasoning before them. */
export interface ReasonedScore {
  /** Items that were asked for it; the next three are out of it. */
  readonly n: number;
  /** In the form that the prompt asks for. */
  readonly wellFormed: number;
  /** Whose final answer is right. */
  readonly correct: number;
  /** Whose reasoning says to which side the camera moved; the next two are out of it. */
  readonly sideSaid: number;
  readonly sideRight: number;
  /** Whose final answer is what that side makes it, right or wrong. */
  readonly followed: number;
}

/** A share of items, and how sure it is. */
export interface ClusteredShare {
  /** Items counted: all but those marked unanswerable. */
  readonly n: number;
  /** Different objects that these items are about. */
  readonly objects: number;
  /** Right answers by scoring the options' texts. */
  readonly correct: number;
  /** Items about one object count as a cluster. */
  readonly ci95: readonly [lo: number, hi: number];
}

export interface FamilyScore extends ClusteredShare {
  readonly accuracy: number;
  /** Items of these n for which text was generated; the next two are out of it. */
  readonly generatedN: number;
  readonly wellFormed: number;
  readonly generatedCorrect: number;
  /** Of the right ones among the generated; as `ci95`. */
  readonly generatedCi95: readonly [lo: number, hi: number];
  /** As the report's, of this family alone; absent where none of its items was asked so, and in older reports. */
  readonly swap?: ConsistencyScore;
  readonly order?: ConsistencyScore;
  /** Absent when nobody asked for worked reasoning. */
  readonly reasoned?: ReasonedScore;
}

export interface AngleBinScore extends ClusteredShare {
  /** Bin of |Δ azimuth|: from ≤ |Δ| < to; the last bin includes its end. */
  readonly fromDeg: number;
  readonly toDeg: number;
}

export interface AngleScore extends AngleBinScore {
  readonly family: string;
}

/** How many of n items were answered alike when asked in another way. */
export interface ConsistencyScore {
  readonly n: number;
  readonly consistent: number;
  /** Items about one object count as a cluster. */
  readonly ci95: readonly [lo: number, hi: number];
}

/** How often an option was answered by scoring, and how often it was right. */
export interface OptionCount {
  readonly answered: number;
  readonly right: number;
}

/** What objects came from. */
export interface MeshSource {
  /** A pack, by its folder's name; `generated`: the generator's held-out families; `builtin`: the page's own; `sphere`: the control. */
  readonly name: string;
  /** Of generated objects, and only with them. */
  readonly families?: readonly string[];
}

export interface EvalReport {
  readonly schemaVersion: typeof EVAL_REPORT_SCHEMA_VERSION;
  /** Its id in the manifest: a name, which other weights may bear too. */
  readonly model: string;
  /** Which weights answered: a hash over those of the weight files (tools/eval/weights-hash.ts). */
  readonly weightsSha256: string;
  readonly device: string;
  /** The seed of the item set. */
  readonly seed: number | string;
  /** Items asked, the excluded ones among them. */
  readonly items: number;
  readonly families: Readonly<Record<string, FamilyScore>>;
  /** All families as one. */
  readonly together: ClusteredShare;
  /** Moved pairs asked in both orders; consistent when the answer flips between left and right. */
  readonly swap: ConsistencyScore;
  /**
   * Letters generated with the options in their order and moved on by one place, so that none keeps its letter; consistent
   * when both name one option. Up to version 3 the second order was the opposite one, and a middle option kept its letter.
   */
  readonly order: ConsistencyScore;
  /** Family, then option key: a model that prefers an option answers it more often than it is right. */
  readonly bias: Readonly<Record<string, Readonly<Record<string, OptionCount>>>>;
  readonly byAngle: readonly AngleScore[];
  /** All families of a bin as one. */
  readonly byAngleTogether: readonly AngleBinScore[];
  /** Items left out because the pictures cannot tell the answer; 0 too when nobody looked. */
  readonly excluded: number;
  /** Whether it was judged which pairs are ambiguous; absent in reports that do not tell. */
  readonly assessed?: boolean;
  /** Questions were put in wordings that training never used (paraphrases.json); absent when in the contract's. */
  readonly heldOutWording?: true;
  /** The second picture of pairs of the three types has another light or background; absent when the same. */
  readonly changedScene?: true;
  /** What the objects of these items came from; absent for photos and in reports that do not tell. */
  readonly meshes?: readonly MeshSource[];
  readonly withNothingExcluded: Readonly<Record<string, { readonly n: number; readonly correct: number }>>;
  readonly seconds: number;
}
