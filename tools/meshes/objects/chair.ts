/** A spindle-back oak chair with a seat cushion; a striped throw hangs over its left half (+X). */
import { type BufferGeometry, Vector3 } from 'three';
import { deformed, MeshKit, placed, type Vec3 } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { CORAL, CREAM, MUSTARD, OAK, TEAL, WALNUT } from '../palette.ts';
import { type Corner, item } from '../path2.ts';
import { ball, extrude, rod, tube } from '../shapes.ts';

const SEAT_Y = 0.44;
const SEAT_T = 0.034;

const legTop = (x: number, z: number): Vec3 => [x * 0.8, SEAT_Y - 0.01, z * 0.82];

function addFrame(kit: MeshKit): void {
  const feet: Array<[number, number]> = [
    [0.22, 0.2],
    [-0.22, 0.2],
    [0.21, -0.23],
    [-0.21, -0.23],
  ];
  for (const [x, z] of feet) {
    const [tx, ty, tz] = legTop(x, z);
    const along = (t: number): Vec3 => [x + (tx - x) * t, 0.0135 + (ty - 0.0135) * t, z + (tz - z) * t];
    kit.add(OAK, rod(along(0.14), along(1), 0.0142, 0.021, 14));
    kit.add(WALNUT, rod(along(0), along(0.14), 0.0138, 0.0152, 14));
  }
  const between = (i: number, j: number, t: number, r: number): void => {
    const at = ([x, z]: [number, number]): Vec3 => {
      const [tx, ty, tz] = legTop(x, z);
      return [x + (tx - x) * t, ty * t, z + (tz - z) * t];
    };
    kit.add(OAK, rod(at(item(feet, i)), at(item(feet, j)), r, r, 10));
  };
  between(0, 2, 0.36, 0.0105);
  between(1, 3, 0.36, 0.0105);
  kit.add(OAK, rod([-0.193, 0.155, -0.02], [0.193, 0.155, -0.02], 0.0105, 0.0105, 10));

  const seat: Corner[] = [
    [-0.225, -0.2, 0.09],
    [0.225, -0.2, 0.09],
    [0.24, 0.2, 0.1],
    [-0.24, 0.2, 0.1],
  ];
  kit.add(OAK, extrude(flipped(seat), SEAT_T, { bevelM: 0.014, bevelSegments: 4, quarterSegments: 7 }), {
    rotDeg: [-90, 0, 0],
    at: [0, SEAT_Y, 0],
  });
}

/** An XY outline read as (x, z) for a part that is then laid flat. */
function flipped(corners: Corner[]): Corner[] {
  return corners.map(([x, z, r]): Corner => [x, -z, r ?? 0]).reverse();
}

function addCushion(kit: MeshKit): void {
  const outline: Corner[] = [
    [-0.19, -0.16, 0.08],
    [0.19, -0.16, 0.08],
    [0.205, 0.185, 0.085],
    [-0.205, 0.185, 0.085],
  ];
  const top = SEAT_Y + SEAT_T / 2;
  const puff = (p: Vector3): Vector3 => {
    const d = Math.hypot(p.x / 0.2, (p.z - 0.012) / 0.18);
    const dent = 0.013 * Math.exp(-((Math.hypot(p.x, p.z - 0.012) / 0.03) ** 2));
    return new Vector3(p.x, p.y + (p.y > top + 0.02 ? 0.012 * Math.max(0, 1 - d * d) - dent : 0), p.z);
  };
  const flat = placed(
    extrude(flipped(outline), 0.046, { bevelM: 0.0225, bevelSegments: 5, quarterSegments: 6, maxEdgeM: 0.035 }),
    { rotDeg: [-90, 0, 0], at: [0, top + 0.022, 0] },
  );
  kit.add(MUSTARD, deformed(flat, puff));
  kit.add(CREAM, ball(0.011, 12), { at: [0, top + 0.0455, 0.012], scale: [1, 0.5, 1] });
  const piping = [
    [-0.193, -0.1],
    [-0.17, -0.145],
    [0, -0.162],
    [0.17, -0.145],
    [0.193, -0.1],
    [0.205, 0.12],
    [0.17, 0.175],
    [0, 0.187],
    [-0.17, 0.175],
    [-0.205, 0.12],
  ] as const;
  kit.add(
    CREAM,
    tube(
      piping.map(([x, z]): Vec3 => [x, top + 0.022, z]),
      0.0045,
      { closed: true, segments: 56, radialSegments: 5 },
    ),
  );
}

