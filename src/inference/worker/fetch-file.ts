/**
 * One file from the network. A download that breaks off goes on where it stopped, by a byte range, within this visit and in the next;
 * what arrives is checked by size and hash, and fetched once more past the HTTP cache when it is damaged.
 */
import { EngineError } from '../engine.ts';
import { engineError } from '../errors.ts';
import type { ManifestFile } from '../manifest.ts';
import type { ModelCache } from '../model-cache.ts';
import { controllerFollowing } from '../signal-follow.ts';
import { isWebPage } from '../web-page.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface FetchDeps {
  fetch(url: string, init: RequestInit): Promise<Response>;
  sha256Hex(bytes: Bytes): Promise<string>;
  /** A download that brings no byte for this long is given up. */
  readonly stallMs: number;
  /** Resolves after so many milliseconds. */
  wait(durationMs: number): Promise<void>;
}

/** Attempts in a row that bring no new byte before a broken download is given up. */
const FRUITLESS_ATTEMPTS = 3;
const FIRST_WAIT_MS = 500;
/** So much is kept at a time; more would be lost when the page is closed, less costs time. */
const PART_BYTES = 4 * 2 ** 20;

/** Thrown inside this file when going on from the last byte may help. */
class Broken extends Error {
  constructor(readonly error: EngineError) {
    super(error.message);
  }
}

type Detail = Record<string, string | number>;

export function fileMissing(url: string, why: string, detail: Detail = {}): EngineError {
  return engineError(
    'model/missing',
    `The model file ${url} is not there: ${why}. Check the model's address and that its folder is complete.`,
    { file: url, ...detail },
  );
}

export function fileDamaged(url: string, why: string, detail: Detail = {}): EngineError {
  return engineError(
    'model/integrity',
    `The model file ${url} is damaged: ${why}. Copy the file to the server again, then reload.`,
    { file: url, ...detail },
  );
}

/** The server is busy or gave up waiting: the next attempt may get the file. */
const statusPasses = (status: number): boolean => status >= 500 || status === 408 || status === 429;

function standsStill(url: string, stallMs: number): Broken {
  const message =
    `The download of ${url} stood still for ${Math.round(stallMs / 1000)} s. ` +
    'Check the network, then load the model again; it goes on where it stopped.';
  return new Broken(engineError('model/missing', message, { file: url, stallMs }));
}

/** Work that is given up when its signal is aborted or when it takes longer than `stallMs`; its own signal is then aborted. */
export async function withinStall<T>(
  url: string,
  stallMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { controller, release } = controllerFollowing([signal]);
  const limited = controller.signal;
  const timer = setTimeout(() => controller.abort(standsStill(url, stallMs)), stallMs);
  const ended = new Promise<never>((_, reject) => {
    limited.addEventListener('abort', () => reject(limited.reason as Error));
  });
  try {
    return await Promise.race([work(limited), ended]);
  } finally {
    clearTimeout(timer);
    // One for each piece of a download.
    release();
  }
}

/** `status` 404 in the detail: the server answered and has no such file. The limit holds until the headers are there. */
export async function fetchChecked(
  url: string,
  deps: Pick<FetchDeps, 'fetch' | 'stallMs'>,
  init: RequestInit,
  signal: AbortSignal,
): Promise<Response> {
  let response: Response;
  try {
    response = await withinStall(url, deps.stallMs, signal, (limited) => deps.fetch(url, { ...init, signal: limited }));
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof Broken) throw thrown;
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new Broken(fileMissing(url, `the server could not be reached (${why})`));
  }
  const { status } = response;
  if (status === 416) return response;
  if (!response.ok) {
    const error = fileMissing(url, `the server answered ${status}`, { status });
    throw statusPasses(status) ? new Broken(error) : error;
  }
  if (isWebPage(response)) throw fileMissing(url, 'the server answered with a web page instead', { status: 404 });
  return response;
}

/** An error of {@link fetchChecked} as the page may see it. */
export function errorOfFetch(thrown: unknown): unknown {
  return thrown instanceof Broken ? thrown.error : thrown;
}

