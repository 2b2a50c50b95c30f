/** The runtime on onnxruntime-web. */
import { engineError } from '../errors.ts';
import { graphDataFile, manifestDecoder, type Manifest, type ManifestGraph } from '../manifest.ts';
import { bytesRelease } from './bytes-release.ts';
import { boundRunsGuard, deviceFault, faultGuard, type FaultGuard } from './device-fault.ts';
import type { DeviceChoice } from './device.ts';
import type { ModelFiles } from './download.ts';
import { HalfData } from './half-data.ts';
import { laneKvStore } from './kv-lanes.ts';
import { growingKvStore, isPastName, presentName } from './kv-store.ts';
import { ortLoad, type InferenceSession, type Ort, type Tensor } from './ort.ts';
import { ProcessorData } from './processor-data.ts';
import type { AppendResult, KvSnapshot, ModelRuntime } from './runtime.ts';

type Feeds = Record<string, Tensor>;

export interface SessionOptions {
  readonly manifest: Manifest;
  /** Those of the graphs are empty afterwards: each is let go as soon as the runtime has its own copy. */
  readonly files: ModelFiles;
  readonly device: DeviceChoice;
  readonly threads: number;
  /** The runtime's WebAssembly, empty afterwards. @default – the runtime fetches it */
  readonly wasmBinary?: Uint8Array<ArrayBuffer>;
}

function required<T>(value: T | undefined, path: string, rule: string): T {
  if (value !== undefined) return value;
  throw engineError('model/manifest', `The manifest is not valid: ${path} ${rule}. Export the model again.`, { path });
}

function int64(ort: Ort, values: readonly number[], dims: readonly number[]): Tensor {
  return new ort.Tensor('int64', BigInt64Array.from(values, BigInt), dims);
}

async function floats(tensor: Tensor): Promise<Float32Array> {
  const data = await tensor.getData(true);
  if (data instanceof Float32Array) return data;
  throw engineError(
    'inference/failed',
    `A graph gave ${tensor.type} where float32 was expected. Export the model again.`,
    { type: tensor.type },
  );
}

interface Sessions {
  readonly encoder: InferenceSession;
  readonly embed: InferenceSession;
  readonly decoder: InferenceSession;
}

/** A session that has copied its model; the copy outside of the runtime is let go. */
async function created(
  ort: Ort,
  model: Uint8Array<ArrayBuffer>,
  options: InferenceSession.SessionOptions,
  ...externalData: { readonly path: string; readonly data: Uint8Array<ArrayBuffer> }[]
): Promise<InferenceSession> {
  const session = await ort.InferenceSession.create(
    model,
    externalData.length > 0 ? { ...options, externalData } : options,
  );
  bytesRelease(model);
  for (const { data } of externalData) bytesRelease(data);
  return session;
}

/** Features and logits are kept and compared in 32 bits on every device, keys and values (`mayBeHalf`) but for one decoder. */
function refuseHalfFloats(session: InferenceSession, path: string, mayBeHalf: readonly string[] = []): void {
  const half = [...session.inputMetadata, ...session.outputMetadata].find(
    (value) => value.isTensor && value.type === 'float16' && !mayBeHalf.includes(value.name),
  );
  if (half) required(undefined, path, `takes or gives ${half.name} in float16, which is read in float32 here`);
}

/** What a graph calls a data file: its path from the graph's own folder. */
function graphLocation(dataFile: string): string {
  return dataFile.slice(dataFile.lastIndexOf('/') + 1);
}

