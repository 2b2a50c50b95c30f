/**
 * The decoder's state after what questions about a pair begin with: both pictures and the words that all of the page's questions share.
 * Then, ahead of being asked, after the whole question that the pair before was asked first: most people ask the next pair the same. A
 * question in a person's own words goes on after the pictures alone.
 */
import type { PairPixels } from '../engine.ts';
import { engineError } from '../errors.ts';
import type { Manifest } from '../manifest.ts';
import { pixelValuesFromViews } from '../preprocess.ts';
import { idsAppend, type AppendResult, type KvSnapshot, type ModelRuntime } from './runtime.ts';
import { sharedStart, type PromptTokenizer } from './tokenizer.ts';

/** Pairs that stay in memory: the one on screen, the one before, and its swap. */
const PAIRS_KEPT = 3;

interface KeptPair {
  readonly features: Float32Array;
  /** By how many tokens of a question they hold. */
  readonly snapshots: Map<number, KvSnapshot>;
  /** The question that was asked last about them, or is expected. */
  question?: { readonly ids: readonly number[]; readonly run: AppendResult };
  wasAsked: boolean;
}

export interface AskedQuestion {
  /** After the question's last token, with one row of logits. Stays valid until another question is asked; not to be released. */
  readonly run: AppendResult;
  /** What the question begins with was there. */
  readonly reused: boolean;
}

export interface PairPrefixes {
  /** For any question that begins as the page's do, and for the one that is expected, unless somebody waits (`isAwaited`). */
  readonly prepare: (pair: PairPixels, signal: AbortSignal, isAwaited: () => boolean) => Promise<void>;
  readonly ask: (pair: PairPixels, questionIds: readonly number[], signal: AbortSignal) => Promise<AskedQuestion>;
}

export interface PairPrefixesDeps {
  readonly runtime: ModelRuntime;
  readonly tokenizer: Pick<PromptTokenizer, 'prefixIds' | 'openingIds'>;
  readonly manifest: Pick<Manifest, 'image' | 'text'>;
  /** Between two runs: throws when the call was cancelled meanwhile. */
  readonly checkpoint: (signal: AbortSignal) => Promise<void>;
}

/** Replaces the rows of image tokens by the image features, in order. Throws when their counts differ. */
export function featuresMerge(
  embeddings: Float32Array,
  ids: readonly number[],
  features: Float32Array,
  text: Pick<Manifest['text'], 'imageTokenId' | 'hiddenSize'>,
): Float32Array {
  const { hiddenSize, imageTokenId } = text;
  let used = 0;
  for (const [index, id] of ids.entries()) {
    if (id !== imageTokenId) continue;
    embeddings.set(features.subarray(used * hiddenSize, (used + 1) * hiddenSize), index * hiddenSize);
    used++;
  }
  if (used * hiddenSize !== features.length) {
    throw engineError(
      'model/manifest',
      `The encoder gives ${features.length / hiddenSize} image tokens, but the prompt holds ${used}: text.imageTokensPerView is wrong. Export the model again.`,
      { path: 'text.imageTokensPerView', encoderTokens: features.length / hiddenSize, promptTokens: used },
    );
  }
  return embeddings;
}

export function createPairPrefixes({ runtime, tokenizer, manifest, checkpoint }: PairPrefixesDeps): PairPrefixes {
  const { prefixIds, openingIds } = tokenizer;
  // Map keeps the order of insertion: the first entry is the one that was used longest ago.
  const pairs = new Map<string, KeptPair>();
  /** What the pair before was asked first. */
  let expectedIds: readonly number[] | undefined;

  function questionForget(kept: KeptPair): void {
    if (kept.question) runtime.release(kept.question.run.snapshot);
    delete kept.question;
  }

  async function keptPair(pair: PairPixels, signal: AbortSignal): Promise<KeptPair> {
    const known = pairs.get(pair.key);
    if (known) {
      pairs.delete(pair.key);
      pairs.set(pair.key, known);
      return known;
    }
    const features = await runtime.encodeViews(pixelValuesFromViews(pair.a, pair.b, manifest.image));
    const kept: KeptPair = { features, snapshots: new Map(), wasAsked: false };
    pairs.set(pair.key, kept);
    for (const [key, oldest] of pairs) {
      if (pairs.size <= PAIRS_KEPT) break;
      pairs.delete(key);
      questionForget(oldest);
      oldest.snapshots.forEach((snapshot) => runtime.release(snapshot));
    }
    await checkpoint(signal);
    return kept;
  }

  /** @param heldIds what follows the pictures */
  async function start(
    { features, snapshots }: KeptPair,
    heldIds: readonly number[],
    signal: AbortSignal,
  ): Promise<{ readonly snapshot: KvSnapshot; readonly reused: boolean }> {
    const known = snapshots.get(heldIds.length);
    if (known) return { snapshot: known, reused: true };
    const ids = [...prefixIds, ...heldIds];
    const embeddings = featuresMerge(await runtime.embedTokens(ids), ids, features, manifest.text);
    const { snapshot } = await runtime.append(undefined, embeddings, ids.length, 1);
    snapshots.set(heldIds.length, snapshot);
    await checkpoint(signal);
    return { snapshot, reused: false };
  }

  const isOpened = (questionIds: readonly number[]): boolean =>
    sharedStart([openingIds, questionIds]).length === openingIds.length;

  const isSame = (a: readonly number[], b: readonly number[]): boolean =>
    a.length === b.length && sharedStart([a, b]).length === a.length;

  async function ask(kept: KeptPair, questionIds: readonly number[], signal: AbortSignal): Promise<AskedQuestion> {
    if (kept.question && isSame(kept.question.ids, questionIds)) return { run: kept.question.run, reused: true };
    const heldIds = isOpened(questionIds) ? openingIds : [];
    const { snapshot, reused } = await start(kept, heldIds, signal);
    // Before the next one is written over it.
    questionForget(kept);
    const run = await idsAppend(runtime, snapshot, questionIds.slice(heldIds.length), 1);
    kept.question = { ids: questionIds, run };
    return { run, reused };
  }

  return {
    prepare: async (pair, signal, isAwaited) => {
      const kept = await keptPair(pair, signal);
      await start(kept, openingIds, signal);
      if (kept.question || !expectedIds || !isOpened(expectedIds) || isAwaited()) return;
      await ask(kept, expectedIds, signal);
    },
    ask: async (pair, questionIds, signal) => {
      const kept = await keptPair(pair, signal);
      if (!kept.wasAsked) expectedIds = questionIds;
      kept.wasAsked = true;
      return ask(kept, questionIds, signal);
    },
  };
}
