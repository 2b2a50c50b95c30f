/**
 * `npm start [-- --port N] [-- --host]`: installs what is missing, builds when something changed, serves the
 * playground and prints its address.
 */
import { buildIsStale, ensureDependencies, fail, requireNode, runBin } from './lib.mjs';

requireNode();
ensureDependencies();
if (buildIsStale()) {
  console.log('Building the playground …');
  if (runBin('vite/bin/vite.js', ['build', '--logLevel', 'warn']) !== 0) fail('The build failed; see the lines above.');
}
process.exit(runBin('vite/bin/vite.js', ['preview', ...process.argv.slice(2)]));
