/** A young hound: brown saddle, white chest and blaze, a dark patch over its left eye (+X), a red collar with a tag. */
import { addPainted } from '../axes.ts';
import { fieldBoth, fieldBox, fieldChain, fieldEllipsoid, fieldRod, fieldSphere, fieldUnion } from '../field.ts';
import { MeshKit } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { BRASS, BROWN, CORAL, CREAM, INK, OAK, PAPER, TAIL_RED } from '../palette.ts';
import { ball, button, torus } from '../shapes.ts';
import { surfaceOf } from '../surface.ts';

const HEAD = fieldUnion(
  0.035,
  fieldEllipsoid([0, 0.535, 0.255], [0.077, 0.076, 0.085]),
  fieldBoth(fieldSphere([0.034, 0.512, 0.275], 0.045)),
  fieldRod([0, 0.513, 0.3], [0, 0.503, 0.385], 0.048, 0.036),
  fieldBoth(fieldEllipsoid([0.022, 0.49, 0.375], [0.024, 0.026, 0.035])),
);

const BODY = fieldUnion(
  0.055,
  fieldChain([
    [0, 0.335, -0.18, 0.083],
    [0, 0.325, -0.02, 0.082],
    [0, 0.328, 0.12, 0.1],
  ]),
  fieldEllipsoid([0, 0.31, 0.15], [0.082, 0.1, 0.08]),
  fieldChain([
    [0, 0.37, 0.16, 0.08],
    [0, 0.5, 0.235, 0.06],
  ]),
  HEAD,
);

const FRONT_LEG = fieldUnion(
  0.03,
  fieldChain(
    [
      [0.066, 0.31, 0.125, 0.05],
      [0.072, 0.17, 0.12, 0.034],
      [0.074, 0.04, 0.13, 0.028],
    ],
    0.03,
  ),
  fieldEllipsoid([0.075, 0.026, 0.155], [0.038, 0.027, 0.052]),
);

const HIND_LEG = fieldUnion(
  0.03,
  fieldEllipsoid([0.066, 0.29, -0.175], [0.05, 0.098, 0.082], [12, 0, 0]),
  fieldChain(
    [
      [0.074, 0.22, -0.15, 0.047],
      [0.078, 0.135, -0.225, 0.029],
      [0.078, 0.035, -0.2, 0.026],
    ],
    0.02,
  ),
  fieldEllipsoid([0.079, 0.026, -0.175], [0.037, 0.027, 0.052]),
);

const TAIL = fieldChain(
  [
    [0, 0.385, -0.235, 0.026],
    [0, 0.44, -0.3, 0.023],
    [0, 0.52, -0.335, 0.018],
    [0.012, 0.59, -0.33, 0.011],
  ],
  0.03,
);

function addCoat(kit: MeshKit): void {
  const all = fieldUnion(0.04, BODY, fieldBoth(FRONT_LEG), fieldBoth(HIND_LEG), TAIL);
  const skin = surfaceOf(all, [-0.17, -0.03, -0.41], [0.17, 0.67, 0.47], 0.0118);
  const blaze = fieldUnion(
    0.03,
    fieldBox([0, 0.57, 0.34], [0.03, 0.2, 0.16], 0.014),
    fieldEllipsoid([0, 0.47, 0.4], [0.09, 0.055, 0.075]),
  );
  const paws = (_x: number, y: number): number => y - 0.1;
  const chest = fieldUnion(
    0.05,
    fieldEllipsoid([0, 0.31, 0.26], [0.075, 0.15, 0.12]),
    fieldBox([0, 0.22, 0.02], [0.11, 0.1, 0.36], 0.05),
  );
  const tailTip = fieldSphere([0.01, 0.6, -0.33], 0.065);
  const white = (x: number, y: number, z: number): number =>
    Math.min(blaze(x, y, z), paws(x, y), chest(x, y, z), tailTip(x, y, z));
  const patch = fieldEllipsoid([0.055, 0.55, 0.315], [0.034, 0.036, 0.05]);
  const saddle = fieldUnion(
    0.06,
    fieldEllipsoid([0, 0.43, -0.03], [0.16, 0.115, 0.17]),
    fieldEllipsoid([0.02, 0.4, -0.17], [0.14, 0.1, 0.09]),
  );
  addPainted(kit, skin, OAK, [
    [CREAM, white],
    [BROWN, (x, y, z) => Math.min(patch(x, y, z), saddle(x, y, z))],
  ]);
  const ear = fieldUnion(
    0.03,
    fieldEllipsoid([0.083, 0.515, 0.235], [0.015, 0.072, 0.043], [0, 12, 10]),
    fieldEllipsoid([0.07, 0.578, 0.235], [0.028, 0.022, 0.034]),
  );
  kit.addBoth(BROWN, surfaceOf(ear, [0.02, 0.42, 0.16], [0.14, 0.63, 0.31], 0.0085));
}

function addFace(kit: MeshKit): void {
  kit.add(INK, ball(0.021, 18), { at: [0, 0.528, 0.414], scale: [1.15, 0.85, 0.8] });
  for (const side of [-1, 1]) {
    const x = side * 0.045;
    kit.add(INK, ball(0.0145, 16), { at: [x, 0.556, 0.326], scale: [1, 1.12, 0.8] });
    kit.add(PAPER, ball(0.0045, 8), { at: [x + 0.004, 0.562, 0.3365] });
  }
  const tongue = fieldUnion(
    0.01,
    fieldEllipsoid([0, 0.468, 0.385], [0.016, 0.006, 0.03], [18, 0, 0]),
    fieldEllipsoid([0, 0.45, 0.407], [0.016, 0.02, 0.006], [-12, 0, 0]),
  );
  kit.add(CORAL, surfaceOf(tongue, [-0.03, 0.42, 0.33], [0.03, 0.49, 0.44], 0.0045));
  kit.add(TAIL_RED, torus(0.079, 0.0115, 40, 10), { at: [0, 0.432, 0.198], rotDeg: [60, 0, 0], scale: [0.96, 1, 1] });
  kit.add(BRASS, button(0.019, 0.005, 0.002, 18), { at: [0, 0.372, 0.264], rotDeg: [-18, 0, 0] });
  kit.add(BRASS, torus(0.007, 0.002, 14, 6), { at: [0, 0.392, 0.268], rotDeg: [0, 90, 0] });
}

export const DOG: ObjectRecipe = {
  id: 'dog',
  name: { en: 'dog', zh: '小狗' },
  build: () => {
    const kit = new MeshKit();
    addCoat(kit);
    addFace(kit);
    return kit.settle();
  },
};
