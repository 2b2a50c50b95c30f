/** A portable television of the sixties, screen towards +Z: knobs on the viewer's right (+X), an aerial on top. */
import { Vector3 } from 'three';
import { latheZ, wire } from '../axes.ts';
import { deformed, MeshKit, placed } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { BRASS, CORAL, CREAM, GLASS, GRAPHITE, INK, NICKEL, OAK, SKY, WALNUT } from '../palette.ts';
import { type Corner, rectCorners } from '../path2.ts';
import { ball, box, button, dome, extrude, patch, rod } from '../shapes.ts';

const Y = 0.35;

function addCabinet(kit: MeshKit): void {
  const shell = rectCorners(0, Y, 0.62, 0.44, 0.07);
  kit.add(CORAL, extrude(shell, 0.3, { bevelM: 0.02, bevelSegments: 4, quarterSegments: 8 }), { at: [0, 0, -0.02] });
  kit.add(CREAM, extrude(rectCorners(0, Y, 0.575, 0.395, 0.055), 0.04, { bevelM: 0.008, quarterSegments: 8 }), {
    at: [0, 0, 0.122],
  });
  // The tube bulges out of the back.
  kit.add(GRAPHITE, extrude(rectCorners(-0.03, Y, 0.42, 0.3, 0.06), 0.07, { bevelM: 0.025, quarterSegments: 6 }), {
    at: [0, 0, -0.19],
  });
  kit.add(GRAPHITE, extrude(rectCorners(-0.03, Y, 0.2, 0.18, 0.05), 0.06, { bevelM: 0.02, quarterSegments: 6 }), {
    at: [0, 0, -0.235],
  });
  for (let i = 0; i < 9; i++)
    kit.add(INK, box(0.3, 0.009, 0.006, 0.002, 1), { at: [-0.03, Y - 0.1 + i * 0.025, -0.2265] });
  for (const side of [-1, 1])
    for (const z of [0.07, -0.1]) {
      kit.add(OAK, rod([side * 0.2, 0.15, z], [side * 0.245, 0.012, z * 1.5], 0.016, 0.009, 14));
      kit.add(BRASS, rod([side * 0.241, 0.026, z * 1.47], [side * 0.247, 0.009, z * 1.52], 0.0105, 0.0088, 12));
    }
  kit.add(WALNUT, box(0.5, 0.02, 0.22, 0.008, 2), { at: [0, 0.13, -0.02] });
}

function addScreen(kit: MeshKit): void {
  const [x, w, h] = [-0.075, 0.385, 0.3];
  kit.add(
    NICKEL,
    extrude(rectCorners(x, Y, w + 0.03, h + 0.03, 0.075), 0.022, {
      bevelM: 0.008,
      quarterSegments: 8,
      openBack: true,
      holes: [rectCorners(x, Y, w - 0.006, h - 0.006, 0.06).reverse()],
    }),
    { at: [0, 0, 0.146] },
  );
  const bulge = (p: Vector3): Vector3 => {
    const [u, v] = [(p.x - x) / (w / 2), (p.y - Y) / (h / 2)];
    return new Vector3(p.x, p.y, p.z + 0.02 * (1 - u * u) * (1 - v * v * 0.9));
  };
  const glass = (corners: Corner[], z: number) =>
    deformed(placed(patch(corners, { maxEdgeM: 0.035, quarterSegments: 6 }), { at: [0, 0, z] }), bulge);
  kit.add(GLASS, glass(rectCorners(x, Y, w, h, 0.062), 0.145));
  // A window's reflection: two panes in the upper left corner.
  kit.add(
    SKY,
    glass(
      [
        [x - 0.145, Y + 0.045],
        [x - 0.1, Y + 0.05],
        [x - 0.1, Y + 0.108, 0.004],
        [x - 0.142, Y + 0.1, 0.02],
      ],
      0.1462,
    ),
  );
  kit.add(
    SKY,
    glass(
      [
        [x - 0.093, Y + 0.051],
        [x - 0.05, Y + 0.056],
        [x - 0.05, Y + 0.113],
        [x - 0.093, Y + 0.109],
      ],
      0.1462,
    ),
  );
}

function addControls(kit: MeshKit): void {
  const x = 0.205;
  const knob: Corner[] = [
    [0.034, 0],
    [0.034, 0.006, 0.002],
    [0.026, 0.008, 0.003],
    [0.024, 0.026, 0.004],
    [0, 0.028],
  ];
  for (const [y, deg] of [
    [Y + 0.125, 35],
    [Y + 0.042, -60],
  ] as const) {
    kit.add(NICKEL, placed(latheZ(knob, 32)), { at: [x, y, 0.142] });
    kit.add(INK, box(0.0045, 0.02, 0.003, 0.001, 1), { at: [x, y, 0.1705], rotDeg: [0, 0, deg] });
    for (let i = 0; i < 11; i++) {
      const a = ((i - 5) / 5) * 2.3;
      kit.add(INK, patch(rectCorners(0, 0, 0.0022, 0.006, 0)), {
        at: [x + 0.0405 * Math.sin(a), y + 0.0405 * Math.cos(a), 0.1424],
        rotDeg: [0, 0, (-a * 180) / Math.PI],
      });
    }
  }
  for (let i = 0; i < 8; i++)
    kit.add(GRAPHITE, box(0.085, 0.0055, 0.008, 0.0024, 2), { at: [x, Y - 0.035 - i * 0.0125, 0.142] });
  kit.add(BRASS, box(0.06, 0.012, 0.004, 0.0018, 2), { at: [x, Y - 0.15, 0.143] });
  kit.add(CORAL, dome(0.006, 0.005, 14, 3), { at: [x - 0.038, Y - 0.172, 0.142] });
  for (const dx of [-0.012, 0.008, 0.028])
    kit.add(NICKEL, button(0.006, 0.006, 0.002, 14), { at: [x + dx, Y - 0.172, 0.142] });
}

function addTop(kit: MeshKit): void {
  const y = Y + 0.22;
  kit.add(GRAPHITE, box(0.07, 0.022, 0.05, 0.01, 3), { at: [0.09, y + 0.008, -0.06] });
  for (const [dx, top, tx] of [
    [-0.012, 0.3, -0.2],
    [0.012, 0.25, 0.17],
  ] as const) {
    kit.add(NICKEL, rod([0.09 + dx, y + 0.015, -0.06], [0.09 + tx, y + top, -0.09], 0.0034, 0.0022, 8));
    kit.add(NICKEL, ball(0.007, 12), { at: [0.09 + tx, y + top, -0.09] });
  }
  kit.add(
    NICKEL,
    wire(
      [
        [-0.22, y - 0.004, -0.03],
        [-0.215, y + 0.028, -0.03],
        [-0.18, y + 0.036, -0.03],
        [-0.04, y + 0.036, -0.03],
        [-0.005, y + 0.028, -0.03],
        [0, y - 0.004, -0.03],
      ],
      0.0068,
      { segments: 44, radialSegments: 10 },
    ),
  );
}

export const TELEVISION: ObjectRecipe = {
  id: 'television',
  name: { en: 'television', zh: '老式电视机' },
  build: () => {
    const kit = new MeshKit();
    addCabinet(kit);
    addScreen(kit);
    addControls(kit);
    addTop(kit);
    return kit.settle();
  },
};
