/** Diggers and trains. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';
import { wheelPair } from './cars-and-trucks';

function diggerBuild(k: Kit): void {
  const w = k.r(0.34, 0.46);
  const len = k.r(0.5, 0.75);
  const paint = k.m(0);
  const tracked = k.p(0.5);
  const s = k.side();
  let deck = 0.2;
  if (tracked) {
    const h = k.r(0.13, 0.19);
    for (const e of [-1, 1]) {
      k.rbox(0.11, h, len, h / 2, e * (w / 2 - 0.03), 0, 0, k.dark);
      for (const t of [-0.35, 0, 0.35]) k.disc('x', h * 0.3, 0.13, e * (w / 2 - 0.03), h / 2, t * len, k.m(1), 12);
    }
    deck = h + 0.01;
    k.cyl(w * 0.3, w * 0.3, 0.05, 0, deck - 0.03, 0, k.dark);
  } else {
    const big = k.r(0.14, 0.2);
    const small = k.p(0.5) ? big : big * 0.6;
    wheelPair(k, w / 2, big, -len * 0.3, 0.1, k.m(1));
    wheelPair(k, w / 2 - 0.02, small, len * 0.36, 0.08, k.m(1));
    deck = small + 0.02;
    k.box(w * 0.4, 0.06, len * 0.9, 0, deck - 0.05, 0, k.dark);
  }
  const body = k.sub(0, deck, 0, tracked ? k.pick([0, 0, k.r(-1.2, 1.2)]) : 0);
  body.rbox(w * 0.72, k.r(0.12, 0.2), len * 0.45, 0.02, 0, 0, -len * 0.22, paint);
  if (!tracked || k.p(0.3)) body.rbox(w * 0.5, 0.14, len * 0.5, 0.02, 0, 0, len * 0.2, paint);
  const cabX = tracked ? s * w * 0.2 : 0;
  const cabZ = tracked ? len * 0.12 : -len * 0.15;
  const cabW = w * (tracked ? 0.36 : 0.55);
  body.box(cabW, 0.26, 0.2, cabX, 0.08, cabZ, k.glass);
  for (const a of [-1, 1])
    for (const b of [-1, 1]) body.box(0.025, 0.28, 0.025, cabX + a * cabW * 0.5, 0.07, cabZ + b * 0.1, paint);
  body.box(cabW + 0.05, 0.03, 0.26, cabX, 0.34, cabZ, k.p(0.5) ? paint : k.m(1));
  body.cyl(0.018, 0.018, k.r(0.15, 0.3), -s * w * 0.2, 0.12, -len * 0.28, k.dark, 10);
  const tool = tracked ? k.pick(['arm', 'arm', 'blade']) : k.pick(['loader', 'loader', 'plain', 'fork', 'arm']);
  if (tool === 'arm') {
    const ax = tracked ? -s * w * 0.12 : 0;
    const z0 = len * 0.25;
    const y1 = k.r(0.3, 0.5);
    const z1 = z0 + k.r(0.18, 0.3);
    const z2 = z1 + k.r(0.1, 0.22);
    const y2 = k.r(-0.05, 0.15);
    body.bar([ax, 0.05, z0], [ax, y1, z1], 0.04, paint, 0.035, 4);
    body.bar([ax, y1, z1], [ax, y2, z2], 0.035, k.m(1), 0.025, 4);
    body.bar([ax, 0.18, z0 + 0.02], [ax, y1 * 0.75, z1 + 0.03], 0.014, k.steel);
    body.disc('x', 0.03, 0.1, ax, y1, z1, k.dark, 12);
    body.sideView(
      [
        [z2 - 0.1, y2 - 0.12],
        [z2 + 0.04, y2 - 0.12],
        [z2 + 0.05, y2 + 0.03],
        [z2 - 0.03, y2 + 0.02],
      ],
      0.17,
      ax,
      0,
      0,
      k.dark,
    );
  } else if (tool === 'loader' || tool === 'blade') {
    const z1 = len * 0.5 + 0.1;
    const y1 = tool === 'blade' ? -deck + 0.03 : k.r(-deck + 0.05, 0.25);
    for (const e of [-1, 1]) body.bar([e * w * 0.3, 0.12, 0.05], [e * w * 0.3, y1 + 0.05, z1], 0.022, paint, 0.022, 4);
    body.sideView(
      [
        [z1, y1],
        [z1 + 0.15, y1],
        [z1 + 0.03, y1 + 0.05],
        [z1 + 0.02, y1 + 0.14],
        [z1 + 0.06, y1 + 0.2],
        [z1 - 0.02, y1 + 0.18],
      ],
      w * 1.15,
      0,
      0,
      0,
      k.m(1),
    );
  } else if (tool === 'fork') {
    const z1 = len * 0.5 + 0.03;
    for (const e of [-1, 1]) {
      body.box(0.03, 0.6, 0.03, e * w * 0.2, -deck + 0.05, z1, k.dark);
      body.box(0.05, 0.02, 0.25, e * w * 0.18, -0.04, z1 + 0.13, k.steel);
    }
    for (const y of [0, 0.25, 0.48]) body.box(w * 0.45, 0.03, 0.025, 0, y - 0.04, z1, k.dark);
    if (k.p(0.6)) body.box(w * 0.7, k.r(0.1, 0.25), 0.2, 0, -0.018, z1 + 0.14, k.cloth(2));
  } else {
    body.box(w * 0.4, 0.1, 0.02, 0, 0.02, len * 0.45, k.dark);
    for (const e of [-1, 1]) body.disc('z', 0.03, 0.03, e * w * 0.2, 0.1, len * 0.45, k.light);
    k.box(w * 0.8, 0.05, 0.2, 0, 0.1, -len * 0.6, k.m(2));
  }
}

function trainBuild(k: Kit): void {
  const w = k.r(0.26, 0.34);
  const gauge = w * 0.4;
  const loco = k.pick(['steam', 'steam', 'diesel', 'tram']);
  const len = k.r(0.6, 0.85);
  const z = len / 2;
  const wheels = k.n(2, 4);
  const r = k.r(0.06, 0.09);
  for (let i = 0; i < wheels; i++)
    for (const e of [-1, 1]) {
      const wz = -z * 0.8 + (z * 1.6 * i) / (wheels - 1);
      k.disc('x', r, 0.035, e * gauge, r, wz, k.m(1));
      k.disc('x', r * 0.4, 0.05, e * gauge, r, wz, k.dark, 8);
    }
  for (const e of [-1, 1]) k.box(0.02, 0.025, len * 0.7, e * (gauge + 0.03), r - 0.01, 0, k.steel);
  const y = r * 1.5;
  k.box(w, 0.05, len, 0, y, 0, k.dark);
  const top = y + 0.05;
  if (loco === 'steam') {
    const br = w * k.r(0.36, 0.46);
    const bl = len * 0.62;
    k.disc('z', br, bl, 0, top + br, z - bl / 2 - 0.03, k.m(0));
    k.disc('z', br * 1.05, 0.04, 0, top + br, z - 0.05, k.dark);
    k.disc('z', br * 0.4, 0.03, 0, top + br, z - 0.02, k.m(1));
    for (let i = 0, n = k.n(1, 3); i < n; i++)
      k.disc('z', br * 1.04, 0.02, 0, top + br, z - 0.15 - (bl * 0.75 * i) / n, k.m(2));
    k.cyl(k.r(0.04, 0.07), 0.035, k.r(0.1, 0.2), 0, top + br * 1.9, z - 0.12, k.dark);
    k.ball(br * 0.4, 0, top + br * 2, z - bl * 0.6, k.m(1));
    const ch = br * 2 + k.r(0.05, 0.14);
    k.box(w, ch, len * 0.3, 0, top, -z + len * 0.15, k.m(0));
    k.box(w * 1.15, 0.03, len * 0.36, 0, top + ch, -z + len * 0.15, k.m(1));
    for (const e of [-1, 1])
      k.box(0.014, ch * 0.35, len * 0.15, (e * w) / 2, top + ch * 0.55, -z + len * 0.15, k.glass);
    k.taper(w * 1.05, 0.1, w * 0.7, 0.03, 0.09, 0, 0.02, z + 0.03, k.m(2));
  } else {
    const h = k.r(0.26, 0.34);
    k.sideView(
      loco === 'tram'
        ? [
            [-z, top],
            [z, top],
            [z * 0.97, top + h],
            [-z * 0.97, top + h],
          ]
        : [
            [-z, top],
            [z, top],
            [z, top + h * 0.4],
            [z * 0.75, top + h],
            [-z * 0.95, top + h],
          ],
      w,
      0,
      0,
      0,
      k.m(0),
      0.015,
    );
    for (const e of [-1, 1]) {
      const n = k.n(3, 5);
      for (let i = 0; i < n; i++)
        k.box(
          0.014,
          h * 0.3,
          (len / n) * 0.6,
          (e * w) / 2,
          top + h * 0.52,
          -z * 0.9 + (z * 1.55 * (i + 0.5)) / n,
          k.glass,
        );
      k.box(0.016, 0.04, len * 0.98, (e * w) / 2, top + h * 0.2, 0, k.m(1));
      k.disc('z', 0.025, 0.02, e * w * 0.33, top + h * 0.15, z, k.light);
    }
    k.box(w * 0.7, h * 0.3, 0.02, 0, top + h * 0.5, loco === 'tram' ? z - 0.01 : z * 0.9, k.glass).rotation.x =
      loco === 'tram' ? 0 : -0.4;
    k.box(0.014, h * 0.75, len * 0.12, k.side() * (w / 2 + 0.002), top + 0.01, k.r(-0.15, 0.1), k.m(2));
    if (k.p(0.6))
      k.tube(
        [
          [0, top + h, -0.1],
          [0, top + h + 0.1, 0],
          [0, top + h + 0.15, -0.12],
        ],
        0.01,
        k.dark,
      );
    k.box(w * 0.5, 0.05, len * 0.3, 0, top + h - 0.005, -z * 0.3, k.m(1));
  }
  if (k.p(0.6)) {
    const wl = k.r(0.3, 0.42);
    const cz = -z - wl / 2 - 0.06;
    k.box(w * 0.9, 0.04, wl, 0, y, cz, k.dark);
    k.box(0.03, 0.03, 0.1, 0, y, -z - 0.03, k.steel);
    for (const e of [-1, 1])
      for (const t of [-1, 1]) k.disc('x', 0.06, 0.035, e * gauge, 0.06, cz + t * wl * 0.3, k.m(1));
    const cargo = k.n(0, 2);
    if (cargo === 0) {
      k.box(w * 0.9, 0.15, wl, 0, y + 0.04, cz, k.cloth(2));
      k.rock(w * 0.38, 0.07, wl * 0.42, 0.4, 0, y + 0.2, cz, k.dark);
    } else if (cargo === 1) {
      k.disc('z', w * 0.36, wl * 0.95, 0, y + 0.04 + w * 0.36, cz, k.m(2));
      k.cyl(0.03, 0.03, 0.04, 0, y + w * 0.74, cz, k.steel);
    } else {
      for (let i = 0; i < 3; i++)
        k.box(
          w * k.r(0.25, 0.4),
          k.r(0.08, 0.2),
          wl * 0.26,
          k.r(-0.05, 0.05),
          y + 0.04,
          cz + (i - 1) * wl * 0.3,
          k.m(i + 1),
        );
    }
  }
}

export const HEAVY_VEHICLE_FAMILIES = [
  familyFromRecipe('digger', 'train', diggerBuild),
  familyFromRecipe('train', 'train', trainBuild),
];
