/**
 * A Vite plugin that writes `service-worker.js` beside the page, with the list of the build's files in it. Runs in Node during a build
 * only; the worker is one classic script without imports, which every browser can register.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import type { ShellFiles } from './service-worker-policy';

const FILE_NAME = 'service-worker.js';
const MARKER = '__SHELL_FILES__';

/** Folders of `public/` whose files are not kept: models have a cache of their own. */
const LEFT_OUT = /^models\//;
/** Needed by the model alone, and large: not fetched before the person wants the model. */
const RUNTIME = /\.wasm$/;
const NO_USE = /\.map$/;

export interface BuiltFile {
  /** Forward slashes, relative to the page's folder. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Sorts the files of a build and names their version after all of their contents. */
export function shellFilesFrom(built: readonly BuiltFile[]): ShellFiles {
  const files = built
    .filter(({ path }) => path !== FILE_NAME && !LEFT_OUT.test(path) && !NO_USE.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const hash = createHash('sha256');
  for (const { path, content } of files) hash.update(path).update('\0').update(content).update('\0');
  const paths = files.map(({ path }) => path);
  return {
    version: hash.digest('hex').slice(0, 16),
    shell: paths.filter((path) => !RUNTIME.test(path)),
    runtime: paths.filter((path) => RUNTIME.test(path)),
  };
}

/** Puts the list in place of the marker, which stands in a string literal. Throws when the code holds no marker, or needs imports. */
export function shellFilesInsert(code: string, files: ShellFiles): string {
  if (!code.includes(MARKER)) throw new Error(`${FILE_NAME}: the marker ${MARKER} is gone; was it optimised away?`);
  if (/^\s*(import|export)\b/m.test(code))
    throw new Error(`${FILE_NAME} must be one script: it shares code with the page. Keep its imports its own.`);
  // Escaped for a literal in any quotes: the script's own parser takes the escapes off before JSON.parse sees the text.
  const json = JSON.stringify(files).replace(/[\\'"`$\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return code.replace(MARKER, () => json);
}

function publicFiles(folder: string): BuiltFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(folder, file).split(sep).join('/'), file }))
    .filter(({ path }) => !LEFT_OUT.test(path))
    .map(({ path, file }) => ({ path, content: readFileSync(file) }));
}

/** `source`: the worker's script. */
export function serviceWorkerPlugin(source: string): Plugin {
  let publicDir = '';
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved: (config) => void (publicDir = config.publicDir),
    buildStart() {
      this.emitFile({ type: 'chunk', id: source, fileName: FILE_NAME });
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const built = Object.values(bundle).map((file): BuiltFile => ({
          path: file.fileName,
          content: file.type === 'chunk' ? file.code : file.source,
        }));
        const script = bundle[FILE_NAME];
        if (script?.type !== 'chunk') throw new Error(`${FILE_NAME} was not built from ${source}.`);
        const files = shellFilesFrom([...built, ...(publicDir === '' ? [] : publicFiles(publicDir))]);
        script.code = shellFilesInsert(script.code, files);
      },
    },
  };
}