/** Creates the sessions one after another: the runtime can't start two at once. */
async function sessionsCreate(ort: Ort, { manifest, files, device, wasmBinary }: SessionOptions): Promise<Sessions> {
  const { graphs } = manifest;
  const kind = manifestDecoder(manifest, device.rung);
  const paths = new Set(files.keys());
  const bytes = (path: string): Uint8Array<ArrayBuffer> => required(files.get(path), 'files', `must list ${path}`);
  const wasm: InferenceSession.SessionOptions = {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  };
  const best: InferenceSession.SessionOptions =
    device.backend === 'wasm' ? wasm : { ...wasm, executionProviders: [{ name: 'webgpu', device: device.device }] };

  const create = async (graph: ManifestGraph, options: InferenceSession.SessionOptions): Promise<InferenceSession> => {
    const dataFile = graphDataFile(graph, paths);
    const model = bytes(graph.file);
    if (dataFile === undefined) return created(ort, model, options);
    return created(ort, model, options, { path: graphLocation(dataFile), data: bytes(dataFile) });
  };

  const encoder = await create(graphs.visionEncoder, best);
  // The first session has started the runtime.
  if (wasmBinary) bytesRelease(wasmBinary);
  // A lookup of a few rows: not worth a second copy of the table on the graphics device.
  const embed = await create(graphs.embedTokens, wasm);
  /** Of the decoder: where its weights lie, which other decoders compute with too. */
  const decoderDataFile = (): string =>
    required(graphDataFile(graphs.decoder, paths), 'graphs.decoder.data', 'must be given');
  const { halfDecoder: half, processorDecoder: processor } = graphs;
  if (kind === 'processorDecoder' && processor) {
    const source = bytes(decoderDataFile());
    const data = new ProcessorData(processor, source);
    const decoder = await created(ort, bytes(processor.file), wasm, { path: processor.dataPath, data });
    data.release();
    bytesRelease(source);
    return { encoder, embed, decoder };
  }
  const preferredOutputLocation: Record<string, 'gpu-buffer' | 'cpu'> = {};
  for (const name of graphs.decoder.outputs)
    preferredOutputLocation[name] = name.startsWith('present.') ? 'gpu-buffer' : 'cpu';
  const options = device.backend === 'wasm' ? best : { ...best, preferredOutputLocation };
  if (kind === 'halfDecoder' && half) {
    const dataFile = decoderDataFile();
    const source = bytes(dataFile);
    const decoder = await created(
      ort,
      bytes(half.file),
      options,
      { path: graphLocation(dataFile), data: source },
      { path: half.dataPath, data: new HalfData(source) },
    );
    return { encoder, embed, decoder };
  }
  const decoder = await create(graphs.decoder, options);
  return { encoder, embed, decoder };
}