/** Leans and curves the back: drawn upright in the plane z = 0, above the seat. */
function lean(p: Vector3): Vector3 {
  const up = Math.max(0, p.y - SEAT_Y);
  return new Vector3(
    p.x,
    p.y,
    p.z - 0.175 - 0.2 * up - 0.16 * up ** 2 - (0.05 - 1.05 * p.x ** 2) * Math.min(1, up / 0.3),
  );
}

function addBack(kit: MeshKit): void {
  const add = (part: BufferGeometry): void => kit.add(OAK, deformed(part, lean));
  const upright = (x: number, top: number, r0: number, r1: number): BufferGeometry =>
    tube(
      [
        [x * 0.93, SEAT_Y, 0],
        [x, (SEAT_Y + top) / 2, 0],
        [x * 1.02, top, 0],
      ],
      (t) => r0 + (r1 - r0) * t,
      { segments: 8, radialSegments: 10, domeRows: 2 },
    );
  for (const x of [-0.195, 0.195]) add(upright(x, 0.82, 0.0165, 0.0145));
  for (const x of [-0.117, -0.039, 0.039, 0.117]) add(upright(x, 0.8, 0.0088, 0.0078));
  const bow = (x: number): number => 0.024 * (1 - (x / 0.235) ** 2);
  const xs = [-0.16, -0.08, 0, 0.08, 0.16];
  const low = xs.map((x): Corner => [x, 0.772 + bow(x) * 0.4]);
  const high = xs.map((x): Corner => [-x, 0.838 + bow(x)]);
  const rail: Corner[] = [
    [-0.235, 0.772, 0.03],
    ...low,
    [0.235, 0.772, 0.03],
    [0.232, 0.838, 0.03],
    ...high,
    [-0.232, 0.838, 0.03],
  ];
  add(extrude(rail, 0.03, { bevelM: 0.012, bevelSegments: 4, maxEdgeM: 0.05, quarterSegments: 5 }));
}

function addThrow(kit: MeshKit): void {
  // Cloth over the top rail, from its hem behind to its hem in front: (z, y) before leaning.
  const line: Array<[number, number]> = [
    [-0.03, 0.62],
    [-0.028, 0.7],
    [-0.024, 0.78],
    [-0.021, 0.835],
  ];
  for (let i = 0; i <= 8; i++) {
    const aRad = Math.PI * (1 - i / 8);
    line.push([0.0195 * Math.cos(aRad), 0.845 + 0.0185 * Math.sin(aRad)]);
  }
  line.push([0.021, 0.835], [0.023, 0.78], [0.025, 0.7], [0.028, 0.62], [0.031, 0.55]);
  const folds = (p: Vector3): Vector3 => {
    const hang = Math.max(0, 0.83 - p.y) / 0.3;
    const wave = Math.sin((p.x - 0.115) * 100 + Math.sign(p.z)) * 0.007 * hang;
    return new Vector3(
      p.x + (p.x - 0.115) * 0.14 * hang,
      p.y - (p.y > 0.83 ? 0.11 * Math.max(0, p.x - 0.045) : 0),
      p.z + wave + Math.sign(p.z) * 0.012 * hang,
    );
  };
  const strip = (x0: number, x1: number): BufferGeometry => {
    const outer = line.map(([z, y], i): Corner => {
      const before = item(line, Math.max(0, i - 1));
      const after = item(line, Math.min(line.length - 1, i + 1));
      const scale = 0.007 / Math.hypot(after[0] - before[0], after[1] - before[1]);
      return [-z + (after[1] - before[1]) * scale, y + (after[0] - before[0]) * scale];
    });
    const inner = line.map(([z, y]): Corner => [-z, y]).reverse();
    const loop: Corner[] = [...outer, ...inner];
    const steps = Math.ceil((x1 - x0) / 0.009);
    const part = extrude(loop, x1 - x0, { depthSegments: steps, smoothDeg: 50 });
    return deformed(deformed(placed(part, { rotDeg: [0, 90, 0], at: [(x0 + x1) / 2, 0, 0] }), folds), lean);
  };
  const bands = [
    [TEAL, 0.045],
    [CREAM, 0.06],
    [TEAL, 0.069],
    [CORAL, 0.106],
    [TEAL, 0.124],
    [CREAM, 0.161],
    [TEAL, 0.17],
  ] as const;
  bands.forEach(([material, x0], i) => kit.add(material, strip(x0, bands[i + 1]?.[1] ?? 0.185)));
}

export const CHAIR: ObjectRecipe = {
  id: 'chair',
  name: { en: 'chair', zh: '椅子' },
  build: () => {
    const kit = new MeshKit();
    addFrame(kit);
    addCushion(kit);
    addBack(kit);
    addThrow(kit);
    return kit;
  },
};
