/** What can go wrong when a person brings their own mesh; expected failures are values, not exceptions. */
import type { MeshCode, MeshProblem, MeshValue } from '../../state/mesh-problem';
import type { ObjectProblem } from '../../state/object-problem';
import type { enMesh } from '../../ui/i18n/en-mesh';

type Sentences = typeof enMesh;
export type MeshReason = Exclude<keyof Sentences, `frame.${string}` | 'quoted' | 'list.mark'>;

/** The names between braces. */
type Holes<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never;
/** A sentence gets its file from the error itself. */
export type MeshValues<Reason extends MeshReason> = Readonly<
  Record<Exclude<Holes<Sentences[Reason]>, 'file'>, MeshValue>
>;

export interface MeshImportDetail {
  /** True when only the look suffers: importing again with `withoutMissingLooks` goes on. */
  readonly canContinue?: boolean;
}

/** Its message is for a console; the page puts `problem` into words. */
export class MeshImportError extends Error {
  readonly problem: Extract<ObjectProblem, { kind: 'mesh' }>;
  readonly detail: MeshImportDetail;
  constructor(mesh: MeshProblem, detail: MeshImportDetail = {}) {
    super(`mesh/${mesh.code} "${mesh.file}": ${mesh.reason} ${JSON.stringify(mesh.values)}`);
    this.name = 'MeshImportError';
    this.problem = { kind: 'mesh', mesh };
    this.detail = detail;
  }
}

export function meshError<Reason extends MeshReason>(
  code: MeshCode,
  file: string,
  reason: Reason,
  values: MeshValues<Reason>,
  detail?: MeshImportDetail,
): MeshImportError {
  return new MeshImportError({ code, file, reason, values }, detail);
}

const meshErrorOf =
  (code: MeshCode) =>
  <Reason extends MeshReason>(file: string, reason: Reason, values: MeshValues<Reason>): MeshImportError =>
    meshError(code, file, reason, values);

export const meshBroken = meshErrorOf('broken');
export const meshTruncated = meshErrorOf('truncated');
export const meshUnsupported = meshErrorOf('unsupported');
export const meshNoSurface = meshErrorOf('no-surface');

/** @param missing as the mesh writes them */
export const meshMissing = (file: string, missing: readonly string[], canContinue: boolean): MeshImportError =>
  meshError(
    'missing-file',
    file,
    missing.length === 1 ? 'missing-one' : 'missing-many',
    { names: missing },
    { canContinue },
  );

type BrokenReason = 'content-draco' | 'content-meshopt' | 'content-ktx2' | 'content-begin' | 'content-range';

/** What loaders, decoders and browsers say, and what is meant by it. */
const KNOWN_CAUSES: readonly (readonly [RegExp, BrokenReason])[] = [
  [/draco/i, 'content-draco'],
  [/malformed buffer data|meshopt/i, 'content-meshopt'],
  [/ktx2|basis|zstd/i, 'content-ktx2'],
  [/multiple of/i, 'content-begin'],
  [/out of (bounds|range)|outside the bounds|array length/i, 'content-range'],
];
/** Chromium, Firefox and Safari, of code and of files. */
const NOT_FETCHED = /module script|dynamically imported|failed to fetch|NetworkError|^load failed|responded with \d/i;
const NO_MEMORY = /allocation failed|out of memory|could not allocate/i;

/** Three's Draco worker sends `{ type: 'error', id, error }`, whatever went wrong in it; no other decoder sends an id. */
const isDracoFailure = (thrown: unknown): boolean =>
  typeof thrown === 'object' && thrown !== null && 'id' in thrown && (thrown as { type?: unknown }).type === 'error';

/**
 * What a loader threw, as a sentence; its own words, where it has any, only behind: decoders in workers throw events and plain objects too.
 */
export function meshUnread(file: string, thrown: unknown): MeshImportError {
  const { message, error } = (thrown ?? {}) as { message?: unknown; error?: unknown };
  const words = [message, error].find((said): said is string => typeof said === 'string' && said !== '');
  const quote = words ?? String(thrown);
  const isDraco = isDracoFailure(thrown);
  if (quote.startsWith('[object')) return meshBroken(file, isDraco ? 'content-draco' : 'content-silent', {});
  const values = {};
  if (NOT_FETCHED.test(quote))
    return new MeshImportError({
      code: 'unreadable',
      file,
      reason: 'decoder-none' satisfies MeshReason,
      values,
      quote,
    });
  if (NO_MEMORY.test(quote))
    return new MeshImportError({ code: 'too-large', file, reason: 'memory' satisfies MeshReason, values, quote });
  const known = isDraco ? 'content-draco' : KNOWN_CAUSES.find(([pattern]) => pattern.test(quote))?.[1];
  const reason: MeshReason = known ?? 'content';
  return new MeshImportError({ code: 'broken', file, reason, values, quote });
}

/** Bytes for people: three significant digits, decimal units. */
export function bytesText(sizeBytes: number): string {
  if (sizeBytes < 1000) return `${sizeBytes} B`;
  if (sizeBytes < 1e6) return `${Number((sizeBytes / 1e3).toPrecision(3))} kB`;
  return `${Number((sizeBytes / 1e6).toPrecision(3))} MB`;
}
