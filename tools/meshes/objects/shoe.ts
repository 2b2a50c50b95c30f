/** A left running shoe, toe towards +Z: laces in a bow, a stripe on both sides, a pull tab at the heel. */
import type { BufferGeometry } from 'three';
import { addPainted, extrudePlan, topOf } from '../axes.ts';
import { fieldBox, fieldCommon, fieldCut, fieldEllipsoid, fieldGrown, fieldUnion, type Field } from '../field.ts';
import { deformed, MeshKit, placed, type Vec3 } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { AMBER, CORAL, GRAPHITE, INK, NAVY, PAPER, SKY } from '../palette.ts';
import type { Corner } from '../path2.ts';
import { ball, torus, tube } from '../shapes.ts';
import { surfaceOf } from '../surface.ts';

/** Sole of a left foot seen from above: x to its left, z forwards; counter-clockwise with z upwards. */
const OUTLINE: Corner[] = [
  [0, -0.15],
  [0.022, -0.146],
  [0.035, -0.128],
  [0.039, -0.09],
  [0.039, -0.04],
  [0.043, 0.01],
  [0.05, 0.05],
  [0.05, 0.088],
  [0.041, 0.12],
  [0.022, 0.144],
  [-0.004, 0.152],
  [-0.029, 0.142],
  [-0.045, 0.115],
  [-0.051, 0.08],
  [-0.047, 0.04],
  [-0.036, 0],
  [-0.032, -0.04],
  [-0.036, -0.09],
  [-0.034, -0.128],
  [-0.022, -0.146],
];

const LAST = fieldUnion(
  0.03,
  fieldEllipsoid([-0.001, 0.04, 0.083], [0.048, 0.034, 0.068]),
  fieldEllipsoid([0, 0.052, 0.02], [0.043, 0.05, 0.08], [14, 0, 0]),
  fieldEllipsoid([0.001, 0.055, -0.09], [0.037, 0.062, 0.056]),
  fieldEllipsoid([0.001, 0.088, -0.072], [0.036, 0.045, 0.055], [12, 0, 0]),
);
const HOLE = fieldUnion(
  0.012,
  fieldEllipsoid([0.001, 0.14, -0.078], [0.027, 0.07, 0.042], [14, 0, 0]),
  fieldBox([0, 0.135, -0.02], [0.024, 0.06, 0.07], 0.011, [38, 0, 0]),
);
const UPPER = fieldCut(fieldCommon(LAST, fieldBox([0, 0.119, 0], [0.3, 0.2, 0.5], 0), 0.004), HOLE, 0.008);
const TONGUE = fieldBox([0, 0.104, -0.012], [0.05, 0.011, 0.115], 0.0052, [40, 0, 0]);

const onTop = (x: number, z: number, field: Field, liftM: number): Vec3 => [x, topOf(field, x, z, 0.2, 0) + liftM, z];

function toeSpring(geometry: BufferGeometry): BufferGeometry {
  return deformed(geometry, (p) => {
    const t = Math.max(0, p.z - 0.06) / 0.09;
    p.y += 0.012 * t * t;
    return p;
  });
}

function addSole(kit: MeshKit): void {
  const scaled = (k: number): Corner[] => OUTLINE.map(([x, z]) => [x * k, z * (1 + (k - 1) * 0.35)]);
  const options = { bevelSegments: 3, smoothDeg: 60 };
  kit.add(
    CORAL,
    toeSpring(placed(extrudePlan(scaled(1), 0.012, { ...options, bevelM: 0.004 }), { at: [0, 0.006, 0] })),
  );
  kit.add(
    PAPER,
    toeSpring(placed(extrudePlan(scaled(1.06), 0.024, { ...options, bevelM: 0.009 }), { at: [0, 0.021, 0] })),
  );
  for (let i = 0; i < 9; i++) {
    const z = -0.12 + i * 0.03;
    kit.add(
      GRAPHITE,
      toeSpring(
        placed(
          extrudePlan(
            [
              [-0.025, z],
              [0.025, z],
              [0.025, z + 0.013],
              [-0.025, z + 0.013],
            ],
            0.006,
          ),
          { at: [0, 0.001, 0] },
        ),
      ),
    );
  }
  const groove = OUTLINE.map(([x, z]): Vec3 => [x * 1.062, 0.02, z * 1.022]);
  kit.add(SKY, toeSpring(tube(groove, 0.0022, { closed: true, segments: 90, radialSegments: 6 })));
}

