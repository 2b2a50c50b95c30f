/** A friendly helper robot: its left arm (+X) waves, gauge and buttons sit on its right, a pack on its back. */
import { MeshKit, type MeshMaterial, placed, type Vec3 } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { BRASS, CORAL, CREAM, GLOW, GRAPHITE, INK, MUSTARD, PAPER, STEEL, TEAL } from '../palette.ts';
import { circleCorners, type Corner, item, rectCorners } from '../path2.ts';
import { ball, box, button, disc, dome, extrude, patch, rod, torus, tube } from '../shapes.ts';

function addHead(kit: MeshKit): void {
  const y = 0.86;
  kit.add(CREAM, box(0.44, 0.33, 0.34, 0.11, 5), { at: [0, y, 0] });
  kit.add(
    GRAPHITE,
    extrude(rectCorners(0, 0, 0.36, 0.235, 0.085), 0.04, { bevelM: 0.012, quarterSegments: 6, openBack: true }),
    { at: [0, y - 0.005, 0.156] },
  );
  kit.add(
    INK,
    extrude(rectCorners(0, 0, 0.325, 0.2, 0.07), 0.02, {
      bevelM: 0.004,
      bevelSegments: 2,
      quarterSegments: 6,
      openBack: true,
    }),
    { at: [0, y - 0.005, 0.17] },
  );
  for (const x of [-0.078, 0.078]) {
    kit.add(GLOW, dome(0.034, 0.012, 24, 4), { at: [x, y + 0.018, 0.179], scale: [0.85, 1.15, 1] });
    kit.add(PAPER, dome(0.009, 0.005, 12, 3), { at: [x + 0.011, y + 0.034, 0.189] });
    kit.add(CORAL, patch(circleCorners(0, 0, 0.018, 0.011, 16), { smoothDeg: 40 }), {
      at: [x * 1.5, y - 0.038, 0.1803],
    });
  }
  kit.add(
    GLOW,
    tube(
      [
        [-0.036, y - 0.034, 0.181],
        [-0.02, y - 0.05, 0.181],
        [0, y - 0.055, 0.181],
        [0.02, y - 0.05, 0.181],
        [0.036, y - 0.034, 0.181],
      ],
      0.0065,
      { segments: 16, radialSegments: 6, domeRows: 2 },
    ),
  );
  for (const side of [-1, 1]) {
    kit.add(GRAPHITE, disc(0.062, 0.035, 0.012, 22), { rotDeg: [0, 0, -90 * side], at: [side * 0.212, y, 0] });
    kit.add(CORAL, disc(0.042, 0.03, 0.012, 20), { rotDeg: [0, 0, -90 * side], at: [side * 0.234, y, 0] });
  }
  // One aerial, off centre.
  kit.add(GRAPHITE, disc(0.034, 0.03, 0.01, 20), { at: [-0.11, y + 0.15, -0.02] });
  kit.add(
    STEEL,
    tube(
      [
        [-0.11, y + 0.17, -0.02],
        [-0.118, y + 0.22, -0.024],
        [-0.14, y + 0.275, -0.03],
      ],
      0.0075,
      { segments: 8, radialSegments: 8, domeRows: 1 },
    ),
  );
  kit.add(CORAL, ball(0.033, 16), { at: [-0.144, y + 0.292, -0.031] });
  kit.add(GRAPHITE, disc(0.075, 0.07, 0.012, 24), { at: [0, 0.65, 0] });
  for (const dy of [0.024, 0.046])
    kit.add(STEEL, torus(0.075, 0.007, 26, 6), { rotDeg: [90, 0, 0], at: [0, 0.65 + dy, 0] });
}

