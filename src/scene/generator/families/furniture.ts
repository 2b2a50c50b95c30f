/** Tables, shelves and beds. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

/** A small thing to stand on a surface, at most `size` wide. */
export function trinketAdd(k: Kit, x: number, y: number, z: number, size: number): void {
  const g = k.sub(x, y, z, k.r(-0.7, 0.7));
  const m = k.any();
  switch (k.n(0, 8)) {
    case 0:
      for (let i = 0, n = k.n(2, 4); i < n; i++)
        g.box(
          size * k.r(0.6, 0.9),
          size * 0.16,
          size * k.r(0.45, 0.6),
          k.r(-0.1, 0.1) * size,
          i * size * 0.161,
          0,
          k.m(i),
        );
      break;
    case 1:
      g.lathe(
        [
          [0, 0],
          [size * 0.2, 0],
          [size * 0.34, size * 0.35],
          [size * 0.14, size * 0.75],
          [size * 0.2, size * 0.95],
        ],
        0,
        0,
        0,
        k.shell(m),
        14,
      );
      break;
    case 2:
      g.cyl(size * 0.26, size * 0.2, size * 0.4, 0, 0, 0, m, 14);
      g.rock(size * 0.36, size * 0.36, size * 0.36, 0.4, 0, size * 0.66, 0, k.leaf, 1);
      break;
    case 3:
      g.cyl(size * 0.25, size * 0.25, size * 0.5, 0, 0, 0, m, 14);
      g.ring(size * 0.15, size * 0.05, size * 0.28, size * 0.25, 0, m);
      break;
    case 4:
      g.box(size * 0.9, size * 0.03, size * 0.6, 0, 0, size * 0.15, k.dark);
      g.box(size * 0.9, size * 0.6, size * 0.03, 0, 0.01, -size * 0.16, k.dark).rotation.x = -0.2;
      g.box(size * 0.8, size * 0.5, size * 0.02, 0, 0.02, -size * 0.14, k.glass).rotation.x = -0.2;
      break;
    case 5:
      g.ball(size * 0.32, 0, size * 0.32, 0, k.pattern('ball', m, k.light));
      break;
    case 6:
      g.rbox(size * 0.7, size * 0.45, size * 0.35, size * 0.05, 0, 0, 0, m);
      g.disc('z', size * 0.13, size * 0.05, -size * 0.15, size * 0.22, size * 0.175, k.dark, 12);
      break;
    case 7:
      g.box(size * 0.5, size * 0.6, size * 0.04, 0, 0, 0, k.wood).rotation.x = -0.15;
      g.box(size * 0.4, size * 0.48, size * 0.04, 0, size * 0.06, size * 0.01, m).rotation.x = -0.15;
      break;
    default:
      g.cyl(size * 0.4, size * 0.28, size * 0.16, 0, 0, 0, m, 16);
      for (let i = 0; i < 3; i++)
        g.ball(size * 0.15, Math.cos(i * 2.1) * size * 0.16, size * 0.22, Math.sin(i * 2.1) * size * 0.16, k.m(i + 1));
  }
}

