/** Deals what must be balanced over a set of items, instead of drawing it: right keys and their letters. */
import type { Rng } from '../core/rng';
import type { KeyedText } from './broad-families';
import type { ItemOption } from '../contract/item';
import { optionsWithLetters } from './prompt';

export interface Slot<Column> {
  readonly column: Column;
  /** Place of the right option: 0 = A. */
  readonly letterIndex: number;
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

/**
 * `count` slots. Columns follow each other in turn and letters rotate, so that any first part of the slots is as even as
 * its length allows; after columns × letters slots every combination has come once.
 * @param columns each as often as its share of the set asks for
 * @throws RangeError without columns or with fewer than two letters
 */
export function slotsDeal<Column>(
  columns: readonly Column[],
  letterCount: number,
  count: number,
  rng: Rng,
): Slot<Column>[] {
  if (columns.length === 0) throw new RangeError('slots need at least one column');
  if (!(letterCount >= 2)) throw new RangeError(`a question has at least two options, got ${letterCount}`);
  const order = rng.shuffle(columns);
  const letters = rng.shuffle(Array.from({ length: letterCount }, (_, index) => index));
  // Both counters return to 0 together after this many slots: from there on letters go one further.
  const blockLength = (order.length * letterCount) / greatestDivisor(order.length, letterCount);
  return Array.from({ length: count }, (_, index) => ({
    column: order[index % order.length] as Column,
    letterIndex: letters[(index + Math.floor(index / blockLength)) % letterCount] as number,
  }));
}

/** Options in random order, but the right one at its dealt place. */
export function optionsDeal(
  options: readonly KeyedText[],
  rightKey: string,
  letterIndex: number,
  rng: Rng,
): ItemOption[] {
  const right = options.filter(({ key }) => key === rightKey);
  if (right.length !== 1) throw new RangeError(`"${rightKey}" must be one of the options, once`);
  const ordered = rng.shuffle(options.filter(({ key }) => key !== rightKey));
  ordered.splice(letterIndex, 0, ...right);
  return optionsWithLetters(ordered);
}

/** Sizes that `magnitude` offers, and how far apart they are at least. */
export const MAGNITUDE_RANGE_DEG = [20, 100] as const;
export const MAGNITUDE_APART_DEG = 15;

/**
 * Three sizes with the truth among them, each to be offered with both signs, so that the truth with the wrong sign is
 * there and no option stands out. The three lie on a circle of all sizes with random gaps, the truth at a random one of
 * them: given the options alone, each is equally likely to be the truth.
 * @param truthDeg whole degrees within {@link MAGNITUDE_RANGE_DEG}
 */
export function magnitudeSizesDeg(truthDeg: number, rng: Rng): [number, number, number] {
  const [lo, hi] = MAGNITUDE_RANGE_DEG;
  if (!Number.isInteger(truthDeg) || truthDeg < lo || truthDeg > hi)
    throw new RangeError(`a magnitude question needs whole degrees from ${lo} to ${hi}, got ${truthDeg}`);
  const sizes = hi - lo + 1;
  const slack = sizes - 3 * MAGNITUDE_APART_DEG;
  // Uniform over all ways to share the slack among the three gaps.
  const [first, second] = [rng.int(slack + 2), rng.int(slack + 1)] as const;
  const cuts = second >= first ? [first, second + 1] : [second, first];
  const gap1 = MAGNITUDE_APART_DEG + (cuts[0] as number);
  const gap2 = MAGNITUDE_APART_DEG + (cuts[1] as number) - (cuts[0] as number) - 1;
  const offsets = [0, gap1, gap1 + gap2];
  const own = rng.pick(offsets);
  const at = (offset: number): number => lo + ((((truthDeg - lo + offset - own) % sizes) + sizes) % sizes);
  return offsets.map(at).sort((a, b) => a - b) as [number, number, number];
}
