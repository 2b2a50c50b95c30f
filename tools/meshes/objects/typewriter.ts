/** A portable typewriter, keyboard towards +Z: return lever on the typist's left (-X), a sheet with a few typed lines. */
import { Vector3 } from 'three';
import { extrudeSide, latheX, wire } from '../axes.ts';
import { deformed, MeshKit, placed, type Vec3 } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { BRASS, CORAL, CREAM, GRAPHITE, INK, PAPER, RUBBER, SAGE, STEEL, TAIL_RED } from '../palette.ts';
import { type Corner, rectCorners } from '../path2.ts';
import { ball, box, disc, lathe, patch, rod, tube } from '../shapes.ts';

const PLATEN: Vec3 = [0, 0.118, -0.068];

/** Rods so thin or so well hidden that their ends stay open. */
const PLAIN = { smooth: false, segments: 1, domeRows: 0 };

function addBody(kit: MeshKit): void {
  const base: Corner[] = [
    [-0.145, 0.008, 0.02],
    [0.15, 0.008, 0.015],
    [0.152, 0.026, 0.01],
    [0.03, 0.046, 0.02],
    [-0.145, 0.05, 0.02],
  ];
  kit.add(SAGE, extrudeSide(base, 0.315, { bevelM: 0.012, quarterSegments: 5 }));
  // Two cheeks beside the type basket, and the hood over the ribbon.
  const cheek: Corner[] = [
    [-0.14, 0.04, 0.01],
    [0.06, 0.035, 0.02],
    [0.02, 0.088, 0.03],
    [-0.03, 0.1, 0.03],
    [-0.135, 0.1, 0.02],
  ];
  kit.addBoth(SAGE, extrudeSide(cheek, 0.052, { bevelM: 0.012, quarterSegments: 5 }), { at: [0.1305, 0, 0] });
  kit.add(
    SAGE,
    extrudeSide(
      [
        [-0.14, 0.04],
        [-0.11, 0.04],
        [-0.115, 0.105, 0.01],
        [-0.14, 0.105, 0.01],
      ],
      0.25,
      { bevelM: 0.004 },
    ),
  );
  const hood: Corner[] = [
    [0.03, 0.04, 0.006],
    [0.054, 0.04, 0.012],
    [0.026, 0.08, 0.02],
    [-0.02, 0.093, 0.012],
    [-0.024, 0.085, 0.004],
    [0.018, 0.072, 0.02],
  ];
  kit.add(SAGE, extrudeSide(hood, 0.225, { bevelM: 0.003, quarterSegments: 5 }));
  kit.add(INK, box(0.21, 0.01, 0.1, 0.003, 1), { at: [0, 0.052, -0.02] });
  kit.add(BRASS, box(0.07, 0.013, 0.003, 0.0014, 1), { at: [0, 0.069, 0.0375], rotDeg: [-52, 0, 0] });
  for (const x of [-0.024, -0.012, 0, 0.012, 0.024])
    kit.add(INK, box(0.006, 0.005, 0.004, 0.0008, 1), { at: [x, 0.0693, 0.0383], rotDeg: [-52, 0, 0] });
  for (const x of [-0.135, 0.135])
    for (const z of [-0.12, 0.125]) kit.add(RUBBER, disc(0.014, 0.014, 0.003, 18), { at: [x, 0, z] });
}

function addKeys(kit: MeshKit): void {
  kit.add(INK, box(0.262, 0.006, 0.088, 0.002, 1), { at: [0, 0.0345, 0.098], rotDeg: [9.5, 0, 0] });
  const key = lathe(
    [
      [0.0092, 0, 0.001],
      [0.0098, 0.003, 0.0015],
      [0.0086, 0.0046, 0.001],
      [0.0062, 0.0036],
      [0, 0.0034],
    ],
    12,
    { quarterSegments: 1 },
  );
  const ring = lathe(
    [
      [0.0094, 0.0012],
      [0.0105, 0.0018, 0.0004],
      [0.0103, 0.0038, 0.0006],
      [0.0092, 0.0046],
    ],
    12,
    { quarterSegments: 1 },
  );
  for (let row = 0; row < 4; row++) {
    const z = 0.068 + row * 0.0212;
    const y = 0.0545 - row * 0.0068;
    for (let i = 0; i < 10; i++) {
      const x = -0.1125 + i * 0.0238 + (row % 2) * 0.0085 - 0.003;
      const isShift = row === 3 && (i === 0 || i === 9);
      kit.add(isShift ? CORAL : CREAM, key, { at: [x, y, z], rotDeg: [10, 0, 0] });
      kit.add(STEEL, ring, { at: [x, y, z], rotDeg: [10, 0, 0] });
      kit.add(INK, patch(rectCorners(0, 0, 0.0034 + ((i * 3 + row) % 3) * 0.0008, 0.005, 0)), {
        at: [x, y + 0.0039, z + 0.0006],
        rotDeg: [-80, 0, 0],
      });
      kit.add(
        STEEL,
        tube(
          [
            [x, y - 0.012, z - 0.004],
            [x, y, z],
          ],
          0.0016,
          { ...PLAIN, radialSegments: 6 },
        ),
      );
    }
  }
  kit.add(GRAPHITE, box(0.15, 0.008, 0.0125, 0.0038, 3), { at: [0, 0.0335, 0.1492], rotDeg: [8, 0, 0] });
}