/** First byte and whole length that a range's header speaks of: `bytes 5-9/10`; 416 answers with `bytes *\/10`. */
export function contentRange(
  header: string | null,
): { readonly start: number | undefined; readonly size: number } | undefined {
  const found = /^bytes (?:(\d+)-\d+|\*)\/(\d+)$/.exec(header ?? '');
  return found ? { start: found[1] === undefined ? undefined : Number(found[1]), size: Number(found[2]) } : undefined;
}

/** Size of the whole file as the server tells it; undefined where it does not, or tells the size of a packed copy. */
function bytesOnServer(response: Response): number | undefined {
  if (response.status !== 200) return contentRange(response.headers.get('content-range'))?.size;
  // Another origin hides whether it packed the file, and the length is then that of the package; size and hash are checked anyway.
  if (response.type === 'cors' || response.headers.has('content-encoding')) return undefined;
  const length = response.headers.get('content-length');
  return length === null ? undefined : Number(length);
}

export interface FetchedFile {
  readonly bytes: Bytes;
  /** Whether the cache has it now. */
  readonly isKept: boolean;
}

/** `onBytes` gets what arrives, and a negative number for bytes that turned out useless. */
export async function fileFetch(
  url: string,
  file: ManifestFile,
  cache: ModelCache,
  deps: FetchDeps,
  onBytes: (bytes: number, fromCache: boolean) => void,
  signal: AbortSignal,
): Promise<FetchedFile> {
  const bytes = new Uint8Array(file.sizeBytes);
  let length = 0;
  let partStart = 0;

  const restart = async (): Promise<void> => {
    onBytes(-length, false);
    length = partStart = 0;
    await cache.partsForget(file.sha256);
  };
  const keepPart = async (): Promise<void> => {
    if (length === partStart) return;
    await cache.partKeep(file.sha256, partStart, bytes.slice(partStart, length));
    partStart = length;
  };
  const take = (value: Uint8Array, fromCache: boolean): void => {
    if (length + value.length > bytes.length) {
      throw fileDamaged(url, `it is longer than the ${file.sizeBytes} bytes that the manifest says`, {
        sizeBytes: file.sizeBytes,
      });
    }
    bytes.set(value, length);
    length += value.length;
    onBytes(value.length, fromCache);
  };

  async function attempt(init: RequestInit): Promise<void> {
    const from = length;
    const headers = from > 0 ? { headers: { Range: `bytes=${from}-` } } : {};
    const response = await fetchChecked(url, deps, { ...init, ...headers }, signal);
    const { status } = response;
    const serverBytes = bytesOnServer(response);
    if (status === 416 || (serverBytes !== undefined && serverBytes !== file.sizeBytes)) {
      void response.body?.cancel();
      const sizeBytes = serverBytes ?? from;
      throw fileDamaged(url, `the server's copy has ${sizeBytes} of ${file.sizeBytes} bytes`, {
        receivedBytes: sizeBytes,
        sizeBytes: file.sizeBytes,
      });
    }
    // Other origins may hide the header: the hash tells whether the bytes fit.
    const start = contentRange(response.headers.get('content-range'))?.start ?? from;
    // A server that knows no ranges sends the whole file again.
    if (from > 0 && status === 200) await restart();
    else if (start !== from) {
      void response.body?.cancel();
      await restart();
      throw new Broken(
        fileDamaged(url, `the server answered bytes from ${start} on when asked for those from ${from}`),
      );
    }
    const reader = response.body?.getReader();
    try {
      for (;;) {
        if (!reader) break;
        const { done, value } = await readOrStall(reader, url, deps.stallMs, signal);
        if (done) break;
        take(value, false);
        if (length - partStart >= PART_BYTES && length < bytes.length) await keepPart();
      }
    } catch (thrown) {
      void reader?.cancel().catch(() => undefined);
      throw thrown;
    }
    if (length < bytes.length) {
      throw new Broken(
        fileDamaged(url, `${length} of ${file.sizeBytes} bytes arrived`, {
          receivedBytes: length,
          sizeBytes: file.sizeBytes,
        }),
      );
    }
  }

  async function whole(init: RequestInit): Promise<void> {
    let fruitless = 0;
    let best = length;
    while (length < bytes.length || bytes.length === 0) {
      try {
        await attempt(init);
        return;
      } catch (thrown) {
        signal.throwIfAborted();
        if (!(thrown instanceof Broken)) throw thrown;
        fruitless = length > best ? 0 : fruitless + 1;
        best = Math.max(best, length);
        if (fruitless >= FRUITLESS_ATTEMPTS) throw thrown.error;
        await deps.wait(FIRST_WAIT_MS * 2 ** fruitless);
        signal.throwIfAborted();
      }
    }
  }

  async function checked(init: RequestInit): Promise<void> {
    await whole(init);
    const sha256 = await deps.sha256Hex(bytes);
    if (sha256 !== file.sha256)
      throw fileDamaged(url, `its SHA-256 is ${sha256}, not ${file.sha256}`, { sha256, expectedSha256: file.sha256 });
  }

  try {
    for (const part of await cache.parts(file.sha256)) {
      // Longer than the file: what is kept is wrong, not the server's copy.
      if (length + part.length > bytes.length) break;
      take(part, true);
      partStart = length;
    }
    try {
      await checked({});
    } catch (thrown) {
      signal.throwIfAborted();
      if (!(thrown instanceof EngineError) || thrown.code !== 'model/integrity') throw thrown;
      // A stale copy in the HTTP cache looks just like a damaged file: once more from the first byte, past that cache.
      await restart();
      await checked({ cache: 'reload' });
    }
  } catch (thrown) {
    // An abort brings the error of another file along, which says nothing about this one's bytes.
    if (!signal.aborted && thrown instanceof EngineError && thrown.code === 'model/integrity') await restart();
    // Given up by the person or the network: the next visit goes on from here.
    else if (length < bytes.length) await keepPart();
    throw thrown;
  }
  const isKeptBesideParts = await cache.fileKeep(file.sha256, bytes);
  await cache.partsForget(file.sha256);
  // The parts take as much room as the whole.
  return { bytes, isKept: isKeptBesideParts || (await cache.fileKeep(file.sha256, bytes)) };
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function readOrStall(
  reader: Reader,
  url: string,
  stallMs: number,
  signal: AbortSignal,
): ReturnType<Reader['read']> {
  try {
    return await withinStall(url, stallMs, signal, () => reader.read());
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof Broken) throw thrown;
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    const message =
      `The download of ${url} broke off (${why}). ` +
      'Check the network, then load the model again; it goes on where it stopped.';
    throw new Broken(engineError('model/missing', message, { file: url, cause: why }));
  }
}

