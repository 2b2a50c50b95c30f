import { describe, expect, it } from 'vitest';
import { logProbsFromLogits, sequencesLogProbs, sharesFromLogProbs } from './option-trie.ts';

/** Log-probability of a token after a history: any fixed rule will do. */
const rule = (seen: readonly number[]) => (id: number) =>
  -0.1 * (seen.reduce((sum, value, i) => sum + value * (i + 1), 0) + id);
const END = 0;

function plain(sequence: readonly number[]): number {
  return [...sequence, END].reduce((sum, id, i) => sum + rule(sequence.slice(0, i))(id), 0);
}

describe('sequencesLogProbs', () => {
  it('agrees with scoring each sequence by itself, and runs shared beginnings once', async () => {
    const runs: number[][] = [];
    const open = new Set<readonly number[]>();
    const sequences = [[5, 6, 7, 1], [5, 6, 7, 2], [5, 6], [9], [5, 6, 7, 1, 3], [9]];
    const scores = await sequencesLogProbs<readonly number[]>(
      sequences,
      END,
      { state: [], next: rule([]) },
      {
        append: async (state, ids) => {
          runs.push([...ids]);
          const next = [...state, ...ids];
          open.add(next);
          return { state: next, after: ids.map((_, i) => rule([...state, ...ids.slice(0, i + 1)])) };
        },
        release: (state) => void open.delete(state),
      },
    );
    sequences.forEach((sequence, i) => expect(scores[i]).toBeCloseTo(plain(sequence), 9));
    expect(runs).toEqual([[5, 6], [7], [1], [3], [2], [9]]);
    expect(open.size).toBe(0);
  });
});

describe('logProbsFromLogits', () => {
  it('normalises large values without overflow', () => {
    const logProb = logProbsFromLogits(Float32Array.from([1000, 1000, 999]));
    expect(logProb(0)).toBeCloseTo(-Math.log(2 + Math.exp(-1)), 6);
    expect(logProb(7)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('logits that are no finite numbers', () => {
  it.each([
    ['none is one', [Number.NaN, Number.NaN]],
    ['one of them is not', [1, Number.NaN, 2]],
    ['one is beyond all', [1, Number.POSITIVE_INFINITY]],
    ['all are nothing', [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]],
  ])('are the runtime’s fault where %s, so that the device is left', (_case, logits) => {
    expect(() => logProbsFromLogits(Float32Array.from(logits))).toThrow(
      expect.objectContaining({ code: 'inference/failed', detail: { ofRuntime: 1 } }),
    );
  });

  it('may rule tokens out', () => {
    const logProb = logProbsFromLogits(Float32Array.from([0, Number.NEGATIVE_INFINITY]));
    expect([logProb(0), logProb(1)]).toEqual([0, Number.NEGATIVE_INFINITY]);
  });
});

describe('sharesFromLogProbs', () => {
  it('sums to one and flattens with temperature', () => {
    const sharp = sharesFromLogProbs([-900, -902], 1);
    const flat = sharesFromLogProbs([-900, -902], 4);
    expect(sharp.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(sharp[0]).toBeCloseTo(1 / (1 + Math.exp(-2)), 9);
    expect(flat[0]).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 9);
  });
});
