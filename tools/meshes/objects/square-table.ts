/** A square table, the same from its four sides but for a small brass plate under its front edge (+Z). */
import { MeshKit, type Vec3 } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { BRASS, CREAM, INK, OAK, TEAL, WALNUT } from '../palette.ts';
import { rectCorners } from '../path2.ts';
import { box, button, lathe, patch } from '../shapes.ts';

const TOP_Y = 0.74;
const HALF_M = 0.4;

function addQuarter(kit: MeshKit, deg: number): void {
  const turn: Vec3 = [0, deg, 0];
  const [c, s] = [Math.cos((deg * Math.PI) / 180), Math.sin((deg * Math.PI) / 180)];
  const turned = (x: number, y: number, z: number): Vec3 => [x * c + z * s, y, -x * s + z * c];
  kit.add(OAK, box(0.62, 0.09, 0.024, 0.004, 2), { at: turned(0, 0.655, 0.33), rotDeg: turn });
  kit.add(WALNUT, box(0.62, 0.008, 0.028, 0.003, 1), { at: turned(0, 0.616, 0.33), rotDeg: turn });
  const leg = lathe(
    [
      [0.012, 0],
      [0.02, 0.004, 0.004],
      [0.021, 0.03, 0.004],
      [0.015, 0.05, 0.01],
      [0.018, 0.16],
      [0.0255, 0.4],
      [0.0285, 0.5, 0.02],
      [0.022, 0.528, 0.006],
      [0.031, 0.543, 0.006],
      [0.022, 0.558, 0.006],
      [0.03, 0.575],
    ],
    26,
    { smoothDeg: 30 },
  );
  kit.add(OAK, leg, { at: turned(0.32, 0, 0.32) });
  kit.add(OAK, box(0.062, 0.13, 0.062, 0.006, 2), { at: turned(0.32, 0.637, 0.32) });
  // Inlaid stripes along the edge of the top, and a tile that repeats four times.
  kit.add(WALNUT, patch(rectCorners(0, 0, 0.66, 0.012, 0)), {
    at: turned(0, TOP_Y + 0.0006, 0.324),
    rotDeg: [-90, deg, 0],
  });
  kit.add(
    TEAL,
    patch([
      [-0.21, 0],
      [0, -0.105],
      [0.21, 0],
      [0, 0.105],
    ]),
    {
      at: turned(0, TOP_Y + 0.0006, 0.2),
      rotDeg: [-90, deg, 0],
    },
  );
  kit.add(
    CREAM,
    patch([
      [-0.13, 0],
      [0, -0.065],
      [0.13, 0],
      [0, 0.065],
    ]),
    {
      at: turned(0, TOP_Y + 0.001, 0.2),
      rotDeg: [-90, deg, 0],
    },
  );
}

export const SQUARE_TABLE: ObjectRecipe = {
  id: 'square-table',
  name: { en: 'square table', zh: '方桌' },
  ambiguous: true,
  build: () => {
    const kit = new MeshKit();
    kit.add(OAK, box(2 * HALF_M, 0.034, 2 * HALF_M, 0.012, 4), { at: [0, TOP_Y - 0.017, 0] });
    for (const deg of [0, 90, 180, 270]) addQuarter(kit, deg);
    kit.add(
      WALNUT,
      patch([
        [-0.07, 0],
        [0, -0.07],
        [0.07, 0],
        [0, 0.07],
      ]),
      { at: [0, TOP_Y + 0.0008, 0], rotDeg: [-90, 0, 0] },
    );
    kit.add(BRASS, box(0.075, 0.034, 0.006, 0.0028, 2), { at: [0.06, 0.655, 0.343] });
    for (const x of [-0.029, 0.029])
      kit.add(INK, button(0.0032, 0.0015, 0.0005, 12), { at: [0.06 + x, 0.655, 0.3455] });
    kit.add(INK, patch(rectCorners(0, 0, 0.036, 0.004, 0)), { at: [0.06, 0.66, 0.3463] });
    kit.add(INK, patch(rectCorners(0, 0, 0.024, 0.003, 0)), { at: [0.06, 0.651, 0.3463] });
    return kit.settle();
  },
};