function tableBuild(k: Kit): void {
  const w = k.r(0.6, 1.1);
  const d = k.r(0.4, 0.7);
  const h = k.r(0.3, 0.6);
  const top = k.cloth(0);
  const leg = k.pick([k.m(1), k.wood, k.steel]);
  const t = k.r(0.025, 0.06);
  const round = k.p(0.25);
  if (round) k.cyl(d * 0.7, d * 0.7, t, 0, h, 0, top, 26);
  else if (k.p(0.2))
    k.prism(
      [
        [-w / 2, -d / 2],
        [w / 2, -d / 2],
        [w / 2, d * 0.1],
        [w * 0.05, d * 0.1],
        [w * 0.05, d / 2],
        [-w / 2, d / 2],
      ],
      t,
      0,
      h + t / 2,
      0,
      top,
    ).rotation.x = Math.PI / 2;
  else k.rbox(w, t, d, 0.015, 0, h, 0, top);
  const s = k.side();
  const base = round ? 'pedestal' : k.pick(['legs', 'legs', 'trestle', 'drawers', 'pedestal']);
  const lx = w / 2 - 0.06;
  const lz = d / 2 - 0.06;
  if (base === 'pedestal') {
    k.lathe(
      [
        [d * 0.4, 0],
        [d * 0.36, 0.03],
        [0.05, 0.08],
        [0.04, h * 0.5],
        [0.08, h * 0.8],
        [0.06, h],
      ],
      0,
      0,
      0,
      leg,
    );
  } else if (base === 'trestle') {
    for (const e of [-1, 1])
      for (const f of [-1, 1]) k.bar([e * lx * 0.8, 0, f * lz], [e * lx * 0.8, h, 0], 0.025, leg, 0.025, 4);
    k.bar([-lx * 0.8, h * 0.35, 0], [lx * 0.8, h * 0.35, 0], 0.018, leg, 0.018, 4);
  } else {
    const lr = k.r(0.018, 0.035);
    for (const e of [-1, 1])
      for (const f of [-1, 1]) {
        if (base === 'drawers' && e === s) continue;
        k.bar([e * lx, 0, f * lz], [e * lx, h, f * lz], lr * 0.7, leg, lr, k.pick([4, 10]));
      }
    if (base === 'drawers') {
      const cw = w * 0.32;
      const cx = s * (w / 2 - cw / 2 - 0.02);
      k.box(cw, h - 0.02, d - 0.06, cx, 0.02, 0, k.m(1));
      const n = k.n(2, 4);
      for (let i = 0; i < n; i++) {
        k.box(cw - 0.03, ((h - 0.05) / n) * 0.88, 0.02, cx, 0.04 + ((h - 0.05) * i) / n, d / 2 - 0.03, k.m(2));
        k.ball(0.014, cx, 0.04 + ((h - 0.05) * (i + 0.45)) / n, d / 2 - 0.01, k.steel);
      }
      if (k.p(0.5)) k.box(w * 0.96, h * 0.5, 0.02, 0, h * 0.45, -d / 2 + 0.04, k.m(1));
    } else if (k.p(0.4)) k.box(w - 0.1, 0.02, d - 0.1, 0, h * 0.25, 0, k.m(2));
  }
  if (k.p(0.3) && !round)
    k.box(w * 0.3, 0.012, d + 0.03, k.r(-0.2, 0.2) * w, h + t - 0.004, 0, k.pattern('runner', k.m(2), k.light));
  const slots = k
    .shuffle([
      [-0.33, -0.2],
      [0, -0.22],
      [0.33, -0.2],
      [-0.3, 0.2],
      [0.02, 0.2],
      [0.32, 0.22],
    ] as const)
    .slice(0, k.n(2, 5));
  for (const [u, v] of slots) trinketAdd(k, u * w * (round ? 0.7 : 1), h + t, v * d, k.r(0.12, 0.24));
}

