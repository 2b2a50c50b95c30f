/** `npm run eval` answers alike in the browser and natively, so that large evaluations may use the native backend. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { mayUsePython } from '../lib/toy-model.ts';
import { modelFolder } from './harness.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** 201 in all; fewer where time is short. */
const ITEMS_PER_FAMILY = Number(process.env['VIEWPOINT_BACKEND_ITEMS'] ?? 67);
const FAMILY_COUNT = 3;
/** Summed log-probabilities of a few tokens: a sum in another order moves inputs over the edge of their eight-bit steps. */
const LOG_PROB_TOLERANCE = 1;

interface Answer {
  readonly itemId: string;
  readonly optionLogProbs: readonly number[];
}

const folder = modelFolder();
const work = mkdtempSync(path.join(tmpdir(), 'viewpoint-backends-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

async function answersOf(backend: 'browser' | 'native'): Promise<Answer[]> {
  const file = path.join(work, `${backend}.jsonl`);
  const tsx = path.join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  const options = ['--meshes', 'generated', '--items', String(ITEMS_PER_FAMILY), '--seed', 'backends'];
  await promisify(execFile)(
    process.execPath,
    [
      ...[tsx, 'tools/eval/eval.ts', '--model', folder ?? '', '--backend', backend, '--weights', 'u8', ...options],
      ...['--no-swap', '--no-generate', '--answers', file],
    ],
    { cwd: ROOT },
  );
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

const best = (values: readonly number[]): number => values.indexOf(Math.max(...values));

describe.skipIf(!folder || !mayUsePython())('backends of the evaluation', () => {
  it(
    'give the same answer to every item',
    async () => {
      const [browser, native] = await Promise.all([answersOf('browser'), answersOf('native')]);
      expect(browser.length).toBe(ITEMS_PER_FAMILY * FAMILY_COUNT);
      expect(native.map(({ itemId }) => itemId)).toEqual(browser.map(({ itemId }) => itemId));
      for (const [index, answer] of browser.entries()) {
        const other = native[index]?.optionLogProbs ?? [];
        for (const [option, logProb] of answer.optionLogProbs.entries())
          expect(Math.abs(logProb - (other[option] ?? Infinity)), answer.itemId).toBeLessThan(LOG_PROB_TOLERANCE);
        const [first = 0, second = 0] = [...other].sort((a, b) => b - a);
        if (first - second > LOG_PROB_TOLERANCE) expect(best(other), answer.itemId).toBe(best(answer.optionLogProbs));
      }
    },
    12 * 60_000,
  );
});
