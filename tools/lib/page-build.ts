import { join } from 'node:path';
import { buildIsStale, runBin } from '../scripts/lib.mjs';
import { PROJECT_ROOT } from './tool-page';

export const DIST = join(PROJECT_ROOT, 'dist');

/**
 * Builds `dist/` as `npm run build` does if it is missing or older than its sources. In a process of its own and for production: within
 * Vitest it would become a development build, larger and slower, which the next `npm start` would serve.
 */
export function pageBuild(): void {
  if (!buildIsStale()) return;
  const env = { ...process.env, NODE_ENV: 'production' };
  if (runBin('vite/bin/vite.js', ['build', '--logLevel', 'warn'], { env }) !== 0)
    throw new Error('The page could not be built: "npm run build" says why.');
}
