/**
 * One decoder, run in Node by the page's own runtime over the WebGPU of the package `webgpu`: logits behind prompts about pseudo-random
 * pictures, in the pieces that the page asks in, then of a few written tokens. A process runs one device, so `check.ts` starts this twice.
 */
import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DeviceRung } from '../../src/inference/device-ladder.ts';
import type { Gpu } from '../../src/inference/worker/device.ts';
import type { InferenceSession, Ort } from '../../src/inference/worker/ort.ts';

export interface DecoderRun {
  readonly adapter: string;
  /** What the self-test said; empty: passed. */
  readonly selfTest: string;
  /** By pair: logits of the prompt's last token, then of each token written. */
  readonly pairs: readonly { readonly logits: readonly (readonly number[])[]; readonly tokenIds: readonly number[] }[];
  readonly startMs: number;
  readonly promptMs: readonly number[];
  readonly tokenMs: readonly number[];
}

/** Vite gives addresses of files for `…?url`; here a hook of Node's does. */
function urlImportsAllow(): void {
  const hook = `export async function resolve(specifier, context, next) {
    if (!specifier.endsWith('?url')) return next(specifier, context);
    const { url } = await next(specifier.slice(0, -4), context);
    const source = 'export default ' + JSON.stringify(url);
    return { url: 'data:text/javascript,' + encodeURIComponent(source), shortCircuit: true };
  }`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
}

interface Queue {
  writeBuffer(buffer: object, offsetBytes: number, data: Uint8Array, start?: number, size?: number): void;
}

/** The runtime's memory is shared among threads, which the package's queue does not take; browsers' do. */
function sharedMemoryAllow(queue: Queue): void {
  const write = queue.writeBuffer;
  queue.writeBuffer = function (this: Queue, buffer, offsetBytes, data, start, size) {
    write.call(this, buffer, offsetBytes, data.slice(), start, size);
  };
}

async function gpuOfNode(): Promise<Gpu> {
  const name: string = 'webgpu';
  const { create, globals } = (await import(name)) as { create(flags: string[]): Gpu; globals: object };
  const gpu = create([]);
  Object.assign(globalThis, globals);
  sharedMemoryAllow((globals as { GPUQueue: { prototype: Queue } }).GPUQueue.prototype);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu, hardwareConcurrency: 1 }, configurable: true });
  return gpu;
}

/** The decoder is what is looked at; a software driver takes half an hour to compile the encoder's kernels. */
function encoderOnProcessor(ort: Ort, encoder: Uint8Array | undefined): void {
  type Create = (model: Uint8Array, options: InferenceSession.SessionOptions) => Promise<InferenceSession>;
  const sessions = ort.InferenceSession as unknown as { create: Create };
  const create = sessions.create.bind(sessions);
  sessions.create = (model, options) =>
    create(model, model === encoder ? { ...options, executionProviders: ['wasm'] } : options);
}

export async function decoderRun(
  folder: string,
  rung: DeviceRung,
  pairCount: number,
  tokenCount: number,
): Promise<DecoderRun> {
  urlImportsAllow();
  const gpu = await gpuOfNode();
  const { manifestFilesFor, manifestFromText } = await import('../../src/inference/manifest.ts');
  const { runtimeBuild, runtimeWasmUrl } = await import('../../src/inference/runtime-files.ts');
  const { ortLoad } = await import('../../src/inference/worker/ort.ts');
  const { pixelValuesFromSeed } = await import('../../src/inference/preprocess.ts');
  const { deviceChoose } = await import('../../src/inference/worker/device.ts');
  const { argmax } = await import('../../src/inference/worker/generator.ts');
  const { featuresMerge } = await import('../../src/inference/worker/pair-prefixes.ts');
  const { selfTest } = await import('../../src/inference/worker/self-test.ts');
  const { runtimeCreate } = await import('../../src/inference/worker/session.ts');

  const read = (path: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(join(folder, path)));
  const manifest = manifestFromText(new TextDecoder().decode(read('manifest.json')), folder);
  const files = new Map(manifestFilesFor(manifest).map(({ path }) => [path, read(path)]));
  const wishes = { preferredBackend: 'webgpu', startRung: rung, threads: 1, fallbackReason: '' } as const;
  const device = await deviceChoose(wishes, gpu);
  if (device.backend !== 'webgpu' || device.rung !== rung)
    throw new Error(`No ${rung} here, but ${device.rung}. ${device.reason}`);

  // Node fetches no files.
  const ort = await ortLoad('webgpu', 1);
  ort.env.wasm.wasmBinary = readFileSync(fileURLToPath(runtimeWasmUrl(runtimeBuild('webgpu'))));
  encoderOnProcessor(ort, files.get(manifest.graphs.visionEncoder.file));
  const started = performance.now();
  const runtime = await runtimeCreate({ manifest, files, device, threads: 1 });
  const verdict = await selfTest(runtime, manifest, rung).then(
    () => '',
    (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)),
  );
  const startMs = performance.now() - started;

  const { text, image, selfTest: test } = manifest;
  const ids = test.inputIds;
  const prefixLength = ids.lastIndexOf(text.imageTokenId) + 1;
  const pairs: DecoderRun['pairs'][number][] = [];
  const promptMs: number[] = [];
  const tokenMs: number[] = [];
  for (let pair = 0; pair < pairCount; pair++) {
    const features = await runtime.encodeViews(pixelValuesFromSeed(test.pixelSeed + 1 + pair, image.sizePx));
    const embeddings = featuresMerge(await runtime.embedTokens(ids), ids, features, text);
    const slice = (from: number, to: number): Float32Array =>
      embeddings.subarray(from * text.hiddenSize, to * text.hiddenSize);
    const asked = performance.now();
    const prefix = await runtime.append(undefined, slice(0, prefixLength), prefixLength, 1);
    const rest = ids.length - prefixLength;
    let last = await runtime.append(prefix.snapshot, slice(prefixLength, ids.length), rest, 1);
    promptMs.push(performance.now() - asked);
    const snapshots = [prefix.snapshot, last.snapshot];
    const logits: Float32Array[] = [];
    const tokenIds: number[] = [];
    for (;;) {
      const row = last.logits.at(-1) ?? new Float32Array();
      logits.push(row);
      if (tokenIds.length === tokenCount) break;
      const id = argmax(row);
      tokenIds.push(id);
      const token = await runtime.embedTokens([id]);
      const begun = performance.now();
      last = await runtime.append(last.snapshot, token, 1, 1);
      tokenMs.push(performance.now() - begun);
      snapshots.push(last.snapshot);
    }
    for (const snapshot of snapshots) runtime.release(snapshot);
    pairs.push({ logits: logits.map((row) => [...row]), tokenIds });
  }
  return { adapter: device.adapter, selfTest: verdict, pairs, startMs, promptMs, tokenMs };
}
