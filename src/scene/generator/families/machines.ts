/** Machines and appliances. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

function panelAdd(k: Kit, x: number, y: number, z: number, w: number, h: number): void {
  const n = k.n(2, 5);
  for (let i = 0; i < n; i++) {
    const px = x - w / 2 + (w * (i + 0.5)) / n;
    const size = Math.min((w / n) * 0.36, h * 0.4);
    if (k.p(0.5)) {
      k.disc('z', size, 0.035, px, y, z + 0.012, k.m(i + 1), 14);
      k.box(size * 0.25, size, 0.02, px, y, z + 0.026, k.light);
    } else k.box(size * 1.6, size * k.r(0.7, 1.6), 0.03, px, y - size * 0.5, z + 0.01, k.m(i + 1));
  }
}

function machineBuild(k: Kit): void {
  const kind = k.pick([
    'washer',
    'radio',
    'computer',
    'oven',
    'toaster',
    'fridge',
    'camera',
    'printer',
    'television',
    'vacuum',
  ]);
  const body = k.cloth(0, 0.15);
  const s = k.side();
  if (kind === 'washer' || kind === 'oven') {
    const w = k.r(0.5, 0.66);
    const h = k.r(0.6, 0.8);
    const d = k.r(0.4, 0.6);
    k.rbox(w, h, d, 0.02, 0, 0.03, 0, body);
    for (const e of [-1, 1]) for (const f of [-1, 1]) k.cyl(0.03, 0.03, 0.04, e * w * 0.4, 0, f * d * 0.4, k.dark, 8);
    panelAdd(k, s * w * 0.12, h - 0.05, d / 2, w * 0.6, 0.1);
    k.box(w * 0.2, 0.07, 0.02, -s * w * 0.34, h - 0.085, d / 2, k.m(2));
    if (kind === 'washer') {
      const r = w * k.r(0.26, 0.36);
      k.ring(r, 0.03, 0, h * 0.45, d / 2, k.pick([k.m(1), k.steel]));
      k.disc('z', r, 0.03, 0, h * 0.45, d / 2, k.glass, 24);
      k.box(0.04, 0.1, 0.05, s * r, h * 0.45 - 0.05, d / 2 + 0.02, k.m(3));
    } else {
      k.box(w * 0.85, h * 0.5, 0.03, 0, 0.1, d / 2, k.m(1));
      k.box(w * 0.6, h * 0.28, 0.04, 0, 0.19, d / 2, k.glass);
      k.bar([-w * 0.36, 0.1 + h * 0.5, d / 2 + 0.04], [w * 0.36, 0.1 + h * 0.5, d / 2 + 0.04], 0.014, k.steel);
      for (let i = 0; i < 4; i++)
        k.cyl(0.07, 0.07, 0.02, (i % 2 ? 1 : -1) * w * 0.25, h + 0.025, (i < 2 ? 1 : -1) * d * 0.22, k.dark, 14);
      if (k.p(0.6)) {
        k.cyl(0.1, 0.09, 0.12, s * w * 0.25, h + 0.04, d * 0.22, k.m(2));
        k.bar([s * w * 0.25, h + 0.12, d * 0.22], [s * w * 0.6, h + 0.14, d * 0.3], 0.014, k.dark);
      }
    }
    if (k.p(0.4))
      k.tube(
        [
          [s * w * 0.3, h * 0.7, -d / 2],
          [s * w * 0.35, h * 0.5, -d / 2 - 0.1],
          [s * w * 0.2, 0.05, -d / 2 - 0.05],
        ],
        0.03,
        k.dark,
      );
  } else if (kind === 'radio') {
    const w = k.r(0.6, 0.9);
    const h = k.r(0.3, 0.46);
    const d = k.r(0.16, 0.26);
    k.rbox(w, h, d, k.r(0.01, 0.08), 0, 0, 0, body);
    const r = h * k.r(0.26, 0.36);
    for (const e of k.p(0.5) ? [-1, 1] : [s]) {
      k.disc('z', r, 0.03, e * w * 0.3, h * 0.45, d / 2, k.dark);
      k.disc('z', r * 0.45, 0.05, e * w * 0.3, h * 0.45, d / 2, k.m(1));
    }
    k.box(w * 0.3, h * 0.2, 0.02, -s * w * 0.02, h * 0.65, d / 2, k.glass);
    panelAdd(k, -s * w * 0.03, h * 0.25, d / 2, w * 0.3, h * 0.3);
    k.bar([s * w * 0.4, h, -d * 0.3], [s * w * k.r(0, 0.7), h + k.r(0.25, 0.45), -d * 0.3], 0.009, k.steel);
    if (k.p(0.6))
      k.tube(
        [
          [-w * 0.35, h - 0.01, 0],
          [-w * 0.3, h + 0.12, 0],
          [w * 0.3, h + 0.12, 0],
          [w * 0.35, h - 0.01, 0],
        ],
        0.018,
        k.m(2),
      );
  } else if (kind === 'computer' || kind === 'television') {
    const w = k.r(0.5, 0.75);
    const h = w * k.r(0.55, 0.8);
    const old = k.p(0.5);
    const y = kind === 'computer' ? 0.16 : k.r(0.08, 0.2);
    k.rbox(w, h, old ? 0.12 : 0.05, 0.02, 0, y, 0, body);
    if (old) k.taper(w * 0.9, 0.25, w * 0.5, 0.25, 0.001, 0, y, -0.18, k.m(0));
    if (old) k.rbox(w * 0.75, h * 0.75, 0.26, 0.04, 0, y + h * 0.1, -0.16, k.m(0));
    const screenW = old ? w * 0.66 : w * 0.9;
    const sx = old ? -s * w * 0.1 : 0;
    k.box(screenW, h * 0.74, 0.02, sx, y + h * 0.14, old ? 0.06 : 0.025, k.glass);
    for (let i = 0, n = k.n(1, 4); i < n; i++)
      k.box(
        screenW * k.r(0.15, 0.4),
        h * k.r(0.06, 0.2),
        0.026,
        sx + k.r(-0.25, 0.25) * screenW,
        y + h * (0.2 + i * 0.15),
        old ? 0.06 : 0.025,
        k.m(i + 1),
      );
    if (old)
      for (let i = 0; i < 3; i++)
        k.disc('z', 0.03, 0.04, s * w * 0.38, y + h * (0.75 - i * 0.2), 0.065, k.m(i + 1), 12);
    if (kind === 'computer') {
      k.box(0.08, y + 0.02, 0.05, 0, 0, -0.05, k.dark);
      k.rbox(w * 0.45, 0.025, 0.24, 0.01, 0, 0, -0.04, k.dark);
      k.rbox(w * 0.8, 0.03, 0.2, 0.01, 0, 0, 0.3, k.m(1));
      for (let i = 0; i < 3; i++) k.box(w * 0.72, 0.012, 0.035, 0, 0.026, 0.24 + i * 0.055, k.light);
      k.egg(0.04, 0.022, 0.06, s * w * 0.55, 0.02, 0.3, k.m(2));
      if (k.p(0.6)) {
        k.rbox(0.18, h + 0.12, 0.4, 0.015, -s * (w / 2 + 0.16), 0, 0, k.m(0));
        k.box(0.12, 0.04, 0.02, -s * (w / 2 + 0.16), h * 0.8, 0.2, k.dark);
        k.disc('z', 0.02, 0.02, -s * (w / 2 + 0.16), h * 0.5, 0.2, k.m(3), 10);
      }
    } else {
      for (const e of [-1, 1]) k.bar([e * w * 0.3, y + 0.02, 0], [e * w * 0.4, 0, 0.1 * k.pick([0, 1])], 0.018, k.dark);
      k.bar([0, 0.0, -0.1], [0, y + 0.02, -0.02], 0.02, k.dark);
      if (old)
        for (const e of [-1, 1])
          k.bar([0, y + h, -0.05], [e * k.r(0.1, 0.3), y + h + k.r(0.15, 0.35), -0.05], 0.008, k.steel);
    }
  } else if (kind === 'toaster') {
    const w = k.r(0.5, 0.65);
    k.rbox(w, 0.36, 0.3, 0.08, 0, 0.03, 0, body);
    k.box(w * 0.9, 0.04, 0.26, 0, 0, 0, k.dark);
    for (const e of [-1, 1]) {
      k.box(w * 0.7, 0.01, 0.055, 0, 0.384, e * 0.07, k.dark);
      if (k.p(0.7)) k.rbox(w * 0.6, k.r(0.1, 0.2), 0.04, 0.018, 0, 0.35, e * 0.07, k.wood);
    }
    k.box(0.03, 0.22, 0.03, s * w * 0.5, 0.1, 0, k.dark);
    k.box(0.08, 0.04, 0.1, s * (w * 0.5 + 0.03), k.r(0.12, 0.28), 0, k.m(1));
    k.disc('x', 0.035, 0.03, s * w * 0.5, 0.1, 0.08, k.m(2), 12);
    k.box(w * 0.5, 0.1, 0.014, k.r(-0.05, 0.05), 0.14, 0.15, k.m(2));
  } else if (kind === 'fridge') {
    const w = k.r(0.42, 0.56);
    const h = k.r(0.85, 1.1);
    const d = k.r(0.4, 0.5);
    const split = k.r(0.3, 0.7);
    k.rbox(w, h, d, 0.03, 0, 0.02, 0, body);
    k.rbox(w * 0.98, h * split - 0.03, 0.06, 0.02, 0, 0.03, d / 2, k.m(0));
    k.rbox(w * 0.98, h * (1 - split) - 0.01, 0.06, 0.02, 0, h * split + 0.015, d / 2, k.m(1));
    for (const y of [h * split - 0.25, h * split + 0.05])
      k.box(0.025, 0.18, 0.04, s * w * 0.4, Math.max(0.06, y), d / 2 + 0.045, k.steel);
    for (let i = 0, n = k.n(1, 4); i < n; i++)
      k.box(
        k.r(0.04, 0.1),
        k.r(0.04, 0.1),
        0.016,
        -s * k.r(0, 0.35) * w,
        h * (split + 0.08) + i * 0.06,
        d / 2 + 0.03,
        k.m(i + 2),
      );
    if (k.p(0.5)) k.rbox(0.2, 0.12, 0.2, 0.02, s * w * 0.15, h + 0.02, 0, k.m(3));
    k.box(w * 0.7, h * 0.3, 0.03, 0, 0.06, -d / 2, k.dark);
  } else if (kind === 'camera') {
    const w = k.r(0.5, 0.65);
    const h = k.r(0.32, 0.4);
    k.rbox(w, h, 0.22, 0.03, 0, 0, 0, body);
    k.box(w * 0.96, h * 0.5, 0.226, 0, h * 0.2, 0, k.dark);
    const r = h * k.r(0.32, 0.42);
    const x = s * w * k.r(0, 0.12);
    k.disc('z', r, 0.16, x, h * 0.48, 0.16, k.steel);
    k.disc('z', r * 0.85, k.r(0.1, 0.3), x, h * 0.48, 0.26, k.dark);
    k.disc('z', r * 0.55, 0.02, x, h * 0.48, 0.41, k.glass);
    k.taper(w * 0.34, 0.18, w * 0.22, 0.12, 0.1, x, h - 0.01, 0, k.m(0));
    k.cyl(0.05, 0.05, 0.05, s * w * 0.36, h - 0.01, 0, k.steel, 14);
    k.cyl(0.026, 0.026, 0.07, -s * w * 0.36, h - 0.01, 0.03, k.m(1), 12);
    k.box(0.11, 0.07, 0.03, -s * w * 0.34, h * 0.75, 0.11, k.light);
    k.box(w * 0.4, h * 0.55, 0.02, 0, h * 0.2, -0.116, k.glass);
    if (k.p(0.5))
      k.tube(
        [
          [-w / 2, h * 0.85, 0],
          [-w * 0.6, h * 0.4, 0.1],
          [-w * 0.2, 0.02, 0.45],
          [w * 0.4, 0.02, 0.4],
          [w * 0.6, h * 0.4, 0.1],
          [w / 2, h * 0.85, 0],
        ],
        0.016,
        k.m(2),
      );
  } else if (kind === 'printer') {
    const w = k.r(0.6, 0.8);
    const d = k.r(0.4, 0.5);
    k.rbox(w, 0.22, d, 0.03, 0, 0, 0, body);
    k.rbox(w * 0.9, k.r(0.06, 0.14), d * 0.7, 0.02, 0, 0.21, -0.04, k.m(1));
    k.box(w * 0.6, 0.02, 0.24, 0, 0.05, d / 2 + 0.08, k.dark);
    k.box(w * 0.5, 0.012, 0.22, 0, 0.075, d / 2 + 0.07, k.light);
    k.box(w * 0.55, 0.28, 0.02, 0, 0.22, -d / 2 + 0.02, k.light).rotation.x = -0.4;
    k.box(0.14, 0.08, 0.02, s * w * 0.36, 0.12, d / 2, k.glass);
    for (let i = 0; i < 3; i++) k.disc('z', 0.018, 0.03, s * w * (0.3 + i * 0.06), 0.07, d / 2, k.m(i + 1), 10);
  } else {
    k.egg(0.2, 0.16, 0.28, 0, 0.18, -0.05, body);
    for (const e of [-1, 1]) k.disc('x', 0.13, 0.05, e * 0.19, 0.13, -0.14, k.dark);
    k.disc('z', 0.08, 0.1, 0, 0.2, 0.2, k.m(1));
    k.tube(
      [
        [0, 0.2, 0.24],
        [s * 0.1, 0.35, 0.42],
        [s * 0.2, 0.5, 0.3],
        [s * 0.3, 0.75, 0.1],
      ],
      0.03,
      k.dark,
    );
    k.bar([s * 0.3, 0.75, 0.1], [s * 0.36, 0.03, 0.5], 0.02, k.steel);
    k.rbox(0.3, 0.05, 0.12, 0.02, s * 0.36, 0, 0.52, k.m(2));
    k.box(0.08, 0.03, 0.16, 0, 0.33, -0.06, k.m(3));
  }
}

export const MACHINE_FAMILIES = [familyFromRecipe('machine', 'train', machineBuild)];
