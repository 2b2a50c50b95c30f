/** Browser tests: one file at a time, because each starts a browser of its own. Run with `vitest run -c tools/browser-tests/vitest.config.ts`. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['tools/browser-tests/**/*.browser.ts'],
    environment: 'node',
    fileParallelism: false,
    // Software rendering on shared machines may stall for a minute; what fails twice is no stall. Locally nothing is hidden.
    retry: process.env['CI'] ? 1 : 0,
  },
});
