/**
 * A small two-tone hatchback. Its parts are drawn straight-sided and then bent together by `bend`, so that
 * windows, lamps and seams follow the body. Fuel cap on its left, exhaust and aerial on its right.
 */
import { type BufferGeometry } from 'three';
import { MeshKit, placed, type Vec3 } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { AMBER, CREAM, GLASS, INK, RUBBER, STEEL } from '../palette.ts';
import { circleCorners, type Corner } from '../path2.ts';
import { box, dome, lathe, patch, tube } from '../shapes.ts';
import { addBody, addCabin } from './car-body.ts';
import { addFace, addTail } from './car-ends.ts';
import {
  AXLE_Y,
  BELT_Y,
  bent,
  CABIN_HALF,
  FRONT_AXLE_Z,
  HALF_WIDTH,
  REAR_AXLE_Z,
  SHOULDER,
  sideways,
} from './car-shape.ts';

function addFlanks(kit: MeshKit): void {
  const skinX = (y: number): number => {
    const up = Math.max(0, y - (BELT_Y - SHOULDER));
    return HALF_WIDTH - SHOULDER + Math.sqrt(SHOULDER ** 2 - Math.min(up, SHOULDER * 0.98) ** 2);
  };
  const seam = (line: ReadonlyArray<readonly [number, number]>): BufferGeometry =>
    bent(
      tube(
        line.map(([z, y]): Vec3 => [skinX(y), y, z]),
        0.007,
        { segments: 26, radialSegments: 4, domeRows: 0 },
      ),
    );
  kit.addBoth(
    INK,
    seam([
      [0.62, 0.955],
      [0.64, 0.9],
      [0.65, 0.7],
      [0.62, 0.42],
      [0.57, 0.3],
      [0.45, 0.27],
      [-0.2, 0.27],
      [-0.33, 0.29],
      [-0.38, 0.4],
      [-0.39, 0.7],
      [-0.38, 0.9],
      [-0.38, 0.955],
    ]),
  );
  const chrome: Vec3[] = [
    [CABIN_HALF + 0.022, 0.992, 0.72],
    [CABIN_HALF + 0.022, 0.992, 0],
    [CABIN_HALF + 0.022, 0.99, -1.42],
  ];
  kit.addBoth(STEEL, bent(tube(chrome, 0.014, { segments: 8, radialSegments: 6, domeRows: 1 })));
  kit.addBoth(STEEL, bent(placed(box(0.05, 0.034, 0.17, 0.012, 1), { at: [HALF_WIDTH + 0.012, 0.8, -0.25] })));
  kit.addBoth(AMBER, bent(placed(box(0.03, 0.035, 0.075, 0.012, 1), { at: [HALF_WIDTH, 0.7, 0.84] })));
  kit.addBoth(
    INK,
    tube(
      [
        [0.74, 0.99, 0.52],
        [0.84, 1.03, 0.53],
        [0.87, 1.07, 0.53],
      ],
      0.018,
      { segments: 4, radialSegments: 6, domeRows: 1 },
    ),
  );
  kit.addBoth(CREAM, box(0.19, 0.125, 0.095, 0.045, 2), { at: [0.9, 1.1, 0.53], rotDeg: [0, -8, 0] });
  kit.addBoth(GLASS, box(0.15, 0.09, 0.02, 0.009, 1), { at: [0.9, 1.1, 0.485], rotDeg: [0, -8, 0] });

  // What tells left from right: fuel cap, aerial (and the exhaust of `addTail`).
  const capCorners = circleCorners(-1.2, 0.82, 0.075, 0.075, 20);
  kit.add(INK, bent(sideways(capCorners, 0.012, HALF_WIDTH, { openBack: true })));
  kit.add(
    STEEL,
    bent(
      sideways(circleCorners(-1.2, 0.82, 0.064, 0.064, 20), 0.034, HALF_WIDTH, {
        bevelM: 0.01,
        bevelSegments: 2,
        openBack: true,
      }),
    ),
  );
  kit.add(INK, dome(0.03, 0.03, 10, 3), { at: [-0.34, 1.525, -0.98], rotDeg: [-90, 0, 0] });
  kit.add(
    INK,
    tube(
      [
        [-0.34, 1.53, -0.98],
        [-0.34, 1.62, -1.03],
        [-0.34, 1.72, -1.09],
      ],
      (t) => 0.009 - 0.004 * t,
      { segments: 3, radialSegments: 5, domeRows: 1 },
    ),
  );
}

function addWheel(kit: MeshKit, side: 1 | -1, z: number): void {
  const turn: Vec3 = [0, 0, -90 * side];
  const at: Vec3 = [side * 0.6, AXLE_Y, z];
  const tyre: Corner[] = [
    [0.27, 0.01],
    [0.315, 0.03, 0.03],
    [0.315, 0.185, 0.05],
    [0.27, 0.212, 0.03],
    [0.208, 0.202],
  ];
  kit.add(RUBBER, lathe(tyre, 22, { quarterSegments: 2 }), { at, rotDeg: turn });
  kit.add(INK, patch(circleCorners(0, 0, 0.272, 0.272, 14), { smoothDeg: 60 }), { at, rotDeg: [0, -90 * side, 0] });
  const rim: Corner[] = [
    [0.213, 0.2],
    [0.203, 0.208],
    [0.188, 0.204],
    [0.174, 0.171],
    [0.08, 0.171],
  ];
  kit.add(CREAM, lathe(rim, 22, { smoothDeg: 55 }), { at, rotDeg: turn });
  kit.add(
    STEEL,
    lathe(
      [
        [0.09, 0.168],
        [0.088, 0.186],
        [0.072, 0.201],
        [0.04, 0.21],
        [0, 0.213],
      ],
      14,
      { smoothDeg: 80 },
    ),
    { at, rotDeg: turn },
  );
  for (let i = 0; i < 10; i++) {
    const aRad = (i / 10) * 2 * Math.PI;
    const slot = placed(patch(circleCorners(0, 0, 0.012, 0.023, 8), { smoothDeg: 60 }), {
      rotDeg: [-90, (aRad * 180) / Math.PI + 90, 0],
      at: [0.142 * Math.cos(aRad), 0.1725, -0.142 * Math.sin(aRad)],
    });
    kit.add(INK, slot, { at, rotDeg: turn });
  }
}

export const CAR: ObjectRecipe = {
  id: 'car',
  name: { en: 'car', zh: '小汽车' },
  build: () => {
    const kit = new MeshKit();
    addBody(kit);
    addCabin(kit);
    addFace(kit);
    addTail(kit);
    addFlanks(kit);
    for (const side of [1, -1] as const) for (const z of [FRONT_AXLE_Z, REAR_AXLE_Z]) addWheel(kit, side, z);
    return kit;
  },
};