function addUpper(kit: MeshKit): void {
  const inside = fieldGrown(HOLE, 0.0012);
  const toe = fieldEllipsoid([0, 0.02, 0.155], [0.07, 0.058, 0.055]);
  const heel = fieldEllipsoid([0, 0.05, -0.155], [0.07, 0.065, 0.05]);
  const collar: Field = (x, y, z) => 0.112 - 0.14 * (z + 0.08) * -1 - y + 0 * x;
  // A stripe that sweeps from the heel up to the laces on both sides.
  const stripe: Field = (x, y, z) => {
    const middle = 0.048 + 1.7 * (z + 0.03) ** 2 + 0.16 * (z + 0.03);
    const half = 0.0085 - 0.05 * Math.max(0, Math.abs(z + 0.01) - 0.045);
    return Math.abs(x) < 0.018 || y > 0.092 ? 1 : Math.abs(y - middle) - half;
  };
  const upper = surfaceOf(UPPER, [-0.07, 0, -0.17], [0.07, 0.16, 0.17], 0.0048);
  addPainted(kit, upper, NAVY, [
    [INK, inside],
    [CORAL, toe],
    [CORAL, heel],
    [AMBER, stripe],
    [SKY, (x, y, z) => Math.max(collar(x, y, z), z + 0.02)],
  ]);
  const tongue = surfaceOf(TONGUE, [-0.04, 0.04, -0.08], [0.04, 0.17, 0.05], 0.0042);
  addPainted(kit, tongue, SKY, [[PAPER, fieldBox([0, 0.148, -0.052], [0.03, 0.04, 0.022], 0.004, [40, 0, 0])]]);
  kit.add(AMBER, torus(0.011, 0.0028, 20, 8), { at: [0, 0.112, -0.139], rotDeg: [0, 90, 0], scale: [0.8, 1.3, 1] });
}

function addLaces(kit: MeshKit): void {
  const bare = fieldUnion(0.006, UPPER, TONGUE);
  const rows = [0.062, 0.044, 0.026, 0.008, -0.01];
  const lace = (points: Vec3[], segments: number): BufferGeometry =>
    tube(points, 0.0029, { segments, radialSegments: 7, section: [0.6, 1.3] });
  const half = (z: number): number => 0.0185 + 0.06 * Math.max(0, z - 0.03);
  rows.forEach((z, i) => {
    for (const side of [-1, 1]) {
      kit.add(INK, torus(0.0042, 0.0013, 14, 6), {
        at: onTop(side * half(z), z, bare, 0.0005),
        rotDeg: [55, side * 22, 0],
      });
      const next = rows[i + 1];
      if (next === undefined) continue;
      const points = [0, 0.25, 0.5, 0.75, 1].map((t): Vec3 => {
        const x = side * (half(z) + (-half(next) - half(z)) * t);
        return onTop(x, z + (next - z) * t, bare, 0.0028 + (side > 0 ? 0.0026 : 0) * Math.sin(Math.PI * t));
      });
      kit.add(PAPER, lace(points, 12));
    }
  });
  const knot = onTop(0, -0.014, bare, 0.006);
  kit.add(PAPER, ball(0.0072, 14), { at: knot, scale: [1.1, 0.8, 0.9] });
  const at = (dx: number, dy: number, dz: number): Vec3 => [knot[0] + dx, knot[1] + dy, knot[2] + dz];
  for (const side of [-1, 1]) {
    kit.add(
      PAPER,
      lace(
        [
          knot,
          at(side * 0.018, 0.012, 0.008),
          at(side * 0.036, 0.007, 0.008),
          at(side * 0.036, -0.002, -0.001),
          at(side * 0.016, 0.002, -0.004),
          knot,
        ],
        30,
      ),
    );
    kit.add(
      PAPER,
      lace([knot, at(side * 0.012, 0.003, 0.016), at(side * 0.026, -0.01, 0.026), at(side * 0.033, -0.026, 0.032)], 14),
    );
    kit.add(AMBER, lace([at(side * 0.0318, -0.023, 0.0312), at(side * 0.036, -0.035, 0.034)], 3));
  }
}

export const SHOE: ObjectRecipe = {
  id: 'shoe',
  name: { en: 'running shoe', zh: '运动鞋' },
  build: () => {
    const kit = new MeshKit();
    addSole(kit);
    addUpper(kit);
    addLaces(kit);
    return kit.settle();
  },
};
