/**
 * Addresses of onnxruntime-web's WebAssembly, one build for each kind of device, and what they weigh. Addresses only: what runs them is
 * `worker/ort.ts`, and the page must know them to say what a start will cost.
 *
 * The build with WebGPU can wait inside a call, for which asyncify has rewritten all of its code: 27 MB where the plain one has
 * 14. So the processor gets the plain build, and WebGPU the one that waits by the browser's own means (JSPI, 17 MB) where
 * the browser has them.
 */
import asyncifyUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import plainUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { ADAPTER_WISH, adapterIsSoftware, answerInTime, SILENT, type AdapterKind } from './gpu-adapter.ts';
import type { Backend } from './protocol.ts';

export type RuntimeBuild = 'plain' | 'jspi' | 'asyncify';

const WASM_URLS: Readonly<Record<RuntimeBuild, string>> = { plain: plainUrl, jspi: jspiUrl, asyncify: asyncifyUrl };

export function runtimeBuild(backend: Backend): RuntimeBuild {
  if (backend === 'wasm') return 'plain';
  return 'Suspending' in WebAssembly ? 'jspi' : 'asyncify';
}

export function runtimeWasmUrl(build: RuntimeBuild): string {
  return new URL(WASM_URLS[build], import.meta.url).href;
}

/** Whether the browser has the file and needs no network for it: from the service worker or its own HTTP cache. */
async function isKept(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { cache: 'only-if-cached', mode: 'same-origin' });
    // Its many bytes are not wanted now.
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

const SERVER_LIMIT_MS = 10_000;

/** Where a start would begin: on a graphics card where the browser has one for the page. Whether it computes rightly nobody knows yet. */
async function likelyBackend(): Promise<Backend> {
  const gpu = Reflect.get(navigator, 'gpu') as
    { requestAdapter(wish: typeof ADAPTER_WISH): Promise<AdapterKind | null> } | undefined;
  if (!gpu) return 'wasm';
  const adapter = await answerInTime(gpu.requestAdapter(ADAPTER_WISH)).catch(() => null);
  return adapter && adapter !== SILENT && !adapterIsSoftware(adapter) ? 'webgpu' : 'wasm';
}

/**
 * Bytes of the runtime that a start would still fetch, packed where the server packs them; null when the server does not tell. A plain
 * build that is kept counts as enough: the last start ended on the processor. Where a card has come since, or has come to work, its build is
 * fetched on top.
 */
export async function runtimeMissingBytes(): Promise<number | null> {
  const builds = [runtimeBuild('webgpu'), runtimeBuild('wasm')];
  if ((await Promise.all(builds.map((build) => isKept(runtimeWasmUrl(build))))).includes(true)) return 0;
  try {
    const url = runtimeWasmUrl(runtimeBuild(await likelyBackend()));
    const { ok, headers } = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(SERVER_LIMIT_MS) });
    const bytes = Number(headers.get('content-length'));
    return ok && bytes > 0 ? bytes : null;
  } catch {
    return null;
  }
}
