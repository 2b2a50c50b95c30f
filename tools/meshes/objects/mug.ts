/** A dipped stoneware mug: handle on its left (+X), a printed mountain scene on the front. */
import { type BufferGeometry } from 'three';
import { MeshKit, type MeshMaterial, wrapped } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { CORAL, CREAM, MUSTARD, NAVY, PAPER, STONE, TEAL } from '../palette.ts';
import { circleCorners, type Corner, rectCorners } from '../path2.ts';
import { lathe, patch, tube } from '../shapes.ts';

const RADIUS = 0.042;
const HEIGHT = 0.096;
const DIP_Y = 0.026;
const WALL = 0.004;

function addBody(kit: MeshKit): void {
  kit.add(
    STONE,
    lathe(
      [
        [0, 0.0025],
        [0.03, 0.0025],
        [0.031, 0, 0.001],
        [0.036, 0, 0.001],
        [0.0365, 0.004],
      ],
      48,
    ),
  );
  kit.add(
    MUSTARD,
    lathe(
      [
        [0.0362, 0.0032],
        [RADIUS - 0.0006, 0.0045, 0.005],
        [RADIUS + 0.0005, DIP_Y, 0.0006],
        [RADIUS - 0.0006, DIP_Y + 0.0005],
      ],
      56,
    ),
  );
  kit.add(
    CREAM,
    lathe(
      [
        [RADIUS, DIP_Y - 0.002],
        [RADIUS, HEIGHT, WALL / 2.02],
        [RADIUS - WALL, HEIGHT, WALL / 2.02],
        [RADIUS - WALL, HEIGHT - 0.003],
      ],
      56,
    ),
  );
  kit.add(
    NAVY,
    lathe(
      [
        [RADIUS - WALL, HEIGHT - 0.003],
        [RADIUS - WALL, 0.008, 0.008],
        [0, 0.007],
      ],
      56,
    ),
  );
}

function addHandle(kit: MeshKit): void {
  const x = RADIUS - 0.0024;
  const handle = tube(
    [
      [x, 0.079, 0],
      [x + 0.014, 0.0815, 0],
      [x + 0.0265, 0.0745, 0],
      [x + 0.0305, 0.058, 0],
      [x + 0.027, 0.042, 0],
      [x + 0.0145, 0.0315, 0],
      [x, 0.0295, 0],
    ],
    (t) => 0.0052 + 0.0016 * Math.abs(2 * t - 1) ** 3,
    { segments: 36, radialSegments: 14, domeRows: 0, section: [0.95, 1.25] },
  );
  kit.add(CREAM, handle);
}

function addPrint(kit: MeshKit): void {
  let layer = 0;
  const print = (material: MeshMaterial, corners: readonly Corner[], turnDeg = 0): void => {
    layer += 1;
    const flat: BufferGeometry = patch(corners, { maxEdgeM: 0.006, quarterSegments: 6, smoothDeg: 20 });
    kit.add(
      material,
      wrapped(flat.translate(0, 0, 0.0001 + layer * 0.00007), () => RADIUS, turnDeg),
    );
  };
  const ground = 0.0385;
  print(CORAL, circleCorners(0.009, 0.073, 0.0088, 0.0088, 32));
  print(TEAL, [
    [-0.027, ground],
    [0.006, ground],
    [-0.0105, 0.066, 0.002],
  ]);
  print(NAVY, [
    [-0.012, ground],
    [0.028, ground],
    [0.009, 0.0635, 0.002],
  ]);
  print(PAPER, [
    [0.0046, 0.0575],
    [0.0072, 0.0592],
    [0.0094, 0.057],
    [0.0114, 0.059],
    [0.0136, 0.0572],
    [0.009, 0.0635, 0.002],
  ]);
  print(PAPER, [
    [-0.0141, 0.0602],
    [-0.0112, 0.0618],
    [-0.0095, 0.06],
    [-0.0073, 0.0608],
    [-0.0105, 0.066, 0.002],
  ]);
  print(CORAL, rectCorners(0, 0.0345, 0.06, 0.0022, 0.001));
  print(MUSTARD, rectCorners(-0.008, 0.0305, 0.034, 0.0022, 0.001));
  for (const [x, y] of [
    [-0.018, 0.077],
    [-0.0235, 0.0725],
    [-0.013, 0.0815],
  ] as const)
    print(NAVY, [
      [x - 0.002, y + 0.0012],
      [x, y - 0.0006],
      [x + 0.002, y + 0.0012],
      [x, y + 0.0002],
    ]);
  // A small heart on the back, so that no side is blank.
  const heart = Array.from({ length: 28 }, (_, i): Corner => {
    const t = -(i / 28) * 2 * Math.PI;
    return [
      0.00042 * 16 * Math.sin(t) ** 3,
      0.062 + 0.00042 * (13 * Math.cos(t) - 5 * Math.cos(2 * t) - 2 * Math.cos(3 * t) - Math.cos(4 * t)),
    ];
  });
  print(CORAL, heart, 180);
}

export const MUG: ObjectRecipe = {
  id: 'mug',
  name: { en: 'mug', zh: '马克杯' },
  build: () => {
    const kit = new MeshKit();
    addBody(kit);
    addHandle(kit);
    addPrint(kit);
    return kit;
  },
};
