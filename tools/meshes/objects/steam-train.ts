/** A tank engine, smokebox towards +Z: one lamp on its right (-X), the air pump and the whistle rod on its left. */
import { extrudeSide } from '../axes.ts';
import { addText } from '../glyphs.ts';
import { MeshKit, type Vec3 } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { BRASS, COPPER, FOREST, GLASS, INK, IRON, LAMP, MUSTARD, PAPER, STEEL, TAIL_RED } from '../palette.ts';
import { type Corner, rectCorners } from '../path2.ts';
import { ball, box, extrude, patch, rod, torus, tube } from '../shapes.ts';
import { addBoiler } from './steam-train-boiler.ts';
import { lathe, latheZ } from './steam-train-shapes.ts';
import { addRunningGear } from './steam-train-wheels.ts';

function addFrame(kit: MeshKit): void {
  kit.add(TAIL_RED, box(1.5, 0.24, 4.7, 0.03, 2), { at: [0, 0.86, -0.15] });
  kit.add(IRON, box(1.9, 0.07, 4.9, 0.02, 2), { at: [0, 1.0, -0.15] });
  for (const [z, face] of [
    [2.3, 1],
    [-2.6, -1],
  ] as const) {
    kit.add(TAIL_RED, box(1.94, 0.34, 0.1, 0.03, 2), { at: [0, 0.84, z] });
    for (const x of [-0.68, 0.68]) {
      kit.add(
        IRON,
        latheZ(
          [
            [0.1, 0],
            [0.1, 0.12, 0.02],
            [0.06, 0.14],
            [0.06, 0.28],
          ],
          18,
        ),
        { at: [x, 0.84, z], rotDeg: [0, face > 0 ? 0 : 180, 0] },
      );
      kit.add(
        STEEL,
        latheZ(
          [
            [0, 0.26],
            [0.19, 0.26, 0.01],
            [0.19, 0.3, 0.02],
            [0, 0.325],
          ],
          20,
        ),
        { at: [x, 0.84, z], rotDeg: [0, face > 0 ? 0 : 180, 0] },
      );
    }
    kit.add(IRON, torus(0.08, 0.022, 18, 8), { at: [0, 0.76, z + face * 0.1], rotDeg: [0, 90, 0] });
  }
  for (const x of [-0.82, 0.82])
    for (const z of [2.12, -2.42]) kit.add(IRON, box(0.22, 0.05, 0.24, 0.015, 1), { at: [x, 0.56, z] });
}

