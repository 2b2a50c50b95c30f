/** Painted shell of the car, its roof and its windows. */
import { type BufferGeometry } from 'three';
import { type MeshKit, placed, type Vec3 } from '../kit.ts';
import { CREAM, GLASS, GRAPHITE, INK, RUBBER, TEAL_PAINT } from '../palette.ts';
import { type Corner, rectCorners } from '../path2.ts';
import { box, extrude, tube } from '../shapes.ts';
import {
  archCorners,
  AXLE_Y,
  BELT_Y,
  bent,
  CABIN_HALF,
  FRONT_AXLE_Z,
  HALF_WIDTH,
  REAR_AXLE_Z,
  SHOULDER,
  sideways,
  SILL_Y,
} from './car-shape.ts';

export function addBody(kit: MeshKit): void {
  const profile: Corner[] = [
    [-1.6, SILL_Y, 0.08],
    ...archCorners(REAR_AXLE_Z),
    ...archCorners(FRONT_AXLE_Z),
    [1.6, SILL_Y, 0.08],
    [1.7, 0.36, 0.1],
    [1.69, 0.75, 0.13],
    [1.46, 0.9, 0.3],
    [0.78, 1.0, 0.3],
    [-1.58, BELT_Y, 0.16],
    [-1.68, 0.62, 0.2],
    [-1.66, 0.36, 0.1],
  ];
  kit.add(
    TEAL_PAINT,
    bent(
      sideways(profile, 2 * HALF_WIDTH, 0, {
        bevelM: SHOULDER,
        bevelSegments: 4,
        depthSegments: 4,
        maxEdgeM: 0.4,
        quarterSegments: 3,
      }),
    ),
  );
  // Fills the wheel wells, the underside and the gap behind the bumpers.
  kit.add(INK, box(1.17, 0.46, 2.86), { at: [0, 0.45, 0] });
  for (const axleZ of [FRONT_AXLE_Z, REAR_AXLE_Z]) {
    const lip = archCorners(axleZ)
      .slice(1, -1)
      .map(([z, y]): Vec3 => [HALF_WIDTH - 0.028, AXLE_Y + (y - AXLE_Y) * 1.03, axleZ + (z - axleZ) * 1.03]);
    kit.addBoth(TEAL_PAINT, bent(tube(lip, 0.036, { segments: 11, radialSegments: 5, domeRows: 1 })));
  }
  const sill = box(0.06, 0.07, 1.36, 0.028, 1);
  kit.addBoth(GRAPHITE, bent(placed(sill, { at: [HALF_WIDTH - 0.02, SILL_Y + 0.03, 0.01] })));
}

export function addCabin(kit: MeshKit): void {
  const profile: Corner[] = [
    [-1.55, 0.86],
    [0.98, 0.86],
    [0.82, 1.0, 0.1],
    [0.3, 1.45, 0.2],
    [-0.35, 1.47, 1.2],
    [-1.2, 1.45, 0.2],
    [-1.53, 1.0, 0.3],
  ];
  kit.add(
    TEAL_PAINT,
    bent(
      sideways(profile, 2 * CABIN_HALF, 0, {
        bevelM: 0.1,
        bevelSegments: 3,
        depthSegments: 2,
        maxEdgeM: 0.4,
        quarterSegments: 3,
      }),
    ),
  );
  const roof: Corner[] = [
    [-1.26, 1.395, 0.03],
    [0.35, 1.4, 0.05],
    [0.26, 1.5, 0.16],
    [-0.35, 1.545, 1.2],
    [-1.2, 1.505, 0.3],
    [-1.38, 1.455, 0.04],
  ];
  kit.add(
    CREAM,
    bent(
      sideways(roof, 2 * CABIN_HALF + 0.024, 0, {
        bevelM: 0.06,
        bevelSegments: 3,
        depthSegments: 4,
        maxEdgeM: 0.4,
        quarterSegments: 4,
      }),
    ),
  );

  const windows: Corner[][] = [
    [
      [-0.34, 1.035, 0.03],
      [0.56, 1.035, 0.05],
      [0.17, 1.375, 0.09],
      [-0.34, 1.395, 0.03],
    ],
    [
      [-1.32, 1.035, 0.08],
      [-0.42, 1.035, 0.03],
      [-0.42, 1.395, 0.03],
      [-1.03, 1.375, 0.12],
    ],
  ];
  const surround: Corner[] = [
    [-1.37, 1.005, 0.09],
    [0.62, 1.005, 0.06],
    [0.185, 1.4, 0.1],
    [-0.42, 1.42, 0.3],
    [-1.05, 1.4, 0.13],
  ];
  kit.addBoth(
    RUBBER,
    bent(
      sideways(surround, 0.016, CABIN_HALF, {
        bevelM: 0.005,
        bevelSegments: 1,
        maxEdgeM: 0.4,
        quarterSegments: 3,
        openBack: true,
      }),
    ),
  );
  for (const corners of windows) {
    kit.addBoth(
      GLASS,
      bent(
        sideways(corners, 0.026, CABIN_HALF, {
          bevelM: 0.008,
          bevelSegments: 1,
          maxEdgeM: 0.35,
          quarterSegments: 3,
          openBack: true,
        }),
      ),
    );
  }
  const screens: Array<{ low: Corner; high: Corner; widthM: number; turn: number }> = [
    { low: [0.835, 0.985], high: [0.325, 1.437], widthM: 1.22, turn: 1 },
    { low: [-1.5, 1.04], high: [-1.228, 1.42], widthM: 1.16, turn: -1 },
  ];
  for (const { low, high, widthM, turn } of screens) {
    const length = Math.hypot(high[0] - low[0], high[1] - low[1]);
    const leanDeg = (Math.atan2(Math.abs(high[0] - low[0]), high[1] - low[1]) * 180) / Math.PI;
    const panel = (w: number, h: number, d: number, radius: number): BufferGeometry =>
      bent(
        placed(
          extrude(rectCorners(0, 0, w, h, radius), d, {
            bevelM: d / 4,
            bevelSegments: 1,
            maxEdgeM: 0.2,
            quarterSegments: 4,
            openBack: true,
          }),
          {
            rotDeg: [-leanDeg, turn > 0 ? 0 : 180, 0],
            at: [0, (low[1] + high[1]) / 2, (low[0] + high[0]) / 2],
          },
        ),
      );
    kit.add(RUBBER, panel(widthM + 0.045, length - 0.03, 0.02, 0.1));
    kit.add(GLASS, panel(widthM, length - 0.075, 0.034, 0.08));
  }
}
