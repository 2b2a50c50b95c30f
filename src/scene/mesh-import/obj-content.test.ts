import { Mesh, type BufferAttribute } from 'three';
import { OBJLoader } from 'three/addons/loaders/OBJLoader.js';
import { describe, expect, it } from 'vitest';
import { meshDecodersCreate } from './decoders';
import { meshImport } from './mesh-import';
import { filesOf } from './mesh-samples.test-helper';
import { objContentRead } from './obj-content';

const calm = async (): Promise<void> => undefined;

/** A triangle's corners with all that they hold, one triangle a line, in any order. */
function trianglesOf(meshes: readonly Mesh[]): string[] {
  return meshes
    .flatMap(({ geometry }) => {
      const attributes = ['position', 'normal', 'uv', 'color'].map(
        (name) => geometry.getAttribute(name) as BufferAttribute | undefined,
      );
      const corner = (i: number): string =>
        attributes
          .map((attribute) => {
            if (!attribute) return '';
            const { itemSize, array } = attribute;
            return [...array.slice(i * itemSize, (i + 1) * itemSize)].map((value) => (value + 0).toFixed(4)).join(' ');
          })
          .join(' | ');
      const count = (attributes[0]?.count ?? 0) / 3;
      return Array.from({ length: count }, (_, i) => [0, 1, 2].map((k) => corner(3 * i + k)).join(' / '));
    })
    .sort();
}

const meshesOf = (root: { traverse(visit: (child: unknown) => void): void }): Mesh[] => {
  const meshes: Mesh[] = [];
  root.traverse((child) => child instanceof Mesh && meshes.push(child));
  return meshes;
};

const SQUARE = 'v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0.5\n';

describe('an OBJ', () => {
  it.each([
    ['of bare faces', `${SQUARE}f 1 2 3 4\n`],
    ['of five corners', `${SQUARE}v -1 0.5 0\nf 1 2 3 4 5\n`],
    ['counted backwards', `${SQUARE}f -4 -3 -2\nf -4 -2 -1\n`],
    ['with normals', `${SQUARE}vn 0 0 1\nvn 0 1 0\nf 1//1 2//1 3//2 4//2\n`],
    ['with places in a picture', `${SQUARE}vt 0 0\nvt 1 0\nvt 1 1\nf 1/1 2/2 3/3\n`],
    ['with all three', `${SQUARE}vt 0 0\nvt 1 0\nvt 1 1\nvn 0 0 1\nf 1/1/1 2/2/1 3/3/1\n`],
    ['with colours', 'v 0 0 0 1 0 0\nv 1 0 0 0 1 0\nv 0 1 0 0.5 0.5 0.5\nf 1 2 3\n'],
    ['of several parts', `${SQUARE}o one\nusemtl a\nf 1 2 3\ng two\nusemtl b\ns off\nf 1 3 4\nusemtl a\nf 2 3 4\n`],
    ['with lines that go on', `${SQUARE}f 1 2 \\\n3 4\n`],
    ['with lines and points beside', `${SQUARE}f 1 2 3\n`],
    ['with Windows’ line ends', `${SQUARE}f 1 2 3 4\n`.replaceAll('\n', '\r\n')],
  ])('%s has the triangles that three.js makes of it', async (_, text) => {
    const result = await meshImport(filesOf({ 'a.obj': text }), { decoders: meshDecodersCreate() });
    if (!result.ok) throw result.error;
    expect(trianglesOf(meshesOf(result.mesh.source))).toEqual(trianglesOf(meshesOf(new OBJLoader().parse(text))));
  });

  it('keeps one part for each material and each kind of shading', async () => {
    const text = `${SQUARE}f 1 2 3\nusemtl a\nf 1 2 3\ns off\nf 1 3 4\ns 1\nf 2 3 4\n`;
    const { parts } = await objContentRead('a.obj', text, calm);
    expect(parts.map((part) => [part.materialName, part.isSmooth, part.positions.length / 9])).toEqual([
      ['', true, 1],
      ['a', true, 2],
      ['a', false, 1],
    ]);
  });

  it('gives corners without a place in the picture the first one', async () => {
    const { parts } = await objContentRead('a.obj', `${SQUARE}vt 1 1\nf 1 2 3\nf 1/1 3/1 4/1\nf 2 3 4\n`, calm);
    expect([...(parts[0]?.uvs.toArray() ?? [])]).toEqual([
      ...Array(6).fill(0),
      ...Array(6).fill(1),
      ...Array(6).fill(0),
    ]);
  });

  it('lets the page take part while it is read, says how far it is, and stops when it is given up', async () => {
    const long = `${SQUARE}${'f 1 2 3 4\n'.repeat(150_000)}`;
    const shares: number[] = [];
    await objContentRead('a.obj', long, async (share) => void shares.push(share));
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
    expect(shares.at(-1)).toBeLessThanOrEqual(1);

    const controller = new AbortController();
    let seen = 0;
    const result = await meshImport(filesOf({ 'a.obj': long }), {
      decoders: meshDecodersCreate(),
      signal: controller.signal,
      onProgress: (share) => {
        seen = share;
        if (share > 0.1) controller.abort();
      },
    });
    expect(result.ok ? null : result.error.problem.mesh.code).toBe('aborted');
    expect(seen).toBeLessThan(0.9);
  }, 30_000);
});
