/**
 * The browser's store of model files: whole files under their hash, so that two models of one host share equal ones; the parts of
 * downloads that broke off; and each folder's manifest, so that a visit without network finds it. Page and worker both use it.
 */
import type { ManifestFile } from './manifest.ts';

const CACHE_PREFIX = 'viewpoint-model-';
/** Change the number when the meaning of an entry changes; older caches are deleted. */
const CACHE_NAME = `${CACHE_PREFIX}2`;

const FILE_PATH = '/viewpoint-model-file/';
const PART_PATH = '/viewpoint-model-part/';

type Bytes = Uint8Array<ArrayBuffer>;

/** Every method works without storage too: nothing is kept then, and nothing throws. */
export interface ModelCache {
  /** The bytes under a hash, unchecked. */
  file(sha256: string): Promise<Bytes | undefined>;
  /** Whether it is kept: false where there is no room. */
  fileKeep(sha256: string, bytes: Bytes): Promise<boolean>;
  fileForget(sha256: string): Promise<void>;
  /** What has arrived of a file whose download broke off: the parts that join from its first byte on. */
  parts(sha256: string): Promise<readonly Bytes[]>;
  /** `startByte`: where in the file the part begins. */
  partKeep(sha256: string, startByte: number, bytes: Bytes): Promise<void>;
  /** All of them, whether they join or not. */
  partsForget(sha256: string): Promise<void>;
  /** The text of the manifest whose files were all there when they were last fetched. */
  manifest(manifestUrl: string): Promise<string | undefined>;
  /** A newer one whose files are on their way: they are kept beside those of the one before, which still starts without network. */
  manifestExpect(manifestUrl: string, text: string): Promise<void>;
  /** Its files are there: it takes the place of the one before. */
  manifestKeep(manifestUrl: string, text: string): Promise<void>;
  /** Deletes files and parts that no kept or expected manifest lists, and parts of whole files; says how many entries went. */
  prune(): Promise<number>;
}

/** What is kept, for a settings page. */
export interface ModelCacheInfo {
  readonly files: number;
  readonly bytes: number;
  /** Whether the browser promised not to delete the files by itself when the disk fills up. */
  readonly isPersistent: boolean;
}

async function cacheOpen(caches: CacheStorage | undefined): Promise<Cache | undefined> {
  if (!caches) return undefined;
  try {
    for (const name of await caches.keys()) {
      if (name.startsWith(CACHE_PREFIX) && name !== CACHE_NAME) await caches.delete(name);
    }
    return await caches.open(CACHE_NAME);
  } catch {
    // Private windows and full disks refuse storage; the model then loads from the network each time.
    return undefined;
  }
}

/** Hashes that a manifest's text lists; none when it can't be read. */
export function manifestHashes(text: string): readonly string[] {
  try {
    const { files } = JSON.parse(text) as { files?: readonly Partial<ManifestFile>[] };
    return (files ?? []).flatMap(({ sha256 }) => (typeof sha256 === 'string' ? [sha256] : []));
  } catch {
    return [];
  }
}

/** The hash that a key of this cache is about; undefined for a manifest. */
function hashOfKey(url: string): string | undefined {
  const { pathname } = new URL(url);
  const found = [FILE_PATH, PART_PATH].find((path) => pathname.startsWith(path));
  return found === undefined ? undefined : pathname.slice(found.length).split('/')[0];
}

const expectedKey = (manifestUrl: string): string => `${manifestUrl}?expected`;

