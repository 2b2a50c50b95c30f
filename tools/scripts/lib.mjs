/** What the start and test commands share. Plain Node, no dependencies: it runs before anything is installed. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Runs a command with inherited output. Returns its exit code. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  if (error) console.error(`${command} could not be started: ${error.message}`);
  return status ?? 1;
}

/** A JavaScript program of an installed package, run by this Node. */
export function runBin(path, args, options) {
  return run(process.execPath, [join(ROOT, 'node_modules', path), ...args], options);
}

/** As {@link runBin}, beside other programs: resolves to its exit code and all that it said. */
export function runBinBeside(path, args) {
  return new Promise((resolveWith) => {
    const child = spawn(process.execPath, [join(ROOT, 'node_modules', path), ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', ({ message }) => (output += `${path} could not be started: ${message}\n`));
    child.on('close', (code) => resolveWith({ code: code ?? 1, output }));
  });
}

export function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

/** As `engines` of package.json says: what Vite and ESLint run on. */
export function isNodeFit(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major === 20) return minor >= 19;
  return major === 22 ? minor >= 13 : major > 22;
}

export function requireNode() {
  const { node } = process.versions;
  if (!isNodeFit(node))
    fail(
      `Node 20.19 or newer is needed (22.13 of version 22), this is ${node}. Get one from nodejs.org and try again.`,
    );
}

/** Newest modification time below the given files and folders, in milliseconds. */
export function newestMs(paths) {
  let newest = 0;
  for (const path of paths) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) continue;
    newest = Math.max(newest, stats.mtimeMs);
    if (stats.isDirectory()) newest = Math.max(newest, newestMs(readdirSync(path).map((name) => join(path, name))));
  }
  return newest;
}

/** Everything that the built page is made of. */
const BUILD_SOURCES = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'tools/lib/draco-fallbacks.ts',
  'package.json',
  'package-lock.json',
];

/** Whether `dist/` is missing or older than something that it is made of. */
export function buildIsStale() {
  const built = statSync(join(ROOT, 'dist', 'index.html'), { throwIfNoEntry: false });
  return !built || built.mtimeMs < newestMs(BUILD_SOURCES.map((name) => join(ROOT, name)));
}

/** Installs the dependencies when they are missing or older than the lockfile. */
export function ensureDependencies() {
  const stamp = join(ROOT, 'node_modules', '.package-lock.json');
  const lock = join(ROOT, 'package-lock.json');
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing the dependencies (once) …');
  if (run('npm', ['ci', '--no-audit', '--no-fund']) !== 0)
    fail('The dependencies could not be installed. Is the network reachable? The lines above say what npm missed.');
}
