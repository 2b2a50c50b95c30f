import { BoxGeometry, Color, Group, Mesh, MeshStandardMaterial, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { rngFromSeed } from '../../src/core/rng';
import { objectNormalize, type NormalizedObject } from '../../src/scene/normalized-object';
import { hueMatrix, isVariantId, objectVariant, variantId, variantPlan } from './mesh-variant';

function table(): NormalizedObject {
  const group = new Group();
  for (const x of [-1, 1]) {
    const leg = new Mesh(new BoxGeometry(0.2, 1, 0.2), new MeshStandardMaterial({ color: '#884422' }));
    leg.position.x = x;
    group.add(leg);
  }
  return objectNormalize('table', group);
}

const plans = Array.from({ length: 200 }, (_, seed) => variantPlan(rngFromSeed(seed), 5));

describe('variantPlan', () => {
  it('mirrors half, moves parts of half, and never all parts', () => {
    const mirrored = plans.filter(({ isMirrored }) => isMirrored).length;
    expect(mirrored).toBeGreaterThan(70);
    expect(mirrored).toBeLessThan(130);
    const moved = plans.filter(({ moves }) => moves.length > 0);
    expect(moved.length).toBeGreaterThan(60);
    for (const { moves } of moved) {
      expect(moves.length).toBeLessThanOrEqual(3);
      expect(new Set(moves.map(({ partIndex }) => partIndex)).size).toBe(moves.length);
    }
    for (let seed = 0; seed < 50; seed++) expect(variantPlan(rngFromSeed(seed), 1).moves).toEqual([]);
  });
});

describe('hueMatrix', () => {
  it('keeps grey and brightness, and turns red by 120° to green', () => {
    const grey = new Vector3(0.4, 0.4, 0.4).applyMatrix3(hueMatrix(77));
    expect(grey.toArray()).toEqual([0.4, 0.4, 0.4].map((value) => expect.closeTo(value, 12)));
    const green = new Vector3(1, 0, 0).applyMatrix3(hueMatrix(120)).toArray();
    expect(green).toEqual([0, 1, 0].map((value) => expect.closeTo(value, 12)));
  });
});

describe('objectVariant', () => {
  it('is a function of the id, framed again, and in other colours', () => {
    const framing = (id: string): readonly unknown[] => [...objectVariant(table(), id).framingPoints].sort();
    expect(framing('pack/table#variant-1')).toEqual(framing('pack/table#variant-1'));
    const variant = objectVariant(table(), 'pack/table#variant-2');
    const radius = Math.max(...variant.framingPoints.map((point) => Math.hypot(...point)));
    expect(radius).toBeCloseTo(1, 6);
    const materials: MeshStandardMaterial[] = [];
    variant.root.traverse((object) => {
      if (object instanceof Mesh) materials.push(object.material as MeshStandardMaterial);
    });
    expect(materials).toHaveLength(2);
    for (const material of materials) {
      expect(material.color.equals(new Color('#884422'))).toBe(false);
      expect(material.customProgramCacheKey()).toBe('hue-turn');
    }
  });

  it('puts the hue turn into the shader', () => {
    const variant = objectVariant(table(), 'pack/table#variant-1');
    const shader = { uniforms: {}, fragmentShader: '#include <common>\nvoid main() {\n#include <color_fragment>\n}' };
    variant.root.traverse((object) => {
      if (object instanceof Mesh)
        (object.material as MeshStandardMaterial).onBeforeCompile(shader as never, null as never);
    });
    expect(shader.fragmentShader).toContain('uniform mat3 hueTurn;');
    expect(shader.fragmentShader.indexOf('hueTurn * diffuseColor')).toBeGreaterThan(
      shader.fragmentShader.indexOf('#include <color_fragment>'),
    );
    expect(shader.uniforms).toHaveProperty('hueTurn');
  });
});

describe('variant ids', () => {
  it('leave originals alone', () => {
    expect(variantId('a/b', 0)).toBe('a/b');
    expect(variantId('url:/glb/a/b.glb', 3)).toBe('url:/glb/a/b.glb#variant-3');
    expect([isVariantId('a/b'), isVariantId('a/b#variant-3'), isVariantId('a/b#variant-0')]).toEqual([
      false,
      true,
      false,
    ]);
  });
});
