/** Objects that mean nothing: primitive assemblies, chains of cubes, blobs, letters. They teach shape rather than names. */
import type { Kit, Material } from '../parts';
import { familyFromRecipe } from '../parts';

function primitiveAdd(k: Kit, size: number, x: number, y: number, z: number, m: Material): void {
  const kind = k.n(0, 9);
  const a = size * k.r(0.5, 1.3);
  const b = size * k.r(0.5, 1.3);
  const c = size * k.r(0.5, 1.3);
  const mesh = (() => {
    switch (kind) {
      case 0:
      case 1:
        return k.box(a, b, c, x, y - b / 2, z, m);
      case 2:
        return k.rbox(a, b, c, size * 0.2, x, y - b / 2, z, m);
      case 3:
        return k.cyl(a * 0.5, a * 0.5, b, x, y - b / 2, z, m, k.pick([20, 20, 6, 3]));
      case 4:
        return k.cyl(0, a * 0.55, b, x, y - b / 2, z, m, k.pick([20, 4]));
      case 5:
        return k.ball(a * 0.5, x, y, z, m);
      case 6:
        return k.egg(a * 0.5, b * 0.5, c * 0.5, x, y, z, m);
      case 7:
        return k.capsule(a * 0.28, b * 0.8, x, y, z, m);
      case 8:
        return k.ring(a * 0.45, a * 0.14, x, y, z, m);
      default:
        return k.taper(a, c, a * k.r(0.2, 0.7), c * k.r(0.2, 0.9), b, x, y - b / 2, z, m);
    }
  })();
  if (k.p(0.4)) mesh.rotation.set(k.pick([0, Math.PI / 2, k.r(-1, 1)]), k.r(-1.5, 1.5), k.pick([0, Math.PI / 2]));
}

function assemblyBuild(k: Kit): void {
  const count = k.n(5, 12);
  const mode = k.pick(['cluster', 'stack', 'plate', 'ring']);
  if (mode === 'plate') k.box(1, 0.05, k.r(0.6, 1), 0, 0, 0, k.cloth(0));
  if (mode === 'cluster') primitiveAdd(k, k.r(0.35, 0.55), 0, 0.5, 0, k.cloth(0));
  let y = 0;
  for (let i = 0; i < count; i++) {
    const m = k.cloth(k.n(0, 5), 0.2);
    const size = k.r(0.12, 0.34);
    if (mode === 'cluster') {
      const az = k.r(0, 6.28);
      const el = k.r(-0.8, 1.4);
      const d = k.r(0.2, 0.36);
      primitiveAdd(
        k,
        size,
        d * Math.cos(el) * Math.sin(az),
        0.5 + d * Math.sin(el),
        d * Math.cos(el) * Math.cos(az),
        m,
      );
    } else if (mode === 'stack') {
      const h = size * 0.7;
      primitiveAdd(k, size * 1.2, k.r(-0.12, 0.12), y + h / 2, k.r(-0.12, 0.12), m);
      y += h * 0.75;
    } else if (mode === 'plate') {
      primitiveAdd(k, size, k.r(-0.4, 0.4), 0.05 + size * k.r(0.3, 0.6), k.r(-0.3, 0.3), m);
    } else {
      const az = (i / count) * 5;
      primitiveAdd(k, size * 0.9, 0.4 * Math.sin(az), 0.25 + i * 0.04, 0.4 * Math.cos(az), m);
    }
  }
  if (mode === 'ring') k.cyl(0.45, 0.5, 0.1, 0, 0, 0, k.m(1));
}

function cubeChainBuild(k: Kit): void {
  const step = 0.14;
  const cells = new Map<string, readonly [number, number, number]>();
  let p: readonly [number, number, number] = [0, 0, 0];
  cells.set(p.join(), p);
  let axis = k.n(0, 2);
  const arms = k.n(3, 5);
  for (let arm = 0; arm < arms; arm++) {
    axis = (axis + k.n(1, 2)) % 3;
    const sign = k.side();
    for (let i = 0, n = k.n(1, 3) + (arm === 1 ? 1 : 0); i < n; i++) {
      const q: readonly [number, number, number] = [
        p[0] + (axis === 0 ? sign : 0),
        p[1] + (axis === 1 ? sign : 0),
        p[2] + (axis === 2 ? sign : 0),
      ];
      p = q;
      cells.set(q.join(), q);
    }
  }
  const look = k.pick(['one', 'cells', 'ends', 'depth', 'round']);
  const gap = k.pick([0, 0, 0.006, 0.015]);
  const edge = step - gap;
  const list = [...cells.values()];
  list.forEach(([x, y, z], i) => {
    const m =
      look === 'one'
        ? k.m(0)
        : look === 'cells'
          ? k.m(k.n(0, 4))
          : look === 'ends'
            ? k.m(i === 0 ? 1 : i === list.length - 1 ? 2 : 0)
            : look === 'depth'
              ? k.m(Math.floor(i / 3))
              : k.m(i % 2);
    if (look === 'round') k.rbox(edge, edge, edge, 0.03, x * step, y * step, z * step, m);
    else k.box(edge, edge, edge, x * step, y * step, z * step, m);
  });
  if (k.p(0.4)) {
    const end: readonly [number, number, number] = list[list.length - 1] ?? [0, 0, 0];
    k.ball(step * 0.35, end[0] * step, (end[1] + 1) * step, end[2] * step, k.m(1));
  }
}

