import { STLLoader } from 'three/addons/loaders/STLLoader.js';
import { describe, expect, it } from 'vitest';
import { stlTextRead } from './stl-content';

const facet = (corners: readonly string[]): string =>
  `  facet normal 0 0 1\n    outer loop\n${corners.map((corner) => `      vertex ${corner}\n`).join('')}    endloop\n  endfacet\n`;
const solid = (...facets: readonly string[]): string => `solid part\n${facets.join('')}endsolid part\n`;
const ONE = facet(['0 0 0', '1 0 0', '0 1e-1 0']);
const TWO = facet(['-1.5 0 0', '+2 .5 0', '0 1 3']);
const atOnce = (): Promise<void> => Promise.resolve();

describe('stlTextRead', () => {
  it.each([
    ['one solid', solid(ONE, TWO)],
    ['two solids', solid(ONE) + solid(TWO)],
    ['lines that end as on Windows', solid(ONE, TWO).replaceAll('\n', '\r\n')],
    ['no line end at the end', solid(ONE).trimEnd()],
  ])('reads %s as three does', async (_, text) => {
    const read = await stlTextRead('a.stl', text, atOnce);
    expect([...read.toArray()]).toEqual([...new STLLoader().parse(text).getAttribute('position').array]);
  });

  it('stops between two slices when somebody gives up', async () => {
    const long = solid(...Array.from({ length: 60_000 }, () => ONE));
    let slices = 0;
    const givenUp = stlTextRead('long.stl', long, async () => {
      slices += 1;
      throw new Error('given up');
    });
    await expect(givenUp).rejects.toThrow('given up');
    expect(slices).toBe(1);
  });
});
