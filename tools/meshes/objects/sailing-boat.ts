/** A model yacht on a stand, bow towards +Z; boom and sails swing out over its left side (+X). */
import { Vector3 } from 'three';
import { deformed, MeshKit, type MeshMaterial, placed, type Vec3 } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { BRASS, CORAL, CREAM, GLASS, GRAPHITE, NAVY, OAK, PAPER, STEEL, WALNUT } from '../palette.ts';
import { type Corner, rectCorners } from '../path2.ts';
import { ball, box, disc, extrude, rod, torus, tube } from '../shapes.ts';
import { addRig } from './sailing-boat-rig.ts';

const HALF_L = 0.28;
const BEAM = 0.085;
const DECK_Y = 0.165;

/** Midship box to hull: narrows to a pointed bow and a flat stern, with the sheer rising at both ends. */
function hullShape(p: Vector3): Vector3 {
  const t = p.z / HALF_L;
  const width = t > 0 ? Math.max(0.012, Math.max(0, 1 - t ** 2.1) ** 0.8) : 1 - 0.38 * t * t;
  const depth = t > 0 ? 1 - 0.75 * t ** 2.6 : 1 - 0.5 * t * t;
  const sheer = 0.034 * Math.max(0, t) ** 2 + 0.008 * t * t;
  const below = DECK_Y - p.y;
  return new Vector3(
    p.x * width,
    DECK_Y + sheer - below * depth,
    p.z + 0.055 * t * Math.max(0, t) * (1 - below / 0.09) + 0.01 * Math.min(0, t) * (below / 0.05),
  );
}

/** Hull section between two heights: half widths follow a round bilge. */
function hullBand(material: MeshMaterial, kit: MeshKit, y0: number, y1: number, grow: number): void {
  const halfAt = (y: number): number => grow + BEAM * Math.max(0, 1 - Math.max(0, (DECK_Y - y) / 0.088) ** 2.6) ** 0.55;
  const rows = Array.from({ length: 6 }, (_, i) => y0 + ((y1 - y0) * i) / 5);
  const right = rows.map((y): Corner => [halfAt(y), y]);
  const left = [...rows].reverse().map((y): Corner => [-halfAt(y), y]);
  kit.add(
    material,
    deformed(extrude([...right, ...left], 2 * HALF_L, { depthSegments: 16, smoothDeg: 45 }), hullShape),
  );
}

function addHull(kit: MeshKit): void {
  hullBand(CORAL, kit, DECK_Y - 0.0878, DECK_Y - 0.048, 0);
  hullBand(CREAM, kit, DECK_Y - 0.048, DECK_Y - 0.042, 0.0006);
  hullBand(NAVY, kit, DECK_Y - 0.042, DECK_Y, 0);
  const deck = extrude(rectCorners(0, 0, 2 * BEAM - 0.006, 2 * HALF_L - 0.004, 0), 0.004, {
    maxEdgeM: 0.045,
    openBack: true,
  });
  kit.add(OAK, deformed(placed(deck, { rotDeg: [-90, 0, 0], at: [0, DECK_Y + 0.0005, 0] }), hullShape));
  for (const x of [-0.045, -0.015, 0.015, 0.045])
    kit.add(
      WALNUT,
      deformed(
        tube(
          [-0.97, -0.5, 0, 0.5, 0.93].map((t): Vec3 => [x, DECK_Y + 0.0026, t * HALF_L]),
          0.0008,
          { segments: 16, radialSegments: 4, domeRows: 0 },
        ),
        hullShape,
      ),
    );
  const rail = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.7, 0.85, 0.94, 1].map((t): Vec3 => [
    BEAM - 0.001,
    DECK_Y + 0.003,
    t * HALF_L,
  ]);
  kit.addBoth(WALNUT, deformed(tube(rail, 0.0045, { segments: 28, radialSegments: 6, domeRows: 1 }), hullShape));
  kit.add(
    WALNUT,
    tube(
      [
        [-0.052, DECK_Y + 0.011, -HALF_L],
        [0, DECK_Y + 0.012, -HALF_L - 0.002],
        [0.052, DECK_Y + 0.011, -HALF_L],
      ],
      0.0045,
      { segments: 8, radialSegments: 6 },
    ),
  );
}

