/**
 * Keeps the page and its runtime for visits without network. Asks no address but the page's own; the model's files are kept by
 * `src/inference`. The build writes the list of files in place of the marker below.
 */
import {
  isolationHeaders,
  mayKeep,
  mayTakeOver,
  routeOf,
  runtimePathOf,
  shellCacheName,
  staleCacheNames,
  type ShellFiles,
  type ShellMessage,
} from './service-worker-policy';

/** What this file uses of a service worker's global scope, so that it compiles beside the page. */
interface ExtendableEventLike extends Event {
  waitUntil(promise: Promise<unknown>): void;
}
interface FetchEventLike extends ExtendableEventLike {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface MessageEventLike extends ExtendableEventLike {
  readonly data: ShellMessage;
}
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly unknown[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEventLike) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEventLike) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEventLike) => void): void;
}

const worker = globalThis as unknown as Scope;
const files = JSON.parse('__SHELL_FILES__') as ShellFiles;
const cacheName = shellCacheName(worker.registration.scope, files.version);

/** How long the network may take to give a fresh copy before the kept one is shown. */
const PAGE_LIMIT_MS = 3000;

const address = (path: string): string => new URL(path, worker.registration.scope).href;

/** A whole answer of the server, with the headers that it is kept and given with. */
function isolated({ headers, body }: Response): Response {
  return new Response(body, { status: 200, headers: isolationHeaders(headers, headers.get('content-type')) });
}

async function fetchAndKeep(cache: Cache, path: string): Promise<void> {
  if (await cache.match(address(path))) return;
  const response = await fetch(address(path), { cache: 'no-cache' });
  const { status, type, headers } = response;
  const contentType = headers.get('content-type');
  if (!mayKeep(path, status, type, contentType))
    throw new Error(`${path} cannot be kept: the server answered ${status}, ${contentType ?? 'no type'}`);
  await cache.put(address(path), isolated(response));
}

/** The runtime's names change with their content, so an older version's copy is as good and saves its many bytes. */
async function inherit(cache: Cache, path: string): Promise<void> {
  const kept = await caches.match(address(path));
  if (kept) await cache.put(address(path), kept);
}

/** All or nothing: a version that is not whole is not installed, and the one before goes on. */
async function install(): Promise<void> {
  const cache = await caches.open(cacheName);
  await Promise.all(files.shell.map((path) => fetchAndKeep(cache, path)));
  await Promise.allSettled(files.runtime.map((path) => inherit(cache, path)));
}

async function keepRuntime(runtimeUrl: string): Promise<void> {
  const path = runtimePathOf(runtimeUrl, worker.registration.scope, files);
  if (path === null) return;
  // Where it fails, it is kept when it is next used.
  await fetchAndKeep(await caches.open(cacheName), path).catch(() => undefined);
}

async function takeOver(scriptUrl: string): Promise<void> {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (mayTakeOver(scriptUrl, windows.length, worker.registration.scope, files)) await worker.skipWaiting();
}

async function activate(): Promise<void> {
  const stale = staleCacheNames(await caches.keys(), worker.registration.scope, files.version);
  await Promise.all(stale.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** What is not the server's own whole answer goes on as it is. */
function isolatedWhereWhole(response: Response): Response {
  const isWhole = response.status === 200 && !response.redirected && response.type === 'basic';
  return isWhole ? isolated(response) : response;
}

async function freshAnswer(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PAGE_LIMIT_MS);
  try {
    const response = await fetch(request, { signal: limit.signal });
    if (response.status >= 500) throw new Error(`the server answered ${response.status}`);
    return isolatedWhereWhole(response);
  } catch (thrown) {
    const kept = await cache.match(address(path));
    if (kept) return kept;
    throw thrown;
  } finally {
    clearTimeout(timer);
  }
}

async function fileAnswer(path: string, event: FetchEventLike): Promise<Response> {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(address(path));
  if (kept) return kept;
  const response = await fetch(event.request);
  if (!mayKeep(path, response.status, response.type, response.headers.get('content-type'))) return response;
  const answer = isolated(response);
  // Kept while it is given, not before: the page waits no longer for a first byte than it allows a server to stand still. Where there
  // is no room, the page gets its file all the same.
  event.waitUntil(cache.put(address(path), answer.clone()).catch(() => undefined));
  return answer;
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('message', (event) => {
  const { data } = event;
  event.waitUntil(data.kind === 'keep-runtime' ? keepRuntime(data.runtimeUrl) : takeOver(data.scriptUrl));
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { url, method, mode, destination } = request;
  const route = routeOf(
    { url, method, mode, destination, hasRange: request.headers.has('range') },
    worker.registration.scope,
    files,
  );
  if (route.kind === 'fresh') event.respondWith(freshAnswer(route.path, request));
  else if (route.kind === 'isolated') event.respondWith(fetch(request).then(isolatedWhereWhole));
  else if (route.kind !== 'pass') event.respondWith(fileAnswer(route.path, event));
});
