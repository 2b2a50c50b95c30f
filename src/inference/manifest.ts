/** The manifest of a model folder as a type, and the check that turns unknown JSON into it. */
import schema from '../contract/manifest.schema.json';
import { version as PROMPTS_VERSION } from '../contract/prompts.json';
import { rungBackend, type DeviceRung } from './device-ladder.ts';
import { engineError } from './errors.ts';
import { schemaProblem, type SchemaProblem } from './json-schema.ts';

export interface ManifestFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface ManifestGraph {
  readonly file: string;
  readonly data?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** One tensor of the decoder's data file; offsets as in the schema. Optional fields depend on `kind`. */
export interface ProcessorTensor {
  readonly name: string;
  readonly kind: 'q4' | 'u8' | 'f32';
  readonly inFeatures?: number;
  readonly outFeatures?: number;
  readonly blockSize?: number;
  readonly sourceOffsetBytes: number;
  readonly scalesOffsetBytes?: number;
  readonly channelsOffsetBytes?: number;
  readonly columnScalesOffsetBytes?: number;
  readonly targetOffsetBytes: number;
  readonly sizeBytes?: number;
}

/** The decoder in 16-bit floats: codes from the decoder's data file, its floats rounded from the same file. */
export interface HalfDecoder {
  readonly file: string;
  readonly dataPath: string;
}

export interface ProcessorDecoder {
  readonly file: string;
  readonly dataPath: string;
  readonly dataSizeBytes: number;
  readonly tensors: readonly ProcessorTensor[];
}

export interface Manifest {
  readonly version: 1;
  readonly id: string;
  readonly name: string;
  readonly license: string;
  /** Families of questions that the model was trained for. Absent in the first releases: the three of the paper. */
  readonly families?: readonly string[];
  readonly trainingCommit: string;
  readonly files: readonly ManifestFile[];
  readonly image: { readonly sizePx: number; readonly mean: readonly number[]; readonly std: readonly number[] };
  readonly text: {
    readonly promptsVersion: number;
    readonly vocabSize: number;
    readonly hiddenSize: number;
    readonly imageTokenId: number;
    readonly imageTokensPerView: number;
    readonly endTokenIds: readonly number[];
    readonly layers: number;
    readonly kvHeads: number;
    readonly headSize: number;
    readonly maxPositions: number;
  };
  readonly graphs: {
    readonly visionEncoder: ManifestGraph;
    readonly embedTokens: ManifestGraph;
    readonly decoder: ManifestGraph;
    readonly halfDecoder?: HalfDecoder;
    readonly processorDecoder?: ProcessorDecoder;
  };
  readonly calibration: {
    readonly temperature: number;
    /** By a question's id, in place of the one for all. */
    readonly temperatures?: Readonly<Record<string, number>>;
    readonly n?: number;
    readonly ece?: number;
  };
  readonly selfTest: {
    readonly inputIds: readonly number[];
    readonly pixelSeed: number;
    readonly topIds: readonly number[];
    readonly topLogits: readonly number[];
    readonly tolerance: number;
    readonly half?: { readonly tolerance: number };
    readonly processor?: { readonly topLogits: readonly number[]; readonly tolerance: number };
  };
  readonly scores?: Readonly<Record<string, unknown>>;
}

/** What divides the options' log-probabilities when this question is asked; undefined: one that nobody named. */
export const temperatureOf = ({ calibration }: Pick<Manifest, 'calibration'>, questionId: string | undefined): number =>
  (questionId === undefined ? undefined : calibration.temperatures?.[questionId]) ?? calibration.temperature;

const TOKENIZER_FILES = ['tokenizer.json', 'tokenizer_config.json'] as const;

function isManifest(value: unknown, problems: SchemaProblem[]): value is Manifest {
  const problem = schemaProblem(schema, value) ?? undefined;
  if (problem) problems.push(problem);
  return problem === undefined;
}

/** What the schema can't say: fields that must agree with each other. */
function manifestDisagreement(manifest: Manifest): SchemaProblem | undefined {
  const { text, selfTest, graphs, files } = manifest;
  // Asked in other words than it was trained with, it would answer worse, and nothing would show it.
  if (text.promptsVersion !== PROMPTS_VERSION)
    return { path: 'text.promptsVersion', rule: `must be ${PROMPTS_VERSION}, is ${text.promptsVersion}` };
  const paths = new Set(files.map((file) => file.path));
  for (const path of TOKENIZER_FILES) {
    if (!paths.has(path)) return { path: 'files', rule: `must list ${path}` };
  }
  for (const name of ['visionEncoder', 'embedTokens', 'decoder'] as const) {
    const graph = graphs[name];
    if (!paths.has(graph.file))
      return { path: `graphs.${name}.file`, rule: `names ${graph.file}, which files does not list` };
    if (graph.data !== undefined && graphDataFile(graph, paths) === undefined) {
      return { path: `graphs.${name}.data`, rule: `names ${graph.data}, which files does not list` };
    }
  }
  for (const name of ['halfDecoder', 'processorDecoder'] as const) {
    const graph = graphs[name];
    if (!graph) continue;
    if (!paths.has(graph.file))
      return { path: `graphs.${name}.file`, rule: `names ${graph.file}, which files does not list` };
    if (graphs.decoder.data === undefined)
      return { path: 'graphs.decoder.data', rule: `must be given, ${name} reads it` };
  }
  if (graphs.halfDecoder && !selfTest.half)
    return { path: 'selfTest.half', rule: 'must be given: the decoder in 16-bit floats rounds more' };
  if (graphs.processorDecoder) {
    if (graphs.processorDecoder.tensors.some(({ kind }) => kind === 'u8') && !selfTest.processor) {
      return { path: 'selfTest.processor', rule: 'must be given: the processor’s decoder rounds its inputs' };
    }
  }
  const imageTokens = selfTest.inputIds.filter((id) => id === text.imageTokenId).length;
  if (imageTokens !== 2 * text.imageTokensPerView) {
    return {
      path: 'selfTest.inputIds',
      rule: `must hold ${2 * text.imageTokensPerView} image tokens, holds ${imageTokens}`,
    };
  }
  for (const [path, topLogits] of [
    ['selfTest.topLogits', selfTest.topLogits],
    ['selfTest.processor.topLogits', selfTest.processor?.topLogits],
  ] as const) {
    if (topLogits && selfTest.topIds.length !== topLogits.length) {
      return { path, rule: `must be as long as topIds (${selfTest.topIds.length}), is ${topLogits.length} long` };
    }
  }
  if (manifest.image.std.some((value) => value <= 0)) return { path: 'image.std', rule: 'must be above 0' };
  return undefined;
}

/** The file of `files` that holds a graph's external data; the manifest may name it from the folder's root or from beside the graph. */
export function graphDataFile(graph: ManifestGraph, paths: ReadonlySet<string>): string | undefined {
  if (graph.data === undefined) return undefined;
  const beside = graph.file.slice(0, graph.file.lastIndexOf('/') + 1) + graph.data;
  return [graph.data, beside].find((path) => paths.has(path));
}

/** The decoder that a rung runs. */
export function manifestDecoder(
  { graphs }: Manifest,
  rung: DeviceRung,
): 'decoder' | 'halfDecoder' | 'processorDecoder' {
  if (rungBackend(rung) === 'wasm') return graphs.processorDecoder ? 'processorDecoder' : 'decoder';
  return rung === 'webgpu-half' && graphs.halfDecoder ? 'halfDecoder' : 'decoder';
}

/**
 * Files that an engine needs, without repeats, in the manifest's order. The graphs of every decoder, whatever the device: they are
 * small, and a device that is lost without network is followed by one that runs another.
 */
export function manifestFilesFor(manifest: Manifest): readonly ManifestFile[] {
  const { graphs, files } = manifest;
  const paths = new Set(files.map((file) => file.path));
  const needed = new Set<string | undefined>(TOKENIZER_FILES);
  for (const graph of [graphs.visionEncoder, graphs.embedTokens, graphs.decoder]) {
    needed.add(graph.file);
    needed.add(graphDataFile(graph, paths));
  }
  needed.add(graphs.halfDecoder?.file);
  needed.add(graphs.processorDecoder?.file);
  return files.filter((file) => needed.has(file.path));
}

/** Throws `model/manifest` with the path of the first field that is wrong. */
export function manifestParse(value: unknown, url: string): Manifest {
  const problems: SchemaProblem[] = [];
  if (isManifest(value, problems)) {
    const disagreement = manifestDisagreement(value);
    if (!disagreement) return value;
    problems.push(disagreement);
  }
  const { path, rule } = problems[0] ?? { path: '', rule: 'is not a manifest' };
  throw engineError(
    'model/manifest',
    `The manifest ${url} is not valid: ${path || 'the whole document'} ${rule}. Export the model again, or update the page to the manifest's version.`,
    { file: url, path },
  );
}

/** The manifest in a text; `url` names it in errors. Throws `model/integrity` when it is not JSON. */
export function manifestFromText(text: string, url: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw engineError(
      'model/integrity',
      `The model file ${url} is damaged: it is not JSON. Copy the file to the server again, then reload.`,
      { file: url },
    );
  }
  return manifestParse(json, url);
}
