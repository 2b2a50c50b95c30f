/** What a broken mesh is in the tests. */
import type { MeshCode } from '../../state/mesh-problem';
import type { MeshImportOptions } from './mesh-import';
import type { Content } from './mesh-samples.test-helper';

export interface BrokenMesh {
  readonly files: Readonly<Record<string, Content>>;
  readonly code: `mesh/${MeshCode}`;
  /** In English, with straight quotes; besides the file's name, which every message must hold. */
  readonly says: RegExp;
  readonly options?: Partial<MeshImportOptions>;
}

export type BrokenMeshes = Readonly<Record<string, BrokenMesh>>;

export const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);
export const patched = (content: Uint8Array, change: (view: DataView) => void): Uint8Array => {
  const out = content.slice();
  change(new DataView(out.buffer));
  return out;
};
