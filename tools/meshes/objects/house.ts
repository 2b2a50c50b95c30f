/** A cottage on a lawn. Porch and path sit right of its middle (-X), chimney and shuttered side window on its left. */
import { type BufferGeometry } from 'three';
import { MeshKit, type MeshMaterial, placed, type Placement, type Vec3 } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { BRASS, CORAL, CREAM, GLASS, LEAF, MUSTARD, OAK, PAPER, ROOF, STONE, TEAL, WALNUT } from '../palette.ts';
import { circleCorners, type Corner, rectCorners } from '../path2.ts';
import { ball, box, disc, extrude, patch, rod } from '../shapes.ts';
import { addGround, addPlants, GROUND } from './house-garden.ts';

const EAVES = 3.35;
const RIDGE = 6.1;
const HALF_X = 3.6;
const HALF_Z = 2.6;

function addWalls(kit: MeshKit): void {
  kit.add(STONE, box(2 * HALF_X + 0.16, 0.42, 2 * HALF_Z + 0.16, 0.05, 2), { at: [0, GROUND + 0.16, 0] });
  const gable: Corner[] = [
    [-HALF_Z, GROUND + 0.1],
    [HALF_Z, GROUND + 0.1],
    [HALF_Z, EAVES],
    [0, RIDGE - 0.22],
    [-HALF_Z, EAVES],
  ];
  kit.add(CREAM, extrude(gable, 2 * HALF_X, { bevelM: 0.04, bevelSegments: 2 }), { rotDeg: [0, 90, 0] });
}

/** One slope of tiles in overlapping courses, from the eaves at z > 0 to the ridge. */
function addSlope(kit: MeshKit, facing: 1 | -1, halfX: number, ridge: Vec3, runZ: number, courses: number): void {
  const pitchDeg = (Math.atan2(RIDGE - EAVES, HALF_Z) * 180) / Math.PI;
  const length = runZ / Math.cos((pitchDeg * Math.PI) / 180);
  const step = length / courses;
  for (let i = 0; i < courses; i++) {
    const course = box(2 * halfX, 0.15, step * 1.16, 0.055, 2);
    const t = (i + 0.5) / courses;
    const place: Placement = {
      rotDeg: [(pitchDeg - 3.5) * facing, 0, 0],
      at: [ridge[0], ridge[1] + 0.06 - length * t * Math.sin((pitchDeg * Math.PI) / 180), ridge[2] + facing * runZ * t],
    };
    kit.add(ROOF, course, place);
  }
}

function addRoof(kit: MeshKit): void {
  for (const facing of [1, -1] as const) addSlope(kit, facing, HALF_X + 0.42, [0, RIDGE, 0], HALF_Z + 0.5, 8);
  for (let i = 0; i < 9; i++)
    kit.add(ROOF, rod([-4.02 + i * 0.893, RIDGE + 0.1, 0], [-3.1 + i * 0.893 - 0.02, RIDGE + 0.1, 0], 0.15, 0.17, 10));
  for (const side of [1, -1]) {
    for (const facing of [1, -1]) {
      const low: Vec3 = [side * (HALF_X + 0.2), EAVES - 0.44, facing * (HALF_Z + 0.34)];
      const dy = RIDGE - 0.22 - low[1];
      kit.add(PAPER, box(0.1, 0.26, Math.hypot(dy, low[2]), 0.03, 1), {
        rotDeg: [(facing * Math.atan2(dy, Math.abs(low[2])) * 180) / Math.PI, 0, 0],
        at: [low[0], low[1] + dy / 2, low[2] / 2],
      });
    }
  }
  const [x, z] = [2.15, -0.75];
  kit.add(CORAL, box(0.85, 2.1, 0.8, 0.04, 1), { at: [x, 5.9, z] });
  kit.add(STONE, box(1.02, 0.18, 0.97, 0.05, 2), { at: [x, 6.98, z] });
  for (const dx of [-0.2, 0.2]) kit.add(WALNUT, disc(0.14, 0.32, 0.04, 14, 7.05), { at: [x + dx, 0, z] });
}

