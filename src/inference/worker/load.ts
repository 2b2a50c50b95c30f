/** Brings a model up: device, download, sessions, self-test. */
import { engineError, errorDataFrom } from '../errors.ts';
import type { DeviceInfo, LoadProgress } from '../engine.ts';
import { manifestFilesFor, type Manifest, type ManifestFile } from '../manifest.ts';
import { modelCacheOpen } from '../model-cache.ts';
import type { LoadParams, StartProgress } from '../protocol.ts';
import { runtimeBuild, runtimeWasmUrl } from '../runtime-files.ts';
import { deviceChoose, deviceForModel, threadCount, type DeviceChoice, type Gpu } from './device.ts';
import { filesDownload, manifestDownload, type DownloadDeps, type ModelFiles } from './download.ts';
import { folderFiles, folderManifest } from './folder-files.ts';
import { createGenerator } from './generator.ts';
import type { LoadedAnswerer } from './handler.ts';
import { restartBelow } from './restart.ts';
import type { ModelRuntime } from './runtime.ts';
import { selfTest } from './self-test.ts';
import { runtimeCreate } from './session.ts';
import { sha256Hex } from './sha256.ts';
import { tokenizerFromFiles } from './tokenizer.ts';

const STALL_MS = 60_000;

/** Lets waiting messages in; a timer would be held back to four milliseconds after a few calls. */
function pauseCreate(): () => Promise<void> {
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(null);
    });
}

function gpuOfBrowser(): Gpu | undefined {
  const gpu: unknown = Reflect.get(navigator, 'gpu');
  return isGpu(gpu) ? gpu : undefined;
}

function isGpu(value: unknown): value is Gpu {
  return typeof value === 'object' && value !== null && 'requestAdapter' in value;
}

interface Source {
  readonly manifest: Manifest;
  files(
    listed: readonly ManifestFile[],
    report: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<ModelFiles>;
}

async function sourceOpen({ source }: LoadParams, signal: AbortSignal): Promise<Source> {
  if (source.kind === 'files') {
    return {
      manifest: await folderManifest(source),
      files: (listed, report, groupSignal) => folderFiles(source, listed, sha256Hex, report, groupSignal),
    };
  }
  const deps: DownloadDeps = {
    fetch: (url, init) => fetch(url, init),
    cache: await modelCacheOpen('caches' in globalThis ? caches : undefined, source.url),
    sha256Hex,
    stallMs: STALL_MS,
    wait: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
    now: () => performance.now(),
  };
  const { manifest, cacheState, settle } = await manifestDownload(source.url, deps, signal);
  return {
    manifest,
    files: async (listed, report, groupSignal) => {
      const files = await filesDownload(source.url, listed, deps, cacheState, report, groupSignal);
      await settle();
      return files;
    },
  };
}

export async function modelLoad(
  params: LoadParams,
  onProgress: (progress: StartProgress) => void,
  signal: AbortSignal,
): Promise<LoadedAnswerer> {
  const { preferredBackend, startRung, fallbackReason } = params;
  const threads = threadCount(params.threads, globalThis.crossOriginIsolated, navigator.hardwareConcurrency);
  const wishes = { preferredBackend, startRung, fallbackReason, threads };
  const gpu = gpuOfBrowser();
  const [source, chosen] = await Promise.all([sourceOpen(params, signal), deviceChoose(wishes, gpu)]);
  const { manifest } = source;
  const hasHalfDecoder = manifest.graphs.halfDecoder !== undefined;
  const device = await deviceForModel(chosen, { hasHalfDecoder, wishes, gpu });
  let progress: LoadProgress = { stage: 'download', receivedBytes: 0, totalBytes: 0, fromCache: true };
  const report = (next: LoadProgress): void => onProgress({ ...(progress = next), rung: device.rung });
  const bytes = await source.files(manifestFilesFor(manifest), report, signal);
  // First: a wrong tokenizer is wrong on every device, and cheap to find out.
  const tokenizer = tokenizerFromFiles(
    fileBytes(bytes, 'tokenizer.json'),
    fileBytes(bytes, 'tokenizer_config.json'),
    manifest.text,
  );
  const stage = (name: LoadProgress['stage']): void => report({ ...progress, stage: name, backend: device.backend });
  try {
    stage('start');
    const used = device.rung === 'wasm-single' ? 1 : threads;
    const runtime = await runtimeStart(manifest, bytes, device, used);
    signal.throwIfAborted();
    stage('warm-up');
    await selfTest(runtime, manifest, device.rung);
    signal.throwIfAborted();
    const info: DeviceInfo = {
      backend: device.backend,
      threads: used,
      adapter: device.backend === 'webgpu' ? device.adapter : '',
      fallbackReason: device.reason,
    };
    return {
      outcome: 'ready',
      rung: device.rung,
      model: {
        modelId: manifest.id,
        modelName: manifest.name,
        imageSizePx: manifest.image.sizePx,
        totalBytes: progress.totalBytes,
        ...(manifest.families ? { families: manifest.families } : {}),
        runtimeUrl: runtimeWasmUrl(runtimeBuild(device.backend)),
        ...(device.backend === 'webgpu' ? { nextRuntimeUrl: runtimeWasmUrl(runtimeBuild('wasm')) } : {}),
        device: info,
      },
      answerer: createGenerator({ runtime, manifest, tokenizer, now: () => performance.now(), pause: pauseCreate() }),
    };
  } catch (thrown) {
    signal.throwIfAborted();
    return restartBelow(device, thrown);
  }
}

async function runtimeStart(
  manifest: Manifest,
  files: ModelFiles,
  device: DeviceChoice,
  threads: number,
): Promise<ModelRuntime> {
  try {
    return await runtimeCreate({ manifest, files, device, threads });
  } catch (thrown) {
    const data = errorDataFrom(thrown, 'runtime/unavailable');
    throw engineError(data.code, `The model did not start on ${device.backend}: ${data.message}`, {
      ...data.detail,
      backend: device.backend,
    });
  }
}

function fileBytes(files: ModelFiles, path: string): Uint8Array {
  const bytes = files.get(path);
  if (bytes) return bytes;
  throw engineError('model/manifest', `The manifest is not valid: files must list ${path}. Export the model again.`, {
    path: 'files',
  });
}