function shelfBuild(k: Kit): void {
  const w = k.r(0.4, 0.85);
  const h = k.r(0.55, 1.1);
  const d = k.r(0.18, 0.34);
  const t = 0.03;
  const body = k.cloth(0, 0.2);
  const inside = k.p(0.5) ? k.m(1) : body;
  const rows = k.n(2, 5);
  const cols = k.n(1, 3);
  const foot = k.p(0.5) ? 0.06 : 0;
  if (foot)
    for (const e of [-1, 1])
      for (const f of [-1, 1]) k.cyl(0.02, 0.015, foot, e * (w / 2 - 0.03), 0, f * (d / 2 - 0.03), k.dark, 8);
  for (const e of [-1, 1]) k.box(t, h, d, e * (w / 2 - t / 2), foot, 0, body);
  for (const y of [0, h - t]) k.box(w, t, d + 0.004, 0, foot + y, 0, body);
  if (k.p(0.85)) k.box(w - 0.02, h - 0.02, 0.015, 0, foot + 0.01, -d / 2 + 0.01, inside);
  const ch = (h - t) / rows;
  const cw = (w - t) / cols;
  for (let r = 0; r < rows; r++) {
    if (r > 0) k.box(w - t, t * 0.8, d * 0.94, 0, foot + r * ch, 0, body);
    for (let c = 0; c < cols; c++) {
      const x = -w / 2 + t / 2 + cw * (c + 0.5);
      const y = foot + r * ch + t;
      if (c > 0) k.box(t * 0.8, ch, d * 0.93, x - cw / 2, foot + r * ch, 0, body);
      const free = ch - t - 0.01;
      const fill = k.n(0, 6);
      if (fill === 0) {
        k.box(cw - 0.02, ch - 0.02, 0.025, x, foot + r * ch + 0.02, d / 2 - 0.005, k.m(k.n(1, 3)));
        k.ball(0.015, x + k.side() * cw * 0.32, foot + (r + 0.5) * ch, d / 2 + 0.016, k.steel);
      } else if (fill === 1) {
        for (let i = 0; i < 2; i++) {
          k.box(cw - 0.02, ch * 0.46, 0.025, x, foot + r * ch + 0.02 + i * ch * 0.48, d / 2 - 0.005, k.m(2));
          k.box(cw * 0.3, 0.016, 0.03, x, foot + r * ch + ch * 0.25 + i * ch * 0.48, d / 2 + 0.012, k.steel);
        }
      } else if (fill <= 3) {
        let bx = x - cw / 2 + 0.03;
        while (bx < x + cw * k.r(0.2, 0.42)) {
          const bw = k.r(0.02, 0.045);
          k.box(bw * 0.95, free * k.r(0.6, 0.95), d * k.r(0.55, 0.75), bx + bw / 2, y - 0.006, 0, k.m(k.n(0, 4)));
          bx += bw;
        }
      } else if (fill <= 5)
        trinketAdd(k, x + k.r(-0.1, 0.1) * cw, y - 0.006, 0, Math.min(free * 0.9, cw * 0.7, d * 0.9));
    }
  }
  // The back is bare wood in life; a brace and a label keep it from being blank.
  const s = k.side();
  const rear = k.n(0, 2);
  if (rear === 0)
    k.box(Math.hypot(w, h) * 0.8, 0.04, 0.02, 0, foot + h / 2 - 0.02, -d / 2, k.m(2)).rotation.z = s * Math.atan2(h, w);
  if (rear === 1) for (const t of [0.2, 0.75]) k.box(w * 0.94, 0.05, 0.02, 0, foot + h * t, -d / 2, k.m(2));
  k.box(w * k.r(0.2, 0.4), h * 0.16, 0.03, s * w * 0.22, foot + h * k.r(0.3, 0.7), -d / 2, k.pick([k.light, k.m(3)]));
  if (k.p(0.6)) trinketAdd(k, s * w * 0.25, foot + h, 0, k.r(0.12, 0.2));
  if (k.p(0.3)) k.box(0.015, h * 0.4, d * 0.6, s * (w / 2 + 0.005), foot + h * 0.35, 0, k.m(3));
}

