import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headComment } from './command-line';
import { PROJECT_ROOT } from './tool-page';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'viewpoint-usage-'));
  mkdirSync(join(folder, 'tmp'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(script: string, ...args: string[]): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, TMPDIR: join(folder, 'tmp') },
    encoding: 'utf8',
  });
  return { status, stderr };
}

/** What tsx itself keeps there is its own. */
const left = (): string[] =>
  [...readdirSync(folder), ...readdirSync(join(folder, 'tmp'))].filter(
    (name) => name !== 'tmp' && !name.startsWith('tsx'),
  );

describe('what was typed wrongly is refused before anything is written', { timeout: 60_000 }, () => {
  it.each([
    ['eval/eval.ts', ['--meshes', 'nowhere'], /--meshes takes .*; "nowhere" is none/],
    ['dataset/render-dataset.ts', ['--set', 'train-x', '--objects', '3', '--shard', '9'], /--shard takes "3\/16"/],
  ])('%s %j', (tool, args, message) => {
    const more = tool.startsWith('dataset') ? ['--out', join(folder, 'data')] : [];
    const { status, stderr } = run(join('tools', tool), ...args, ...more);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(status).toBe(2);
    expect(left()).toEqual([]);
  });
});

it('every option of the evaluation is explained in its help', () => {
  const source = readFileSync(join(PROJECT_ROOT, 'tools/eval/eval.ts'), 'utf8');
  const names = [...source.matchAll(/^ {2}'?([\w-]+)'?: \{ type: '(?:string|boolean)'/gm)].map(
    ([, name]) => `--${name}`,
  );
  expect(names).toContain('--answers');
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !headComment(source).includes(name))).toEqual([]);
});
