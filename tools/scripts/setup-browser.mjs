/** Makes sure that there is a Chromium for tests and rendering: a system one, Playwright's own, or apt's as root. */
import { ensureDependencies, fail, requireNode, run, runBin } from './lib.mjs';

requireNode();
ensureDependencies();
const found = () => runBin('tsx/dist/cli.mjs', ['tools/scripts/has-chromium.ts'], { stdio: 'ignore' }) === 0;
const tries = [
  () => runBin('playwright-core/cli.js', ['install', 'chromium']),
  () => {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return 1;
    run('apt-get', ['update', '-qq']);
    return run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  },
];
if (!found()) {
  console.log('No Chromium on this machine; getting one (once) …');
  for (const attempt of tries) {
    attempt();
    if (found()) break;
  }
  if (!found()) fail('No Chromium could be installed. Install Chrome or Chromium, or set CHROMIUM to the path of one.');
}
