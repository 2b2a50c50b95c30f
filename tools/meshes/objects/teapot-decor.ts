/** What the teapot wears: a glazed sprig on one side, the label of a tea bag on the other. */
import { type BufferGeometry, Vector3 } from 'three';
import { deformed, type MeshKit, type MeshMaterial, placed, type Vec3, wrapped } from '../kit.ts';
import { BRASS, CORAL, CREAM, PAPER } from '../palette.ts';
import { type Corner, rectCorners } from '../path2.ts';
import { extrude, patch, torus, tube } from '../shapes.ts';

export const RIM_Y = 0.118;

/** Outer radius of the belly, squashed towards the foot. */
export function bellyRadius(y: number): number {
  const t = (y - 0.058) / (y > 0.058 ? 0.07 : 0.066);
  return 0.082 * Math.sqrt(Math.max(0.05, 1 - Math.abs(t) ** 2.2));
}

export function addSprig(kit: MeshKit): void {
  const print = (material: MeshMaterial, corners: Corner[], at: Vec3, deg: number, turnDeg: number): void => {
    const flat: BufferGeometry = placed(patch(corners, { maxEdgeM: 0.006, quarterSegments: 4 }), {
      at,
      rotDeg: [0, 0, deg],
    });
    kit.add(material, wrapped(flat, bellyRadius, turnDeg));
  };
  const leaf: Corner[] = [
    [0, 0],
    [0.006, -0.0042],
    [0.013, -0.0036],
    [0.02, 0],
    [0.013, 0.0036],
    [0.006, 0.0042],
  ];
  const stem = Array.from({ length: 9 }, (_, i): Vec3 => [-0.034 + i * 0.0085, 0.049 + 0.018 * (i / 8) ** 1.6, 0]);
  kit.add(CREAM, wrapped(tube(stem, 0.0011, { segments: 20, radialSegments: 5, domeRows: 1 }), bellyRadius, 90));
  stem.slice(1).forEach(([x, y], i) => print(CREAM, leaf, [x, y, 0.0006], i % 2 ? 62 - i * 3 : -30 + i * 3, 90));
  for (const [x, y] of [
    [-0.012, 0.083],
    [0.004, 0.089],
    [-0.024, 0.072],
  ] as const) {
    const dot = Array.from({ length: 14 }, (_, i): Corner => [
      0.0036 * Math.cos((i / 7) * Math.PI),
      0.0036 * Math.sin((i / 7) * Math.PI),
    ]);
    print(CORAL, dot, [x, y, 0.0006], 0, 90);
  }
}

export function addLabel(kit: MeshKit): void {
  const a = (-118 * Math.PI) / 180;
  const on = (y: number, lift: number): Vec3 => [
    (bellyRadius(y) + lift) * Math.sin(a),
    y,
    (bellyRadius(y) + lift) * Math.cos(a),
  ];
  kit.add(
    PAPER,
    tube(
      [
        [0.0435 * Math.sin(a), RIM_Y + 0.002, 0.0435 * Math.cos(a)],
        on(0.113, 0.002),
        on(0.1, 0.0022),
        on(0.085, 0.0018),
        on(0.073, 0.002),
      ],
      0.0007,
      { segments: 24, radialSegments: 5, domeRows: 1 },
    ),
  );
  const tag: Corner[] = [
    [-0.0115, 0.041, 0.002],
    [0.0115, 0.041, 0.002],
    [0.0115, 0.069, 0.002],
    [0.005, 0.0755, 0.002],
    [-0.005, 0.0755, 0.002],
    [-0.0115, 0.069, 0.002],
  ];
  const turn = (part: BufferGeometry): BufferGeometry =>
    deformed(placed(part, { at: [0, 0, 0.003] }), (p) => {
      const r = 0.0812 + p.z;
      return new Vector3(r * Math.sin(p.x / 0.082 + a), p.y, r * Math.cos(p.x / 0.082 + a));
    });
  kit.add(PAPER, turn(extrude(tag, 0.0012, { maxEdgeM: 0.008 })));
  kit.add(
    CORAL,
    turn(
      placed(extrude(rectCorners(0, 0.056, 0.0165, 0.0165, 0.003), 0.0006, { maxEdgeM: 0.008, openBack: true }), {
        at: [0, 0, 0.0006],
      }),
    ),
  );
  const leaf: Corner[] = [
    [0, 0.0505],
    [0.0042, 0.0555],
    [0, 0.063],
    [-0.0042, 0.0555],
  ];
  kit.add(CREAM, turn(placed(patch(leaf), { at: [0, 0, 0.00115] })));
  kit.add(BRASS, turn(placed(torus(0.0016, 0.0005, 14, 5), { at: [0, 0.0722, 0.0007] })));
}
