/** A gramophone whose horn opens towards +Z; the crank is on its right (-X), the tone arm plays on the left. */
import { type BufferGeometry, Vector3 } from 'three';
import { latheX, wire } from '../axes.ts';
import { deformed, MeshKit, placed, type Vec3 } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { BRASS, CORAL, CREAM, INK, OAK, PLUM, STEEL, WALNUT } from '../palette.ts';
import type { Corner } from '../path2.ts';
import { ball, box, button, disc, lathe, torus, tube } from '../shapes.ts';

const DECK_Y = 0.17;

function addCabinet(kit: MeshKit): void {
  kit.add(WALNUT, box(0.4, 0.03, 0.4, 0.008, 3), { at: [0, 0.025, 0] });
  kit.add(WALNUT, box(0.37, 0.02, 0.37, 0.008, 3), { at: [0, 0.048, 0] });
  kit.add(OAK, box(0.345, 0.11, 0.345, 0.006, 2), { at: [0, 0.105, 0] });
  kit.add(WALNUT, box(0.375, 0.02, 0.375, 0.009, 4), { at: [0, DECK_Y - 0.01, 0] });
  for (const deg of [0, 90, 180, 270]) {
    const a = (deg * Math.PI) / 180;
    const at = (x: number, y: number, z: number): Vec3 => [
      x * Math.cos(a) + z * Math.sin(a),
      y,
      z * Math.cos(a) - x * Math.sin(a),
    ];
    kit.add(WALNUT, box(0.23, 0.06, 0.008, 0.004, 2), { at: at(0, 0.105, 0.1725), rotDeg: [0, deg, 0] });
    kit.add(OAK, box(0.21, 0.04, 0.008, 0.004, 2), { at: at(0, 0.105, 0.1745), rotDeg: [0, deg, 0] });
    kit.add(
      WALNUT,
      lathe(
        [
          [0.012, 0.055],
          [0.016, 0.06, 0.004],
          [0.011, 0.08, 0.01],
          [0.014, 0.105, 0.02],
          [0.011, 0.13, 0.01],
          [0.016, 0.15, 0.004],
          [0.012, 0.155],
        ],
        16,
      ),
      { at: at(0.163, 0, 0.163) },
    );
    kit.add(BRASS, ball(0.015, 14), { at: at(0.17, 0.012, 0.17), scale: [1, 0.8, 1] });
  }
  kit.add(BRASS, box(0.1, 0.024, 0.004, 0.0018, 2), { at: [0, 0.105, 0.179] });
  kit.add(INK, box(0.07, 0.006, 0.004, 0.001, 1), { at: [0, 0.105, 0.1795] });
}

function addDeck(kit: MeshKit): void {
  const at: Vec3 = [0.012, DECK_Y, 0.012];
  kit.add(STEEL, disc(0.15, 0.01, 0.003, 56, 0.004), { at });
  kit.add(INK, disc(0.145, 0.004, 0.0015, 56, 0.014), { at });
  for (const r of [0.06, 0.075, 0.09, 0.105, 0.12, 0.134])
    kit.add(PLUM, torus(r, 0.0011, 56, 5), { at: [at[0], at[1] + 0.0178, at[2]], rotDeg: [90, 0, 0] });
  kit.add(CORAL, disc(0.048, 0.0008, 0.0002, 40, 0.018), { at });
  kit.add(CREAM, disc(0.02, 0.0006, 0.0002, 28, 0.0188), { at });
  kit.add(BRASS, disc(0.0045, 0.012, 0.002, 14, 0.018), { at });
  kit.add(BRASS, button(0.011, 0.008, 0.003, 18), { at: [-0.15, DECK_Y, 0.15], rotDeg: [-90, 0, 0] });
  const crank: Vec3[] = [
    [-0.17, 0.1, 0.03],
    [-0.225, 0.1, 0.03],
    [-0.235, 0.095, 0.036],
    [-0.236, 0.06, 0.085],
    [-0.24, 0.055, 0.092],
    [-0.25, 0.055, 0.092],
  ];
  kit.add(STEEL, wire(crank, 0.0065, { segments: 34, radialSegments: 10 }));
  kit.add(
    OAK,
    latheX(
      [
        [0, -0.298],
        [0.011, -0.296, 0.004],
        [0.0135, -0.275, 0.02],
        [0.01, -0.25, 0.003],
        [0, -0.248],
      ],
      20,
    ),
    { at: [0, 0.055, 0.092] },
  );
  kit.add(BRASS, placed(button(0.02, 0.006, 0.002, 22), { rotDeg: [0, -90, 0] }), { at: [-0.172, 0.1, 0.03] });
}