function voxelBuild(k: Kit): void {
  const n = k.n(3, 4);
  const step = 0.8 / n;
  const heights = Array.from({ length: n * n }, (): number => k.n(0, n));
  if (!heights.some((h) => h > 0)) heights[0] = n;
  k.box(0.9, 0.04, 0.9, 0, -0.04, 0, k.pick([k.light, k.dark, k.m(2)]));
  const rows = k.p(0.5);
  const studs = k.p(0.35);
  heights.forEach((h, i) => {
    const x = ((i % n) - (n - 1) / 2) * step;
    const z = (Math.floor(i / n) - (n - 1) / 2) * step;
    for (let y = 0; y < h; y++) k.box(step * 0.97, step * 0.97, step * 0.97, x, y * step, z, k.m(rows ? y : k.n(0, 4)));
    if (studs && h > 0)
      k.cyl(step * 0.28, step * 0.28, step * 0.16, x, h * step - 0.004, z, k.m(rows ? h - 1 : k.n(0, 4)), 12);
  });
}

function blobBuild(k: Kit): void {
  k.rock(k.r(0.25, 0.45), k.r(0.25, 0.45), k.r(0.25, 0.45), k.r(0.1, 0.45), 0, 0.4, 0, k.cloth(0, 0.5), 3);
  const knobs = k.n(3, 9);
  for (let i = 0; i < knobs; i++) {
    const az = k.r(0, 6.28);
    const el = k.r(-0.7, 1.5);
    const d = k.r(0.25, 0.42);
    const x = d * Math.cos(el) * Math.sin(az);
    const y = 0.4 + d * Math.sin(el);
    const z = d * Math.cos(el) * Math.cos(az);
    const m = k.m(k.n(1, 4));
    const s = k.r(0.05, 0.15);
    if (k.p(0.5)) k.rock(s, s * k.r(0.6, 1.6), s, k.r(0, 0.4), x, y, z, m, 2);
    else
      k.bar(
        [x * 0.5, 0.4 + (y - 0.4) * 0.5, z * 0.5],
        [x * 1.5, 0.4 + (y - 0.4) * 1.5, z * 1.5],
        s * 0.5,
        m,
        k.pick([0, s * 0.2, s * 0.6]),
      );
  }
}

/** Strokes on a 3 × 5 grid, corner points counted from the lower left. */
const GLYPHS: readonly (readonly (readonly [number, number, number, number])[])[] = [
  [
    [0, 0, 0, 4],
    [0, 4, 2, 4],
    [0, 2, 1.4, 2],
  ],
  [
    [0, 0, 0, 4],
    [0, 4, 2, 4],
    [0, 2, 1.4, 2],
    [0, 0, 2, 0],
  ],
  [
    [0, 0, 0, 4],
    [0, 0, 2, 0],
  ],
  [
    [2, 0, 2, 4],
    [0, 0, 2, 0],
    [0, 0, 0, 1.4],
  ],
  [
    [0, 0, 0, 4],
    [0, 4, 2, 4],
    [2, 4, 2, 2],
    [0, 2, 2, 2],
  ],
  [
    [0, 0, 0, 4],
    [0, 4, 2, 4],
    [2, 4, 2, 2],
    [0, 2, 2, 2],
    [0.8, 2, 2, 0],
  ],
  [
    [2, 4, 0, 4],
    [0, 4, 0, 0],
    [0, 0, 2, 0],
    [2, 0, 2, 2],
    [2, 2, 1.1, 2],
  ],
  [
    [0, 4, 2, 4],
    [2, 4, 0.6, 0],
  ],
  [
    [0, 4, 0, 2],
    [0, 2, 2, 2],
    [2, 4, 2, 0],
  ],
  [
    [0, 0, 0, 4],
    [0, 2, 2, 4],
    [0.3, 2, 2, 0],
  ],
  [
    [0, 0, 1, 4],
    [1, 4, 2, 0],
    [0.5, 1.6, 1.5, 1.6],
  ],
  [
    [0, 4, 2, 4],
    [1, 0, 1, 4],
  ],
  [
    [0, 4, 1, 2],
    [2, 4, 1, 2],
    [1, 2, 1, 0],
  ],
  [
    [0, 4, 2, 4],
    [2, 4, 2, 2],
    [0, 2, 2, 2],
    [0, 2, 0, 0],
    [0, 0, 2, 0],
  ],
  [
    [0, 4, 2, 4],
    [2, 4, 2, 0],
    [0, 2, 2, 2],
    [0, 0, 2, 0],
  ],
  [
    [2, 4, 0, 4],
    [0, 4, 0, 2],
    [0, 2, 2, 2],
    [2, 2, 2, 0],
    [0, 0, 2, 0],
  ],
  [
    [0, 0, 0, 4],
    [2, 0, 2, 4],
    [0, 2, 2, 2],
  ],
  [
    [0, 4, 0, 0],
    [0, 0, 2, 0],
    [2, 0, 2, 4],
  ],
];

