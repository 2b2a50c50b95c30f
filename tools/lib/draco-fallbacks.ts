/**
 * A Vite plugin that leaves out the Draco decoders that the page never asks for. three.js names them by `new URL(…, import.meta.url)`,
 * so that bundlers copy them: a decoder without WebAssembly of 700 kB, and a second one with features that glTF doesn't have.
 */
import type { Plugin } from 'vite';

const FALLBACKS = /new URL\(\s*'\.\.\/libs\/draco\/draco_[^']+',\s*import\.meta\.url\s*\)\.toString\(\)/g;

/** The loader's code with empty addresses for those decoders; src/scene/mesh-import/decoders.ts names its own. */
export const dracoFallbacksDrop = (code: string): string => code.replace(FALLBACKS, `''`);

export const dracoFallbacksPlugin = (): Plugin => ({
  name: 'draco-fallbacks',
  enforce: 'pre',
  apply: 'build',
  transform: (code, id) => (id.endsWith('/DRACOLoader.js') ? { code: dracoFallbacksDrop(code), map: null } : null),
});
