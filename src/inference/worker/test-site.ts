/** A server in memory for the tests, with everything that a download takes beside it. */
import type { ManifestFile } from '../manifest.ts';
import { modelCacheOpen } from '../model-cache.ts';
import type { DownloadDeps } from './download.ts';
import { sha256Hex } from './sha256.ts';
import type { FakeCaches } from './test-caches.ts';

export const URL_OF_MODEL = 'http://host/models/tiny/';
export const signal = new AbortController().signal;

export type Served = {
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;
  type?: string;
  status?: number;
  headers?: Record<string, string>;
  /** As of another origin. */
  isForeign?: boolean;
};
export type Site = Record<string, Served | ((init: RequestInit) => Served | Promise<Served>)>;

export async function site(served: Site, caches?: FakeCaches) {
  const requested: string[] = [];
  const inits: RequestInit[] = [];
  const waits: number[] = [];
  const deps: DownloadDeps = {
    fetch: async (url, init) => {
      const path = url.replace(URL_OF_MODEL, '');
      requested.push(path);
      inits.push(init);
      const entry = served[path];
      const file = typeof entry === 'function' ? await entry(init) : entry;
      if (!file) throw new TypeError('Failed to fetch');
      const response = new Response(file.body, {
        status: file.status ?? 200,
        headers: { 'content-type': file.type ?? 'application/octet-stream', ...file.headers },
      });
      return file.isForeign ? Object.defineProperty(response, 'type', { value: 'cors' }) : response;
    },
    cache: await modelCacheOpen(caches?.storage, URL_OF_MODEL),
    sha256Hex,
    stallMs: 30,
    wait: async (durationMs) => void waits.push(durationMs),
    now: () => performance.now(),
  };
  return { deps, requested, inits, waits };
}

export const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
export async function entry(path: string, content: string): Promise<ManifestFile> {
  return { path, sizeBytes: content.length, sha256: await sha256Hex(bytes(content)) };
}