function addRibbonAndTypes(kit: MeshKit): void {
  for (const side of [-1, 1]) {
    kit.add(GRAPHITE, disc(0.031, 0.003, 0.001, 30), { at: [side * 0.118, 0.1, -0.03] });
    kit.add(side < 0 ? INK : TAIL_RED, disc(side < 0 ? 0.026 : 0.019, 0.007, 0.001, 28), {
      at: [side * 0.118, 0.103, -0.03],
    });
    kit.add(GRAPHITE, disc(0.031, 0.0025, 0.001, 30), { at: [side * 0.118, 0.11, -0.03] });
    kit.add(STEEL, disc(0.007, 0.008, 0.002, 14), { at: [side * 0.118, 0.112, -0.03] });
    kit.add(INK, rod([side * 0.095, 0.107, -0.044], [side * 0.012, 0.112, -0.044], 0.0028, 0.0028, 6));
  }
  // Type bars lie in a fan.
  for (let i = 0; i < 23; i++) {
    const a = ((i - 11) / 11) * 1.12;
    const [s, c] = [Math.sin(a), Math.cos(a)];
    kit.add(
      STEEL,
      tube(
        [
          [0.088 * s, 0.061, -0.05 + 0.068 * c],
          [0.05 * s, 0.074 - 0.012 * c, -0.056 + 0.042 * c],
        ],
        0.0019,
        { ...PLAIN, radialSegments: 5 },
      ),
    );
  }
  for (const x of [-0.011, 0.011]) kit.add(STEEL, box(0.003, 0.034, 0.004, 0.001, 1), { at: [x, 0.103, -0.042] });
}

function addCarriage(kit: MeshKit): void {
  const [, y, z] = PLATEN;
  kit.add(
    RUBBER,
    latheX(
      [
        [0, -0.155],
        [0.0185, -0.155, 0.002],
        [0.0185, 0.155, 0.002],
        [0, 0.155],
      ],
      28,
    ),
    { at: PLATEN },
  );
  for (const side of [-1, 1]) {
    const turn: Vec3 = [0, side > 0 ? 0 : 180, 0];
    kit.add(
      STEEL,
      placed(
        latheX(
          [
            [0.006, 0],
            [0.006, 0.022],
          ],
          14,
        ),
        { rotDeg: turn },
      ),
      { at: [side * 0.155, y, z] },
    );
    const knob: Corner[] = [
      [0, 0.016],
      [0.015, 0.017, 0.002],
      [0.0165, 0.022, 0.002],
      [0.0165, 0.033, 0.003],
      [0.006, 0.036],
      [0, 0.036],
    ];
    kit.add(GRAPHITE, placed(latheX(knob, 16), { rotDeg: turn }), { at: [side * 0.155, y, z] });
    kit.add(SAGE, box(0.014, 0.05, 0.056, 0.006, 3), { at: [side * 0.148, y - 0.008, z - 0.006] });
  }
  kit.add(STEEL, box(0.3, 0.012, 0.012, 0.003, 1), { at: [0, y - 0.02, z - 0.02] });
  kit.add(STEEL, rod([-0.14, y + 0.022, z + 0.006], [0.14, y + 0.022, z + 0.006], 0.0028, 0.0028, 8));
  for (const x of [-0.07, 0.07])
    kit.add(
      RUBBER,
      latheX(
        [
          [0, -0.009],
          [0.0058, -0.009, 0.001],
          [0.0058, 0.009, 0.001],
          [0, 0.009],
        ],
        16,
      ),
      { at: [x, y + 0.022, z + 0.006] },
    );
  // The return lever.
  kit.add(
    STEEL,
    wire(
      [
        [-0.158, y + 0.012, z + 0.01],
        [-0.18, y + 0.024, z + 0.03],
        [-0.19, y + 0.03, z + 0.062],
        [-0.186, y + 0.03, z + 0.08],
      ],
      0.0036,
      { segments: 22, section: [0.8, 1.5] },
    ),
  );
  kit.add(CORAL, ball(0.0075, 16), { at: [-0.186, y + 0.03, z + 0.082], scale: [1, 0.8, 1.2] });
}

function addSheet(kit: MeshKit): void {
  const [, y, z] = PLATEN;
  const bend = (geometry: ReturnType<typeof patch>, liftM: number) =>
    deformed(geometry, (p) => {
      // Up from the platen, then leaning back.
      const lean = 0.24 * p.y + 0.9 * p.y * p.y;
      return new Vector3(p.x, y + 0.006 + p.y, z + 0.0194 - lean + (p.z === 0 ? liftM : liftM + p.z));
    });
  const size = rectCorners(0, 0.07, 0.19, 0.15, 0);
  kit.add(PAPER, bend(patch(size, { maxEdgeM: 0.03 }), 0.0004));
  kit.add(PAPER, bend(placed(patch(size, { maxEdgeM: 0.03 }), { rotDeg: [0, 180, 0] }), -0.0004));
  const lines: Array<[number, number[]]> = [
    [0.118, [0.05]],
    [0.1, [0.02, 0.034, 0.012, 0.03, 0.024]],
    [0.086, [0.03, 0.016, 0.04, 0.02, 0.014]],
    [0.072, [0.012, 0.03, 0.026, 0.034, 0.018]],
    [0.058, [0.024, 0.012, 0.036, 0.016, 0.03]],
    [0.044, [0.03, 0.022, 0.014]],
  ];
  for (const [at, words] of lines) {
    let x = -0.075;
    for (const width of words) {
      kit.add(INK, bend(patch(rectCorners(x + width / 2, at, width, 0.0042, 0), { maxEdgeM: 0.02 }), 0.001));
      x += width + 0.0055;
    }
  }
}

export const TYPEWRITER: ObjectRecipe = {
  id: 'typewriter',
  name: { en: 'typewriter', zh: '打字机' },
  build: () => {
    const kit = new MeshKit();
    addBody(kit);
    addKeys(kit);
    addRibbonAndTypes(kit);
    addCarriage(kit);
    addSheet(kit);
    return kit.settle();
  },
};
