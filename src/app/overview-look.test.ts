import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { overviewLook } from './overview-look';

/** Custom properties of the block that begins with `selector`. */
function tokensOf(file: string, selector: string): ReadonlyMap<string, string> {
  const css = readFileSync(new URL(`../ui/styles/${file}`, import.meta.url), 'utf8');
  const from = css.indexOf(`${selector} {`);
  if (from < 0) throw new Error(`${file} has no block ${selector}`);
  const block = css.slice(from, css.indexOf('}', from));
  return new Map([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]));
}

/** The floor's lines are the overview's own. */
const SHARED = { background: 'card', a: 'a', b: 'b', ink: 'ink', accent: 'accent' } as const;

describe('the colours of the overview', () => {
  it.each([
    ['light', 'tokens.css', ':root'],
    ['dark', 'tokens.css', ":root[data-theme='dark']"],
    ['projector', 'projector.css', ":root[data-theme='projector']"],
  ] as const)('are those of the style sheet: %s', (theme, file, selector) => {
    const tokens = tokensOf(file, selector);
    const look = overviewLook(theme);
    for (const [name, token] of Object.entries(SHARED))
      expect(look[name as keyof typeof SHARED], `--${token}`).toBe(tokens.get(token));
  });
});
