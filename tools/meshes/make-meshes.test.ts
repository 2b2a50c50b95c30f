import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type BufferGeometry, Triangle, Vector3 } from 'three';
import { beforeAll, describe, expect, it } from 'vitest';
import schema from '../../src/contract/mesh.schema.json' with { type: 'json' };
import type { MeshKit } from './kit.ts';
import { type MadeMesh, meshIndexFile, meshMake } from './make-meshes.ts';
import { MESHES_DIR, THUMBNAIL_FILE } from './meshes-dir.ts';
import { BLOCK_FIGURES, type Cell } from './objects/block-figures.ts';
import { RECIPES } from './objects/index.ts';
import { item } from './path2.ts';

const SIZE_LIMIT_BYTES = 300_000;
const THUMBNAIL_LIMIT_BYTES = 12_000;
const GROUND_TOLERANCE = 0.002;
/** Tight fillets fold a few faces over; a part that is inside out turns all of them. */
const TURNED_LIMIT = 0.15;
const TIMEOUT_MS = 180_000;

const validate = new Ajv2020({ allErrors: true }).compile(schema);

async function sameOnDisk(path: string, bytes: Uint8Array): Promise<boolean> {
  return Buffer.compare(await readFile(join(MESHES_DIR, path)), bytes) === 0;
}

/** Share of faces whose winding disagrees with their normals. */
function turnedShare(geometry: BufferGeometry): number {
  const [position, normal] = [geometry.getAttribute('position'), geometry.getAttribute('normal')];
  const index = geometry.index?.array ?? [];
  const vector = (from: typeof position, id: number): Vector3 => new Vector3().fromBufferAttribute(from, id);
  let turned = 0;
  for (let i = 0; i < index.length; i += 3) {
    const ids = [item(index, i), item(index, i + 1), item(index, i + 2)] as const;
    const [a, b, c] = [vector(position, ids[0]), vector(position, ids[1]), vector(position, ids[2])];
    const across = new Triangle(a, b, c).getNormal(new Vector3());
    const mean = ids.reduce((sum, id) => sum.add(vector(normal, id)), new Vector3());
    if (across.dot(mean) < -1e-3) turned += 1;
  }
  return turned / (index.length / 3);
}

it('lists every object once', async () => {
  const ids = RECIPES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(24);
  expect(RECIPES.filter(({ ambiguous }) => ambiguous).length).toBe(2);
  const { path, bytes } = meshIndexFile();
  expect(await sameOnDisk(path, bytes), 'run make-meshes.ts and commit its output').toBe(true);
});

describe.each(RECIPES.map((recipe) => [recipe.id, recipe] as const))('%s', (id, recipe) => {
  let kit: MeshKit;
  let made: MadeMesh;
  beforeAll(async () => {
    kit = recipe.build();
    made = await meshMake(recipe, kit);
  }, TIMEOUT_MS);

  // Made by another run, so equal bytes also say that every run gives the same.
  it('is on disk as the code makes it', async () => {
    for (const { path, bytes } of made.files) {
      expect(await sameOnDisk(path, bytes), `${path}: run make-meshes.ts and commit its output`).toBe(true);
    }
  });

  it('is small and described by its mesh.json', () => {
    const sizeBytes = item(made.files, 0).bytes.length;
    const description: unknown = JSON.parse(new TextDecoder().decode(item(made.files, 1).bytes));
    expect(validate(description), JSON.stringify(validate.errors)).toBe(true);
    expect(description).toMatchObject({ id, sizeBytes });
    expect(sizeBytes).toBeLessThanOrEqual(SIZE_LIMIT_BYTES);
  });

  it('has a small picture', async () => {
    const picture = await readFile(join(MESHES_DIR, id, THUMBNAIL_FILE));
    expect(picture.toString('latin1', 0, 4) + picture.toString('latin1', 8, 12)).toBe('RIFFWEBP');
    expect(picture.length).toBeGreaterThan(400);
    expect(picture.length).toBeLessThan(THUMBNAIL_LIMIT_BYTES);
  });

  it('stands on the ground, around the y axis', () => {
    const { min, max } = made.boundsM;
    const scaleM = Math.max(...max.map((v, axis) => v - item(min, axis)));
    expect(Number.isFinite(scaleM)).toBe(true);
    expect(Math.abs(min[1])).toBeLessThan(GROUND_TOLERANCE * scaleM);
    for (const axis of [0, 2] as const) expect(Math.abs(max[axis] + min[axis]) / 2).toBeLessThan(0.2 * scaleM);
  });

  it('shows its faces outwards', { timeout: TIMEOUT_MS }, () => {
    for (const [material, parts] of kit.parts) {
      for (const part of parts) expect(turnedShare(part), material.name).toBeLessThan(TURNED_LIMIT);
    }
  });
});

describe('block figures', () => {
  /** The cells after every turn, moved to the origin and sorted: equal for figures that a turn brings together. */
  function turnedForms(cells: readonly Cell[]): Set<string> {
    const forms = new Set<string>();
    const axes = [0, 1, 2] as const;
    for (const [a, b, c] of [
      [0, 1, 2],
      [1, 2, 0],
      [2, 0, 1],
      [0, 2, 1],
      [2, 1, 0],
      [1, 0, 2],
    ] as const)
      for (let signs = 0; signs < 8; signs++) {
        const isOdd = a === 0 ? b !== 1 : (b - a + 3) % 3 !== 1;
        const flips = axes.filter((axis) => signs & (1 << axis)).length;
        // Proper turns only: an odd exchange of axes goes with an odd number of flips.
        if ((flips % 2 === 1) !== isOdd) continue;
        const turned = cells.map((cell) =>
          [cell[a], cell[b], cell[c]].map((v, axis) => (signs & (1 << axis) ? -v : v)),
        );
        const low = axes.map((axis) => Math.min(...turned.map((cell) => item(cell, axis))));
        const moved = turned.map((cell) => cell.map((v, axis) => v - item(low, axis)).join());
        forms.add(moved.sort().join(' '));
      }
    return forms;
  }

  it('have ten cubes each, none twice in one place', () => {
    expect(BLOCK_FIGURES.length).toBe(6);
    for (const { cells } of BLOCK_FIGURES) expect(new Set(cells.map((cell) => cell.join())).size).toBe(10);
  });

  it('are all different, whatever the turn', () => {
    for (const [i, one] of BLOCK_FIGURES.entries())
      for (const other of BLOCK_FIGURES.slice(i + 1)) {
        const forms = turnedForms(other.cells);
        const shared = [...turnedForms(one.cells)].filter((form) => forms.has(form));
        expect(shared, `${one.id} and ${other.id}`).toEqual([]);
      }
  });
});
