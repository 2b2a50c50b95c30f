/** Wilson score interval of a share (Wilson 1927): stays within [0, 1] and is honest for few items. */

/** Two-sided 95 % quantile of the standard normal distribution. */
const Z_95 = 1.959963984540054;

/**
 * 95 % interval of the share `correct / n`.
 * @returns [lo, hi] within [0, 1]; [0, 1] for n = 0, when nothing is known
 * @throws RangeError unless 0 ≤ correct ≤ n are integers
 */
export function wilsonInterval(correct: number, n: number): readonly [lo: number, hi: number] {
  if (!Number.isInteger(n) || !Number.isInteger(correct) || correct < 0 || correct > n)
    throw new RangeError(`need integers 0 ≤ correct ≤ n, got ${correct} of ${n}`);
  if (n === 0) return [0, 1];
  const share = correct / n;
  const scale = 1 / (1 + Z_95 ** 2 / n);
  const centre = scale * (share + Z_95 ** 2 / (2 * n));
  const halfWidth = scale * Z_95 * Math.sqrt((share * (1 - share)) / n + Z_95 ** 2 / (4 * n * n));
  return [correct === 0 ? 0 : centre - halfWidth, correct === n ? 1 : centre + halfWidth];
}
