/** A sitting rabbit with a knitted scarf; its right ear (-X) hangs, the scarf's loose end lies over its left side. */
import { addPainted } from '../axes.ts';
import { fieldBoth, fieldChain, fieldEllipsoid, fieldRod, fieldSphere, fieldUnion } from '../field.ts';
import { MeshKit } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { BLUSH, CREAM, FUR, INK, NAVY, PAPER, TEAL } from '../palette.ts';
import { ball, box, rod, tube } from '../shapes.ts';
import { surfaceOf } from '../surface.ts';

const BODY = fieldUnion(
  0.04,
  fieldEllipsoid([0, 0.12, -0.03], [0.095, 0.115, 0.115]),
  fieldEllipsoid([0, 0.17, 0.02], [0.072, 0.09, 0.075]),
  fieldBoth(fieldEllipsoid([0.066, 0.085, -0.015], [0.05, 0.075, 0.085])),
  fieldBoth(fieldEllipsoid([0.067, 0.022, 0.055], [0.03, 0.024, 0.075])),
  fieldBoth(fieldRod([0.04, 0.15, 0.065], [0.034, 0.03, 0.095], 0.027, 0.02)),
  fieldBoth(fieldEllipsoid([0.034, 0.02, 0.107], [0.022, 0.02, 0.032])),
);
const HEAD = fieldUnion(
  0.03,
  fieldEllipsoid([0, 0.292, 0.065], [0.066, 0.064, 0.072]),
  fieldBoth(fieldSphere([0.034, 0.272, 0.085], 0.038)),
  fieldEllipsoid([0, 0.272, 0.118], [0.032, 0.026, 0.027]),
);
const LEFT_EAR = fieldUnion(
  0.02,
  fieldEllipsoid([0.048, 0.415, 0.025], [0.029, 0.095, 0.017], [-10, 0, -13]),
  fieldRod([0.03, 0.335, 0.045], [0.038, 0.36, 0.037], 0.02),
);
const RIGHT_EAR = fieldUnion(
  0.02,
  fieldChain(
    [
      [-0.03, 0.335, 0.045, 0.02],
      [-0.047, 0.395, 0.035, 0.024],
      [-0.075, 0.43, 0.045, 0.025],
    ],
    0.02,
  ),
  fieldEllipsoid([-0.098, 0.385, 0.062], [0.018, 0.072, 0.029], [-8, 12, -16]),
);

function addFur(kit: MeshKit): void {
  const skin = surfaceOf(
    fieldUnion(0.03, BODY, HEAD, LEFT_EAR, RIGHT_EAR),
    [-0.16, -0.02, -0.17],
    [0.15, 0.53, 0.17],
    0.0078,
  );
  const belly = fieldEllipsoid([0, 0.12, 0.1], [0.05, 0.11, 0.075]);
  const muzzle = fieldEllipsoid([0, 0.258, 0.14], [0.05, 0.034, 0.05]);
  const feet = (_x: number, y: number, z: number): number => Math.max(y - 0.032, 0.06 - z);
  const inEar = fieldUnion(
    0,
    fieldEllipsoid([0.049, 0.415, 0.044], [0.016, 0.074, 0.014], [-10, 0, -13]),
    fieldEllipsoid([-0.105, 0.382, 0.092], [0.014, 0.055, 0.022], [-8, 12, -16]),
  );
  addPainted(kit, skin, FUR, [
    [BLUSH, inEar],
    [CREAM, (x, y, z) => Math.min(belly(x, y, z), muzzle(x, y, z), feet(x, y, z))],
  ]);
  const tail = fieldUnion(0.02, fieldSphere([0, 0.07, -0.155], 0.034), fieldSphere([0.012, 0.088, -0.163], 0.022));
  kit.add(CREAM, surfaceOf(tail, [-0.06, 0.02, -0.22], [0.06, 0.14, -0.1], 0.007));
}

function addFace(kit: MeshKit): void {
  for (const side of [-1, 1]) {
    kit.add(INK, ball(0.0125, 18), { at: [side * 0.05, 0.302, 0.114], scale: [0.8, 1.15, 0.8] });
    kit.add(PAPER, ball(0.0036, 8), { at: [side * 0.05 + side * 0.005, 0.3085, 0.1225] });
    for (const dy of [-0.006, 0.001, 0.008]) {
      const tip = [side * 0.078, 0.268 + dy * 2.6, 0.128] as const;
      kit.add(INK, rod([side * 0.024, 0.268 + dy * 0.6, 0.139], tip, 0.0008, 0.0004, 5));
    }
  }
  kit.add(BLUSH, ball(0.0085, 14), { at: [0, 0.283, 0.1435], scale: [1.25, 0.8, 0.7] });
  kit.add(
    INK,
    tube(
      [
        [-0.013, 0.261, 0.1425],
        [-0.006, 0.257, 0.1455],
        [0, 0.263, 0.146],
        [0.006, 0.257, 0.1455],
        [0.013, 0.261, 0.1425],
      ],
      0.0015,
      { segments: 16, radialSegments: 5, domeRows: 1 },
    ),
  );
}

function addScarf(kit: MeshKit): void {
  const ring = Array.from({ length: 17 }, (_, i) => {
    const a = (i / 16) * 2 * Math.PI;
    return [0.067 * Math.sin(a), 0.226 + 0.008 * Math.cos(a), 0.042 + 0.066 * Math.cos(a)] as const;
  });
  kit.add(
    TEAL,
    tube(ring.slice(0, 16), (t) => 0.0165 + 0.0011 * Math.sin(t * 2 * Math.PI * 24), {
      closed: true,
      segments: 96,
      radialSegments: 10,
    }),
  );
  const end = { at: [0.058, 0.165, 0.104] as const, rotDeg: [-6, 26, 12] as const };
  kit.add(TEAL, box(0.044, 0.1, 0.014, 0.006, 2), end);
  for (const y of [-0.034, -0.016, 0.002])
    kit.add(y === -0.016 ? PAPER : NAVY, box(0.0446, 0.011, 0.0148, 0.0055, 2), {
      at: [0.058 + 0.2 * -y, 0.165 + y, 0.104],
      rotDeg: end.rotDeg,
    });
  kit.add(TEAL, ball(0.023, 18), { at: [0.04, 0.22, 0.1], scale: [1, 0.85, 0.75] });
}

export const RABBIT: ObjectRecipe = {
  id: 'rabbit',
  name: { en: 'rabbit', zh: '兔子' },
  build: () => {
    const kit = new MeshKit();
    addFur(kit);
    addFace(kit);
    addScarf(kit);
    return kit.settle();
  },
};
