/** What can go wrong when a person brings their own mesh; expected failures are values, not exceptions. */

export type MeshImportCode =
  /** Nothing was dropped or picked. */
  | 'mesh/nothing-given'
  /** None of the files is a mesh. */
  | 'mesh/no-model'
  | 'mesh/several-models'
  /** A format, version or kind of content that is not read. */
  | 'mesh/unsupported'
  | 'mesh/empty'
  | 'mesh/too-large'
  | 'mesh/truncated'
  /** The mesh names files that were not given. */
  | 'mesh/missing-file'
  /** The mesh wants something from the internet. */
  | 'mesh/foreign-address'
  /** The content contradicts itself or its format. */
  | 'mesh/broken'
  /** Nothing to look at: points or lines only, or all faces without area. */
  | 'mesh/no-surface'
  /** The browser could not read a file, or a decoder could not be loaded. */
  | 'mesh/unreadable'
  | 'mesh/timeout'
  | 'mesh/aborted';

export interface MeshImportDetail {
  /** Files that are needed and were not given, as the mesh writes them. */
  readonly missing?: readonly string[];
  /** True when only the look suffers: importing again with `withoutMissingLooks` goes on. */
  readonly canContinue?: boolean;
  /** What a loader said, for a bug report. */
  readonly cause?: string;
}

export class MeshImportError extends Error {
  readonly code: MeshImportCode;
  /** Name of the file that is to blame; empty when no file is. */
  readonly file: string;
  readonly detail: MeshImportDetail;
  constructor(code: MeshImportCode, file: string, message: string, detail: MeshImportDetail = {}) {
    super(message);
    this.name = 'MeshImportError';
    this.code = code;
    this.file = file;
    this.detail = detail;
  }
}

export const meshBroken = (file: string, reason: string, cause?: string): MeshImportError =>
  new MeshImportError(
    'mesh/broken',
    file,
    `"${file}" is broken: ${reason}. Export it again, or open it in another program and save it as GLB.`,
    cause === undefined ? {} : { cause },
  );

export const meshTruncated = (file: string, reason: string): MeshImportError =>
  new MeshImportError(
    'mesh/truncated',
    file,
    `"${file}" ends too early: ${reason}. Copy or download the whole file again.`,
  );

export const meshUnsupported = (file: string, reason: string): MeshImportError =>
  new MeshImportError('mesh/unsupported', file, `"${file}" cannot be shown: ${reason}.`);

export function meshMissing(file: string, missing: readonly string[], canContinue: boolean): MeshImportError {
  const names = missing.map((name) => `"${name}"`).join(', ');
  const one = missing.length === 1;
  return new MeshImportError(
    'mesh/missing-file',
    file,
    `"${file}" needs ${names}, which ${one ? 'was' : 'were'} not among the files. Drop ${one ? 'it' : 'them'} together with "${file}", or the whole folder.`,
    { missing, canContinue },
  );
}

/** What a loader threw, in words: decoders in workers throw events and plain objects too. */
export function causeText(thrown: unknown): string {
  const message = (thrown as { message?: unknown } | null)?.message;
  if (typeof message === 'string' && message !== '') return message;
  const text = String(thrown);
  return text.startsWith('[object') ? 'the decoder gave up' : text;
}

/** Bytes for people: three significant digits, decimal units. */
export function bytesText(sizeBytes: number): string {
  if (sizeBytes < 1000) return `${sizeBytes} bytes`;
  if (sizeBytes < 1e6) return `${Number((sizeBytes / 1e3).toPrecision(3))} kB`;
  return `${Number((sizeBytes / 1e6).toPrecision(3))} MB`;
}
