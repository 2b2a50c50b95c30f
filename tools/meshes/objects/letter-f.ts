/** A fairground letter F: lamps in a recessed coral face towards +Z, a plain navy back with a hook and a cable. */
import { MeshKit, type Vec3 } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { BRASS, CORAL, CREAM, INK, LAMP, NAVY } from '../palette.ts';
import type { Corner } from '../path2.ts';
import { button, dome, extrude, torus, tube } from '../shapes.ts';

const OUTLINE: Corner[] = [
  [-0.16, 0, 0.012],
  [-0.045, 0, 0.012],
  [-0.045, 0.19, 0.012],
  [0.1, 0.19, 0.012],
  [0.1, 0.295, 0.012],
  [-0.045, 0.295, 0.012],
  [-0.045, 0.395, 0.012],
  [0.16, 0.395, 0.012],
  [0.16, 0.5, 0.012],
  [-0.16, 0.5, 0.012],
];

/** The outline moved inwards by `byM`: every edge is axis-parallel, so corners move along both axes. */
function inset(byM: number): Corner[] {
  const count = OUTLINE.length;
  return OUTLINE.map(([x, y, r], i): Corner => {
    const [px, py] = OUTLINE[(i + count - 1) % count] as Corner;
    const [nx, ny] = OUTLINE[(i + 1) % count] as Corner;
    const [ax, ay] = [Math.sign(x - px), Math.sign(y - py)];
    const [bx, by] = [Math.sign(nx - x), Math.sign(ny - y)];
    // Inwards is to the left of the travel direction of a counter-clockwise outline.
    return [x - (ay + by) * byM, y + (ax + bx) * byM, Math.max(0.003, (r ?? 0) - byM / 2)];
  });
}

export const LETTER_F: ObjectRecipe = {
  id: 'letter-f',
  name: { en: 'letter F', zh: '字母 F' },
  group: 'figures',
  build: () => {
    const kit = new MeshKit();
    const rim = extrude(OUTLINE, 0.12, { bevelM: 0.004, bevelSegments: 2, holes: [[...inset(0.014)].reverse()] });
    kit.add(CREAM, rim);
    kit.add(CORAL, extrude(inset(0.012), 0.05, { bevelM: 0.001, bevelSegments: 1 }), { at: [0, 0, 0.005] });
    kit.add(NAVY, extrude(inset(0.012), 0.02, { bevelM: 0.001, bevelSegments: 1 }), { at: [0, 0, -0.04] });
    const lamps: Array<[number, number]> = [];
    for (let y = 0.06; y < 0.46; y += 0.077) lamps.push([-0.1025, y]);
    for (const x of [-0.1025, -0.03, 0.035, 0.1]) lamps.push([x, 0.4475]);
    for (const x of [-0.025, 0.045]) lamps.push([x, 0.2425]);
    for (const [x, y] of lamps) {
      kit.add(BRASS, button(0.021, 0.012, 0.004, 22), { at: [x, y, 0.029] });
      kit.add(LAMP, dome(0.016, 0.024, 20, 6), { at: [x, y, 0.04] });
    }
    // The back: a hook off centre, screws and a cable, so that it cannot be taken for the front.
    for (const [x, y] of [
      [-0.13, 0.03],
      [-0.13, 0.47],
      [0.13, 0.47],
      [0.07, 0.215],
    ] as const)
      kit.add(BRASS, button(0.009, 0.005, 0.002, 14), { at: [x, y, -0.049], rotDeg: [0, 180, 0] });
    kit.add(BRASS, torus(0.022, 0.005, 26, 8), { at: [-0.1, 0.4, -0.056], rotDeg: [10, 0, 0] });
    const cable: Vec3[] = [
      [-0.1, 0.12, -0.048],
      [-0.1, 0.1, -0.075],
      [-0.105, 0.04, -0.085],
      [-0.13, 0.008, -0.1],
      [-0.19, 0.006, -0.12],
      [-0.24, 0.006, -0.1],
    ];
    kit.add(INK, tube(cable, 0.006, { segments: 36, radialSegments: 8 }));
    return kit.settle();
  },
};
