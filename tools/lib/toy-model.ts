/**
 * A tiny model of the real one's graphs, made by the training code's Python: for tests and measurements where the real one takes too
 * long. Made anew whenever what makes it has changed.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from './tool-page';

const PYTHON = process.env['PYTHON'] ?? path.join(PROJECT_ROOT, '.venv/bin/python');
const SCRIPTS = 'tools/browser-tests';
const FOLDER = path.join(PROJECT_ROOT, 'test-results/toy-model');
/** Beside the folder: inside it would be part of the model. */
const HASH_FILE = `${FOLDER}.sources`;

/** What the model follows from; folders with all Python below them. */
const SOURCES = [
  `${SCRIPTS}/make_toy_model.py`,
  'training/viewpoint_training',
  'training/tests/tiny_source.py',
  'training/tests/test_language_model.py',
  'src/contract/prompts.json',
];

/** Whether the Python of the training code may be used. VIEWPOINT_PYTHON=no leaves it to a later run. */
export const mayUsePython = (): boolean =>
  process.env['VIEWPOINT_PYTHON'] !== 'no' && (process.env['PYTHON'] !== undefined || existsSync(PYTHON));

/** Runs a script of `tools/browser-tests`. */
export function python(script: string, ...args: string[]): void {
  execFileSync(PYTHON, [path.join(PROJECT_ROOT, SCRIPTS, script), ...args], { stdio: 'inherit', cwd: PROJECT_ROOT });
}

function filesBelow(root: string, source: string): string[] {
  if (/\.\w+$/.test(source)) return [source];
  return readdirSync(path.join(root, source), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.py'))
    .map((name) => path.posix.join(source, name.replaceAll(path.sep, '/')))
    .sort();
}

/** Changes with the name or content of any file. `sources`: files, and folders for all Python below them. */
export function sourcesHash(root: string, sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesBelow(root, source)))
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

/** Folder of the toy model. */
export function toyModelFolder(): string {
  const wanted = sourcesHash(PROJECT_ROOT, SOURCES);
  const isThere = existsSync(path.join(FOLDER, 'manifest.json')) && existsSync(HASH_FILE);
  if (isThere && readFileSync(HASH_FILE, 'utf8') === wanted) return FOLDER;
  python('make_toy_model.py', '--out', FOLDER);
  writeFileSync(HASH_FILE, wanted);
  return FOLDER;
}
