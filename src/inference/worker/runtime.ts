/** What the generator needs from a runtime. `session.ts` implements it with onnxruntime; tests with a few lines. */

/**
 * Keys and values of the tokens so far. Several continuations can start from it, one after another: the next may overwrite the one
 * before, which must not be continued then.
 */
export interface KvSnapshot {
  readonly length: number;
}

export interface AppendResult {
  readonly snapshot: KvSnapshot;
  /** Rows of the last tokens, oldest first; at least one, at most as many as were asked for. Each is float32 [vocab]. */
  readonly logits: readonly Float32Array[];
}

export interface ModelRuntime {
  /** float32 [2, 3, size, size] to image features, float32 [2 · tokensPerView, hidden]. */
  encodeViews(pixelValues: Float32Array): Promise<Float32Array>;
  /** Token ids to float32 [ids, hidden]. */
  embedTokens(ids: readonly number[]): Promise<Float32Array>;
  /** Runs the decoder over `count` embeddings, float32 [count, hidden], after `past` (undefined: at the start). */
  append(
    past: KvSnapshot | undefined,
    embeddings: Float32Array,
    count: number,
    logitRows: number,
  ): Promise<AppendResult>;
  /** Frees what a snapshot holds on the device. */
  release(snapshot: KvSnapshot): void;
}

/** Appends tokens that are no pictures. */
export async function idsAppend(
  runtime: ModelRuntime,
  past: KvSnapshot,
  ids: readonly number[],
  logitRows: number,
): Promise<AppendResult> {
  return runtime.append(past, await runtime.embedTokens(ids), ids.length, logitRows);
}