function addKeel(kit: MeshKit): void {
  const fin: Corner[] = [
    [-0.075, 0.03, 0.01],
    [0.05, 0.03, 0.01],
    [0.075, 0.1],
    [-0.09, 0.1],
  ];
  kit.add(
    NAVY,
    extrude(fin.map(([z, y, r]): Corner => [-z, y, r ?? 0]).reverse(), 0.012, { bevelM: 0.005, bevelSegments: 3 }),
    { rotDeg: [0, 90, 0] },
  );
  kit.add(GRAPHITE, ball(0.016, 16), { at: [0, 0.032, -0.012], scale: [0.85, 0.75, 4.6] });
  const rudder: Corner[] = [
    [-0.305, 0.06, 0.012],
    [-0.262, 0.06, 0.012],
    [-0.252, 0.15],
    [-0.3, 0.16],
  ];
  kit.add(
    WALNUT,
    extrude(rudder.map(([z, y, r]): Corner => [-z, y, r ?? 0]).reverse(), 0.009, { bevelM: 0.003, bevelSegments: 2 }),
    { rotDeg: [0, 90, 0] },
  );
  kit.add(
    OAK,
    tube(
      [
        [0, 0.165, -0.29],
        [-0.008, 0.187, -0.26],
        [-0.026, 0.192, -0.19],
      ],
      0.0038,
      { segments: 12, radialSegments: 7 },
    ),
  );
  // Stand: two cradles and two feet.
  for (const z of [-0.12, 0.1]) {
    const cradle: Corner[] = [
      [-0.075, 0.008],
      [0.075, 0.008],
      [0.066, 0.136, 0.008],
      [0.05, 0.136, 0.008],
      [0.036, 0.092, 0.04],
      [0, 0.078, 0.03],
      [-0.036, 0.092, 0.04],
      [-0.05, 0.136, 0.008],
      [-0.066, 0.136, 0.008],
    ];
    const hole: Corner[] = [
      [-0.02, 0.02, 0.012],
      [-0.034, 0.06, 0.012],
      [0.034, 0.06, 0.012],
      [0.02, 0.02, 0.012],
    ];
    kit.add(OAK, extrude(cradle, 0.016, { bevelM: 0.003, bevelSegments: 2, holes: [hole] }), { at: [0, 0, z] });
    kit.add(OAK, box(0.19, 0.016, 0.03, 0.006, 2), { at: [0, 0.008, z] });
  }
  for (const x of [-0.06, 0.06]) kit.add(OAK, rod([x, 0.012, -0.12], [x, 0.012, 0.1], 0.006, 0.006, 8));
  kit.add(BRASS, box(0.05, 0.011, 0.003, 0.001, 1), { at: [0, 0.011, 0.1165] });
}

function addDeck(kit: MeshKit): void {
  const side: Corner[] = [
    [-0.06, 0.16],
    [0.115, 0.16],
    [0.09, 0.196, 0.02],
    [-0.055, 0.203, 0.008],
  ];
  kit.add(
    PAPER,
    extrude(side.map(([z, y, r]): Corner => [-z, y, r ?? 0]).reverse(), 0.088, { bevelM: 0.008, bevelSegments: 3 }),
    { rotDeg: [0, 90, 0], at: [0, 0, 0] },
  );
  for (const z of [-0.025, 0.01, 0.045]) {
    kit.addBoth(BRASS, torus(0.008, 0.0016, 16, 5), { rotDeg: [0, 90, 0], at: [0.0443, 0.183, z] });
    kit.addBoth(GLASS, disc(0.0075, 0.001, 0.0002, 14), { rotDeg: [0, 0, -90], at: [0.0438, 0.183, z] });
  }
  kit.add(OAK, box(0.04, 0.006, 0.05, 0.002, 1), { at: [0.004, 0.204, -0.03] });
  kit.add(WALNUT, box(0.1, 0.003, 0.11, 0.001, 1), { at: [0, 0.1685, -0.15] });
  for (const x of [-0.055, 0.055]) kit.add(WALNUT, box(0.012, 0.02, 0.115, 0.004, 1), { at: [x, 0.175, -0.15] });
  kit.add(CORAL, torus(0.018, 0.006, 22, 8), { rotDeg: [0, 90, 0], at: [-0.047, 0.188, -0.045] });
  kit.add(
    STEEL,
    tube(
      [
        [-0.02, 0.197, 0.315],
        [-0.018, 0.222, 0.322],
        [0, 0.228, 0.33],
        [0.018, 0.222, 0.322],
        [0.02, 0.197, 0.315],
      ],
      0.002,
      { segments: 16, radialSegments: 6 },
    ),
  );
}

export const SAILING_BOAT: ObjectRecipe = {
  id: 'sailing-boat',
  name: { en: 'sailing boat', zh: '帆船' },
  build: () => {
    const kit = new MeshKit();
    addHull(kit);
    addKeel(kit);
    addDeck(kit);
    addRig(kit);
    return kit;
  },
};
