/**
 * A small biplane, nose towards +Z: exhaust along its right side (-X), registration on its left, the pilot's scarf
 * blows to the left.
 */
import { Vector3 } from 'three';
import { extrudePlan, extrudeSide, latheX, latheZ, wire } from '../axes.ts';
import { addText } from '../glyphs.ts';
import { deformed, MeshKit, placed, type Vec3 } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import {
  CORAL,
  CREAM,
  GLASS,
  GRAPHITE,
  INK,
  IRON,
  LEATHER,
  NAVY,
  OAK,
  PAPER,
  RUBBER,
  STEEL,
  TAIL_RED,
  WALNUT,
} from '../palette.ts';
import { circleCorners, type Corner, rectCorners } from '../path2.ts';
import { ball, box, button, disc, dome, patch, rod, torus, tube } from '../shapes.ts';

const SPAN_M = 6.2;

/** Half-width of the fuselage at a height of its own middle, from tail to nose. */
const HULL: Corner[] = [
  [0, -2.72],
  [0.07, -2.7, 0.05],
  [0.16, -2.2],
  [0.25, -1.5],
  [0.35, -0.6],
  [0.41, 0.2],
  [0.43, 0.8],
  [0.44, 1.15],
];

/** The tail sits higher than the nose. */
const hullMiddleY = (z: number): number => 1.2 + 0.06 * Math.max(0, (0.4 - z) / 3);

function addHull(kit: MeshKit): void {
  const bend = (geometry: ReturnType<typeof latheZ>) =>
    deformed(geometry, (p) => new Vector3(p.x * 0.92, p.y * 1.08 + hullMiddleY(p.z), p.z));
  kit.add(CORAL, bend(latheZ(HULL, 36, { smoothDeg: 60 })));
  kit.add(
    CREAM,
    bend(
      latheZ(
        [
          [0.432, 0.86],
          [0.447, 0.87],
          [0.449, 0.96],
          [0.436, 0.97],
        ],
        36,
        { smoothDeg: 80 },
      ),
    ),
  );
  // Cowling: an open ring with the cylinders of a radial engine in it.
  kit.add(
    CREAM,
    bend(
      latheZ(
        [
          [0.43, 1.1],
          [0.475, 1.14, 0.03],
          [0.49, 1.42, 0.05],
          [0.42, 1.5, 0.05],
          [0.38, 1.46, 0.03],
          [0.37, 1.2],
        ],
        40,
      ),
    ),
  );
  kit.add(
    IRON,
    bend(
      latheZ(
        [
          [0.4, 1.18],
          [0, 1.2],
        ],
        30,
      ),
    ),
  );
  kit.add(
    GRAPHITE,
    bend(
      latheZ(
        [
          [0.17, 1.18],
          [0.17, 1.42, 0.04],
          [0.1, 1.47, 0.03],
          [0, 1.48],
        ],
        24,
      ),
    ),
  );
  for (let i = 0; i < 7; i++) {
    const a = (i / 7) * 2 * Math.PI;
    const [c, s] = [Math.sin(a), Math.cos(a)];
    const at = (r: number, z: number): Vec3 => [c * r * 0.92, 1.2 + s * r * 1.08, z];
    kit.add(
      STEEL,
      tube([at(0.13, 1.33), at(0.36, 1.33)], (t) => 0.062 + 0.009 * Math.sin(t * 46), {
        segments: 14,
        radialSegments: 8,
        smooth: false,
        domeRows: 1,
      }),
    );
    kit.add(INK, rod(at(0.12, 1.42), at(0.34, 1.4), 0.01, 0.01, 6));
  }
  const exhaust: Vec3[] = [
    [-0.3, 0.92, 1.2],
    [-0.42, 0.86, 0.98],
    [-0.45, 0.84, 0.5],
    [-0.44, 0.84, 0.1],
  ];
  kit.add(IRON, tube(exhaust, 0.05, { segments: 20, radialSegments: 10, domeRows: 0 }));
  kit.add(IRON, disc(0.048, 0.01, 0, 14), { at: [-0.44, 0.84, 0.102], rotDeg: [-90, 0, 0] });
}

function addPropeller(kit: MeshKit): void {
  for (const side of [0, 180]) {
    const blade = deformed(box(0.15, 0.86, 0.035, 0.017, 3), (p) => {
      const t = Math.max(0, (p.y + 0.43) / 0.86);
      const twist = 0.75 - 0.5 * t;
      const width = 0.55 + 1.3 * t * (1.25 - t);
      const x = p.x * width;
      return new Vector3(
        x * Math.cos(twist) - p.z * Math.sin(twist),
        p.y + 0.47,
        x * Math.sin(twist) + p.z * Math.cos(twist),
      );
    });
    kit.add(WALNUT, placed(blade, { rotDeg: [0, 0, 28 + side] }), { at: [0, 1.2, 1.56] });
  }
  kit.add(
    STEEL,
    latheZ(
      [
        [0.11, 1.47],
        [0.11, 1.56, 0.03],
        [0.07, 1.66, 0.06],
        [0, 1.71],
      ],
      24,
    ),
    { at: [0, 1.2, 0] },
  );
}

