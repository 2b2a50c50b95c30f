import { Mesh, type MeshStandardMaterial } from 'three';
import { describe, expect, it } from 'vitest';
import { rngFromSeed } from '../../src/core/rng';
import { sceneSpecSample } from '../../src/core/scene-spec';
import { worldGroundSample } from '../../src/questions/world-ground';
import { itemSet } from '../../src/testing/item-set';
import { controlItem, controlScene, sphereObject } from './control';
import { meshSources, objectSource } from './objects';

describe('the control', () => {
  it('has nothing that is fixed to the world, and lights the side that the camera sees', () => {
    const rng = rngFromSeed('control');
    for (let draw = 0; draw < 200; draw++) {
      const scene = controlScene({
        ...sceneSpecSample(rng),
        ...(rng.chance(0.5) && { worldGround: worldGroundSample(rng) }),
      });
      expect(scene).toMatchObject({ background: { kind: 'plain' }, light: { rule: 'camera' }, ground: 'none' });
      expect(scene).not.toHaveProperty('worldGround');
      expect(Math.abs(scene.light.keyAzimuthDeg)).toBeLessThanOrEqual(60);
    }
  });

  it('changes scenes alone, and leaves A and B as alike or different as they were', () => {
    const request = {
      seed: 4,
      count: 8,
      split: 'test',
      objectIds: ['sphere:0'],
      sampleScene: sceneSpecSample,
    } as const;
    for (const item of itemSet(request, () => sphereObject('sphere:0').framingPoints)) {
      const shown = controlItem(item);
      const { viewA, viewB } = shown;
      expect({ ...shown, viewA: { ...viewA, scene: null }, viewB: { ...viewB, scene: null } }).toEqual({
        ...item,
        viewA: { ...item.viewA, scene: null },
        viewB: { ...item.viewB, scene: null },
      });
      if (item.family !== 'no-movement') expect(viewB.scene).toEqual(viewA.scene);
    }
  });

  it('is a ball without a mark, the same from everywhere', () => {
    const { root, framingPoints } = sphereObject('sphere:0');
    for (const point of framingPoints) expect(Math.hypot(...point)).toBeCloseTo(1, 2);
    const meshes: Mesh[] = [];
    root.traverse((child) => child instanceof Mesh && meshes.push(child));
    expect(meshes).toHaveLength(1);
    const material = meshes[0]?.material as MeshStandardMaterial;
    expect([material.map, material.normalMap, material.vertexColors, material.flatShading]).toEqual([
      null,
      null,
      false,
      false,
    ]);
  });

  it('is as many objects as are wanted, of a source of its own', () => {
    const { candidates, glbFolder } = objectSource('sphere', '1', 3);
    expect(candidates.map(({ objectId, loadId }) => `${objectId} ${loadId}`)).toEqual(
      [0, 1, 2].map((n) => `sphere:${n} sphere`),
    );
    expect(glbFolder).toBeNull();
    expect(meshSources('sphere', ['sphere:0'])).toEqual([{ name: 'sphere' }]);
    expect(() => objectSource('nowhere', '1', 3)).toThrow(/"sphere" or a folder; "nowhere" is none/);
  });
});
