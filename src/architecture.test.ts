/**
 * The layer rule, checked on every import:
 *   contract <- core <- {questions, inference} <- state <- {scene, ui} <- app
 * Each folder imports only what is to its left. Folders of one level do not import each other, but all may import `ui`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import coreConfig from './core/tsconfig.json';
import questionsConfig from './questions/tsconfig.json';

const LEVELS: Readonly<Record<string, number>> = {
  contract: 0,
  core: 1,
  questions: 2,
  inference: 2,
  state: 3,
  scene: 4,
  ui: 4,
  app: 5,
};

/** Packages that a folder must not import, besides what TypeScript itself forbids there. */
const BANNED_PACKAGES: Readonly<Record<string, RegExp>> = {
  contract: /^(react|react-dom|three|zustand|@react-three|onnxruntime)/,
  core: /^(react|react-dom|three|zustand|@react-three|onnxruntime)|^node:/,
  questions: /^(react|react-dom|three|zustand|@react-three|onnxruntime)|^node:/,
  inference: /^(react|react-dom|three|zustand|@react-three)/,
  state: /^(three|@react-three)/,
  ui: /^(three|zustand|@react-three)/,
};

/** Pure folders have no page, no clock and no randomness of their own. */
const PURE_FOLDERS = ['contract', 'core', 'questions'];
const IMPURE = /\b(window|document|navigator|localStorage|fetch|Math\.random|Date\.now|new Date|performance\.now)\b/;

interface SourceFile {
  /** Relative to src, forward slashes. */
  readonly path: string;
  readonly text: string;
}

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\w])\/\/[^\n]*/g, '$1');

