/**
 * Browser tests, each file with a browser of its own: two files at a time keep two cores busy, more would wait for each
 * other. Run with `vitest run -c tools/browser-tests/vitest.config.ts`.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['tools/browser-tests/**/*.browser.ts'],
    environment: 'node',
    maxWorkers: 2,
    // Software rendering on shared machines may stall for a minute; what fails twice is no stall. Locally nothing is hidden.
    retry: process.env['CI'] ? 1 : 0,
  },
});
