/** A bath duck with a sailor's cap that sits over its right eye (-X); a heart is printed on its left wing. */
import { addPainted } from '../axes.ts';
import { fieldBoth, fieldBox, fieldCut, fieldEllipsoid, fieldSphere, fieldUnion } from '../field.ts';
import { MeshKit, placed } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { AMBER, CORAL, DUCKLING, INK, NAVY, PAPER } from '../palette.ts';
import { ball, lathe, tube } from '../shapes.ts';
import { surfaceOf } from '../surface.ts';

const TAIL = fieldUnion(
  0.02,
  fieldEllipsoid([0, 0.062, -0.062], [0.026, 0.018, 0.045], [38, 0, 0]),
  fieldEllipsoid([0, 0.083, -0.086], [0.016, 0.011, 0.022], [48, 0, 0]),
);
const BODY = fieldCut(
  fieldUnion(
    0.03,
    fieldEllipsoid([0, 0.042, 0], [0.056, 0.044, 0.072]),
    fieldEllipsoid([0, 0.05, 0.035], [0.046, 0.042, 0.042]),
    TAIL,
    fieldSphere([0, 0.112, 0.036], 0.042),
  ),
  fieldBox([0, -0.05, 0], [0.3, 0.1, 0.4], 0),
  0.006,
);
const WING = fieldUnion(
  0.012,
  fieldEllipsoid([0.054, 0.055, -0.002], [0.012, 0.025, 0.036], [10, 8, 14]),
  fieldEllipsoid([0.057, 0.068, -0.03], [0.008, 0.013, 0.02], [35, 12, 10]),
);

function heart(x: number, y: number, z: number): number {
  // The usual sextic, seen from +X: (u² + v² − 1)³ < u² v³.
  const [u, v] = [-(z - 0.004) / 0.0095, (y - 0.052) / 0.0095];
  return x < 0.05 ? 1 : (u * u + v * v - 1) ** 3 - u * u * v ** 3;
}

export const DUCK: ObjectRecipe = {
  id: 'duck',
  name: { en: 'bath duck', zh: '小黄鸭' },
  build: () => {
    const kit = new MeshKit();
    const wing = surfaceOf(WING, [0.03, 0.02, -0.07], [0.085, 0.11, 0.05], 0.0034);
    kit.add(DUCKLING, surfaceOf(BODY, [-0.07, -0.01, -0.125], [0.07, 0.165, 0.09], 0.0041));
    addPainted(kit, wing, DUCKLING, [[CORAL, heart]]);
    kit.add(
      DUCKLING,
      surfaceOf((x, y, z) => WING(-x, y, z), [-0.085, 0.02, -0.07], [-0.03, 0.11, 0.05], 0.0036),
    );
    const beak = fieldUnion(
      0.006,
      fieldEllipsoid([0, 0.107, 0.083], [0.02, 0.0075, 0.022], [-8, 0, 0]),
      fieldEllipsoid([0, 0.1, 0.078], [0.016, 0.0055, 0.018], [10, 0, 0]),
      fieldEllipsoid([0, 0.113, 0.075], [0.012, 0.009, 0.012]),
    );
    kit.add(AMBER, surfaceOf(beak, [-0.03, 0.085, 0.045], [0.03, 0.13, 0.115], 0.0028));
    const eyes = fieldBoth(fieldSphere([0.021, 0.125, 0.066], 0.008));
    kit.add(PAPER, surfaceOf(eyes, [-0.04, 0.11, 0.05], [0.04, 0.14, 0.08], 0.0024));
    for (const side of [-1, 1]) {
      kit.add(INK, ball(0.0056, 14), { at: [side * 0.0225, 0.1255, 0.0701] });
      kit.add(PAPER, ball(0.0018, 8), { at: [side * 0.0225 + 0.002, 0.1282, 0.0747] });
    }
    const cap = { at: [-0.009, 0.145, 0.03] as const, rotDeg: [-6, 0, 17] as const };
    kit.add(
      PAPER,
      placed(
        lathe(
          [
            [0.022, 0.002],
            [0.0315, 0.006, 0.002],
            [0.0335, 0.015, 0.004],
            [0.027, 0.0175, 0.004],
            [0.02, 0.021, 0.008],
            [0, 0.0235],
          ],
          36,
        ),
      ),
      cap,
    );
    kit.add(
      NAVY,
      placed(
        lathe(
          [
            [0.0236, -0.006],
            [0.0252, -0.005, 0.001],
            [0.0258, 0.004, 0.001],
            [0.023, 0.005],
          ],
          36,
        ),
      ),
      cap,
    );
    kit.add(CORAL, placed(ball(0.0052, 14), { at: [0, 0.026, 0] }), cap);
    for (const side of [-1, 1])
      kit.add(
        NAVY,
        placed(
          tube(
            [
              [0, 0, -0.025],
              [side * 0.005, -0.008, -0.033],
              [side * 0.009, -0.02, -0.034],
            ],
            0.003,
            { segments: 8, radialSegments: 6, section: [1.4, 0.5] },
          ),
        ),
        cap,
      );
    return kit.settle();
  },
};
