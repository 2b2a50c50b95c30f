/**
 * A porcelain vase that looks the same from everywhere, but for one ladybird on its belly: from behind, nobody can tell
 * how the camera moved.
 */
import { MeshKit, placed, wrapped } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { COBALT, INK, PAPER, PORCELAIN, TAIL_RED } from '../palette.ts';
import type { Corner } from '../path2.ts';
import { dome, lathe, patch } from '../shapes.ts';

const HEIGHT_M = 0.34;

function radiusAt(y: number): number {
  const t = y / HEIGHT_M;
  const belly = 0.052 + 0.062 * Math.sin(Math.PI * Math.min(1, t / 0.86)) ** 1.3;
  const lip = t > 0.78 ? 0.02 * ((t - 0.78) / 0.22) ** 2 : 0;
  return belly - 0.012 * t + lip;
}

const skin = (y0: number, y1: number, liftM: number, rows: number): Corner[] =>
  Array.from({ length: rows + 1 }, (_, i): Corner => {
    const y = y0 + ((y1 - y0) * i) / rows;
    return [radiusAt(y) + liftM, y];
  });

export const VASE: ObjectRecipe = {
  id: 'vase',
  name: { en: 'vase with a ladybird', zh: '停着瓢虫的花瓶' },
  ambiguous: true,
  build: () => {
    const kit = new MeshKit();
    const top = radiusAt(HEIGHT_M);
    kit.add(
      PORCELAIN,
      lathe(
        [
          [0, 0.003],
          [0.043, 0.003],
          [0.045, 0, 0.001],
          [0.0515, 0, 0.002],
          ...skin(0.003, HEIGHT_M, 0, 40),
          [top - 0.0015, HEIGHT_M + 0.0035, 0.0015],
          [top - 0.0055, HEIGHT_M + 0.001, 0.002],
          ...skin(0.24, HEIGHT_M - 0.005, -0.006, 10).reverse(),
          [0, 0.24],
        ],
        72,
        { smoothDeg: 50 },
      ),
    );
    for (const [y, h] of [
      [0.022, 0.006],
      [0.068, 0.003],
      [0.256, 0.003],
      [0.302, 0.006],
    ] as const)
      kit.add(
        COBALT,
        lathe([[radiusAt(y) - 0.001, y], ...skin(y, y + h, 0.0005, 2), [radiusAt(y + h) - 0.001, y + h]], 72, {
          smoothDeg: 80,
        }),
      );
    // A frieze of lozenges and dots, the same all around.
    const count = 16;
    for (let i = 0; i < count; i++) {
      const deg = (360 * i) / count;
      const radius = (y: number): number => radiusAt(y) + 0.0006;
      const lozenge = patch(
        [
          [0, -0.042, 0.004],
          [0.014, 0, 0.004],
          [0, 0.042, 0.004],
          [-0.014, 0, 0.004],
        ],
        { maxEdgeM: 0.012 },
      );
      kit.add(COBALT, wrapped(placed(lozenge, { at: [0, 0.162, 0] }), radius, deg));
      const inner = patch(
        [
          [0, -0.02, 0.002],
          [0.006, 0, 0.002],
          [0, 0.02, 0.002],
          [-0.006, 0, 0.002],
        ],
        { maxEdgeM: 0.012 },
      );
      kit.add(
        PORCELAIN,
        wrapped(placed(inner, { at: [0, 0.162, 0] }), (y) => radius(y) + 0.0006, deg),
      );
      for (const y of [0.1, 0.224]) {
        const dot = placed(dome(0.0055, 0.0012, 12, 2), { at: [0, y, 0] });
        kit.add(COBALT, wrapped(dot, radiusAt, deg + 180 / count));
      }
    }
    const y = 0.185;
    const bug = (deg: number, dy: number, dx: number, radius: number, height: number) =>
      wrapped(placed(dome(radius, height, 18, 5), { at: [dx, y + dy, 0] }), radiusAt, deg);
    kit.add(TAIL_RED, bug(12, 0, 0, 0.0125, 0.009));
    kit.add(INK, bug(12, 0.011, 0, 0.0065, 0.0065));
    for (const [dx, dy] of [
      [-0.006, 0.003],
      [0.006, 0.003],
      [-0.005, -0.006],
      [0.005, -0.006],
    ] as const)
      kit.add(INK, placed(bug(12, dy, dx, 0.0026, 0.0088)));
    for (const dx of [-0.003, 0.003]) kit.add(PAPER, bug(12, 0.0155, dx, 0.0016, 0.0035));
    return kit.settle();
  },
};
