/**
 * The decoder's state after what questions about a pair begin with: both pictures and the words that all of the page's questions share.
 * A question in a person's own words goes on after the pictures alone.
 */
import type { PairPixels } from '../engine.ts';
import { engineError } from '../errors.ts';
import type { Manifest } from '../manifest.ts';
import { pixelValuesFromViews } from '../preprocess.ts';
import type { KvSnapshot, ModelRuntime } from './runtime.ts';
import { sharedStart, type PromptTokenizer } from './tokenizer.ts';

/** Pairs that stay in memory: the one on screen, the one before, and its swap. */
const PAIRS_KEPT = 3;

interface KeptPair {
  readonly features: Float32Array;
  /** By how many tokens of a question they hold. */
  readonly snapshots: Map<number, KvSnapshot>;
}

export interface Beginning {
  readonly snapshot: KvSnapshot;
  /** Tokens of the question that are still to be appended. */
  readonly restIds: readonly number[];
  /** Nothing had to be computed. */
  readonly reused: boolean;
}

export interface PairPrefixes {
  /** For any question that begins as the page's do. */
  readonly prepare: (pair: PairPixels, signal: AbortSignal) => Promise<void>;
  readonly begin: (pair: PairPixels, questionIds: readonly number[], signal: AbortSignal) => Promise<Beginning>;
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

  async function keptPair(pair: PairPixels, signal: AbortSignal): Promise<KeptPair> {
    const known = pairs.get(pair.key);
    if (known) {
      pairs.delete(pair.key);
      pairs.set(pair.key, known);
      return known;
    }
    const features = await runtime.encodeViews(pixelValuesFromViews(pair.a, pair.b, manifest.image));
    const kept = { features, snapshots: new Map<number, KvSnapshot>() };
    pairs.set(pair.key, kept);
    for (const [key, { snapshots }] of pairs) {
      if (pairs.size <= PAIRS_KEPT) break;
      pairs.delete(key);
      snapshots.forEach((snapshot) => runtime.release(snapshot));
    }
    await checkpoint(signal);
    return kept;
  }

  /** @param heldIds what follows the pictures */
  async function start(
    pair: PairPixels,
    heldIds: readonly number[],
    signal: AbortSignal,
  ): Promise<Pick<Beginning, 'snapshot' | 'reused'>> {
    const { features, snapshots } = await keptPair(pair, signal);
    const known = snapshots.get(heldIds.length);
    if (known) return { snapshot: known, reused: true };
    const ids = [...prefixIds, ...heldIds];
    const embeddings = featuresMerge(await runtime.embedTokens(ids), ids, features, manifest.text);
    const { snapshot } = await runtime.append(undefined, embeddings, ids.length, 1);
    snapshots.set(heldIds.length, snapshot);
    await checkpoint(signal);
    return { snapshot, reused: false };
  }

  return {
    prepare: async (pair, signal) => void (await start(pair, openingIds, signal)),
    begin: async (pair, questionIds, signal) => {
      const isOpened = sharedStart([openingIds, questionIds]).length === openingIds.length;
      const heldIds = isOpened ? openingIds : [];
      return { ...(await start(pair, heldIds, signal)), restIds: questionIds.slice(heldIds.length) };
    },
  };
}
