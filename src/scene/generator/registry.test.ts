import { Box3, Mesh, MeshStandardMaterial, Vector3 } from 'three';
import type { Group } from 'three';
import { describe, expect, it } from 'vitest';
import { familyById, generatedObjectIds, objectFromId, OBJECT_FAMILIES } from './registry';

const SEEDS = [1, 2, 3, 4, 5];

/** Positions in the world and colours (or texture bytes), folded into one number. */
function groupHash(group: Group): string {
  group.updateMatrixWorld(true);
  let hash = 0x811c9dc5;
  const add = (value: number): void => {
    hash = Math.imul(hash ^ Math.round(value * 1e5), 0x01000193);
  };
  const v = new Vector3();
  group.traverse((node) => {
    if (!(node instanceof Mesh)) return;
    const position = node.geometry.getAttribute('position');
    for (let i = 0; i < position.count; i++) {
      v.fromBufferAttribute(position, i).applyMatrix4(node.matrixWorld);
      add(v.x);
      add(v.y);
      add(v.z);
    }
    const material: unknown = node.material;
    if (!(material instanceof MeshStandardMaterial)) throw new Error(`${node.name} has an unexpected material`);
    material.color.toArray().forEach(add);
    add(material.roughness);
    const pixels = material.map?.image as { data: Uint8Array } | undefined;
    pixels?.data.forEach(add);
  });
  return (hash >>> 0).toString(16);
}

function groupTriangles(group: Group): number {
  let triangles = 0;
  group.traverse((node) => {
    if (node instanceof Mesh)
      triangles += (node.geometry.index?.count ?? node.geometry.getAttribute('position').count) / 3;
  });
  return triangles;
}

describe('object families', () => {
  it('has enough families, with unique ids', () => {
    const ids = OBJECT_FAMILIES.map((family) => family.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(OBJECT_FAMILIES.filter((f) => f.split === 'train').length).toBeGreaterThanOrEqual(26);
    expect(OBJECT_FAMILIES.filter((f) => f.split === 'heldout').length).toBeGreaterThanOrEqual(8);
  });

  it.each(OBJECT_FAMILIES.map((family) => family.id))('%s builds sane, repeatable and varied objects', (familyId) => {
    const hashes = new Set<string>();
    for (const seed of SEEDS) {
      const id = `generated:${familyId}:${seed}`;
      const group = objectFromId(id);
      const bounds = new Box3().setFromObject(group, true);
      const size = bounds.getSize(new Vector3());
      for (const edge of size.toArray()) {
        expect(Number.isFinite(edge), `${id} has finite bounds`).toBe(true);
        expect(edge, `${id} is not degenerate`).toBeGreaterThan(0.02);
        expect(edge, `${id} is not huge`).toBeLessThan(4);
      }
      expect(Math.max(...size.toArray()), `${id} has a size`).toBeGreaterThan(0.1);
      const triangles = groupTriangles(group);
      expect(triangles, `${id} is not empty`).toBeGreaterThan(11);
      expect(triangles, `${id} is cheap`).toBeLessThanOrEqual(20000);
      const hash = groupHash(group);
      expect(groupHash(objectFromId(id)), `${id} is repeatable`).toBe(hash);
      hashes.add(hash);
    }
    expect(hashes.size, 'different seeds differ').toBe(SEEDS.length);
  });
});

describe('object ids', () => {
  it('are distinct, repeatable, even over families, and grow by appending', () => {
    const families = OBJECT_FAMILIES.filter((f) => f.split === 'train').length;
    const ids = generatedObjectIds('train', families * 3, 7);
    expect(new Set(ids).size).toBe(ids.length);
    expect(generatedObjectIds('train', families * 3, 7)).toEqual(ids);
    expect(generatedObjectIds('train', families, 7)).toEqual(ids.slice(0, families));
    expect(generatedObjectIds('train', families, 8)).not.toEqual(ids.slice(0, families));
    for (const family of OBJECT_FAMILIES.filter((f) => f.split === 'train')) {
      expect(ids.filter((id) => id.split(':')[1] === family.id).length).toBe(3);
    }
  });

  it('keep the splits apart', () => {
    for (const id of generatedObjectIds('heldout', 40, 1))
      expect(familyById(id.split(':')[1] ?? '').split).toBe('heldout');
  });

  it.each([
    '',
    'chair',
    'generated:chair',
    'generated:chair:',
    'generated:chair:-1',
    'generated:chair:01',
    'generated:nope:1',
  ])('rejects "%s" by name', (id) => {
    expect(() => objectFromId(id)).toThrow(id === 'generated:nope:1' ? 'nope' : `"${id}"`);
  });
});
