/**
 * The builds of onnxruntime-web, one for each kind of device. The only file that imports it.
 *
 * The build with WebGPU can wait inside a call, for which asyncify has rewritten all of its code: 27 MB where the plain one has
 * 14. So the processor gets the plain build, and WebGPU the one that waits by the browser's own means (JSPI, 17 MB) where
 * the browser has them.
 */
import type * as OrtWebgpu from 'onnxruntime-web/webgpu';
import asyncifyUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import plainUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { Backend } from '../protocol.ts';

/** Part of a build that is used here; all builds have the same types. */
export type Ort = Pick<typeof OrtWebgpu, 'env' | 'InferenceSession' | 'Tensor'>;
export type { InferenceSession, Tensor } from 'onnxruntime-web/webgpu';

interface OrtBuild {
  readonly wasmUrl: string;
  readonly load: () => Promise<Ort>;
}

const PLAIN: OrtBuild = { wasmUrl: plainUrl, load: () => import('onnxruntime-web/wasm') };
const JSPI: OrtBuild = { wasmUrl: jspiUrl, load: () => import('onnxruntime-web/jspi') };
const ASYNCIFY: OrtBuild = { wasmUrl: asyncifyUrl, load: () => import('onnxruntime-web/webgpu') };

export function ortBuild(backend: Backend): OrtBuild {
  if (backend === 'wasm') return PLAIN;
  return 'Suspending' in WebAssembly ? JSPI : ASYNCIFY;
}

/** A worker runs one build: its settings are global to it, and it is replaced when the device changes. */
export async function ortLoad(backend: Backend, threads: number): Promise<Ort> {
  const { wasmUrl, load } = ortBuild(backend);
  const ort = await load();
  ort.env.wasm.wasmPaths = { wasm: wasmUrl };
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  return ort;
}
