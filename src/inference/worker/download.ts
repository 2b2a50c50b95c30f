/**
 * Fetches a model folder by address: the manifest first, then the files it lists, each checked by size and hash and kept in the
 * browser's cache, so that a second visit needs no network.
 */
import { EngineError, type LoadProgress } from '../engine.ts';
import { manifestFilesFor, manifestFromText, type Manifest, type ManifestFile } from '../manifest.ts';
import { manifestHashes, type ModelCache } from '../model-cache.ts';
import { controllerFollowing } from '../signal-follow.ts';
import { errorOfFetch, fetchChecked, fileFetch, fileMissing, withinStall, type FetchDeps } from './fetch-file.ts';
import { rateMeter } from './rate-meter.ts';

const PARALLEL = 3;
/** Progress is told at most so often: each message costs the page a task. */
const REPORT_EVERY_MS = 50;
/** While nothing arrives it is told so often, so that rate and time left do not stand still with the download. */
const REPORT_AT_LEAST_MS = 1000;
/** A server that has not sent its manifest by then is not waited for where a kept one can start. */
const MANIFEST_LIMIT_MS = 5000;

export interface DownloadDeps extends FetchDeps {
  readonly cache: ModelCache;
  /** Milliseconds of a clock that only moves forward. */
  now(): number;
}

export type ModelFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

type CacheState = NonNullable<LoadProgress['cache']>;

export interface FoundManifest {
  readonly manifest: Manifest;
  /** What the cache held of this folder before. */
  readonly cacheState: CacheState;
  /** The version that started last, where `manifest` is a newer one. */
  readonly before?: Manifest;
  /**
   * Call when its files have come: what no manifest lists is deleted, and where all of them are kept, it is from then on the one that starts
   * without network.
   */
  settle(areKept: boolean): Promise<void>;
}

/** Undefined where this page can no longer read it. */
function manifestBefore(text: string, url: string): Manifest | undefined {
  try {
    return manifestFromText(text, url);
  } catch {
    return undefined;
  }
}

/** The folder's manifest; from the cache when the network is down. `modelUrl` ends with a slash. */
export async function manifestDownload(
  modelUrl: string,
  deps: DownloadDeps,
  signal: AbortSignal,
): Promise<FoundManifest> {
  const url = new URL('manifest.json', modelUrl).href;
  const { cache } = deps;
  const kept = await cache.manifest(url);
  const stallMs = kept === undefined ? deps.stallMs : Math.min(deps.stallMs, MANIFEST_LIMIT_MS);
  let text: string;
  let manifest: Manifest;
  try {
    text = await withinStall(url, stallMs, signal, async (limited) => {
      // Its text too ends with the limit, which is one for both.
      const fetch: FetchDeps['fetch'] = (at, init) => deps.fetch(at, { ...init, signal: limited });
      const response = await fetchChecked(url, { fetch, stallMs }, { cache: 'no-cache' }, limited);
      return response.text();
    });
    if (text.trimStart().startsWith('<'))
      throw fileMissing(url, 'the server answered with a web page instead', { status: 404 });
    manifest = manifestFromText(text, url);
  } catch (thrown) {
    signal.throwIfAborted();
    if (kept === undefined) throw errorOfFetch(thrown);
    // Out of reach, cut off, or newer than this page can read: what it started with last time still works.
    if (thrown instanceof EngineError && thrown.code !== 'model/missing')
      console.warn(`The kept model answers, because its manifest could not be read anew: ${thrown.message}`);
    const prune = async (): Promise<void> => void (await cache.prune());
    return { manifest: manifestFromText(kept, url), cacheState: 'current', settle: prune };
  }
  // Noted only once it is known to be good; its files are then the newest that this page can use.
  if (text !== kept) await cache.manifestExpect(url, text);
  const hashes = new Set(manifestHashes(text));
  const known = new Set(kept === undefined ? [] : manifestHashes(kept));
  const isSame = known.size === hashes.size && [...known].every((sha256) => hashes.has(sha256));
  const before = kept === undefined || kept === text ? undefined : manifestBefore(kept, url);
  return {
    manifest,
    ...(before ? { before } : {}),
    cacheState: kept === undefined ? 'empty' : isSame ? 'current' : 'outdated',
    settle: async (areKept) => {
      if (areKept) await cache.manifestKeep(url, text);
      await cache.prune();
    },
  };
}

async function fileKept(
  { sha256, sizeBytes }: ManifestFile,
  { cache, sha256Hex }: DownloadDeps,
): Promise<Uint8Array<ArrayBuffer> | 'damaged' | undefined> {
  const kept = await cache.file(sha256);
  if (!kept) return undefined;
  return kept.length === sizeBytes && (await sha256Hex(kept)) === sha256 ? kept : 'damaged';
}

/** The bytes of files, by path, all from the cache; undefined where one is not there, or is no longer what it was. */
async function filesKept(files: readonly ManifestFile[], deps: DownloadDeps): Promise<ModelFiles | undefined> {
  const results = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const file of files) {
    const kept = await fileKept(file, deps);
    if (!kept || kept === 'damaged') return undefined;
    results.set(file.path, kept);
  }
  return results;
}

