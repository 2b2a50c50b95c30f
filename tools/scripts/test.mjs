/**
 * `npm test`: installs what is missing, then runs every check of the project, each as a step of its own:
 * format, types, lint, unit tests, build, size of the build, browser tests. `npm test -- unit browser` runs only those steps.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDependencies, fail, requireNode, run, runBin } from './lib.mjs';

requireNode();
ensureDependencies();

const reports = mkdtempSync(join(tmpdir(), 'viewpoint-tests-'));
const vitest = (name, ...args) => {
  const file = join(reports, `${name}.json`);
  const code = runBin('vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...args,
  ]);
  return { code, report: file };
};
const tsc = (project) => runBin('typescript/bin/tsc', ['--noEmit', '-p', project]);
const firstFailure = (...codes) => codes.find((code) => code !== 0) ?? 0;

const STEPS = {
  format: () => ({ code: runBin('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']) }),
  types: () => ({
    code: firstFailure(
      ...['tsconfig.json', 'src/core', 'src/questions', 'src/inference/worker'].map((project) => tsc(project)),
    ),
  }),
  lint: () => ({ code: runBin('eslint/bin/eslint.js', ['-c', 'tools/eslint.config.js', '--max-warnings=0', '.']) }),
  unit: () => vitest('unit'),
  build: () => ({ code: runBin('vite/bin/vite.js', ['build', '--logLevel', 'warn']) }),
  size: () => ({ code: runBin('tsx/dist/cli.mjs', ['tools/size/size.ts']) }),
  browser: () => {
    const code = run(process.execPath, ['tools/scripts/setup-browser.mjs']);
    return code === 0 ? vitest('browser', '--config', 'tools/browser-tests/vitest.config.ts') : { code };
  },
};

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const unknown = wanted.filter((name) => !(name in STEPS));
if (unknown.length > 0) fail(`Unknown step "${unknown[0]}". Steps: ${Object.keys(STEPS).join(', ')}.`);

let passed = 0;
let failed = 0;
const lines = [];
for (const [name, step] of Object.entries(STEPS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n— ${name}`);
  const started = performance.now();
  const { code, report } = step();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  let counts = '';
  if (report) {
    try {
      const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
      passed += numPassedTests;
      failed += numFailedTests;
      counts = `, ${numPassedTests} passed, ${numFailedTests} failed`;
      if (numPassedTests === 0 && code === 0) throw new Error('no test ran');
    } catch (error) {
      failed += 1;
      counts += `, ${error.message}`;
    }
  } else if (code === 0) passed += 1;
  if (code !== 0 && !report) failed += 1;
  if (code !== 0 && report && failed === 0) failed += 1;
  lines.push(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s${counts})`);
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