/** A window facing +Z before placement: frame, panes, glazing bars, sill and, if wanted, shutters. */
function addWindow(
  kit: MeshKit,
  w: number,
  h: number,
  place: Placement,
  shutters?: MeshMaterial,
  flowers = false,
): void {
  const add = (material: MeshMaterial, part: BufferGeometry, at: Vec3): void =>
    kit.add(material, placed(part, { at }), place);
  add(
    PAPER,
    extrude(rectCorners(0, 0, w + 0.22, h + 0.22, 0.05), 0.14, {
      bevelM: 0.03,
      bevelSegments: 1,
      openBack: true,
      quarterSegments: 2,
    }),
    [0, 0, 0.02],
  );
  add(GLASS, patch(rectCorners(0, 0, w, h, 0.03)), [0, 0, 0.096]);
  add(PAPER, box(0.06, h, 0.05), [0, 0, 0.1]);
  add(PAPER, box(w, 0.06, 0.05), [0, h * 0.1, 0.1]);
  add(PAPER, box(w + 0.42, 0.11, 0.26, 0.03, 1), [0, -h / 2 - 0.14, 0.1]);
  if (shutters) {
    for (const side of [-1, 1]) {
      const x = side * (w / 2 + 0.36);
      add(shutters, box(0.44, h + 0.16, 0.1, 0.03, 1), [x, 0, 0.06]);
      for (let i = -2; i <= 2; i++) add(shutters, box(0.3, 0.075, 0.06, 0.02, 1), [x, (i * h) / 5.4, 0.115]);
    }
  }
  if (!flowers) return;
  add(WALNUT, box(w + 0.1, 0.24, 0.26, 0.04, 1), [0, -h / 2 - 0.07, 0.26]);
  for (let i = 0; i < 5; i++) {
    const x = (i / 4 - 0.5) * (w - 0.1);
    add(LEAF, ball(0.15, 9), [x, -h / 2 + 0.08, 0.27]);
    add(i % 2 ? MUSTARD : CORAL, ball(0.085, 8), [x + 0.05, -h / 2 + 0.2, 0.32]);
  }
}

function addFront(kit: MeshKit): void {
  const z = HALF_Z;
  const x = -1.25;
  kit.add(PAPER, box(1.44, 2.42, 0.2, 0.05, 1), { at: [x, GROUND + 1.45, z] });
  kit.add(TEAL, box(1.1, 2.16, 0.16, 0.04, 2), { at: [x, GROUND + 1.36, z + 0.06] });
  for (const dx of [-0.25, 0.25])
    for (const [y, h] of [
      [0.82, 0.75],
      [1.55, 0.4],
    ] as const)
      kit.add(TEAL, box(0.34, h, 0.06, 0.025, 1), { at: [x + dx, GROUND + y, z + 0.14] });
  for (const dx of [-0.25, 0.25])
    kit.add(GLASS, box(0.34, 0.42, 0.03, 0.01, 1), { at: [x + dx, GROUND + 2.08, z + 0.14] });
  kit.add(BRASS, ball(0.065, 12), { at: [x + 0.43, GROUND + 1.22, z + 0.19] });
  // Porch: steps, posts, rail on one side and a lean-to roof.
  kit.add(OAK, box(2.5, 0.2, 1.15, 0.04, 1), { at: [x, GROUND + 0.18, z + 0.6] });
  kit.add(STONE, box(1.5, 0.15, 0.5, 0.04, 1), { at: [x, GROUND + 0.06, z + 1.3] });
  for (const dx of [-1.1, 1.1]) {
    kit.add(PAPER, box(0.15, 2.5, 0.15, 0.03, 1), { at: [x + dx, GROUND + 1.4, z + 1.02] });
    kit.add(PAPER, box(0.25, 0.14, 0.25, 0.04, 1), { at: [x + dx, GROUND + 0.36, z + 1.02] });
  }
  kit.add(PAPER, box(0.09, 0.09, 0.95, 0.03, 1), { at: [x - 1.1, GROUND + 1.15, z + 0.52] });
  for (const dz of [0.2, 0.42, 0.64, 0.84])
    kit.add(PAPER, box(0.06, 0.8, 0.06), { at: [x - 1.1, GROUND + 0.7, z + dz] });
  kit.add(PAPER, box(2.5, 0.2, 0.14, 0.03, 1), { at: [x, GROUND + 2.66, z + 1.02] });
  for (let i = 0; i < 4; i++)
    kit.add(TEAL, box(2.95, 0.12, 0.46, 0.045, 2), {
      rotDeg: [18, 0, 0],
      at: [x, 3.36 - i * 0.13, z + 0.08 + i * 0.36],
    });
  kit.add(BRASS, box(0.16, 0.26, 0.14, 0.05, 1), { at: [x + 0.98, GROUND + 2.05, z + 0.12] });

  addWindow(kit, 1.45, 1.3, { at: [1.75, GROUND + 1.85, z] }, TEAL, true);
}

