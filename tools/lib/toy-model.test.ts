import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sourcesHash } from './toy-model';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'viewpoint-sources-'));
  mkdirSync(join(root, 'maker/export'), { recursive: true });
  writeFileSync(join(root, 'maker/export/graph.py'), 'a = 1\n');
  writeFileSync(join(root, 'prompts.json'), '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const hash = (): string => sourcesHash(root, ['maker', 'prompts.json']);

it('changes with what the model is made by, and with nothing else', () => {
  const before = hash();
  writeFileSync(join(root, 'maker/export/graph.pyc'), 'compiled');
  expect(hash()).toBe(before);
  writeFileSync(join(root, 'maker/export/graph.py'), 'a = 2\n');
  const changed = hash();
  expect(changed).not.toBe(before);
  writeFileSync(join(root, 'prompts.json'), '{"a":1}');
  expect(hash()).not.toBe(changed);
});