function importsOf(text: string): Import[] {
  const source = withoutComments(text);
  const statements = [
    ...source.matchAll(/\b(?:import|export)\s+(type\s+)?(?:[^'"`;=()]*?\bfrom\s*)?['"]([^'"\n]+)['"]/g),
  ];
  const calls = [...source.matchAll(/\bimport\s*\(\s*['"`]([^'"`\n]+)['"`]/g)];
  return [
    ...statements.map((match) => ({ specifier: match[2] as string, typeOnly: match[1] !== undefined })),
    ...calls.map((match) => ({ specifier: match[1] as string, typeOnly: false })),
  ];
}

const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file);

function importViolations(file: SourceFile, { specifier, typeOnly }: Import): string[] {
  const from = file.path.split('/')[0] as string;
  const test = isTest(file.path);
  const complain = (rule: string): string => `${file.path} imports ${specifier}: ${rule}`;

  if (!specifier.startsWith('.')) {
    // The address of a file is no code.
    const isAddress = from === 'inference' && specifier.endsWith('.wasm?url');
    const mayRun = file.path.startsWith('inference/worker/') || from === 'testing';
    if (/^onnxruntime/.test(specifier) && !mayRun && !isAddress) return [complain('only the worker may')];
    const banned = BANNED_PACKAGES[from];
    return !test && banned?.test(specifier) ? [complain(`${from} must not`)] : [];
  }

  const target = path.posix.normalize(path.posix.join(path.posix.dirname(file.path), specifier.replace(/\?.*$/, '')));
  if (target.startsWith('..')) return [];
  const to = target.split('/')[0] as string;
  if (to === 'testing') return test || from === 'testing' ? [] : [complain('only tests may import testing')];
  if (from === 'testing') return [];
  const found: string[] = [];
  const intoWorker = /^inference\/worker(\/|$)/.test(target);
  if (intoWorker && !file.path.startsWith('inference/worker/') && !test)
    found.push(complain('the worker is reached by URL only'));
  if (from === to) return found;
  const fromLevel = LEVELS[from];
  const toLevel = LEVELS[to];
  if (fromLevel === undefined || toLevel === undefined) found.push(complain(`no layer is called ${from} or ${to}`));
  else if (toLevel > fromLevel) found.push(complain(`${to} lies above ${from}`));
  else if (toLevel === fromLevel && to !== 'ui') found.push(complain(`${from} and ${to} are on one level`));
  if (from === 'state' && to === 'inference' && target !== 'inference/engine' && !typeOnly && !test)
    found.push(complain('state knows the engine interface only; the app hands it the client'));
  return found;
}

function violationsOf(file: SourceFile): string[] {
  // Files of src itself belong to no layer: this test, type declarations.
  if (!file.path.includes('/')) return [];
  const folder = file.path.split('/')[0] as string;
  const found = importsOf(file.text).flatMap((imported) => importViolations(file, imported));
  if (isTest(file.path) || folder === 'testing') return found;
  const source = withoutComments(file.text);
  const impure = source.match(PURE_FOLDERS.includes(folder) ? IMPURE : folder === 'app' ? /(?!)/ : /\bMath\.random\b/);
  return impure ? [...found, `${file.path} uses ${impure[0]}`] : found;
}

const files: SourceFile[] = readdirSync(import.meta.dirname, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => path.join(entry.parentPath, entry.name))
  .map((absolute) => ({
    path: path
      .relative(import.meta.dirname, absolute)
      .split(path.sep)
      .join('/'),
    text: readFileSync(absolute, 'utf8'),
  }));

describe('layers', () => {
  it('sees the source: it cannot pass on nothing', () => {
    expect(files.length).toBeGreaterThan(40);
    expect(files.flatMap(({ text }) => importsOf(text)).length).toBeGreaterThan(100);
    for (const folder of Object.keys(LEVELS)) {
      const seen = files.filter((file) => file.path.startsWith(`${folder}/`) && !isTest(file.path));
      expect(seen.length, folder).toBeGreaterThan(1);
      // The lowest layer has nothing to import.
      if (folder !== 'contract') expect(seen.flatMap(({ text }) => importsOf(text)).length, folder).toBeGreaterThan(0);
    }
  });

  it('are kept by every file', () => {
    expect(files.flatMap(violationsOf)).toEqual([]);
  });

  it('are known by name: no folder outside the rule', () => {
    const folders = new Set(files.filter((file) => file.path.includes('/')).map((file) => file.path.split('/')[0]));
    expect([...folders].filter((folder) => folder !== 'testing' && !((folder as string) in LEVELS))).toEqual([]);
  });

  it('hold in the compiler too: the pure folders have no DOM types', () => {
    for (const { compilerOptions } of [coreConfig, questionsConfig])
      expect(compilerOptions).toEqual({ lib: ['ES2023'], types: [] });
  });
});

describe('the check itself', () => {
  it.each([
    ['core/a.ts', "import { x } from '../questions/b';"],
    ['core/a.ts', "import type { Mesh } from 'three';"],
    ['core/a.ts', "export * from '../state/b';"],
    ['core/a.ts', 'const now = Date.now();'],
    ['core/a.ts', 'const dice = Math.random();'],
    ['contract/a.ts', "import { x } from '../core/b';"],
    ['questions/a.ts', "import { x } from '../inference/engine';"],
    ['inference/a.ts', "import { x } from '../questions/b';"],
    ['questions/a.ts', "import { create } from 'zustand';"],
    ['questions/a.ts', 'document.title = "x";'],
    ['inference/client.ts', "import * as ort from 'onnxruntime-web';"],
    ['inference/client.ts', "import { x } from './worker/main';"],
    ['inference/client.ts', "import Worker from './worker/main.ts?worker';"],
    ['app/a.ts', "const m = await import('../inference/worker/main');"],
    ['app/a.ts', "const ort = await import('onnxruntime-web/webgpu');"],
    ['app/a.ts', "import wasmUrl from 'onnxruntime-web/ort.wasm?url';"],
    ['state/a.ts', "import { client } from '../inference/client';"],
    ['state/a.ts', "import { Canvas } from '../scene/canvas';"],
    ['ui/a.ts', "import { Canvas } from '../scene/canvas';"],
    ['ui/a.tsx', "import { Vector3 } from 'three';"],
    ['scene/a.ts', "import {\n  x,\n  y,\n} from '../app/b';"],
    ['scene/a.ts', 'const dice = Math.random();'],
    ['scene/a.ts', "import { fake } from '../testing/fake';"],
    ['scene/a.ts', "import '../app/side-effect';"],
    ['extras/a.ts', "import { x } from '../core/b';"],
  ])('finds fault with %s: %s', (file, text) => {
    expect(violationsOf({ path: file, text })).toHaveLength(1);
  });

  it.each([
    ['core/a.ts', "import prompts from '../contract/prompts.json';"],
    ['core/a.ts', "// import { x } from '../app/b'; Math.random\n/* new Date */ export const a = 1;"],
    ['core/a.test.ts', "import { PerspectiveCamera } from 'three';"],
    ['core/a.test.ts', "import { fake } from '../testing/fake';"],
    ['questions/a.ts', "import { x } from '../core/b';"],
    ['inference/client.ts', "new Worker(new URL('./worker/main.ts', import.meta.url), { type: 'module' });"],
    ['inference/worker/main.ts', "import * as ort from 'onnxruntime-web/webgpu';"],
    ['inference/runtime-files.ts', "import wasmUrl from 'onnxruntime-web/ort.wasm?url';"],
    ['inference/worker/main.ts', "import { x } from '../protocol';"],
    ['state/a.ts', "import { EngineError } from '../inference/engine';"],
    ['state/a.ts', "import type { Manifest } from '../inference/manifest';"],
    ['scene/a.tsx', "import { Vector3 } from 'three';\nimport { Button } from '../ui/button';"],
    ['app/a.tsx', "import { x } from '../scene/b';\nimport { y } from '../core/c';"],
    ['app/a.ts', 'const seed = Math.random();'],
    ['testing/fake.ts', "import { x } from '../app/b';"],
  ])('lets %s be: %s', (file, text) => {
    expect(violationsOf({ path: file, text })).toEqual([]);
  });
});
