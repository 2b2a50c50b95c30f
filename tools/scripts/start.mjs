/**
 * `npm start [-- --port N] [-- --host]`: installs what is missing, builds when something changed, serves the
 * playground and prints its address.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, ensureDependencies, fail, newestMs, requireNode, runBin } from './lib.mjs';

requireNode();
ensureDependencies();
const built = join(ROOT, 'dist', 'index.html');
const sources = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'].map((name) => join(ROOT, name));
if (!existsSync(built) || statSync(built).mtimeMs < newestMs(sources)) {
  console.log('Building the playground …');
  if (runBin('vite/bin/vite.js', ['build', '--logLevel', 'warn']) !== 0) fail('The build failed; see the lines above.');
}
process.exit(runBin('vite/bin/vite.js', ['preview', ...process.argv.slice(2)]));
