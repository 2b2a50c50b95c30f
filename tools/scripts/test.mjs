/**
 * `npm test`: installs what is missing, then runs every check of the page and its tools, each as a step of its own:
 * format, types, lint, unit tests, build, size of the build, browser tests. `npm test -- unit browser` runs only those steps.
 * What Python checks stands in training/runs/ci.sh. Suites that were skipped are named at the end, with the reason.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ensureDependencies, fail, requireNode, run, runBin, runBinBeside } from './lib.mjs';

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
async function typesCheck() {
  let output = '';
  for (const project of ['tsconfig.json', 'src/core', 'src/questions', 'src/inference/worker']) {
    const checked = await runBinBeside('typescript/bin/tsc', ['--noEmit', '-p', project]);
    output += checked.output;
    if (checked.code !== 0) return { code: checked.code, output };
  }
  return { code: 0, output };
}

/** These only read, and each keeps one core busy: they run side by side, and what they said comes in order. */
const STEPS_BESIDE = {
  format: () => runBinBeside('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']),
  types: typesCheck,
  lint: () => runBinBeside('eslint/bin/eslint.js', ['-c', 'tools/eslint.config.js', '--max-warnings=0', '.']),
};
const STEPS = {
  ...STEPS_BESIDE,
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

/** Why tests of a file are skipped; the conditions stand in the files (`skipIf`). */
const MODEL_NEEDED = 'no released model: public/models/viewpoint-v0 is missing';
const PYTHON_NEEDED =
  process.env.VIEWPOINT_PYTHON === 'no'
    ? 'needs Python, which VIEWPOINT_PYTHON=no leaves to training/runs/ci.sh'
    : 'needs Python: run training/runs/setup.sh, which makes .venv';
const SKIP_REASONS = {
  'backends.browser.ts': `${PYTHON_NEEDED}; and a model folder`,
  'engine.browser.ts › real model':
    'no model folder, neither in public/models nor in runs/models nor VIEWPOINT_MODEL_DIR',
  'engine.browser.ts › toy model': PYTHON_NEEDED,
  'model-uses.browser.ts': PYTHON_NEEDED,
  'page.browser.ts': MODEL_NEEDED,
  'runtime-devices.browser.ts': PYTHON_NEEDED,
  'runtime-faults.browser.ts': PYTHON_NEEDED,
  'runtime-offline.browser.ts › a graphics device that is lost without network': PYTHON_NEEDED,
  'runtime-offline.browser.ts': MODEL_NEEDED,
  'transformers-js.browser.ts': MODEL_NEEDED,
};

/** Suites with skipped tests in a report of Vitest, one line each, with the number of tests and the reason. */
function skippedSuites({ testResults }) {
  const counts = new Map();
  for (const { name: file, assertionResults } of testResults)
    for (const { status, ancestorTitles, title } of assertionResults) {
      if (status === 'passed' || status === 'failed') continue;
      const suite = `${basename(file)} › ${ancestorTitles[0] ?? title}`;
      counts.set(suite, (counts.get(suite) ?? 0) + 1);
    }
  return [...counts].map(([suite, count]) => {
    const reason = SKIP_REASONS[suite] ?? SKIP_REASONS[suite.split(' › ')[0]] ?? 'see the condition in the file';
    return `warning: ${count} skipped in ${suite}: ${reason}`;
  });
}

const warnings = [];
let passed = 0;
let failed = 0;
const lines = [];
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);

/** What a step gives, and how long it took. */
async function timed(step) {
  const started = performance.now();
  const result = await step();
  return { ...result, seconds: ((performance.now() - started) / 1000).toFixed(1) };
}

const running = {};
for (const [name, step] of Object.entries(STEPS_BESIDE)) if (isWanted(name)) running[name] = timed(step);
for (const [name, step] of Object.entries(STEPS)) {
  if (!isWanted(name)) continue;
  console.log(`\n— ${name}`);
  const { code, report, output = '', seconds } = await (running[name] ?? timed(step));
  process.stdout.write(output);
  let counts = '';
  if (report) {
    try {
      const results = JSON.parse(readFileSync(report, 'utf8'));
      const { numPassedTests, numFailedTests } = results;
      warnings.push(...skippedSuites(results));
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
if (warnings.length > 0) console.warn(`\n${warnings.join('\n')}`);
console.log(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