function addTorso(kit: MeshKit): void {
  const outline: Corner[] = [
    [-0.165, 0.25, 0.09],
    [0.165, 0.25, 0.09],
    [0.205, 0.67, 0.1],
    [-0.205, 0.67, 0.1],
  ];
  kit.add(MUSTARD, extrude(outline, 0.28, { bevelM: 0.07, bevelSegments: 4, quarterSegments: 5 }));
  kit.add(GRAPHITE, box(0.235, 0.07, 0.2, 0.03, 3), { at: [0, 0.235, 0] });
  const z = 0.139;
  kit.add(
    CREAM,
    extrude(rectCorners(0, 0, 0.235, 0.215, 0.035), 0.02, { bevelM: 0.007, bevelSegments: 2, openBack: true }),
    { at: [0, 0.475, z] },
  );
  // Right half (-X): a gauge; left half: buttons and a slot.
  kit.add(STEEL, button(0.048, 0.014, 0.006, 28), { at: [-0.05, 0.515, z + 0.005] });
  kit.add(PAPER, button(0.038, 0.016, 0.002, 28), { at: [-0.05, 0.515, z + 0.006] });
  for (let i = 0; i < 5; i++) {
    const deg = 150 - i * 30;
    const a = (deg * Math.PI) / 180;
    kit.add(i > 2 ? CORAL : INK, patch(rectCorners(0, 0, 0.009, 0.004, 0)), {
      rotDeg: [0, 0, deg],
      at: [-0.05 + 0.029 * Math.cos(a), 0.515 + 0.029 * Math.sin(a), z + 0.0228],
    });
  }
  kit.add(
    CORAL,
    patch([
      [-0.004, -0.003],
      [0.004, -0.003],
      [0, 0.03],
    ]),
    { rotDeg: [0, 0, -28], at: [-0.05, 0.512, z + 0.0235] },
  );
  const buttons: Array<[MeshMaterial, number]> = [
    [CORAL, 0.545],
    [MUSTARD, 0.515],
    [TEAL, 0.485],
  ];
  for (const [material, y] of buttons) kit.add(material, dome(0.0125, 0.012, 16, 4), { at: [0.032, y, z + 0.01] });
  for (const y of [0.545, 0.515, 0.485])
    kit.add(INK, patch(rectCorners(0, 0, 0.034, 0.006, 0.003)), { at: [0.076, y, z + 0.0105] });
  for (const i of [0, 1, 2, 3])
    kit.add(GRAPHITE, box(0.012, 0.045, 0.008, 0.0035, 1), { at: [-0.078 + i * 0.022, 0.415, z + 0.008] });
  kit.add(BRASS, button(0.014, 0.012, 0.004, 16), { at: [0.06, 0.415, z + 0.008] });

  kit.add(TEAL, box(0.25, 0.27, 0.11, 0.04, 3), { at: [0, 0.49, -0.17] });
  for (const y of [0.43, 0.46, 0.49]) kit.add(INK, box(0.13, 0.012, 0.012, 0.005, 1), { at: [-0.035, y, -0.224] });
  kit.add(CREAM, disc(0.034, 0.014, 0.005, 22), { rotDeg: [-90, 0, 0], at: [0.065, 0.56, -0.22] });
  kit.add(CORAL, box(0.012, 0.05, 0.012, 0.005, 1), { at: [0.065, 0.56, -0.238], rotDeg: [0, 0, 35] });
}

/** A grey hose arm with a cuff and a two-finger hand, whose opening points along `deg` in the XY plane. */
function addArm(kit: MeshKit, points: Vec3[], deg: number): void {
  const first = item(points, 0);
  const last = item(points, points.length - 1);
  kit.add(CREAM, ball(0.072, 18), { at: first });
  kit.add(
    GRAPHITE,
    tube(points, (t) => 0.033 + 0.0035 * Math.sin(t * 56), { segments: 44, radialSegments: 10, domeRows: 0 }),
  );
  const inHand = { at: last, rotDeg: [0, 0, deg - 90] as Vec3 };
  kit.add(MUSTARD, placed(disc(0.056, 0.075, 0.02, 20, -0.035)), inHand);
  kit.add(CREAM, placed(disc(0.049, 0.03, 0.012, 20, 0.03)), inHand);
  for (const side of [-1, 1]) {
    const finger: Vec3[] = [
      [side * 0.025, 0.05, 0],
      [side * 0.054, 0.085, 0],
      [side * 0.05, 0.128, 0],
      [side * 0.026, 0.15, 0],
    ];
    kit.add(
      GRAPHITE,
      placed(
        tube(finger, (t) => 0.019 - 0.005 * t, { segments: 10, radialSegments: 8, domeRows: 2, section: [0.9, 1.2] }),
      ),
      inHand,
    );
  }
}

function addLeg(kit: MeshKit, x: number): void {
  kit.add(GRAPHITE, rod([x, 0.21, 0], [x, 0.09, 0], 0.038, 0.038, 14));
  for (const y of [0.15, 0.175]) kit.add(STEEL, torus(0.039, 0.006, 18, 5), { rotDeg: [90, 0, 0], at: [x, y, 0] });
  const boot: Corner[] = [
    [-0.075, 0.012],
    [0.135, 0.012],
    [0.145, 0.06, 0.045],
    [0.06, 0.1, 0.05],
    [0.045, 0.135, 0.02],
    [-0.06, 0.135, 0.025],
    [-0.075, 0.06, 0.1],
  ];
  const seen = boot.map(([z, y, r]): Corner => [-z, y, r ?? 0]).reverse();
  kit.add(CORAL, extrude(seen, 0.14, { bevelM: 0.034, bevelSegments: 3, quarterSegments: 4 }), {
    rotDeg: [0, 90, 0],
    at: [x, 0.004, 0],
  });
  kit.add(
    INK,
    extrude(rectCorners(0, 0, 0.15, 0.23, 0.06), 0.03, { bevelM: 0.01, bevelSegments: 2, quarterSegments: 5 }),
    { rotDeg: [-90, 0, 0], at: [x, 0.015, 0.03] },
  );
}

export const ROBOT: ObjectRecipe = {
  id: 'robot',
  name: { en: 'robot', zh: '机器人' },
  build: () => {
    const kit = new MeshKit();
    addHead(kit);
    addTorso(kit);
    addArm(
      kit,
      [
        [-0.215, 0.585, 0],
        [-0.3, 0.54, 0.005],
        [-0.335, 0.45, 0.02],
        [-0.33, 0.36, 0.035],
      ],
      -86,
    );
    addArm(
      kit,
      [
        [0.215, 0.585, 0],
        [0.31, 0.56, 0.01],
        [0.375, 0.62, 0.02],
        [0.385, 0.72, 0.025],
      ],
      78,
    );
    for (const x of [-0.095, 0.095]) addLeg(kit, x);
    return kit;
  },
};
