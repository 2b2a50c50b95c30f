/** Types of what TypeScript uses of lib.mjs. */
export const ROOT: string;
/** Whether a version of Node, as in `process.versions.node`, is one that Vite and ESLint run on. */
export function isNodeFit(version: string): boolean;
/** Runs a JavaScript program of an installed package with inherited output; its exit code. */
export function runBin(
  path: string,
  args: readonly string[],
  options?: { readonly env?: Readonly<Record<string, string | undefined>> },
): number;
/** Newest modification time below the given files and folders, in milliseconds. */
export function newestMs(paths: readonly string[]): number;
/** Whether `dist/` is missing or older than something that it is made of. */
export function buildIsStale(): boolean;
