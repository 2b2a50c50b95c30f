import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isNodeFit, ROOT } from './lib.mjs';

describe('the version of Node', () => {
  it.each(['20.19.0', '20.20.2', '22.13.0', '22.20.1', '24.0.0', '26.1.0'])('%s will do', (version) => {
    expect(isNodeFit(version)).toBe(true);
  });

  it.each(['18.20.8', '20.18.3', '21.7.3', '22.11.0', '22.12.0'])('%s will not', (version) => {
    expect(isNodeFit(version)).toBe(false);
  });

  it('is the one that package.json names', () => {
    const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { engines: { node: string } };
    expect(engines.node).toBe('^20.19.0 || >=22.13.0');
  });
});