/** A wing around x = 0 with round tips; `camber` arches its middle. */
function wing(
  halfM: number,
  chordM: number,
  thickM: number,
  material: 'whole' | readonly [number, number],
): ReturnType<typeof placed> {
  const full: Corner[] = [
    [-halfM, -chordM / 2, chordM * 0.42],
    [halfM, -chordM / 2, chordM * 0.42],
    [halfM, chordM / 2, chordM * 0.3],
    [-halfM, chordM / 2, chordM * 0.3],
  ];
  const part: Corner[] =
    material === 'whole' ? full : rectCorners((material[0] + material[1]) / 2, 0, material[1] - material[0], chordM, 0);
  const flat = extrudePlan(part, thickM, {
    bevelM: thickM * 0.48,
    bevelSegments: 3,
    quarterSegments: 8,
    maxEdgeM: 0.34,
  });
  return deformed(flat, (p) => {
    const u = (p.z + chordM / 2) / chordM;
    return new Vector3(p.x, p.y + 0.1 * chordM * Math.sin(Math.PI * Math.min(1, Math.max(0, u)) ** 0.8), p.z);
  });
}

function addWings(kit: MeshKit): void {
  const [topY, lowY, topZ, lowZ] = [2.12, 0.92, 0.62, 0.28];
  kit.add(CREAM, wing(SPAN_M / 2, 0.98, 0.09, 'whole'), { at: [0, topY, topZ] });
  for (const side of [-1, 1]) {
    const tilt = { at: [side * 1.62, lowY + 0.06, lowZ] as Vec3, rotDeg: [0, 0, side * 2.2] as Vec3 };
    kit.add(CREAM, wing(1.38, 0.92, 0.085, 'whole'), tilt);
    kit.add(CORAL, wing(1.38, 0.928, 0.096, side > 0 ? [0.62, 0.92] : [-0.92, -0.62]), tilt);
    kit.add(CORAL, wing(SPAN_M / 2, 0.988, 0.101, side > 0 ? [2.05, 2.4] : [-2.4, -2.05]), { at: [0, topY, topZ] });
    for (const [radius, material, lift] of [
      [0.27, NAVY, 0],
      [0.19, PAPER, 0.003],
      [0.1, TAIL_RED, 0.006],
    ] as const)
      kit.add(material, placed(disc(radius, 0.012, 0.002, 30), { rotDeg: [4, 0, 0] }), {
        at: [side * 1.45, topY + 0.137 + lift, topZ - 0.02],
      });
    // Struts and bracing wires.
    for (const x of [2.1]) {
      const [f, b] = [0.28, -0.3];
      const low = (z: number): Vec3 => [side * x, lowY + 0.16, lowZ + z];
      const top = (z: number): Vec3 => [side * x, topY + 0.04, topZ + z];
      for (const z of [f, b])
        kit.add(
          OAK,
          tube([low(z), top(z)], 0.026, { smooth: false, segments: 1, radialSegments: 8, section: [0.7, 1.4] }),
        );
      kit.add(OAK, tube([low(f), top(b)], 0.02, { smooth: false, segments: 1, radialSegments: 8 }));
      kit.add(STEEL, rod([side * 0.42, 1.02, lowZ + f], top(f), 0.008, 0.008, 5));
      kit.add(STEEL, rod([side * 0.42, topY - 0.02, topZ + f], low(f), 0.008, 0.008, 5));
    }
    for (const z of [0.36, -0.26])
      kit.add(
        OAK,
        tube(
          [
            [side * 0.3, 1.5, z + 0.42],
            [side * 0.42, topY + 0.04, topZ + z],
          ],
          0.022,
          { smooth: false, segments: 1, radialSegments: 8 },
        ),
      );
  }
}

function addTail(kit: MeshKit): void {
  const plan: Corner[] = [
    [-0.95, -2.75, 0.16],
    [0.95, -2.75, 0.16],
    [0.9, -2.3, 0.24],
    [0.1, -1.98, 0.1],
    [-0.1, -1.98, 0.1],
    [-0.9, -2.3, 0.24],
  ];
  kit.add(CREAM, extrudePlan(plan, 0.06, { bevelM: 0.028, quarterSegments: 6 }), { at: [0, 1.3, 0] });
  const fin: Corner[] = [
    [-2.86, 1.16, 0.1],
    [-2.05, 1.28, 0.05],
    [-2.3, 1.72, 0.25],
    [-2.62, 1.98, 0.2],
    [-2.9, 1.8, 0.2],
  ];
  kit.add(CORAL, extrudeSide(fin, 0.06, { bevelM: 0.025, quarterSegments: 6 }));
  const stripes = [
    [1.46, CREAM],
    [1.58, NAVY],
    [1.7, CREAM],
  ] as const;
  for (const [y, material] of stripes) kit.add(material, box(0.066, 0.07, 0.4, 0.004, 1), { at: [0, y, -2.63] });
  kit.add(
    IRON,
    tube(
      [
        [0, 1.15, -2.45],
        [0, 0.98, -2.62],
        [0, 0.93, -2.72],
      ],
      0.028,
      { segments: 8, radialSegments: 8 },
    ),
  );
}