export async function runtimeCreate(options: SessionOptions): Promise<ModelRuntime> {
  const { manifest, device } = options;
  const { text, image, graphs } = manifest;
  const guarded: FaultGuard = device.backend === 'webgpu' ? faultGuard(deviceFault(device.device)) : (work) => work();
  const guardedDecoder = device.backend === 'webgpu' ? boundRunsGuard(guarded) : guarded;
  const ort = await ortLoad(device.backend, options.threads, options.wasmBinary);
  const { encoder, embed, decoder } = await sessionsCreate(ort, options);
  refuseHalfFloats(encoder, 'graphs.visionEncoder');
  refuseHalfFloats(embed, 'graphs.embedTokens');
  const pastNames = decoder.inputNames.filter(isPastName);
  const kind = manifestDecoder(manifest, device.rung);
  const isHalf = kind === 'halfDecoder';
  refuseHalfFloats(decoder, `graphs.${kind}`, isHalf ? [...pastNames, ...pastNames.map(presentName)] : []);
  const hasInput = (name: string): boolean => decoder.inputNames.includes(name);
  const logitsName = required(
    decoder.outputNames.find((name) => name === 'logits'),
    'graphs.decoder.outputs',
    'must hold logits',
  );
  if (pastNames.length !== 2 * text.layers) {
    required(
      undefined,
      'text.layers',
      `is ${text.layers}, but the decoder takes ${pastNames.length} past_key_values (two a layer)`,
    );
  }
  const pixelName = required(
    graphs.visionEncoder.inputs[0],
    'graphs.visionEncoder.inputs',
    'must name the pixel values',
  );
  const featuresName = required(
    graphs.visionEncoder.outputs[0],
    'graphs.visionEncoder.outputs',
    'must name the image features',
  );
  const idsName = required(graphs.embedTokens.inputs[0], 'graphs.embedTokens.inputs', 'must name the token ids');
  const embeddingsName = required(
    graphs.embedTokens.outputs[0],
    'graphs.embedTokens.outputs',
    'must name the embeddings',
  );

  for (const name of pastNames) {
    if (!decoder.outputNames.includes(presentName(name)))
      required(undefined, 'graphs.decoder.outputs', `must answer ${name}`);
  }

  const run = (session: InferenceSession, feeds: Feeds): Promise<InferenceSession.OnnxValueMapType> =>
    guarded(() => session.run(feeds));

  const emptyPast = (): Feeds => {
    const dims = [1, text.kvHeads, 0, text.headSize];
    return Object.fromEntries(pastNames.map((name) => [name, new ort.Tensor('float32', new Float32Array(0), dims)]));
  };
  const kv =
    device.backend === 'webgpu'
      ? laneKvStore(device.device, pastNames, { ...text, floatBytes: isHalf ? 2 : 4 }, (buffer, dims) =>
          ort.Tensor.fromGpuBuffer(buffer as never, { dataType: isHalf ? 'float16' : 'float32', dims }),
        )
      : growingKvStore(pastNames, emptyPast);

  async function append(
    past: KvSnapshot | undefined,
    embeddings: Float32Array,
    count: number,
    logitRows: number,
  ): Promise<AppendResult> {
    const pastLength = past?.length ?? 0;
    const total = pastLength + count;
    const kvRun = kv.begin(past, count);
    const feeds: Feeds = {
      ...kvRun.past,
      inputs_embeds: new ort.Tensor('float32', embeddings, [1, count, text.hiddenSize]),
    };
    if (hasInput('attention_mask')) feeds['attention_mask'] = int64(ort, new Array<number>(total).fill(1), [1, total]);
    if (hasInput('position_ids'))
      feeds['position_ids'] = int64(
        ort,
        Array.from({ length: count }, (_, i) => pastLength + i),
        [1, count],
      );
    if (hasInput('num_logits_to_keep')) feeds['num_logits_to_keep'] = int64(ort, [logitRows], []);
    // What stands in `present` is written in place; the runtime makes the rest itself.
    const fetches = { ...kvRun.present, [logitsName]: null };
    const isInPlace = Object.keys(kvRun.present).length > 0;
    const results = await guardedDecoder(() => (isInPlace ? decoder.run(feeds, fetches) : decoder.run(feeds))).catch(
      (thrown: unknown) => {
        kvRun.abandon();
        throw thrown;
      },
    );
    const snapshot = kvRun.end(results);
    const logits = required(results[logitsName], 'graphs.decoder.outputs', 'must hold logits');
    const rows = logits.dims[1] ?? 1;
    const values = await floats(logits);
    const wanted = Math.min(rows, logitRows);
    const row = (i: number): Float32Array =>
      values.subarray((rows - wanted + i) * text.vocabSize, (rows - wanted + i + 1) * text.vocabSize);
    return { snapshot, logits: Array.from({ length: wanted }, (_, i) => row(i)) };
  }

  return {
    append,
    encodeViews: async (pixelValues) => {
      const input = new ort.Tensor('float32', pixelValues, [2, 3, image.sizePx, image.sizePx]);
      const results = await run(encoder, { [pixelName]: input });
      return floats(required(results[featuresName], 'graphs.visionEncoder.outputs', `must hold ${featuresName}`));
    },
    embedTokens: async (ids) => {
      const results = await run(embed, { [idsName]: int64(ort, ids, [1, ids.length]) });
      return floats(required(results[embeddingsName], 'graphs.embedTokens.outputs', `must hold ${embeddingsName}`));
    },
    release: (snapshot) => kv.release(snapshot),
  };
}