export interface DownloadedModel {
  readonly manifest: Manifest;
  readonly files: ModelFiles;
}

/**
 * The files that a start needs, with the manifest that lists them: the folder's own, or, where the network or the folder does not give all
 * of its files, the one that started last. The next start tries the newer one again.
 */
export async function modelDownload(
  modelUrl: string,
  { manifest, before, cacheState, settle }: FoundManifest,
  deps: DownloadDeps,
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal,
): Promise<DownloadedModel> {
  try {
    const needed = manifestFilesFor(manifest);
    const { files, areKept } = await filesDownload(modelUrl, needed, deps, cacheState, onProgress, signal);
    await settle(areKept);
    return { manifest, files };
  } catch (thrown) {
    signal.throwIfAborted();
    // Not where memory ran out: the version before takes as much.
    if (!before || !(thrown instanceof EngineError) || !/^model\/(missing|integrity)$/.test(thrown.code)) throw thrown;
    const listed = manifestFilesFor(before);
    const files = await filesKept(listed, deps);
    signal.throwIfAborted();
    if (!files) throw thrown;
    console.warn(`The kept model answers, because a newer one could not be fetched whole: ${thrown.message}`);
    const totalBytes = listed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    onProgress({ stage: 'download', receivedBytes: totalBytes, totalBytes, fromCache: true, cache: 'outdated' });
    return { manifest: before, files };
  }
}

/** The bytes of files, by path, and whether the cache has them all. `onProgress` gets the sum over all files. */
export async function filesDownload(
  modelUrl: string,
  files: readonly ManifestFile[],
  deps: DownloadDeps,
  found: CacheState,
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal,
): Promise<{ readonly files: ModelFiles; readonly areKept: boolean }> {
  const totalBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const rate = rateMeter(() => deps.now());
  let receivedBytes = 0;
  let fromCache = true;
  let areKept = true;
  let cache = found;
  let reportedMs = Number.NEGATIVE_INFINITY;
  const report = (isLast = false): void => {
    const atMs = deps.now();
    if (!isLast && atMs - reportedMs < REPORT_EVERY_MS) return;
    reportedMs = atMs;
    const counted = { stage: 'download', receivedBytes, totalBytes, fromCache, cache } as const;
    onProgress({ ...counted, ...(isLast ? {} : rate.read(totalBytes - receivedBytes)) });
  };
  const count = (bytes: number, isFromCache: boolean): void => {
    receivedBytes += bytes;
    if (!isFromCache) {
      fromCache = false;
      if (bytes > 0) rate.add(bytes);
    }
    report();
  };

  async function one(file: ManifestFile, groupSignal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const kept = await fileKept(file, deps);
    if (kept === 'damaged') {
      cache = 'damaged';
      await deps.cache.fileForget(file.sha256);
    } else if (kept) {
      count(kept.length, true);
      return kept;
    }
    const url = new URL(file.path, modelUrl).href;
    const fetched = await fileFetch(url, file, deps.cache, deps, count, groupSignal);
    areKept &&= fetched.isKept;
    return fetched.bytes;
  }

  // The first failure stops the other downloads.
  const { controller: group, release } = controllerFollowing([signal]);
  const groupSignal = group.signal;
  const results = new Map<string, Uint8Array<ArrayBuffer>>();
  const waiting = [...files];
  const worker = async (): Promise<void> => {
    for (let file = waiting.shift(); file; file = waiting.shift()) results.set(file.path, await one(file, groupSignal));
  };
  const ticks = setInterval(report, REPORT_AT_LEAST_MS);
  const workers = Array.from({ length: PARALLEL }, worker);
  try {
    await Promise.all(workers);
  } catch (thrown) {
    group.abort(thrown);
    // The others keep what has arrived before this ends, so that the next start finds it.
    await Promise.allSettled(workers);
    signal.throwIfAborted();
    throw await missingAll(thrown, modelUrl, files, deps, signal);
  } finally {
    clearInterval(ticks);
    release();
  }
  report(true);
  return { files: results, areKept };
}

/** A folder that lacks a file often lacks more: one error names them all. Any other error comes back as it is. */
async function missingAll(
  thrown: unknown,
  modelUrl: string,
  files: readonly ManifestFile[],
  deps: DownloadDeps,
  signal: AbortSignal,
): Promise<unknown> {
  if (!(thrown instanceof EngineError) || thrown.code !== 'model/missing' || thrown.detail['status'] !== 404)
    return thrown;
  const checks = files.map(async (file): Promise<string[]> => {
    try {
      await fetchChecked(new URL(file.path, modelUrl).href, deps, { method: 'HEAD' }, signal);
      return [];
    } catch (missing) {
      const error = errorOfFetch(missing);
      return error instanceof EngineError && error.detail['status'] === 404 ? [file.path] : [];
    }
  });
  const paths = (await Promise.all(checks)).flat();
  if (paths.length < 2) return thrown;
  return fileMissing(modelUrl, `the folder lacks ${paths.join(', ')}`, { missing: paths.join(', '), status: 404 });
}