function addGear(kit: MeshKit): void {
  for (const side of [-1, 1] as const) {
    const hub: Vec3 = [side * 0.72, 0.34, 0.78];
    for (const z of [0.5, 1.05])
      kit.add(
        CORAL,
        tube(
          [
            [side * 0.24, 0.86, z],
            [side * 0.66, 0.36, 0.78],
          ],
          0.032,
          { smooth: false, segments: 1, radialSegments: 8, section: [0.8, 1.4] },
        ),
      );
    kit.add(RUBBER, torus(0.27, 0.075, 34, 12), { at: hub, rotDeg: [0, 90, 0] });
    kit.add(
      CREAM,
      latheX(
        [
          [0, -0.05],
          [0.2, -0.035],
          [0.235, 0],
          [0.2, 0.035],
          [0, 0.05],
        ],
        28,
        { smoothDeg: 50 },
      ),
      { at: hub },
    );
    kit.add(CORAL, button(0.055, 0.012, 0.004, 18), {
      at: [hub[0] + side * 0.045, hub[1], hub[2]],
      rotDeg: [0, 90 * side, 0],
    });
  }
  kit.add(STEEL, rod([-0.72, 0.34, 0.78], [0.72, 0.34, 0.78], 0.024, 0.024, 8));
}

function addCockpit(kit: MeshKit): void {
  const y = 1.615;
  kit.add(INK, placed(patch(circleCorners(0, 0, 0.25, 0.34, 28), { smoothDeg: 60 }), { rotDeg: [-90, 0, 0] }), {
    at: [0, y + 0.02, -0.32],
    rotDeg: [6, 0, 0],
  });
  const rim = Array.from({ length: 20 }, (_, i): Vec3 => {
    const a = (i / 20) * 2 * Math.PI;
    return [0.26 * Math.cos(a), y + 0.015 - 0.08 * Math.cos(a) ** 2 + 0.02 * Math.sin(a), -0.32 + 0.35 * Math.sin(a)];
  });
  kit.add(LEATHER, tube(rim, 0.035, { closed: true, segments: 48, radialSegments: 8 }));
  kit.add(GLASS, box(0.4, 0.24, 0.02, 0.009, 1), { at: [0, y + 0.14, 0.08], rotDeg: [-28, 0, 0] });
  kit.add(LEATHER, ball(0.15, 22), { at: [0, y + 0.2, -0.4] });
  kit.add(OAK, ball(0.125, 18), { at: [0, y + 0.17, -0.35], scale: [0.9, 1, 0.9] });
  for (const side of [-1, 1])
    kit.add(GLASS, dome(0.05, 0.03, 16, 3), { at: [side * 0.055, y + 0.215, -0.262], rotDeg: [-8, side * 14, 0] });
  kit.add(INK, torus(0.151, 0.014, 26, 6), { at: [0, y + 0.215, -0.4], rotDeg: [84, 0, 0] });
  kit.add(NAVY, torus(0.105, 0.045, 24, 10), { at: [0, y + 0.06, -0.4], rotDeg: [90, 0, 0] });
  const scarf: Vec3[] = [
    [0.08, y + 0.08, -0.48],
    [0.16, y + 0.12, -0.7],
    [0.2, y + 0.08, -0.92],
    [0.28, y + 0.15, -1.15],
    [0.33, y + 0.12, -1.38],
  ];
  kit.add(
    NAVY,
    tube(scarf, (t) => 0.05 + 0.03 * t, { segments: 26, radialSegments: 10, section: [0.25, 1.2] }),
  );
  addText(kit, CREAM, '703', 0.3, { rotDeg: [0, 96, 0], at: [0.272, 1.28, -1.02] });
}

export const AEROPLANE: ObjectRecipe = {
  id: 'aeroplane',
  name: { en: 'biplane', zh: '双翼飞机' },
  build: () => {
    const kit = new MeshKit();
    addHull(kit);
    addPropeller(kit);
    addWings(kit);
    addTail(kit);
    addGear(kit);
    addCockpit(kit);
    kit.add(
      WALNUT,
      wire(
        [
          [0.32, 1.08, 0.35],
          [0.36, 1.0, 0.3],
        ],
        0.02,
      ),
    );
    return kit.settle();
  },
};
