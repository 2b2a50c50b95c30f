/** Brings a model up: device, download, sessions, self-test. */
import { engineError, errorDataFrom } from '../errors.ts';
import type { DeviceInfo, LoadProgress } from '../engine.ts';
import { manifestFilesFor, type Manifest } from '../manifest.ts';
import { modelCacheOpen } from '../model-cache.ts';
import type { LoadParams, StartProgress } from '../protocol.ts';
import { runtimeBuild, runtimeWasmUrl } from '../runtime-files.ts';
import { deviceChoose, deviceForModel, threadCount, type DeviceChoice, type Gpu } from './device.ts';
import {
  manifestDownload,
  modelDownload,
  type DownloadDeps,
  type DownloadedModel,
  type ModelFiles,
} from './download.ts';
import { folderFiles, folderManifest } from './folder-files.ts';
import { createGenerator } from './generator.ts';
import type { LoadedAnswerer } from './handler.ts';
import { restartBelow } from './restart.ts';
import { runtimeFetch } from './runtime-fetch.ts';
import type { ModelRuntime } from './runtime.ts';
import { selfTest } from './self-test.ts';
import { runtimeCreate, type SessionOptions } from './session.ts';
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

/** What every download takes. */
const NETWORK: Pick<DownloadDeps, 'fetch' | 'stallMs' | 'wait'> = {
  fetch: (url, init) => fetch(url, init),
  stallMs: STALL_MS,
  wait: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
};

interface Source {
  readonly manifest: Manifest;
  /** With the manifest that lists them, which is another one where the files of the newest cannot be had. */
  files(report: (progress: LoadProgress) => void): Promise<DownloadedModel>;
}

async function sourceOpen({ source }: LoadParams, signal: AbortSignal): Promise<Source> {
  if (source.kind === 'files') {
    const manifest = await folderManifest(source);
    const listed = manifestFilesFor(manifest);
    return {
      manifest,
      files: async (report) => ({ manifest, files: await folderFiles(source, listed, sha256Hex, report, signal) }),
    };
  }
  const deps: DownloadDeps = {
    ...NETWORK,
    cache: await modelCacheOpen('caches' in globalThis ? caches : undefined, source.url),
    sha256Hex,
    now: () => performance.now(),
  };
  const found = await manifestDownload(source.url, deps, signal);
  return {
    manifest: found.manifest,
    files: (report) => modelDownload(source.url, found, deps, report, signal),
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
  const deviceFor = (choice: DeviceChoice, { graphs }: Manifest): Promise<DeviceChoice> =>
    deviceForModel(choice, { hasHalfDecoder: graphs.halfDecoder !== undefined, wishes, gpu });
  let device = await deviceFor(chosen, source.manifest);
  // While the model's files come. What goes wrong with it is told when its turn has come: their faults are told first.
  const runtimeOfDevice = (): Promise<Uint8Array<ArrayBuffer>> => runtimeFetch(device.backend, NETWORK, signal);
  const { backend: backendAhead } = device;
  const runtimeAhead = runtimeOfDevice();
  runtimeAhead.catch(() => undefined);
  let progress: LoadProgress = { stage: 'download', receivedBytes: 0, totalBytes: 0, fromCache: true };
  const report = (next: LoadProgress): void => onProgress({ ...(progress = next), rung: device.rung });
  const { manifest, files: bytes } = await source.files(report);
  // A version that starts because the newest cannot may lack a decoder that the newest has.
  device = await deviceFor(device, manifest);
  // First: a wrong tokenizer is wrong on every device, and cheap to find out.
  const tokenizer = tokenizerFromFiles(
    fileBytes(bytes, 'tokenizer.json'),
    fileBytes(bytes, 'tokenizer_config.json'),
    manifest.text,
  );
  // Without a device: the time that a start on it may take has not begun.
  report({ ...progress, stage: 'start' });
  // Anew where it was not this device's, and where its tries were over early, beside the model's files.
  const wasmBinary = await (device.backend === backendAhead ? runtimeAhead.catch(runtimeOfDevice) : runtimeOfDevice());
  const stage = (name: LoadProgress['stage']): void => report({ ...progress, stage: name, backend: device.backend });
  try {
    stage('start');
    const used = device.rung === 'wasm-single' ? 1 : threads;
    const runtime = await runtimeStart({ manifest, files: bytes, device, threads: used, wasmBinary });
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

async function runtimeStart(options: SessionOptions): Promise<ModelRuntime> {
  const { backend } = options.device;
  try {
    return await runtimeCreate(options);
  } catch (thrown) {
    const data = errorDataFrom(thrown, 'runtime/unavailable');
    const message = `The model did not start on ${backend}: ${data.message}`;
    throw engineError(data.code, message, { ...data.detail, backend });
  }
}

function fileBytes(files: ModelFiles, path: string): Uint8Array {
  const bytes = files.get(path);
  if (bytes) return bytes;
  throw engineError('model/manifest', `The manifest is not valid: files must list ${path}. Export the model again.`, {
    path: 'files',
  });
}
