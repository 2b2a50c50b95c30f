/** A tiny model's manifest and runtime for the tests: every token's embedding is its id, and logits follow a fixed rule. */
import type { Manifest } from '../manifest.ts';
import type { KvSnapshot, ModelRuntime } from './runtime.ts';

const SHA = '0'.repeat(64);
const graph = (file: string, input: string, output: string) => ({ file, inputs: [input], outputs: [output] });

export const MANIFEST: Manifest = {
  version: 1,
  id: 'tiny',
  name: 'Tiny',
  license: 'MIT',
  trainingCommit: 'none',
  files: ['tokenizer.json', 'tokenizer_config.json', 'onnx/encoder.onnx', 'onnx/embed.onnx', 'onnx/decoder.onnx'].map(
    (path) => ({
      path,
      sizeBytes: 4,
      sha256: SHA,
    }),
  ),
  image: { sizePx: 16, mean: [0.5, 0.5, 0.5], std: [0.5, 0.25, 1] },
  text: {
    promptsVersion: 1,
    vocabSize: 16,
    hiddenSize: 1,
    imageTokenId: 15,
    imageTokensPerView: 2,
    endTokenIds: [0],
    layers: 1,
    kvHeads: 1,
    headSize: 1,
    maxPositions: 32,
  },
  graphs: {
    visionEncoder: graph('onnx/encoder.onnx', 'pixel_values', 'image_features'),
    embedTokens: graph('onnx/embed.onnx', 'input_ids', 'inputs_embeds'),
    decoder: graph('onnx/decoder.onnx', 'inputs_embeds', 'logits'),
  },
  calibration: { temperature: 2 },
  selfTest: { inputIds: [1, 15, 15, 15, 15, 3], pixelSeed: 7, topIds: [4], topLogits: [4], tolerance: 0.01 },
};

/** Remembers the embeddings it has seen, so that a test can tell which tokens led to a snapshot. */
export interface ToySnapshot extends KvSnapshot {
  readonly seen: readonly number[];
  released: boolean;
}

export interface ToyRuntime extends ModelRuntime {
  readonly runs: { readonly past: readonly number[]; readonly added: readonly number[] }[];
  encoderRuns: number;
  readonly open: Set<ToySnapshot>;
}

function isToy(snapshot: KvSnapshot | undefined): snapshot is ToySnapshot {
  return snapshot !== undefined && 'seen' in snapshot;
}

/** `nextLogits` gives the row after the tokens seen so far. `allRows: false` is a graph that gives its last row only. */
export function toyRuntime(nextLogits: (seen: readonly number[]) => number[], allRows = true): ToyRuntime {
  const runtime: ToyRuntime = {
    runs: [],
    encoderRuns: 0,
    open: new Set(),
    encodeViews: async () => {
      runtime.encoderRuns++;
      return Float32Array.from([101, 102, 103, 104]);
    },
    embedTokens: async (ids) => Float32Array.from(ids),
    append: async (past, embeddings, count, logitRows) => {
      if (past && (!isToy(past) || past.released)) throw new Error('a released snapshot was used');
      const before = isToy(past) ? past.seen : [];
      const added = [...embeddings].slice(0, count);
      runtime.runs.push({ past: before, added });
      const snapshot: ToySnapshot = { length: before.length + count, seen: [...before, ...added], released: false };
      runtime.open.add(snapshot);
      const rows = allRows ? logitRows : 1;
      const logits = Array.from({ length: rows }, (_, i) =>
        Float32Array.from(nextLogits(snapshot.seen.slice(0, snapshot.length - rows + 1 + i))),
      );
      return { snapshot, logits };
    },
    release: (snapshot) => {
      if (!isToy(snapshot) || snapshot.released) throw new Error('a snapshot was released twice');
      snapshot.released = true;
      runtime.open.delete(snapshot);
    },
  };
  return runtime;
}

export function view(sizePx: number, fill = 0): { data: Uint8ClampedArray; sizePx: number } {
  return { data: new Uint8ClampedArray(4 * sizePx * sizePx).fill(fill), sizePx };
}
