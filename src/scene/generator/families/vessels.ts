/** Cups, pots and bottles. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

function vesselBuild(k: Kit): void {
  const kind = k.pick(['kettle', 'kettle', 'cup', 'cup', 'pan', 'jug', 'pot']);
  const body = k.cloth(0, 0.4);
  const trim = k.m(1);
  const r = k.r(0.16, 0.26);
  const h = kind === 'pan' ? k.r(0.07, 0.12) : k.r(0.22, 0.42);
  const s = k.side();
  const wide = k.r(0.75, 1.25);
  const profile =
    kind === 'kettle'
      ? ([
          [0, 0],
          [r * 0.8, 0],
          [r, h * 0.2],
          [r * wide, h * 0.5],
          [r * 0.6, h * 0.9],
          [r * 0.5, h],
        ] as const)
      : kind === 'jug'
        ? ([
            [0, 0],
            [r * 0.6, 0],
            [r * 0.85, h * 0.35],
            [r * 0.5, h * 0.8],
            [r * 0.6, h * 1.2],
            [r * 0.55, h * 1.2],
            [r * 0.4, h * 0.8],
          ] as const)
        : ([
            [0, 0],
            [r * 0.85, 0],
            [r * wide, h * 0.5],
            [r, h],
            [r * 0.93, h],
            [r * 0.8, 0.03],
            [0, 0.03],
          ] as const);
  k.lathe(profile, 0, 0, 0, k.shell(body), k.pick([24, 24, 8]));
  if (k.p(0.5)) k.cyl(r * 0.95, r * 0.95, 0.025, 0, -0.012, 0, trim);
  if (kind === 'kettle' || (kind === 'pot' && k.p(0.7))) {
    const lr = kind === 'kettle' ? r * 0.54 : r * 1.03;
    k.lathe(
      [
        [lr, 0],
        [lr * 0.9, 0.03],
        [lr * 0.3, 0.07],
        [0, 0.075],
      ],
      0,
      h - 0.005,
      0,
      trim,
    );
    k.ball(0.035, 0, h + 0.09, 0, k.m(2));
  }
  if (kind === 'kettle') {
    k.tube(
      [
        [r * 0.8 * wide, h * 0.35, 0],
        [r * 1.3, h * 0.55, 0],
        [r * 1.5, h * k.r(0.85, 1.1), 0],
      ],
      k.r(0.03, 0.045),
      body,
    );
    if (k.p(0.5))
      k.tube(
        [
          [-r * 0.7, h * 0.82, 0],
          [-r * 1.6, h * 0.85, 0],
          [-r * 1.5, h * 0.3, 0],
          [-r * 0.85, h * 0.25, 0],
        ],
        0.025,
        k.m(2),
      );
    else
      k.tube(
        [
          [r * 0.5, h * 0.9, 0],
          [r * 0.45, h * 1.45, 0],
          [-r * 0.45, h * 1.45, 0],
          [-r * 0.5, h * 0.9, 0],
        ],
        0.022,
        k.m(2),
      );
  } else if (kind === 'cup' || kind === 'jug') {
    const top = h * (kind === 'jug' ? 1.05 : 0.82);
    const rr = kind === 'jug' ? 0.55 : 0.98;
    k.tube(
      [
        [s * r * rr, top, 0],
        [s * r * (rr + 0.55), top - 0.02, 0],
        [s * r * (rr + 0.5), h * 0.3, 0],
        [s * r * 0.85, h * 0.22, 0],
      ],
      k.r(0.018, 0.035),
      k.p(0.5) ? body : k.m(2),
    );
    if (kind === 'jug') k.taper(0.06, 0.03, 0.1, 0.12, 0.1, 0, h * 1.08, r * 0.55, body);
    else {
      k.cyl(r * 0.92, r * 0.88, 0.02, 0, h * 0.72, 0, k.pick([k.wood, k.dark, k.m(3)]));
      if (k.p(0.4)) k.cyl(r * 1.7, r * 1.2, 0.035, 0, -0.035, 0, k.m(2), 26);
      if (k.p(0.4)) k.bar([0, h * 0.5, 0], [-s * r * 0.7, h * 1.35, k.r(-0.1, 0.1)], 0.013, k.steel);
    }
  } else if (kind === 'pan') {
    k.bar([r * 0.9, h * 0.7, 0], [r * 1.9, h * 1.2, 0], 0.028, k.m(2), 0.035);
    k.cyl(r * 0.9, r * 0.9, 0.02, 0, h * 0.35, 0, k.dark);
    for (let i = 0, n = k.n(1, 4); i < n; i++) {
      const x = k.r(-0.5, 0.5) * r;
      const z = k.r(-0.5, 0.5) * r;
      k.egg(0.08, 0.02, 0.07, x, h * 0.35 + 0.03, z, k.light);
      k.ball(0.032, x, h * 0.35 + 0.05, z, k.m(3));
    }
  } else {
    for (const e of [-1, 1])
      k.tube(
        [
          [e * r * 0.95, h * 0.75, -0.07],
          [e * r * 1.3, h * 0.78, 0],
          [e * r * 0.95, h * 0.75, 0.07],
        ],
        0.02,
        k.m(2),
      );
    k.bar([0, h * 0.6, 0], [r * 0.8, h * 1.5, -r * 0.5], 0.016, k.wood);
  }
  // A badge, so that the back can be told from the front.
  const badge = k.n(0, 2);
  const front = r * (kind === 'kettle' || kind === 'pot' || kind === 'cup' ? wide * 0.97 : 0.8);
  if (badge === 0) k.disc('z', r * 0.35, 0.04, 0, h * 0.48, front - 0.01, k.m(3));
  if (badge === 1) k.box(r * 0.7, h * 0.3, 0.04, 0, h * 0.35, front - 0.02, k.m(3));
  if (badge === 2) for (let i = 0; i < 3; i++) k.ball(0.03, (i - 1) * 0.08, h * 0.5, front * 0.96, k.m(i + 1));
}

function bottleBuild(k: Kit): void {
  const kind = k.pick(['bottle', 'bottle', 'jar', 'spray', 'carton', 'can', 'tube']);
  const r = k.r(0.11, 0.19);
  const h = k.r(0.4, 0.65);
  const body = k.cloth(0, 0.2);
  const label = k.pattern('label', k.light, k.m(2));
  const s = k.side();
  if (kind === 'carton') {
    const w = r * 1.8;
    const d = r * k.r(1, 1.8);
    k.box(w, h, d, 0, 0, 0, body);
    k.prism(
      [
        [-d / 2, 0],
        [d / 2, 0],
        [0.012, r * 0.9],
        [-0.012, r * 0.9],
      ],
      w,
      0,
      h,
      0,
      k.m(1),
    ).rotation.y = Math.PI / 2;
    k.box(w, r * 0.3, 0.024, 0, h + r * 0.85, 0, k.m(1));
    k.disc('z', 0.04, 0.04, s * w * 0.2, h + r * 0.4, d * 0.3, k.m(3), 14);
    k.box(w * 0.75, h * 0.4, 0.014, 0, h * 0.35, d / 2, label);
    k.disc('z', w * 0.25, 0.02, -s * w * 0.15, h * 0.2, d / 2, k.m(3));
    k.box(0.014, h * 0.5, d * 0.6, (s * w) / 2, h * 0.1, 0, k.m(2));
    return;
  }
  const square = k.p(0.25) ? 4 : 24;
  if (kind === 'can' || kind === 'jar') {
    k.lathe(
      [
        [0, 0],
        [r * 0.9, 0],
        [r, 0.03],
        [r, h * 0.65],
        [r * 0.85, h * 0.72],
        [r * 0.85, h * 0.74],
        [0, h * 0.74],
      ],
      0,
      0,
      0,
      body,
    );
    if (kind === 'jar') k.cyl(r * 0.95, r * 0.95, 0.08, 0, h * 0.71, 0, k.m(1));
    else k.box(0.09, 0.012, 0.04, 0, h * 0.74, 0.04, k.steel);
  } else if (kind === 'tube') {
    k.taper(r * 2, 0.03, r * 1.7, r * 1.2, h, 0, 0.1, 0, body).rotation.z = 0;
    k.box(r * 2.05, 0.06, 0.035, 0, 0.08, 0, k.m(1));
    k.cyl(r * 0.45, r * 0.6, 0.09, 0, h + 0.1, 0, k.m(1), 14);
    k.box(r * 1.1, h * 0.4, 0.05, 0, h * 0.45, r * 0.38, label).rotation.x = 0.5 * (r / h);
    k.box(r * 0.8, h * 0.25, 0.05, s * r * 0.2, h * 0.5, -r * 0.38, k.m(3)).rotation.x = -0.5 * (r / h);
    return;
  } else {
    const neck = k.r(0.2, 0.5) * r;
    const shoulder = k.r(0.5, 0.75);
    k.lathe(
      [
        [0, 0],
        [r, 0],
        [r * k.r(0.85, 1), h * 0.3],
        [r, h * shoulder],
        [neck, h * (shoulder + 0.15)],
        [neck, h],
        [0, h],
      ],
      0,
      0,
      0,
      body,
      square,
    );
    if (kind === 'spray') {
      k.rbox(neck * 2.6, 0.1, 0.22, 0.02, 0, h, 0.05, k.m(1));
      k.bar([0, h, 0.1], [0, h - 0.12, 0.15], 0.014, k.m(2));
      k.disc('z', 0.022, 0.05, 0, h + 0.06, 0.17, k.m(2), 10);
    } else {
      k.cyl(neck * 1.25, neck * 1.25, k.r(0.05, 0.12), 0, h - 0.01, 0, k.m(1), 14);
      if (k.p(0.3))
        k.tube(
          [
            [s * neck, h * 0.95, 0],
            [s * r * 1.3, h * 0.9, 0],
            [s * r * 0.95, h * 0.55, 0],
          ],
          0.022,
          k.m(1),
        );
    }
  }
  // Labels as flat plates and half bands on one side only.
  const lr = r * (square === 4 ? 0.72 : 1);
  k.box(r * 1.2, h * k.r(0.25, 0.4), 0.05, k.r(-0.02, 0.02), h * 0.15, lr - 0.008, label);
  if (k.p(0.7)) k.disc('z', r * 0.4, 0.04, s * r * 0.1, h * 0.32, lr + 0.014, k.m(3));
  if (k.p(0.7)) k.box(0.05, h * 0.3, r * 0.6, s * (lr - 0.006), h * 0.2, -r * 0.1, k.m(2));
  if (k.p(0.8)) k.box(r * 0.8, h * k.r(0.12, 0.3), 0.05, s * r * 0.1, h * 0.2, -lr + 0.008, k.pick([k.light, k.m(4)]));
}

export const VESSEL_FAMILIES = [
  familyFromRecipe('vessel', 'train', vesselBuild),
  familyFromRecipe('bottle', 'train', bottleBuild),
];