/** Centre line of the horn from its elbow at the back to its mouth; t in 0..1. */
function hornAxis(t: number): Vector3 {
  const points = [
    new Vector3(0, DECK_Y + 0.045, -0.17),
    new Vector3(0, DECK_Y + 0.15, -0.215),
    new Vector3(0, DECK_Y + 0.27, -0.16),
    new Vector3(0, DECK_Y + 0.355, 0.14),
  ] as const;
  const u = 1 - t;
  return new Vector3()
    .addScaledVector(points[0], u ** 3)
    .addScaledVector(points[1], 3 * u * u * t)
    .addScaledVector(points[2], 3 * u * t * t)
    .addScaledVector(points[3], t ** 3);
}

function hornRadius(t: number): number {
  return 0.015 + 0.03 * t + 0.165 * t ** 4.6;
}

/** Bends a straight horn (radius profile along y = t) onto its axis and scallops its mouth into petals. */
function bent(geometry: BufferGeometry): BufferGeometry {
  return deformed(geometry, (p) => {
    const t = Math.max(0, Math.min(1, p.y));
    const tangent = hornAxis(Math.min(1, t + 1e-3))
      .sub(hornAxis(Math.max(0, t - 1e-3)))
      .normalize();
    const side = new Vector3(1, 0, 0);
    const up = new Vector3().crossVectors(side, tangent);
    const petal = 1 + 0.075 * t ** 5 * Math.abs(Math.cos(4.5 * Math.atan2(p.z, p.x)));
    return hornAxis(t)
      .addScaledVector(side, p.x * petal)
      .addScaledVector(up, p.z * petal)
      .addScaledVector(tangent, p.y - t);
  });
}

function addHorn(kit: MeshKit): void {
  const rows = 30;
  const at = (i: number): number => (i / rows) ** 0.75;
  const outer = Array.from({ length: rows + 1 }, (_, i): Corner => [hornRadius(at(i)), at(i)]);
  const inner = Array.from({ length: 22 }, (_, i): Corner => [hornRadius(1 - i * 0.036) - 0.0025, 1 - i * 0.036]);
  kit.add(PLUM, bent(lathe(outer, 72, { smoothDeg: 80 })));
  kit.add(BRASS, bent(lathe([...inner, [0, 0.25] as Corner], 72, { smoothDeg: 80 })));
  const rim = Array.from({ length: 144 }, (_, i): Vec3 => {
    const a = (i / 144) * 2 * Math.PI;
    const r = hornRadius(1) * (1 + 0.075 * Math.abs(Math.cos(4.5 * a)));
    const tangent = hornAxis(1).sub(hornAxis(0.998)).normalize();
    const up = new Vector3().crossVectors(new Vector3(1, 0, 0), tangent);
    const p = hornAxis(1)
      .add(new Vector3(r * Math.cos(a), 0, 0))
      .addScaledVector(up, r * Math.sin(a));
    return [p.x, p.y, p.z];
  });
  kit.add(BRASS, tube(rim, 0.0036, { closed: true, segments: 126, radialSegments: 5 }));
  kit.add(
    BRASS,
    lathe(
      [
        [0.03, DECK_Y, 0.002],
        [0.03, DECK_Y + 0.008, 0.003],
        [0.02, DECK_Y + 0.02, 0.01],
        [0.018, DECK_Y + 0.05],
      ],
      26,
    ),
    { at: [0, 0, -0.17] },
  );
  // Tone arm from the foot of the horn to the record, with its round sound box.
  const arm: Vec3[] = [
    [0.01, DECK_Y + 0.045, -0.165],
    [0.07, DECK_Y + 0.062, -0.13],
    [0.115, DECK_Y + 0.06, -0.06],
    [0.1, DECK_Y + 0.05, 0.005],
  ];
  kit.add(
    BRASS,
    tube(arm, (t) => 0.012 - 0.004 * t, { segments: 30, radialSegments: 12 }),
  );
  kit.add(STEEL, placed(button(0.026, 0.012, 0.004, 28), { rotDeg: [0, 70, 0] }), {
    at: [0.094, DECK_Y + 0.046, 0.012],
  });
  kit.add(BRASS, placed(torus(0.026, 0.003, 28, 8), { rotDeg: [0, 70, 0] }), { at: [0.094, DECK_Y + 0.046, 0.012] });
}

export const GRAMOPHONE: ObjectRecipe = {
  id: 'gramophone',
  name: { en: 'gramophone', zh: '留声机' },
  build: () => {
    const kit = new MeshKit();
    addCabinet(kit);
    addDeck(kit);
    addHorn(kit);
    return kit.settle();
  },
};
