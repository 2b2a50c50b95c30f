/** Lawn, path, bushes, tree and letterbox of the cottage. */
import { type BufferGeometry, Vector3 } from 'three';
import { deformed, type MeshKit } from '../kit.ts';
import { CORAL, LEAF, MUSTARD, OAK, STONE, WALNUT } from '../palette.ts';
import { rectCorners } from '../path2.ts';
import { ball, box, disc, extrude, rod } from '../shapes.ts';

export const GROUND = 0.22;

export function addGround(kit: MeshKit): void {
  kit.add(LEAF, extrude(rectCorners(0.1, 0, 9.6, 8.6, 1.5), GROUND, { bevelM: 0.1, quarterSegments: 8 }), {
    rotDeg: [-90, 0, 0],
    at: [0, GROUND / 2, 0.55],
  });
  const stones: Array<[number, number, number]> = [
    [-1.25, 4.45, 0.33],
    [-1.5, 3.95, 0.3],
    [-1.2, 3.55, 0.28],
  ];
  for (const [x, z, r] of stones) kit.add(STONE, disc(r, 0.07, 0.03, 14, GROUND - 0.02), { at: [x, 0, z] });
}

/** A leafy lump: a ball with a few soft bulges that depend on its seed. */
export function bush(radiusM: number, seed: number): BufferGeometry {
  return deformed(ball(radiusM, 16), (p) => {
    const d = p.clone().normalize();
    const bulge =
      1 + 0.09 * Math.sin(d.x * 5 + seed) * Math.cos(d.z * 5 + seed * 2) + 0.07 * Math.sin(d.y * 6 + seed * 3);
    return new Vector3(p.x * bulge, p.y * bulge * 0.9, p.z * bulge);
  });
}

export function addPlants(kit: MeshKit): void {
  const bushes: Array<[number, number, number]> = [
    [0.55, 3.05, 0.5],
    [3.1, 3.15, 0.62],
    [2.35, 3.3, 0.42],
    [4.2, 1.9, 0.5],
    [-3.35, 3.05, 0.55],
    [-2.9, -3.05, 0.5],
    [4.15, -2.4, 0.6],
  ];
  bushes.forEach(([x, z, r], i) => kit.add(LEAF, bush(r, i + 1), { at: [x, GROUND + r * 0.62, z] }));
  kit.add(WALNUT, rod([4.15, GROUND, 3.6], [4.15, 1.5, 3.6], 0.13, 0.1, 10));
  for (const [dx, y, dz, r] of [
    [0, 2.1, 0, 0.75],
    [0.16, 2.85, -0.06, 0.52],
  ] as const)
    kit.add(LEAF, bush(r, y), { at: [4.15 + dx, y, 3.6 + dz] });
  kit.add(OAK, rod([-2.7, GROUND, 4.3], [-2.7, 1.2, 4.3], 0.055, 0.055, 8));
  kit.add(CORAL, box(0.3, 0.32, 0.5, 0.1, 3), { at: [-2.7, 1.35, 4.3] });
  kit.add(MUSTARD, box(0.03, 0.2, 0.12), { at: [-2.53, 1.5, 4.2] });
}