/**
 * A file whose size and hash nobody states. Nobody could tell whether two halves of it belong together either, so each attempt begins at
 * the first byte.
 */
export async function wholeFetch(
  url: string,
  deps: Pick<FetchDeps, 'fetch' | 'stallMs' | 'wait'>,
  signal: AbortSignal,
): Promise<Bytes> {
  async function attempt(): Promise<Bytes> {
    const reader = (await fetchChecked(url, deps, {}, signal)).body?.getReader();
    const pieces: Uint8Array[] = [];
    try {
      while (reader) {
        const { done, value } = await readOrStall(reader, url, deps.stallMs, signal);
        if (done) break;
        pieces.push(value);
      }
    } catch (thrown) {
      void reader?.cancel().catch(() => undefined);
      throw thrown;
    }
    const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let length = 0;
    for (const piece of pieces) {
      bytes.set(piece, length);
      length += piece.length;
    }
    return bytes;
  }

  for (let fruitless = 1; ; fruitless++) {
    try {
      return await attempt();
    } catch (thrown) {
      signal.throwIfAborted();
      if (!(thrown instanceof Broken)) throw thrown;
      if (fruitless === FRUITLESS_ATTEMPTS) throw thrown.error;
      await deps.wait(FIRST_WAIT_MS * 2 ** fruitless);
      signal.throwIfAborted();
    }
  }
}
