/** Wilson score interval of a share (Wilson 1927): stays within [0, 1] and is honest for few trials. */

/** Two-sided 95 % quantile of the standard normal distribution. */
const Z_95 = 1.959963984540054;

/**
 * 95 % interval of the share `correct / n`.
 * @returns [lo, hi] within [0, 1]; [0, 1] for n = 0, when nothing is known
 * @throws RangeError unless 0 ≤ correct ≤ n are integers
 */
export function wilsonInterval(correct: number, n: number): readonly [lo: number, hi: number] {
  trialsCheck(correct, n);
  return scoreInterval(correct, n, n);
}

/** Trials about one thing (questions about one object), whose outcomes go together. */
export interface TrialCluster {
  readonly n: number;
  readonly correct: number;
}

/**
 * 95 % interval of the share over clusters of trials. Wilson's, for as many independent trials as would vary as the
 * clusters' shares do (ratio estimator, Cochran 1977 §9A; effective number with Student's quantile for the clusters,
 * Korn & Graubard 1998), at most n. Clusters of one trial each are independent trials: Wilson's own.
 * @returns [lo, hi] within [0, 1]; [0, 1] without any trial
 * @throws RangeError unless 0 ≤ correct ≤ n are integers in every cluster
 */
export function clusteredInterval(clusters: readonly TrialCluster[]): readonly [lo: number, hi: number] {
  for (const { n, correct } of clusters) trialsCheck(correct, n);
  const asked = clusters.filter(({ n }) => n > 0);
  const n = asked.reduce((sum, cluster) => sum + cluster.n, 0);
  const correct = asked.reduce((sum, cluster) => sum + cluster.correct, 0);
  return scoreInterval(correct, n, effectiveTrials(asked, correct, n));
}

function effectiveTrials(clusters: readonly TrialCluster[], correct: number, n: number): number {
  // One cluster says nothing about how much clusters vary.
  if (clusters.length === n || clusters.length < 2) return n;
  const share = correct / n;
  const squares = clusters.reduce((sum, cluster) => sum + (cluster.correct - share * cluster.n) ** 2, 0);
  const variance = ((clusters.length / (clusters.length - 1)) * squares) / n ** 2;
  // Nor do clusters that are all alike (all right).
  if (!(variance > 0)) return n;
  const quantile = studentQuantile95(clusters.length - 1);
  return Math.min(n, ((share * (1 - share)) / variance) * (Z_95 / quantile) ** 2);
}

/** Two-sided 95 % quantile of Student's t (Abramowitz & Stegun 26.7.5): within 1 % from 3 degrees of freedom on. */
function studentQuantile95(freedom: number): number {
  const z = Z_95;
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}

function trialsCheck(correct: number, n: number): void {
  if (!Number.isInteger(n) || !Number.isInteger(correct) || correct < 0 || correct > n)
    throw new RangeError(`need integers 0 ≤ correct ≤ n, got ${correct} of ${n}`);
}

/** Wilson's interval of the share `correct / n`, as wide as that of `trials` independent trials. */
function scoreInterval(correct: number, n: number, trials: number): readonly [lo: number, hi: number] {
  if (n === 0) return [0, 1];
  const share = correct / n;
  const scale = 1 / (1 + Z_95 ** 2 / trials);
  const centre = scale * (share + Z_95 ** 2 / (2 * trials));
  const halfWidth = scale * Z_95 * Math.sqrt((share * (1 - share)) / trials + Z_95 ** 2 / (4 * trials * trials));
  return [correct === 0 ? 0 : centre - halfWidth, correct === n ? 1 : centre + halfWidth];
}
