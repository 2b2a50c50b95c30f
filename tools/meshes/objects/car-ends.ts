/** Face and tail of the car: lamps, grille, bumpers, plates and the seams of bonnet and hatch. */
import { type BufferGeometry } from 'three';
import { addText } from '../glyphs.ts';
import { type MeshKit, placed, type Vec3 } from '../kit.ts';
import { AMBER, CREAM, INK, LAMP, PAPER, STEEL, TAIL_RED } from '../palette.ts';
import { rectCorners } from '../path2.ts';
import { box, button, dome, extrude, lathe, tube } from '../shapes.ts';
import { bent } from './car-shape.ts';

/** A bumper bar at z, wide enough to run round both corners. */
export function bumper(z: number): BufferGeometry {
  const front = Math.sign(z);
  const bar: Vec3[] = [-0.79, -0.76, -0.6, -0.3, 0, 0.3, 0.6, 0.76, 0.79].map((x) => [
    x,
    0.365,
    z + front * (Math.abs(x) > 0.7 ? (Math.abs(x) - 0.7) * -1.2 : 0),
  ]);
  return tube(bar, 0.105, { segments: 18, radialSegments: 10, domeRows: 2, section: [0.95, 0.95] });
}

export function addPlate(kit: MeshKit, z: number, turnDeg: number): void {
  const facing = Math.cos((turnDeg * Math.PI) / 180);
  const place = (dz: number): { at: Vec3; rotDeg: Vec3 } => ({
    at: [0, 0.365, z + dz * facing],
    rotDeg: [0, turnDeg, 0],
  });
  kit.add(INK, box(0.47, 0.135, 0.08, 0.009, 1), place(-0.033));
  kit.add(PAPER, box(0.445, 0.11, 0.02, 0.008, 1), place(0.001));
  addText(kit, INK, 'VP 360', 0.066, place(0.013));
}

export function addFace(kit: MeshKit): void {
  const z = 1.695;
  for (const x of [-0.5, 0.5]) {
    kit.add(STEEL, bent(placed(button(0.142, 0.07, 0.03, 22), { at: [x, 0.645, z - 0.03] })));
    kit.add(LAMP, bent(placed(dome(0.114, 0.045, 20, 4), { at: [x, 0.645, z + 0.036] })));
    kit.add(AMBER, bent(placed(box(0.13, 0.045, 0.04, 0.018, 1, true), { at: [x * 1.02, 0.475, z] })));
  }
  const grille = (w: number, h: number, d: number): BufferGeometry =>
    extrude(rectCorners(0, 0, w, h, h * 0.49), d, {
      bevelM: 0.008,
      bevelSegments: 1,
      maxEdgeM: 0.2,
      quarterSegments: 4,
      openBack: true,
    });
  kit.add(STEEL, bent(placed(grille(0.66, 0.15, 0.03), { at: [0, 0.645, z] })));
  kit.add(INK, bent(placed(grille(0.62, 0.112, 0.044), { at: [0, 0.645, z] })));
  for (const y of [0.668, 0.622])
    kit.add(
      STEEL,
      bent(
        tube(
          [-0.26, -0.13, 0, 0.13, 0.26].map((x): Vec3 => [x, y, z + 0.022]),
          0.006,
          { segments: 6, radialSegments: 4, domeRows: 1 },
        ),
      ),
    );
  kit.add(STEEL, bent(placed(button(0.042, 0.03, 0.01, 14), { at: [0, 0.645, z + 0.008] })));

  kit.add(CREAM, bent(bumper(z + 0.005)));
  addPlate(kit, z + 0.112, 0);
  const bonnet: Vec3[] = [
    [-0.6, 0.999, 0.8],
    [-0.6, 0.958, 1.08],
    [-0.6, 0.914, 1.37],
    [-0.5, 0.86, 1.545],
    [0, 0.855, 1.56],
    [0.5, 0.86, 1.545],
    [0.6, 0.914, 1.37],
    [0.6, 0.958, 1.08],
    [0.6, 0.999, 0.8],
  ];
  kit.add(INK, bent(tube(bonnet, 0.007, { segments: 32, radialSegments: 4, domeRows: 0 })));
  for (const x of [-0.08, 0.3])
    kit.add(
      INK,
      bent(
        tube(
          [
            [x, 1.0, 0.86],
            [x - 0.2, 1.06, 0.79],
            [x - 0.42, 1.11, 0.735],
          ],
          0.011,
          { segments: 4, radialSegments: 5, domeRows: 1 },
        ),
      ),
    );
}

export function addTail(kit: MeshKit): void {
  const z = -1.665;
  for (const x of [-0.56, 0.56]) {
    const lamp = (w: number, h: number, d: number, y: number): BufferGeometry =>
      bent(placed(box(w, h, d, Math.min(w, h, d) * 0.48, 2), { at: [x, y, z - 0.01] }));
    kit.add(STEEL, lamp(0.15, 0.3, 0.07, 0.68));
    kit.add(TAIL_RED, lamp(0.112, 0.165, 0.1, 0.735));
    kit.add(AMBER, lamp(0.112, 0.08, 0.1, 0.597));
  }
  kit.add(CREAM, bent(bumper(-1.67)));
  addPlate(kit, -1.785, 180);
  kit.add(STEEL, bent(placed(box(0.3, 0.03, 0.04, 0.012, 1), { at: [0, 0.78, -1.665] })));
  const hatch: Vec3[] = [
    [-0.63, 0.97, -1.585],
    [-0.44, 0.8, -1.66],
    [-0.43, 0.55, -1.68],
    [0, 0.53, -1.68],
    [0.43, 0.55, -1.68],
    [0.44, 0.8, -1.66],
    [0.63, 0.97, -1.585],
  ];
  kit.add(INK, bent(tube(hatch, 0.007, { segments: 28, radialSegments: 4, domeRows: 0 })));
  kit.add(
    INK,
    bent(
      tube(
        [
          [0, 1.05, -1.525],
          [0.16, 1.09, -1.495],
          [0.4, 1.15, -1.455],
        ],
        0.012,
        { segments: 4, radialSegments: 5, domeRows: 1 },
      ),
    ),
  );
  const pipe = lathe(
    [
      [0, 0.02],
      [0.022, 0.02],
      [0.024, 0],
      [0.036, 0],
      [0.036, 0.26],
    ],
    12,
  );
  kit.add(STEEL, pipe, { rotDeg: [90, 0, 0], at: [-0.46, 0.235, -1.74] });
}