function bedBuild(k: Kit): void {
  const w = k.r(0.45, 0.85);
  const len = k.r(0.85, 1.05);
  const h = k.r(0.12, 0.24);
  const frame = k.pick([k.m(0), k.wood]);
  const bunk = k.p(0.25);
  const s = k.side();
  const levels = bunk ? [h, h + 0.45] : [h];
  const headZ = -len / 2;
  for (const y of levels) {
    k.box(w, 0.06, len, 0, y - 0.05, 0, frame);
    k.rbox(w - 0.04, 0.1, len - 0.05, 0.03, 0, y, 0, k.light);
    const cover = k.r(0.4, 0.7);
    k.rbox(w, 0.1, len * cover, 0.035, 0, y + 0.015, len / 2 - (len * cover) / 2 - 0.01, k.cloth(1, 0.6));
    if (k.p(0.5)) k.rbox(w + 0.008, 0.105, 0.1, 0.03, 0, y + 0.015, len / 2 - len * cover + 0.04, k.m(2));
    const pillows = w > 0.6 ? 2 : 1;
    for (let i = 0; i < pillows; i++)
      k.rbox(
        (w / pillows) * 0.75,
        0.09,
        0.2,
        0.04,
        pillows === 2 ? (i - 0.5) * w * 0.48 : k.r(-0.03, 0.03),
        y + 0.075,
        headZ + 0.15,
        i ? k.m(3) : k.m(2),
      ).rotation.x = k.r(0, 0.4);
  }
  const headH = bunk ? h + 0.7 : k.r(0.3, 0.5);
  if (bunk || k.p(0.4)) {
    for (const e of [-1, 1])
      for (const f of [-1, 1])
        k.bar(
          [e * (w / 2), 0, f * (len / 2)],
          [e * (w / 2), bunk ? h + 0.7 : f < 0 ? headH : headH * 0.6, f * (len / 2)],
          0.025,
          frame,
          0.025,
          k.pick([4, 10]),
        );
    for (const t of [0.35, 0.6, 0.85]) k.box(w, 0.03, 0.02, 0, headH * t, headZ, k.m(3));
    if (bunk) {
      for (const e of [-1, 1])
        k.bar([s * (w / 2 + 0.03), 0, 0.15 + e * 0.07], [s * (w / 2 + 0.03), h + 0.6, 0.15 + e * 0.07], 0.012, k.m(3));
      for (let i = 0; i < 5; i++)
        k.bar([s * (w / 2 + 0.03), 0.06 + i * 0.12, 0.08], [s * (w / 2 + 0.03), 0.06 + i * 0.12, 0.22], 0.011, k.m(3));
      k.box(0.02, 0.1, len * 0.7, -s * (w / 2), h + 0.55, 0, frame);
    }
  } else {
    if (k.p(0.5)) k.rbox(w + 0.04, headH, 0.07, 0.03, 0, 0, headZ - 0.03, k.cloth(3));
    else
      k.prism(
        [
          [-w / 2 - 0.02, 0],
          [w / 2 + 0.02, 0],
          [w / 2 + 0.02, headH * 0.75],
          [w * 0.25, headH * 0.95],
          [0, headH],
          [-w * 0.25, headH * 0.95],
          [-w / 2 - 0.02, headH * 0.75],
        ],
        0.05,
        0,
        0,
        headZ - 0.02,
        k.m(0),
      );
    if (k.p(0.5)) k.box(w, h + 0.12, 0.04, 0, 0, len / 2 + 0.01, frame);
    else for (const e of [-1, 1]) k.cyl(0.03, 0.02, h - 0.05, e * (w / 2 - 0.05), 0, len / 2 - 0.06, k.dark, 10);
  }
  if (!bunk && k.p(0.6)) {
    const nx = s * (w / 2 + 0.15);
    k.box(0.2, 0.24, 0.2, nx, 0, headZ + 0.12, k.m(0));
    k.box(0.16, 0.08, 0.02, nx, 0.12, headZ + 0.22, k.m(2));
    trinketAdd(k, nx, 0.24, headZ + 0.12, 0.15);
  }
  if (k.p(0.35)) trinketAdd(k, -s * w * 0.2, h + 0.115, len * 0.2, 0.16);
}

export const FURNITURE_FAMILIES = [
  familyFromRecipe('table', 'train', tableBuild),
  familyFromRecipe('shelf', 'train', shelfBuild),
  familyFromRecipe('bed', 'train', bedBuild),
];
