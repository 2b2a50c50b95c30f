/** Why a person's own mesh was refused, as data: the page says it in its own language. */

export type MeshCode =
  /** Nothing was dropped or picked. */
  | 'nothing-given'
  /** None of the files is a mesh. */
  | 'no-model'
  | 'several-models'
  /** A format, version or kind of content that is not read. */
  | 'unsupported'
  | 'empty'
  | 'too-large'
  | 'truncated'
  /** The mesh names files that were not given. */
  | 'missing-file'
  /** The mesh wants something from the internet. */
  | 'foreign-address'
  /** The content contradicts itself or its format. */
  | 'broken'
  /** Nothing to look at: points or lines only, or all faces without area. */
  | 'no-surface'
  /** The browser could not read a file, or a decoder could not be loaded. */
  | 'unreadable'
  | 'timeout'
  | 'aborted'
  /** It was read, and the graphics card would not have it. */
  | 'undrawable';

/** Names are put into quotes one by one. */
export type MeshValue = string | number | readonly string[];

export interface MeshProblem {
  readonly code: MeshCode;
  /** The file that is to blame; empty when no file is. */
  readonly file: string;
  /** Of a sentence of `ui/i18n/en-mesh.ts`. */
  readonly reason: string;
  /** What the sentence is filled with. */
  readonly values: Readonly<Record<string, MeshValue>>;
  /** What a loader or the browser said itself, in English: a detail behind the sentence. */
  readonly quote?: string;
}
