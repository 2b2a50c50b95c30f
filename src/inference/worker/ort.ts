/** The builds of onnxruntime-web; which of them runs where stands in `../runtime-files.ts`. The only file that runs any of its code. */
import type * as OrtWebgpu from 'onnxruntime-web/webgpu';
import type { Backend } from '../protocol.ts';
import { runtimeBuild, runtimeWasmUrl, type RuntimeBuild } from '../runtime-files.ts';

/** Part of a build that is used here; all builds have the same types. */
export type Ort = Pick<typeof OrtWebgpu, 'env' | 'InferenceSession' | 'Tensor'>;
export type { InferenceSession, Tensor } from 'onnxruntime-web/webgpu';

const LOADERS: Readonly<Record<RuntimeBuild, () => Promise<Ort>>> = {
  plain: () => import('onnxruntime-web/wasm'),
  jspi: () => import('onnxruntime-web/jspi'),
  asyncify: () => import('onnxruntime-web/webgpu'),
};

/** A build's code without its WebAssembly; it comes in a file of its own. */
export function ortImport(backend: Backend): Promise<Ort> {
  return LOADERS[runtimeBuild(backend)]();
}

/**
 * A worker runs one build: its settings are global to it, and it is replaced when the device changes. `wasmBinary`: the build's WebAssembly;
 * without it the runtime fetches its own when the first session is made. The runtime's threads get it compiled, either way.
 */
export async function ortLoad(backend: Backend, threads: number, wasmBinary?: Uint8Array<ArrayBuffer>): Promise<Ort> {
  const ort = await ortImport(backend);
  ort.env.wasm.wasmPaths = { wasm: runtimeWasmUrl(runtimeBuild(backend)) };
  // The buffer: of an array it would make a copy.
  if (wasmBinary) ort.env.wasm.wasmBinary = wasmBinary.buffer;
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  return ort;
}