function addTanksAndCab(kit: MeshKit): void {
  for (const side of [-1, 1]) {
    kit.add(FOREST, box(0.34, 0.72, 1.55, 0.05, 3), { at: [side * 0.74, 1.4, -0.2] });
    const out = side * 0.913;
    const frame = (w: number, h: number): Corner[] => rectCorners(0, 0, w, h, 0.06);
    const line = extrude(frame(1.3, 0.5), 0.01, { holes: [[...frame(1.26, 0.46)].reverse()] });
    kit.add(MUSTARD, line, { at: [out, 1.4, -0.2], rotDeg: [0, 90, 0] });
    addText(kit, MUSTARD, '36', 0.26, { at: [out + side * 0.004, 1.4, -0.2], rotDeg: [0, 90 * side, 0] });
    // Cab side: an outline with an arched window and a doorway.
    const sheet: Corner[] = [
      [-2.3, 1.04],
      [-0.95, 1.04],
      [-0.95, 2.6],
      [-2.3, 2.6],
    ];
    const window: Corner[] = [
      [-1.5, 1.85, 0.05],
      [-1.5, 2.4, 0.16],
      [-1.1, 2.4, 0.16],
      [-1.1, 1.85, 0.05],
    ];
    const door: Corner[] = [
      [-2.12, 1.3, 0.05],
      [-2.12, 2.35, 0.15],
      [-1.7, 2.35, 0.15],
      [-1.7, 1.3, 0.05],
    ];
    kit.add(FOREST, extrudeSide(sheet, 0.06, { holes: [window, door] }), { at: [side * 0.88, 0, 0] });
    kit.add(BRASS, rod([side * 0.93, 1.2, -1.66], [side * 0.93, 2.1, -1.66], 0.018, 0.018, 8));
    kit.add(IRON, box(0.24, 0.05, 0.4, 0.015, 1), { at: [side * 0.9, 0.72, -1.9] });
  }
  const wall = (z: number): void => {
    const holes = [-0.5, 0.5].map((x): Corner[] => rectCorners(x, 2.22, 0.3, 0.32, 0.14).reverse());
    kit.add(FOREST, extrude(rectCorners(0, 1.82, 1.72, 1.56, 0), 0.06, { holes }), { at: [0, 0, z] });
    for (const x of [-0.5, 0.5]) {
      kit.add(GLASS, patch(rectCorners(0, 0, 0.3, 0.32, 0.14)), { at: [x, 2.22, z + 0.01] });
      kit.add(GLASS, patch(rectCorners(0, 0, 0.3, 0.32, 0.14)), { at: [x, 2.22, z - 0.01], rotDeg: [0, 180, 0] });
    }
  };
  wall(-0.95);
  wall(-2.3);
  const roof: Corner[] = [];
  for (let i = 0; i <= 12; i++)
    roof.push([1.06 * Math.cos((i / 12) * Math.PI), 2.58 + 0.3 * Math.sin((i / 12) * Math.PI)]);
  kit.add(IRON, extrude(roof, 1.7, { smoothDeg: 40, bevelM: 0.02, bevelSegments: 2 }), { at: [0, 0, -1.62] });
  kit.add(IRON, box(0.5, 0.06, 0.5, 0.02, 1), { at: [0, 2.88, -1.6] });
  // Coal bunker at the back.
  kit.add(FOREST, box(1.5, 0.86, 0.4, 0.05, 2), { at: [0, 1.42, -2.44] });
  for (let i = 0; i < 14; i++) {
    const [x, z] = [-0.6 + ((i * 0.618) % 1) * 1.2, -2.58 + ((i * 0.382) % 1) * 0.26];
    kit.add(INK, ball(0.1, 6), { at: [x, 1.86, z], rotDeg: [i * 37, i * 71, 0], scale: [1, 0.8, 0.9] });
  }
}

function addOneSided(kit: MeshKit): void {
  const lamp: Vec3 = [-0.68, 1.14, 2.2];
  kit.add(PAPER, box(0.2, 0.22, 0.16, 0.03, 2), { at: lamp });
  kit.add(
    LAMP,
    latheZ(
      [
        [0.08, 0],
        [0.08, 0.03, 0.01],
        [0, 0.045],
      ],
      16,
    ),
    { at: [lamp[0], lamp[1], lamp[2] + 0.08] },
  );
  kit.add(IRON, torus(0.06, 0.012, 16, 6), { at: [lamp[0], lamp[1] + 0.13, lamp[2]] });
  kit.add(
    IRON,
    lathe(
      [
        [0, 0],
        [0.11, 0, 0.02],
        [0.11, 0.2, 0.02],
        [0.05, 0.23],
        [0.05, 0.3],
        [0.1, 0.31, 0.02],
        [0.1, 0.48, 0.03],
        [0, 0.5],
      ],
      16,
    ),
    { at: [0.76, 1.04, 1.15] },
  );
  kit.add(
    COPPER,
    tube(
      [
        [0.72, 1.5, 1.15],
        [0.7, 1.72, 1.2],
        [0.58, 1.85, 1.45],
      ],
      0.024,
      { segments: 16, radialSegments: 8 },
    ),
  );
  kit.add(
    BRASS,
    lathe(
      [
        [0.03, 2.05],
        [0.03, 2.36],
        [0.06, 2.38, 0.01],
        [0.06, 2.52, 0.03],
        [0, 2.54],
      ],
      14,
    ),
    { at: [0.34, 0, -0.8] },
  );
}

export const STEAM_TRAIN: ObjectRecipe = {
  id: 'steam-train',
  name: { en: 'steam engine', zh: '蒸汽火车头' },
  build: () => {
    const kit = new MeshKit();
    addFrame(kit);
    addRunningGear(kit);
    addBoiler(kit);
    addTanksAndCab(kit);
    addOneSided(kit);
    return kit.settle();
  },
};
