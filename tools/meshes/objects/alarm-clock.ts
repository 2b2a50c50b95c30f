/** A twin-bell alarm clock, dial towards +Z, at ten past ten; the alarm lever sits on its left (+X), keys at the back. */
import { latheZ, wire } from '../axes.ts';
import { MeshKit, placed, type Vec3 } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { BRASS, CORAL, GRAPHITE, INK, NICKEL, PAPER, STEEL, TEAL_PAINT } from '../palette.ts';
import { type Corner, rectCorners } from '../path2.ts';
import { ball, box, button, dome, lathe, patch, rod, torus } from '../shapes.ts';

const CENTRE: Vec3 = [0, 0.078, 0];

function addCase(kit: MeshKit): void {
  const shell: Corner[] = [
    [0, -0.031],
    [0.05, -0.031, 0.006],
    [0.061, -0.026, 0.008],
    [0.063, 0, 0.05],
    [0.061, 0.024],
  ];
  kit.add(TEAL_PAINT, latheZ(shell, 56), { at: CENTRE });
  const bezel: Corner[] = [
    [0.0605, 0.02],
    [0.0645, 0.022, 0.001],
    [0.0645, 0.03, 0.003],
    [0.058, 0.033, 0.003],
    [0.054, 0.0265, 0.002],
    [0.053, 0.0225],
  ];
  kit.add(NICKEL, latheZ(bezel, 64), { at: CENTRE });
  kit.add(
    PAPER,
    latheZ(
      [
        [0.0545, 0.0228],
        [0, 0.0228],
      ],
      48,
    ),
    { at: CENTRE },
  );
  for (const side of [-1, 1]) {
    const knee: Vec3 = [side * 0.034, 0.03, 0];
    kit.add(NICKEL, rod(knee, [side * 0.05, 0.007, 0.002], 0.0075, 0.0052, 16));
    kit.add(INK, ball(0.0072, 14), { at: [side * 0.05, 0.0068, 0.002] });
  }
}

function addDial(kit: MeshKit): void {
  const z = 0.0232;
  for (let i = 0; i < 60; i++) {
    const deg = i * 6;
    const a = (deg * Math.PI) / 180;
    const isHour = i % 5 === 0;
    const isQuarter = i % 15 === 0;
    const length = isQuarter ? 0.0095 : isHour ? 0.0065 : 0.0025;
    const r = 0.0495 - length / 2;
    kit.add(isQuarter ? CORAL : INK, patch(rectCorners(0, 0, isHour ? 0.0024 : 0.0009, length, 0)), {
      at: [r * Math.sin(a), CENTRE[1] + r * Math.cos(a), z],
      rotDeg: [0, 0, -deg],
    });
  }
  const hand = (
    deg: number,
    length: number,
    width: number,
    lift: number,
    material: Parameters<MeshKit['add']>[0],
  ): void => {
    const outline: Corner[] = [
      [-width / 2, -0.008],
      [width / 2, -0.008],
      [width * 0.62, length * 0.62],
      [0, length],
      [-width * 0.62, length * 0.62],
    ];
    kit.add(material, placed(patch(outline), { rotDeg: [0, 0, -deg] }), { at: [0, CENTRE[1], z + lift] });
  };
  hand(305, 0.026, 0.0052, 0.0012, INK);
  hand(60, 0.041, 0.004, 0.0022, INK);
  hand(165, 0.018, 0.0022, 0.0006, BRASS);
  hand(222, 0.043, 0.0014, 0.003, CORAL);
  kit.add(BRASS, button(0.0042, 0.005, 0.0015, 20), { at: [0, CENTRE[1], z] });
  // A small window for the seconds makes up and down of the dial differ.
  kit.add(STEEL, torus(0.0088, 0.0007, 26, 6), { at: [0, CENTRE[1] - 0.022, z] });
}

function addBells(kit: MeshKit): void {
  const bell: Corner[] = [
    [0.0265, 0],
    [0.0285, 0.001, 0.001],
    [0.0262, 0.014, 0.016],
    [0.013, 0.0245, 0.012],
    [0, 0.0268],
  ];
  const hollow: Corner[] = [
    [0, 0.022],
    [0.02, 0.015, 0.012],
    [0.0265, 0.0005],
  ];
  for (const side of [-1, 1]) {
    const tilt = { at: [side * 0.038, 0.137, 0] as Vec3, rotDeg: [0, 0, -side * 30] as Vec3 };
    kit.add(NICKEL, placed(lathe(bell, 40)), tilt);
    kit.add(GRAPHITE, placed(lathe(hollow, 32)), tilt);
    kit.add(BRASS, placed(ball(0.0042, 14), { at: [0, 0.0285, 0] }), tilt);
    kit.add(STEEL, rod([side * 0.03, 0.122, 0], [side * 0.038, 0.14, 0], 0.0032, 0.0032, 10));
  }
  kit.add(STEEL, rod([0, 0.135, 0], [0.003, 0.157, 0], 0.0018, 0.0018, 8));
  kit.add(BRASS, ball(0.0062, 16), { at: [0.003, 0.158, 0], scale: [1.5, 0.9, 0.9] });
  kit.add(
    NICKEL,
    wire(
      [
        [-0.047, 0.164, 0],
        [-0.036, 0.186, 0],
        [0, 0.197, 0],
        [0.036, 0.186, 0],
        [0.047, 0.164, 0],
      ],
      0.0029,
      { segments: 40, radialSegments: 8, section: [1, 1.7] },
    ),
  );
}

function addBackAndSide(kit: MeshKit): void {
  for (const [x, y] of [
    [-0.022, 0.012],
    [0.022, 0.012],
  ] as const) {
    kit.add(BRASS, rod([x, CENTRE[1] + y, -0.03], [x, CENTRE[1] + y, -0.04], 0.0026, 0.0026, 10));
    kit.add(BRASS, box(0.022, 0.009, 0.0028, 0.0013, 2), {
      at: [x, CENTRE[1] + y, -0.042],
      rotDeg: [0, 0, x > 0 ? 30 : -50],
    });
  }
  for (const [x, y] of [
    [-0.02, -0.022],
    [0.02, -0.022],
  ] as const)
    kit.add(GRAPHITE, placed(button(0.0075, 0.007, 0.002, 20), { rotDeg: [0, 180, 0] }), {
      at: [x, CENTRE[1] + y, -0.031],
    });
  for (let i = 0; i < 5; i++)
    kit.add(
      INK,
      placed(patch(rectCorners(0, 0, 0.03 - Math.abs(i - 2) * 0.005, 0.0022, 0.001)), { rotDeg: [0, 180, 0] }),
      { at: [0, CENTRE[1] - 0.033 - i * 0.0042 + 0.008, -0.0313] },
    );
  kit.add(CORAL, dome(0.006, 0.006, 16, 4), { at: [0.0625, CENTRE[1] + 0.006, -0.004], rotDeg: [0, 90, 0] });
  kit.add(STEEL, box(0.004, 0.006, 0.016, 0.0015, 1), { at: [0.0635, CENTRE[1] - 0.012, -0.004] });
}

export const ALARM_CLOCK: ObjectRecipe = {
  id: 'alarm-clock',
  name: { en: 'alarm clock', zh: '闹钟' },
  build: () => {
    const kit = new MeshKit();
    addCase(kit);
    addDial(kit);
    addBells(kit);
    addBackAndSide(kit);
    return kit.settle();
  },
};
