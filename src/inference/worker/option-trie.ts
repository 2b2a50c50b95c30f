/**
 * Log-probabilities of several answers after one prompt. Answers that start alike share their runs: the tokens form a tree, and each
 * stretch without a fork is one run of the decoder.
 */
import type { EngineError } from '../engine.ts';
import { engineError } from '../errors.ts';

/** Log-probabilities of the next token after a state; [vocab]. */
export type NextTokenLogProbs = (tokenId: number) => number;

export interface DecoderWalk<State> {
  /** Runs tokens after a state. `after[i]` predicts what follows `ids[i]`. The given state stays valid. */
  append(
    state: State,
    ids: readonly number[],
  ): Promise<{ readonly state: State; readonly after: readonly NextTokenLogProbs[] }>;
  /** Called once for every state that `append` gave. */
  release(state: State): void;
}

interface Node {
  readonly children: Map<number, Node>;
  /** Indexes of the answers that end here. */
  readonly ends: number[];
}

function trieFrom(sequences: readonly (readonly number[])[]): Node {
  const root: Node = { children: new Map(), ends: [] };
  for (const [index, sequence] of sequences.entries()) {
    let node = root;
    for (const id of sequence) {
      let next = node.children.get(id);
      if (!next) node.children.set(id, (next = { children: new Map(), ends: [] }));
      node = next;
    }
    node.ends.push(index);
  }
  return root;
}

/**
 * Sum of log-probabilities of each sequence's tokens and of the end token after it.
 * `sequences` are answers without the end token; `next` predicts their first token from `start`.
 */
export async function sequencesLogProbs<State>(
  sequences: readonly (readonly number[])[],
  endTokenId: number,
  start: { readonly state: State; readonly next: NextTokenLogProbs },
  walk: DecoderWalk<State>,
): Promise<number[]> {
  const sums = new Array<number>(sequences.length).fill(0);

  async function visit(node: Node, state: State, next: NextTokenLogProbs, sum: number): Promise<void> {
    for (const index of node.ends) sums[index] = sum + next(endTokenId);
    for (const [firstId, child] of node.children) {
      const ids = [firstId];
      let tail = child;
      while (tail.children.size === 1 && tail.ends.length === 0) {
        for (const [id, only] of tail.children) {
          ids.push(id);
          tail = only;
        }
      }
      const run = await walk.append(state, ids);
      try {
        let tailSum = sum + next(firstId);
        for (let i = 1; i < ids.length; i++) tailSum += run.after[i - 1]?.(ids[i] ?? 0) ?? Number.NaN;
        const last = run.after[ids.length - 1];
        if (last) await visit(tail, run.state, last, tailSum);
      } finally {
        walk.release(run.state);
      }
    }
  }

  await visit(trieFrom(sequences), start.state, start.next, 0);
  return sums;
}

/** What no device gives that computes rightly: a graphics device is left for the next one. */
export function logitsError(): EngineError {
  const message =
    'The decoder gave logits that are no finite numbers. Ask again; if that does not help, load the model again.';
  return engineError('inference/failed', message, { ofRuntime: 1 });
}

/** Reads log-probabilities from one row of logits, normalising it once. Throws where they are no finite numbers. */
export function logProbsFromLogits(logits: Float32Array): NextTokenLogProbs {
  let max = Number.NEGATIVE_INFINITY;
  for (const value of logits) if (value > max) max = value;
  let sum = 0;
  for (const value of logits) sum += Math.exp(value - max);
  const logSum = max + Math.log(sum);
  // One that is not a number is in the sum, though it is never the greatest.
  if (!Number.isFinite(logSum)) throw logitsError();
  return (tokenId) => (logits[tokenId] ?? Number.NEGATIVE_INFINITY) - logSum;
}

/** Shares of the options: softmax(logProb / temperature). */
export function sharesFromLogProbs(logProbs: readonly number[], temperature: number): number[] {
  const max = Math.max(...logProbs);
  const weights = logProbs.map((value) => Math.exp((value - max) / temperature));
  const total = weights.reduce((sum, value) => sum + value, 0);
  return weights.map((value) => value / total);
}