function lettersBuild(k: Kit): void {
  const count = k.n(1, 3);
  const depth = k.r(0.1, 0.3);
  const thick = k.r(0.06, 0.11);
  const w = k.r(0.2, 0.32);
  const h = k.r(0.4, 0.6);
  const tilt = k.p(0.3);
  for (let g = 0; g < count; g++) {
    const glyph = k.pick(GLYPHS);
    const letter = k.sub(
      (g - (count - 1) / 2) * (w + thick * 2 + 0.05),
      0.06 + (tilt ? g * 0.1 : 0),
      k.p(0.4) ? k.r(-0.12, 0.12) : 0,
      k.p(0.3) ? k.r(-0.4, 0.4) : 0,
    );
    const face = k.cloth(g, 0.2);
    const square = k.p(0.6);
    for (const [x0, y0, x1, y1] of glyph) {
      const a = [(x0 / 2 - 0.5) * w, thick / 2 + (y0 / 4) * h] as const;
      const b = [(x1 / 2 - 0.5) * w, thick / 2 + (y1 / 4) * h] as const;
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      const stroke = square
        ? letter.box(length + thick, thick, depth, 0, 0, 0, face)
        : letter.rbox(length + thick, thick, depth, thick * 0.4, 0, 0, 0, face);
      stroke.position.set((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, 0);
      stroke.rotation.z = Math.atan2(b[1] - a[1], b[0] - a[0]);
    }
    if (k.p(0.3)) letter.ball(thick * 0.8, k.side() * w * 0.5, h + thick * 1.6, 0, k.m(g + 1));
  }
  const width = count * (w + thick * 2 + 0.05);
  if (k.p(0.7) || tilt) k.rbox(width + 0.06, 0.06, depth + 0.2, 0.015, 0, 0, 0.03, k.m(3));
  if (tilt)
    for (let g = 1; g < count; g++)
      k.box(w + thick, 0.06 + g * 0.1, depth, (g - (count - 1) / 2) * (w + thick * 2 + 0.05), 0, 0, k.m(3));
}

function frameBuild(k: Kit): void {
  // A bent wire with beads: open shapes whose outline changes strongly with the view.
  const turns = k.n(3, 6);
  const points: [number, number, number][] = [];
  for (let i = 0; i <= turns; i++) points.push([k.r(-0.4, 0.4), 0.08 + (i / turns) * k.r(0.3, 0.9), k.r(-0.4, 0.4)]);
  k.tube(points, k.r(0.025, 0.06), k.cloth(0));
  for (const point of points) {
    const s = k.r(0.07, 0.13);
    const m = k.m(k.n(1, 4));
    if (k.p(0.5)) k.ball(s, ...point, m);
    else k.box(s * 1.7, s * 1.7, s * 1.7, point[0], point[1] - s * 0.85, point[2], m);
  }
  const first: readonly [number, number, number] = points[0] ?? [0, 0, 0];
  k.cyl(0.16, 0.2, 0.06, first[0], -0.06, first[2], k.m(1));
  k.bar([first[0], -0.03, first[2]], first, 0.03, k.m(0));
}

export const ABSTRACT_FAMILIES = [
  familyFromRecipe('assembly', 'train', assemblyBuild),
  familyFromRecipe('cube-chain', 'train', cubeChainBuild),
  familyFromRecipe('voxel-pile', 'train', voxelBuild),
  familyFromRecipe('blob', 'train', blobBuild),
  familyFromRecipe('letters', 'train', lettersBuild),
  familyFromRecipe('beaded-wire', 'train', frameBuild),
];
