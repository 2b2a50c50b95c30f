/** Wheels, rods and cylinders of the steam engine. */
import { type MeshKit, placed, type Vec3 } from '../kit.ts';
import { BRASS, FOREST, IRON, STEEL, TAIL_RED } from '../palette.ts';
import type { Corner } from '../path2.ts';
import { box, rod, tube } from '../shapes.ts';
import { latheX, latheZ } from './steam-train-shapes.ts';

const AXLES_Z = [1.0, 0.0, -1.0];
const WHEEL_R = 0.46;

function addWheel(kit: MeshKit, side: 1 | -1, z: number, radius: number, spokes: number): void {
  const at: Vec3 = [side * 0.78, radius, z];
  const turn: Vec3 = [0, side > 0 ? 0 : 180, 0];
  const rim: Corner[] = [
    [radius - 0.085, -0.07],
    [radius + 0.028, -0.07, 0.015],
    [radius + 0.024, -0.035, 0.012],
    [radius, -0.02],
    [radius - 0.004, 0.06, 0.012],
    [radius - 0.085, 0.06],
    [radius - 0.085, -0.07],
  ];
  kit.add(TAIL_RED, placed(latheX(rim, 21, { smoothDeg: 25 }), { rotDeg: turn }), { at });
  kit.add(
    STEEL,
    placed(
      latheX(
        [
          [radius - 0.04, 0.055],
          [radius - 0.04, 0.066],
          [radius + 0.001, 0.066],
          [radius + 0.001, -0.02],
        ].reverse() as unknown as Corner[],
        20,
      ),
      { rotDeg: turn },
    ),
    { at },
  );
  kit.add(
    TAIL_RED,
    placed(
      latheX(
        [
          [0, -0.05],
          [0.1, -0.05],
          [0.1, 0.07, 0.02],
          [0.06, 0.09, 0.01],
          [0, 0.09],
        ],
        10,
      ),
      { rotDeg: turn },
    ),
    { at },
  );
  for (let i = 0; i < spokes; i++) {
    const a = (i / spokes) * 2 * Math.PI + 0.2;
    const end: Vec3 = [at[0], at[1] + Math.cos(a) * (radius - 0.07), at[2] + Math.sin(a) * (radius - 0.07)];
    kit.add(TAIL_RED, tube([at, end], 0.03, { smooth: false, segments: 1, radialSegments: 6, domeRows: 0 }));
  }
}

export function addRunningGear(kit: MeshKit): void {
  for (const side of [1, -1] as const) {
    for (const z of AXLES_Z) addWheel(kit, side, z, WHEEL_R, 10);
    addWheel(kit, side, 1.88, 0.27, 8);
    const x = side * 0.9;
    // Cranks a quarter turn apart, as on a real engine.
    const a = side > 0 ? 0.5 : 0.5 + Math.PI / 2;
    const pin = (z: number): Vec3 => [x, WHEEL_R + 0.2 * Math.sin(a), z + 0.2 * Math.cos(a)];
    kit.add(STEEL, box(0.035, 0.075, 2.12, 0.016, 2), { at: [x, pin(0)[1], pin(0)[2]] });
    for (const z of AXLES_Z)
      kit.add(
        STEEL,
        latheX(
          [
            [0, -0.1],
            [0.062, -0.1],
            [0.062, 0.03, 0.012],
            [0, 0.032],
          ],
          12,
        ),
        { at: pin(z), rotDeg: [0, side > 0 ? 0 : 180, 0] },
      );
    const rodEnd: Vec3 = [x + side * 0.05, 0.62, 1.38];
    kit.add(
      STEEL,
      tube([[x + side * 0.05, ...pin(0).slice(1)] as unknown as Vec3, rodEnd], 0.034, {
        smooth: false,
        segments: 1,
        radialSegments: 8,
        section: [0.6, 1.3],
      }),
    );
    kit.add(STEEL, rod(rodEnd, [x + side * 0.05, 0.64, 1.72], 0.024, 0.024, 10));
    kit.add(
      FOREST,
      latheZ(
        [
          [0, 1.62],
          [0.17, 1.62, 0.02],
          [0.17, 2.14, 0.02],
          [0, 2.14],
        ],
        20,
      ),
      { at: [x, 0.66, 0] },
    );
    for (const z of [1.66, 2.08])
      kit.add(
        BRASS,
        latheZ(
          [
            [0.168, z],
            [0.18, z + 0.005],
            [0.18, z + 0.035],
            [0.168, z + 0.04],
          ],
          20,
          { smoothDeg: 80 },
        ),
        { at: [x, 0.66, 0] },
      );
    for (const z of [0.25, -0.75]) kit.add(IRON, box(0.06, 0.3, 0.05, 0.01, 1), { at: [side * 0.83, 0.84, z] });
  }
}
