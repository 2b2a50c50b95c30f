/** What each file in `objects/` exports. */
import type { MeshKit } from './kit.ts';

export interface MeshCredit {
  /** SPDX identifier. */
  license: string;
  author: string;
  /** Address of what the mesh is made from. */
  source: string;
}

export interface ObjectRecipe {
  id: string;
  name: { en: string; zh: string };
  /** File in `objects/`, without its extension. @default the id */
  sourceFile?: string;
  /** Who made it, when it was not made here. */
  credit?: MeshCredit;
  /** Looks (nearly) the same from several sides: shown on purpose, never dealt out at random. @default false */
  ambiguous?: boolean;
  /** Where the page's picker shows it: everyday things, or figures made to be turned in one's head. @default 'things' */
  group?: 'things' | 'figures';
  build: () => MeshKit;
}
