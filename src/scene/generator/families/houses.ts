/** Houses and castles. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

function roofAdd(k: Kit, w: number, d: number, h: number, x: number, y: number, z: number, along: 'x' | 'z'): void {
  const m = k.cloth(1);
  const o = 0.04;
  const half = (along === 'z' ? w : d) / 2 + o;
  const length = (along === 'z' ? d : w) + 2 * o;
  const roof = k.prism(
    [
      [-half, 0],
      [half, 0],
      [0, h],
    ],
    length,
    x,
    y,
    z,
    m,
  );
  if (along === 'x') roof.rotation.y = Math.PI / 2;
}

function houseBuild(k: Kit): void {
  const w = k.r(0.45, 0.8);
  const d = k.r(0.4, 0.7);
  const floors = k.n(1, 3);
  const fh = k.r(0.22, 0.3);
  const h = floors * fh;
  const wall = k.cloth(0);
  k.box(w + 0.3, 0.03, d + 0.3, 0, -0.03, 0, k.pick([k.leaf, k.m(3), k.dark]));
  k.box(w, h, d, 0, 0, 0, wall);
  const along = k.pick<'x' | 'z'>(['x', 'z']);
  const rh = k.r(0.14, 0.34);
  const roofKind = k.pick(['gable', 'gable', 'hip', 'flat', 'shed']);
  if (roofKind === 'gable') roofAdd(k, w, d, rh, 0, h, 0, along);
  else if (roofKind === 'hip') k.taper(w + 0.08, d + 0.08, w * k.r(0, 0.5), d * 0.1, rh, 0, h, 0, k.cloth(1));
  else if (roofKind === 'shed')
    k.prism(
      [
        [-w / 2 - 0.04, 0],
        [w / 2 + 0.04, 0],
        [(w / 2 + 0.04) * k.side(), rh],
      ],
      d + 0.06,
      0,
      h,
      0,
      k.cloth(1),
    );
  else {
    k.box(w + 0.06, 0.05, d + 0.06, 0, h, 0, k.m(1));
    k.box(w * 0.35, 0.12, d * 0.35, k.side() * w * 0.2, h + 0.045, -d * 0.15, k.m(2));
  }
  const doorX = k.r(-0.3, 0.3) * w;
  k.box(0.12, 0.19, 0.03, doorX, 0, d / 2, k.m(2));
  k.ball(0.012, doorX + 0.035, 0.09, d / 2 + 0.02, k.light);
  if (k.p(0.4)) k.box(0.18, 0.02, 0.1, doorX, 0.2, d / 2 + 0.05, k.m(1));
  const frame = k.p(0.5) ? k.light : k.m(2);
  const winW = k.r(0.07, 0.12);
  const cols = Math.max(2, Math.floor(w / 0.19));
  for (let f = 0; f < floors; f++)
    for (let i = 0; i < cols; i++) {
      const x = -w / 2 + (w * (i + 0.5)) / cols;
      if (f === 0 && Math.abs(x - doorX) < 0.13) continue;
      if (k.p(0.15)) continue;
      k.box(winW + 0.025, 0.125, 0.014, x, f * fh + fh * 0.36, d / 2, frame);
      k.box(winW, 0.1, 0.024, x, f * fh + fh * 0.36 + 0.012, d / 2, k.glass);
    }
  for (const e of [-1, 1])
    for (let f = 0; f < floors; f++)
      if (k.p(0.6)) {
        const z = k.r(-0.25, 0.25) * d;
        k.box(0.014, 0.125, winW + 0.025, (e * w) / 2, f * fh + fh * 0.36, z, frame);
        k.box(0.024, 0.1, winW, (e * w) / 2, f * fh + fh * 0.36 + 0.012, z, k.glass);
      }
  const s = k.side();
  if (k.p(0.7) && roofKind !== 'flat') k.box(0.08, rh + k.r(0.05, 0.12), 0.08, s * w * 0.25, h, -d * 0.2, k.m(3));
  const annex = k.pick(['none', 'garage', 'porch', 'wing', 'tower']);
  if (annex === 'garage') {
    k.box(0.3, 0.24, d * 0.7, s * (w / 2 + 0.14), 0, d * 0.1, k.m(0));
    k.box(0.34, 0.03, d * 0.75, s * (w / 2 + 0.14), 0.24, d * 0.1, k.m(1));
    k.box(0.2, 0.17, 0.02, s * (w / 2 + 0.15), 0, d * 0.45, k.light);
  } else if (annex === 'porch') {
    k.box(w * 0.9, 0.03, 0.16, 0, 0.225, d / 2 + 0.07, k.m(1));
    for (const e of [-1, 0.3, 1]) k.cyl(0.014, 0.014, 0.23, e * w * 0.42, 0, d / 2 + 0.13, frame, 8);
  } else if (annex === 'wing') {
    k.box(w * 0.45, fh, 0.26, s * w * 0.25, 0, d / 2 + 0.1, wall);
    roofAdd(k, w * 0.45, 0.26, rh * 0.6, s * w * 0.25, fh, d / 2 + 0.1, 'z');
    k.box(0.1, 0.1, 0.02, s * w * 0.25, fh * 0.36, d / 2 + 0.23, k.glass);
  } else if (annex === 'tower') {
    k.cyl(0.12, 0.12, h + 0.12, s * w * 0.48, 0, d * 0.42, wall, 12);
    k.cyl(0, 0.16, 0.2, s * w * 0.48, h + 0.12, d * 0.42, k.m(1), 12);
    k.box(0.06, 0.09, 0.03, s * w * 0.48, h * 0.6, d * 0.42 + 0.115, k.glass);
  }
  for (let i = 0, n = k.n(0, 3); i < n; i++)
    k.rock(0.06, k.r(0.05, 0.14), 0.06, 0.25, k.side() * (w / 2 + 0.08), 0.06, d * k.r(-0.4, 0.5), k.leaf, 1);
}

function castleBuild(k: Kit): void {
  const stone = k.cloth(0, 0.5);
  const roof = k.m(1);
  const w = k.r(0.5, 0.75);
  const h = k.r(0.2, 0.34);
  k.cyl(w * 0.85, w * 0.95, 0.05, 0, -0.05, 0, k.pick([k.leaf, k.m(2), k.wood]), 14);
  const merlons = (x0: number, z0: number, x1: number, z1: number, y: number): void => {
    const n = 5;
    for (let i = 0; i < n; i++)
      k.box(0.045, 0.05, 0.045, x0 + ((x1 - x0) * (i + 0.5)) / n, y, z0 + ((z1 - z0) * (i + 0.5)) / n, stone);
  };
  const half = w / 2;
  for (const [ax, az, bx, bz] of [
    [-half, half, half, half],
    [half, half, half, -half],
    [half, -half, -half, -half],
    [-half, -half, -half, half],
  ] as const) {
    if (k.p(0.12) && az !== bz) continue;
    const wall = k.box(Math.abs(bx - ax) + 0.05, h, 0.06, (ax + bx) / 2, 0, (az + bz) / 2, stone);
    if (az !== bz) wall.rotation.y = Math.PI / 2;
    merlons(ax, az, bx, bz, h);
  }
  k.box(0.16, 0.2, 0.1, 0, 0, half, k.m(2));
  k.box(0.1, 0.15, 0.11, 0, 0, half, k.dark);
  for (const sx of [-1, 1])
    for (const sz of [-1, 1]) {
      if (k.p(0.12)) continue;
      const th = h + k.r(0.06, 0.4);
      const tr = k.r(0.075, 0.12);
      const sides = k.pick([4, 6, 14]);
      k.cyl(tr, tr * 1.08, th, sx * half, 0, sz * half, stone, sides);
      if (k.p(0.6)) {
        k.cyl(0, tr * 1.35, k.r(0.12, 0.25), sx * half, th, sz * half, roof, sides);
        if (k.p(0.4))
          k.prism(
            [
              [0, 0],
              [0.1, 0.025],
              [0, 0.05],
            ],
            0.01,
            sx * half,
            th + 0.2,
            sz * half,
            k.m(3),
          );
      } else k.cyl(tr * 1.25, tr * 1.1, 0.07, sx * half, th, sz * half, k.m(2), sides);
      k.box(0.03, 0.07, 0.03, sx * half, th * 0.65, sz * half + tr * 0.92, k.dark);
    }
  const kx = k.r(-0.12, 0.12);
  const kz = k.r(-0.15, 0.02);
  const kh = h + k.r(0.15, 0.45);
  const kw = k.r(0.18, 0.28);
  if (k.p(0.6)) {
    k.box(kw, kh, kw, kx, 0, kz, k.m(2));
    k.taper(kw * 1.15, kw * 1.15, 0.02, 0.02, k.r(0.12, 0.3), kx, kh, kz, roof);
  } else {
    k.cyl(kw / 2, kw / 2, kh, kx, 0, kz, k.m(2));
    k.cyl(0, kw * 0.65, k.r(0.15, 0.3), kx, kh, kz, roof);
  }
  k.box(0.05, 0.08, 0.03, kx, kh * 0.7, kz + kw / 2, k.glass);
}

export const HOUSE_FAMILIES = [
  familyFromRecipe('house', 'train', houseBuild),
  familyFromRecipe('castle', 'train', castleBuild),
];