function addSides(kit: MeshKit): void {
  addWindow(kit, 1.0, 1.25, { at: [HALF_X, GROUND + 1.8, 1.0], rotDeg: [0, 90, 0] }, TEAL);
  addWindow(kit, 1.0, 1.25, { at: [HALF_X, GROUND + 1.8, -1.15], rotDeg: [0, 90, 0] });
  for (const [x, deg, material] of [
    [HALF_X, 90, GLASS],
    [-HALF_X, -90, GLASS],
  ] as const) {
    kit.add(
      PAPER,
      extrude(circleCorners(0, 0, 0.52, 0.52, 24), 0.14, { bevelM: 0.03, bevelSegments: 1, openBack: true }),
      { at: [x, 4.35, 0], rotDeg: [0, deg, 0] },
    );
    kit.add(material, patch(circleCorners(0, 0, 0.4, 0.4, 24)), {
      at: [x + Math.sign(x) * 0.075, 4.35, 0],
      rotDeg: [0, deg, 0],
    });
    for (const turn of [0, 90])
      kit.add(PAPER, placed(box(0.8, 0.06, 0.04), { rotDeg: [0, 0, turn] }), {
        at: [x + Math.sign(x) * 0.08, 4.35, 0],
        rotDeg: [0, deg, 0],
      });
  }
  addWindow(kit, 1.7, 1.25, { at: [-HALF_X, GROUND + 1.85, -0.5], rotDeg: [0, -90, 0] });
  addWindow(kit, 0.85, 0.85, { at: [2.2, GROUND + 2.1, -HALF_Z], rotDeg: [0, 180, 0] });
  addWindow(kit, 1.3, 1.25, { at: [-2.1, GROUND + 1.85, -HALF_Z], rotDeg: [0, 180, 0] });
  // Back door and a wood pile.
  kit.add(PAPER, box(1.3, 2.3, 0.18, 0.04, 1), { at: [0.4, GROUND + 1.4, -HALF_Z] });
  kit.add(MUSTARD, box(1.0, 2.06, 0.14, 0.03, 1), { at: [0.4, GROUND + 1.3, -HALF_Z - 0.06] });
  kit.add(BRASS, ball(0.06, 10), { at: [0.78, GROUND + 1.2, -HALF_Z - 0.17] });
  kit.add(STONE, box(1.5, 0.2, 0.6, 0.04, 1), { at: [0.4, GROUND + 0.1, -HALF_Z - 0.35] });
  for (const [i, [dz, y]] of (
    [
      [-0.36, 0.14],
      [0, 0.14],
      [0.36, 0.14],
      [-0.18, 0.44],
      [0.18, 0.44],
    ] as const
  ).entries()) {
    const z = -1.9 + dz + 3.6;
    kit.add(i % 2 ? WALNUT : OAK, disc(0.17, 0.9, 0.02, 12), {
      rotDeg: [0, 0, 90],
      at: [-HALF_X - 0.12, GROUND + y, z],
    });
  }
}

export const HOUSE: ObjectRecipe = {
  id: 'house',
  name: { en: 'house', zh: '小房子' },
  build: () => {
    const kit = new MeshKit();
    addGround(kit);
    addWalls(kit);
    addRoof(kit);
    addFront(kit);
    addSides(kit);
    addPlants(kit);
    return kit;
  },
};
