/** What the service worker does with a request, as pure functions; `service-worker.ts` carries it out. */

/** One version of the built page, written by `service-worker-build.ts`; paths are relative to the worker's own address. */
export interface ShellFiles {
  /** Changes with any file's content. */
  readonly version: string;
  /** Page, code, styles, fonts, objects: kept at once, so that the next visit works offline. */
  readonly shell: readonly string[];
  /** WebAssembly: kept when it is first fetched, the runtime's also when the page asks for it, in use or not. */
  readonly runtime: readonly string[];
}

const CACHE_PREFIX = 'viewpoint-shell-';

/** Caches belong to an origin, where other folders may hold other copies of the page: each copy has names of its own. */
const cachePrefix = (scopeUrl: string): string => `${CACHE_PREFIX}${encodeURIComponent(new URL(scopeUrl).pathname)}:`;

export function shellCacheName(scopeUrl: string, version: string): string {
  return cachePrefix(scopeUrl) + version;
}

/** Caches of this copy's other versions. Other copies' stay, and the model's own, which has another prefix. */
export function staleCacheNames(names: readonly string[], scopeUrl: string, version: string): string[] {
  const prefix = cachePrefix(scopeUrl);
  return names.filter((name) => name.startsWith(prefix) && name !== prefix + version);
}

export interface RequestFacts {
  readonly url: string;
  readonly method: string;
  /** `navigate` for the page itself. */
  readonly mode: string;
  /** What the browser fetches it for: `worker` for the script that a worker starts with, its own or one of its threads. */
  readonly destination: string;
  readonly hasRange: boolean;
}

/**
 * - `pass`: not ours; the browser asks the network as if there were no service worker.
 * - `isolated`: the network, with the headers of isolation.
 * - `fresh`: the network while it answers soon, so that a new version shows at once; else the kept copy. For the page, and for objects
 *   and their list, whose names stay when their content changes.
 * - `kept`: the kept copy; it is this version's by its name.
 * - `keep-on-use`: the kept copy where there is one, else the network, and its answer is kept.
 */
export type Route =
  | { readonly kind: 'pass' }
  | { readonly kind: 'isolated' }
  | { readonly kind: 'fresh' | 'kept' | 'keep-on-use'; readonly path: string };

/** The build's own files: a hash of their content is in their names. */
const HASHED = /^assets\//;

const WORKERS: readonly string[] = ['worker', 'sharedworker'];

/** `scopeUrl`: the worker's folder, with a slash at its end. */
export function routeOf(request: RequestFacts, scopeUrl: string, files: ShellFiles): Route {
  const pass = { kind: 'pass' } as const;
  if (request.method !== 'GET' || request.hasRange) return pass;
  const url = new URL(request.url);
  const scope = new URL(scopeUrl);
  // Nothing of other origins, and nothing beside the page's folder.
  if (url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return pass;
  const rest = url.pathname.slice(scope.pathname.length);
  const path = decodeURIComponent(rest) || 'index.html';
  if (request.mode === 'navigate') return files.shell.includes(path) ? { kind: 'fresh', path } : pass;
  if (files.shell.includes(path)) return { kind: HASHED.test(path) ? 'kept' : 'fresh', path };
  if (files.runtime.includes(path)) return { kind: 'keep-on-use', path };
  // After a deploy the page comes fresh and isolated, and starts workers that this version has never heard of: browsers refuse them
  // unless their scripts say that they are isolated too.
  if (WORKERS.includes(request.destination)) return { kind: 'isolated' };
  // Model files are kept by their hash in a cache of their own.
  return pass;
}

/** What the page may ask of its service worker. */
export type ShellMessage =
  /** `runtimeUrl`: of the runtime's builds the one that is in use, or that follows when its device is lost. */
  | { readonly kind: 'keep-runtime'; readonly runtimeUrl: string }
  /** `scriptUrl`: the page's own code. */
  | { readonly kind: 'take-over'; readonly scriptUrl: string };

/** The one of these files that has an absolute address; null when none has. */
function fileAt(url: string, scopeUrl: string, paths: readonly string[]): string | null {
  if (!url.startsWith(scopeUrl)) return null;
  const path = decodeURIComponent(url.slice(scopeUrl.length));
  return paths.includes(path) ? path : null;
}

/** The path of a file of the runtime by its absolute address; null for any other address. */
export const runtimePathOf = (runtimeUrl: string, scopeUrl: string, { runtime }: ShellFiles): string | null =>
  fileAt(runtimeUrl, scopeUrl, runtime);

/**
 * Whether a version that waits may take over from the one before: it holds the very code that the asking page runs, and no other window
 * could still need the older files. Otherwise it goes on waiting until all windows are closed.
 */
export const mayTakeOver = (scriptUrl: string, windows: number, scopeUrl: string, files: ShellFiles): boolean =>
  windows <= 1 && fileAt(scriptUrl, scopeUrl, files.shell) !== null;

/** Whether an answer may be kept: whole, its own, and not a start page under the name of another file. */
export function mayKeep(path: string, status: number, type: string, contentType: string | null): boolean {
  if (status !== 200 || type === 'opaque' || type === 'opaqueredirect') return false;
  return path.endsWith('.html') || !contentType?.includes('text/html');
}

/**
 * Headers of an answer that the service worker gives. Threads need isolation of the page and of every worker's script, so these two are
 * set where the host did not: a host that cannot send headers gives threads from the second visit on. Where it sent them, its values stay.
 */
export function isolationHeaders(headers: Headers, contentType: string | null): Headers {
  const result = new Headers(headers);
  const isDocument = contentType?.includes('text/html') ?? false;
  const isScript = contentType?.includes('javascript') ?? false;
  if ((isDocument || isScript) && !result.has('cross-origin-embedder-policy'))
    result.set('cross-origin-embedder-policy', 'require-corp');
  if (isDocument && !result.has('cross-origin-opener-policy')) result.set('cross-origin-opener-policy', 'same-origin');
  // The kept body is unpacked already.
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) result.delete(name);
  return result;
}