/** `baseUrl`: any address of the origin that the entries are named after. */
export async function modelCacheOpen(caches: CacheStorage | undefined, baseUrl: string): Promise<ModelCache> {
  const cache = await cacheOpen(caches);
  const fileKey = (sha256: string): string => new URL(`${FILE_PATH}${sha256}`, baseUrl).href;
  const partsKey = (sha256: string): string => new URL(`${PART_PATH}${sha256}/`, baseUrl).href;
  // Tabs that download at once cut differently: by its place any part fits. Plain numbers were counts in earlier versions.
  const partKey = (sha256: string, startByte: number): string => `${partsKey(sha256)}from-${startByte}`;

  async function read(key: string): Promise<Bytes | undefined> {
    try {
      const kept = await cache?.match(key);
      return kept && new Uint8Array(await kept.arrayBuffer());
    } catch {
      // An unreadable entry is as good as none.
      return undefined;
    }
  }
  async function write(key: string, bytes: Bytes): Promise<boolean> {
    try {
      await cache?.put(key, new Response(bytes, { headers: { 'content-length': String(bytes.length) } }));
      return cache !== undefined;
    } catch {
      // No room: the next visit downloads again.
      return false;
    }
  }
  async function forget(key: string): Promise<boolean> {
    try {
      return (await cache?.delete(key)) ?? false;
    } catch {
      return false;
    }
  }
  async function keysKept(): Promise<readonly string[]> {
    try {
      return ((await cache?.keys()) ?? []).map((request) => request.url);
    } catch {
      return [];
    }
  }
  const text = (bytes: Bytes | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

  return {
    file: (sha256) => read(fileKey(sha256)),
    fileKeep: (sha256, bytes) => write(fileKey(sha256), bytes),
    fileForget: async (sha256) => void (await forget(fileKey(sha256))),
    parts: async (sha256) => {
      const found: Bytes[] = [];
      for (let startByte = 0; ;) {
        const part = await read(partKey(sha256, startByte));
        if (!part || part.length === 0) return found;
        found.push(part);
        startByte += part.length;
      }
    },
    partKeep: async (sha256, startByte, bytes) => void (await write(partKey(sha256, startByte), bytes)),
    partsForget: async (sha256) => {
      for (const key of await keysKept()) if (key.startsWith(partsKey(sha256))) await forget(key);
    },
    manifest: async (manifestUrl) => text(await read(manifestUrl)),
    manifestExpect: async (manifestUrl, content) =>
      void (await write(expectedKey(manifestUrl), new TextEncoder().encode(content))),
    manifestKeep: async (manifestUrl, content) => {
      if (await write(manifestUrl, new TextEncoder().encode(content))) await forget(expectedKey(manifestUrl));
    },
    prune: async () => {
      const keys = await keysKept();
      const listed = new Set<string>();
      for (const key of keys) {
        if (hashOfKey(key) === undefined)
          manifestHashes(text(await read(key)) ?? '').forEach((sha256) => listed.add(sha256));
      }
      const kept = new Set(keys);
      const stale = keys.filter((key) => {
        const sha256 = hashOfKey(key);
        if (sha256 === undefined) return false;
        // A tab that was closed while another one got the whole file leaves parts that nobody will ask for.
        return !listed.has(sha256) || (key.startsWith(partsKey(sha256)) && kept.has(fileKey(sha256)));
      });
      for (const key of stale) await forget(key);
      return stale.length;
    },
  };
}

/** What the functions below use of the page. */
export interface ModelCacheEnv {
  /** Absent where the page is not served securely. */
  readonly caches: CacheStorage | undefined;
  /** `persist` is there on pages only. */
  readonly storage: { persist?(): Promise<boolean>; persisted(): Promise<boolean> } | undefined;
}

function pageEnv(): ModelCacheEnv {
  return { caches: globalThis.caches as CacheStorage | undefined, storage: globalThis.navigator?.storage };
}

/** Deletes all model files that this browser keeps for the page, broken downloads too. True when something was there. */
export async function modelCacheClear(env: ModelCacheEnv = pageEnv()): Promise<boolean> {
  const names = (await env.caches?.keys()) ?? [];
  const own = names.filter((name) => name.startsWith(CACHE_PREFIX));
  for (const name of own) await env.caches?.delete(name);
  return own.length > 0;
}

export async function modelCacheInfo(env: ModelCacheEnv = pageEnv()): Promise<ModelCacheInfo> {
  const isPersistent = (await env.storage?.persisted()) ?? false;
  let files = 0;
  let bytes = 0;
  if (await env.caches?.has(CACHE_NAME)) {
    const cache = await env.caches?.open(CACHE_NAME);
    for (const request of (await cache?.keys()) ?? []) {
      if (hashOfKey(request.url) === undefined) continue;
      const length = Number((await cache?.match(request))?.headers.get('content-length'));
      if (new URL(request.url).pathname.startsWith(FILE_PATH)) files++;
      bytes += Number.isFinite(length) ? length : 0;
    }
  }
  return { files, bytes, isPersistent };
}

/** How many bytes of a model's files are kept; parts of broken downloads do not count. `modelUrl`: absolute. */
export async function modelKeptBytes(
  modelUrl: string,
  files: readonly Pick<ManifestFile, 'sha256' | 'sizeBytes'>[],
  env: ModelCacheEnv = pageEnv(),
): Promise<number> {
  if (!(await env.caches?.has(CACHE_NAME))) return 0;
  const cache = await env.caches?.open(CACHE_NAME);
  const kept = await Promise.all(
    files.map(async ({ sha256, sizeBytes }) =>
      (await cache?.match(new URL(`${FILE_PATH}${sha256}`, modelUrl).href)) ? sizeBytes : 0,
    ),
  );
  return kept.reduce((sum, bytes) => sum + bytes, 0);
}

/** Asks the browser not to delete the files by itself; false where it refuses or can't. Some browsers ask the person. */
export async function storagePersist(env: ModelCacheEnv = pageEnv()): Promise<boolean> {
  try {
    return (await env.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}
