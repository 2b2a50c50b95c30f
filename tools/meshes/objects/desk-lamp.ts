/** A spring-balanced desk lamp that shines towards +Z; its cable leaves to the left (+X), the knobs sit on the right. */
import { latheX, spring, wire } from '../axes.ts';
import { MeshKit, placed, type Vec3 } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { BRASS, CREAM, GRAPHITE, INK, LAMP, STEEL, TEAL } from '../palette.ts';
import { ball, box, button, disc, lathe, rod, torus, tube } from '../shapes.ts';

const FOOT: Vec3 = [0, 0.07, -0.02];
const ELBOW: Vec3 = [0, 0.29, -0.135];
const WRIST: Vec3 = [0, 0.425, 0.095];

const mix = (a: Vec3, b: Vec3, t: number): Vec3 => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];
const beside = ([x, y, z]: Vec3, dx: number): Vec3 => [x + dx, y, z];

function addKnob(kit: MeshKit, at: Vec3): void {
  kit.add(
    BRASS,
    latheX(
      [
        [0.012, -0.026],
        [0.012, 0.026],
      ],
      18,
    ),
    { at },
  );
  for (const side of [-1, 1])
    kit.add(GRAPHITE, button(0.0155, 0.005, 0.002, 22), { at: beside(at, side * 0.021), rotDeg: [0, 90 * side, 0] });
  kit.add(
    BRASS,
    latheX(
      [
        [0.014, -0.001],
        [0.014, 0.011, 0.003],
        [0, 0.012],
      ],
      12,
    ),
    { at: beside(at, -0.027), rotDeg: [0, 180, 0] },
  );
}

function addBase(kit: MeshKit): void {
  kit.add(INK, disc(0.088, 0.006, 0.002, 48));
  kit.add(
    TEAL,
    lathe(
      [
        [0.094, 0.004, 0.001],
        [0.095, 0.016, 0.006],
        [0.07, 0.026, 0.03],
        [0.024, 0.034, 0.016],
        [0.019, 0.052, 0.004],
        [0, 0.053],
      ],
      56,
    ),
  );
  kit.add(STEEL, box(0.03, 0.05, 0.02, 0.006, 3), { at: [0, 0.066, -0.02] });
  kit.add(CREAM, button(0.0125, 0.008, 0.003, 24), { at: [-0.047, 0.026, 0.032], rotDeg: [-78, 0, 16] });
  kit.add(BRASS, torus(0.0135, 0.0018, 26, 6), { at: [-0.047, 0.0275, 0.032], rotDeg: [102, 0, 16] });
  const cable: Vec3[] = [
    [0.085, 0.008, -0.03],
    [0.11, 0.0045, -0.035],
    [0.14, 0.0045, -0.015],
    [0.165, 0.0045, -0.04],
    [0.15, 0.0045, -0.08],
  ];
  kit.add(INK, tube(cable, 0.0042, { segments: 36, radialSegments: 8 }));
}

function addArms(kit: MeshKit): void {
  for (const side of [-1, 1]) {
    const dx = side * 0.013;
    kit.add(STEEL, rod(beside(FOOT, dx), beside(ELBOW, dx), 0.005, 0.005, 10));
    kit.add(STEEL, rod(beside(ELBOW, dx), beside(WRIST, dx), 0.005, 0.005, 10));
    kit.add(
      BRASS,
      spring(
        beside(mix(FOOT, ELBOW, 0.16), side * 0.026),
        beside(mix(FOOT, ELBOW, 0.62), side * 0.026),
        0.0062,
        0.0014,
        13,
      ),
    );
    for (const t of [0.16, 0.62])
      kit.add(STEEL, rod(beside(mix(FOOT, ELBOW, t), side * 0.034), beside(mix(FOOT, ELBOW, t), 0), 0.0025, 0.0025, 7));
    kit.add(
      STEEL,
      rod(beside(mix(FOOT, ELBOW, 0.62), side * 0.026), beside(mix(FOOT, ELBOW, 0.94), side * 0.02), 0.0016, 0.0016, 6),
    );
  }
  // The parallel bar that keeps the shade's angle.
  kit.add(
    STEEL,
    rod([0, ELBOW[1] + 0.026, ELBOW[2] - 0.014], [0, WRIST[1] + 0.026, WRIST[2] - 0.014], 0.0038, 0.0038, 8),
  );
  for (const joint of [ELBOW, WRIST]) {
    kit.add(TEAL, box(0.016, 0.052, 0.032, 0.008, 3), {
      at: [0, joint[1] + 0.01, joint[2] - 0.006],
      rotDeg: [-14, 0, 0],
    });
    addKnob(kit, joint);
  }
  addKnob(kit, FOOT);
  kit.add(
    INK,
    wire(
      [
        [0.02, 0.06, -0.03],
        mix([0.017, 0.2, -0.1], ELBOW, 0.2),
        [0.018, 0.315, -0.145],
        [0.016, 0.36, -0.03],
        [0.014, 0.45, 0.075],
        [0.004, 0.475, 0.105],
      ],
      0.0026,
      { segments: 50 },
    ),
  );
}

function addShade(kit: MeshKit): void {
  // Drawn along -y from the neck, then tilted forwards.
  const place = { at: [0, WRIST[1] - 0.004, WRIST[2] + 0.012] as Vec3, rotDeg: [-38, 0, 0] as Vec3 };
  const put = (
    material: Parameters<MeshKit['add']>[0],
    geometry: ReturnType<typeof lathe>,
    at: Vec3 = [0, 0, 0],
  ): void => kit.add(material, placed(geometry, { at }), place);
  put(
    TEAL,
    lathe(
      [
        [0.083, -0.112, 0.001],
        [0.0845, -0.106, 0.002],
        [0.076, -0.082, 0.03],
        [0.045, -0.032, 0.03],
        [0.027, -0.004, 0.01],
        [0.0245, 0.046, 0.007],
        [0, 0.052],
      ],
      56,
    ),
  );
  put(
    CREAM,
    lathe(
      [
        [0, -0.012],
        [0.03, -0.016, 0.01],
        [0.0745, -0.084, 0.03],
        [0.0825, -0.1118],
      ],
      56,
    ),
  );
  put(BRASS, placed(torus(0.0838, 0.0018, 56, 6), { rotDeg: [90, 0, 0] }), [0, -0.112, 0]);
  for (const y of [0.016, 0.024, 0.032])
    put(
      INK,
      lathe(
        [
          [0.0252, y],
          [0.0262, y + 0.001],
          [0.0262, y + 0.0028],
          [0.0252, y + 0.0038],
        ],
        36,
        { smoothDeg: 80 },
      ),
    );
  put(LAMP, ball(0.03, 26), [0, -0.068, 0]);
  put(STEEL, disc(0.015, 0.03, 0.002, 22), [0, -0.048, 0]);
  put(BRASS, disc(0.0075, 0.012, 0.002, 16), [0, 0.05, 0]);
}

export const DESK_LAMP: ObjectRecipe = {
  id: 'desk-lamp',
  name: { en: 'desk lamp', zh: '台灯' },
  build: () => {
    const kit = new MeshKit();
    addBase(kit);
    addArms(kit);
    addShade(kit);
    return kit.settle();
  },
};
