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

/** A worker runs one build: its settings are global to it, and it is replaced when the device changes. */
export async function ortLoad(backend: Backend, threads: number): Promise<Ort> {
  const build = runtimeBuild(backend);
  const ort = await LOADERS[build]();
  ort.env.wasm.wasmPaths = { wasm: runtimeWasmUrl(build) };
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  return ort;
}
