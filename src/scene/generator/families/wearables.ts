/** Helmets, backpacks and shoes. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

function helmetBuild(k: Kit): void {
  const r = k.r(0.28, 0.36);
  const tall = k.r(0.85, 1.15);
  const long = k.r(1, 1.25);
  const shell = k.cloth(0, 0.3);
  const s = k.side();
  const y = 0.22;
  const dome: [number, number][] = [];
  for (let i = 0; i <= 9; i++)
    dome.push([Math.cos((i / 9) * 1.5708) * r + 0.001, Math.sin((i / 9) * 1.5708) * r * tall]);
  k.lathe(dome, 0, y, 0, k.shell(shell), 26).scale.z = long;
  const kind = k.pick(['cap', 'visor', 'miner', 'knight', 'bike']);
  if (kind === 'visor' || kind === 'knight') {
    const low = k.lathe(
      [
        [r * 0.85, -0.22],
        [r * 1.01, -0.05],
        [r * 1.01, 0.01],
      ],
      0,
      y,
      0,
      k.shell(shell),
      26,
    );
    low.scale.z = long;
    const front = r * long;
    if (kind === 'visor') {
      k.egg(r * 0.82, r * 0.36, r * 0.4, 0, y + 0.04, front * 0.72, k.glass);
      k.rbox(r * 1.1, 0.12, 0.14, 0.04, 0, y - 0.23, front * 0.82, k.m(1));
    } else {
      k.box(r * 1.5, 0.04, 0.09, 0, y + 0.02, front * 0.94, k.dark);
      k.box(0.05, r * 1.1, 0.07, 0, y - 0.22, front * 0.98, k.m(1));
      for (const e of [-1, 1])
        for (let i = 0; i < 3; i++)
          k.box(0.014, 0.08, 0.03, e * (0.06 + i * 0.05), y - 0.17, front * (0.97 - i * 0.05), k.dark);
      for (let i = 0; i < 6; i++)
        k.egg(0.025, 0.12, 0.06, 0, y + r * tall * (1.12 - i * 0.06), r * long * (0.35 - i * 0.2), k.m(2)).rotation.x =
          -0.5 - i * 0.2;
    }
    for (const e of [-1, 1]) k.disc('x', 0.06, 0.05, e * r * 1.01, y, 0.02, k.m(2), 14);
  } else {
    if (kind !== 'bike') {
      const brim = k.prism(
        [
          [-r * 0.95, 0],
          [r * 0.95, 0],
          [r * 0.75, r * 0.6],
          [0, r * k.r(0.65, 0.85)],
          [-r * 0.75, r * 0.6],
        ],
        0.03,
        0,
        y,
        r * long * 0.6,
        k.m(1),
      );
      brim.rotation.x = Math.PI / 2 - 0.12;
      if (kind === 'miner') k.cyl(r * 1.25, r * 1.25, 0.025, 0, y - 0.02, 0, k.m(1), 26).scale.z = long;
    }
    for (let i = 0, n = k.n(1, 3); i < n; i++) {
      const ridge = k.ring(r * 1.0, 0.028, (i - (n - 1) / 2) * r * 0.5, y, 0, k.m(2), Math.PI);
      ridge.rotation.y = Math.PI / 2;
      ridge.scale.set(long, tall, 1);
      ridge.scale.multiplyScalar(i === (n - 1) / 2 ? 1 : 0.93);
    }
    if (kind === 'miner') {
      k.disc('z', 0.08, 0.1, 0, y + r * 0.55, r * long * 0.9, k.steel);
      k.disc('z', 0.065, 0.03, 0, y + r * 0.55, r * long * 0.9 + 0.05, k.light);
    }
    if (kind === 'bike')
      for (const e of [-1, 1])
        for (let i = 0; i < 3; i++)
          k.egg(
            0.035,
            0.03,
            0.09,
            e * r * 0.5,
            y + r * tall * 0.84 - Math.abs(i - 1) * 0.05,
            (i - 1) * r * 0.6 * long,
            k.dark,
          );
    if (kind === 'cap') k.ball(0.035, 0, y + r * tall, 0, k.m(2));
  }
  for (const e of [-1, 1])
    k.tube(
      [
        [e * r * 0.95, y, 0.04],
        [e * r * 0.75, y - 0.16, 0.1],
        [0.01 * e, 0.01, 0.13],
      ],
      0.014,
      k.dark,
    );
  k.box(0.03, r * 0.4, r * 0.5, s * r * 0.99, y + 0.02, -r * 0.25, k.m(3));
  if (k.p(0.5)) k.disc('z', r * 0.22, 0.03, 0, y + r * 0.3, -r * long * 0.98, k.m(2));
}

function backpackBuild(k: Kit): void {
  const w = k.r(0.34, 0.52);
  const h = k.r(0.48, 0.75);
  const d = k.r(0.2, 0.3);
  const round = k.r(0.03, 0.12);
  const cloth = k.cloth(0);
  const s = k.side();
  const suitcase = k.p(0.3);
  k.rbox(w, h, d, round, 0, suitcase ? 0.05 : 0, 0, cloth);
  if (suitcase) {
    for (const e of [-1, 1]) for (const f of [-1, 1]) k.ball(0.035, e * w * 0.38, 0.03, f * d * 0.3, k.dark);
    for (const e of [-1, 1]) k.bar([e * w * 0.2, h, -d * 0.25], [e * w * 0.2, h + 0.3, -d * 0.25], 0.01, k.steel);
    k.bar([-w * 0.25, h + 0.3, -d * 0.25], [w * 0.25, h + 0.3, -d * 0.25], 0.02, k.dark);
    for (let i = 0; i < k.n(2, 4); i++) k.rbox(0.03, h * 0.85, 0.03, 0.01, (i - 1) * w * 0.28, 0.08, d / 2, k.m(1));
    k.tube(
      [
        [(s * w) / 2, h * 0.65, -0.03],
        [s * (w / 2 + 0.06), h * 0.55, 0],
        [(s * w) / 2, h * 0.4, 0.03],
      ],
      0.016,
      k.m(2),
    );
    for (let i = 0; i < 4; i++)
      k.box(
        k.r(0.06, 0.12),
        k.r(0.06, 0.1),
        0.012,
        k.r(-0.3, 0.3) * w,
        k.r(0.25, 0.8) * h,
        d / 2 + 0.016 + i * 0.002,
        k.m(i + 1),
      );
    return;
  }
  const pockets = k.n(1, 2);
  for (let i = 0; i < pockets; i++) {
    const ph = h * (pockets === 1 ? 0.42 : 0.3);
    const py = h * 0.08 + i * h * 0.36;
    k.rbox(w * 0.76, ph, d * 0.4, 0.04, 0, py, d / 2 + 0.02, k.m(i + 1));
    k.rbox(w * 0.8, ph * 0.35, d * 0.44, 0.02, 0, py + ph * 0.68, d / 2 + 0.025, k.m(i + 2));
    k.box(0.04, 0.06, 0.03, s * w * 0.1, py + ph * 0.58, d / 2 + 0.02 + d * 0.22, k.light);
  }
  if (k.p(0.6)) {
    k.rbox(w * 1.06, 0.08, d * 1.1, 0.03, 0, h - 0.03, 0, k.m(1));
    for (const e of [-1, 1]) k.box(0.035, h * 0.3, 0.02, e * w * 0.25, h * 0.7, d / 2 + 0.02, k.dark);
  }
  k.tube(
    [
      [-0.07, h, -d * 0.3],
      [-0.05, h + 0.09, -d * 0.3],
      [0.05, h + 0.09, -d * 0.3],
      [0.07, h, -d * 0.3],
    ],
    0.015,
    k.dark,
  );
  for (const e of [-1, 1])
    k.tube(
      [
        [e * w * 0.25, h * 0.95, -d / 2],
        [e * w * 0.33, h * 0.8, -d / 2 - 0.12],
        [e * w * 0.35, h * 0.35, -d / 2 - 0.1],
        [e * w * 0.4, h * 0.12, -d / 2],
      ],
      0.026,
      k.m(2),
    );
  if (k.p(0.6)) {
    k.cyl(0.055, 0.055, h * 0.35, s * (w / 2 + 0.05), h * 0.08, 0, k.m(3), 14);
    k.cyl(0.035, 0.045, 0.06, s * (w / 2 + 0.05), h * 0.43, 0, k.light, 12);
  } else k.rbox(0.07, h * 0.3, d * 0.6, 0.02, s * (w / 2 + 0.02), h * 0.1, 0, k.m(3));
  if (k.p(0.5)) {
    k.disc('x', 0.085, w * 1.2, 0, h + 0.1, 0, k.pattern('roll', k.m(2), k.light));
    for (const e of [-1, 1]) k.ring(0.09, 0.014, e * w * 0.35, h + 0.1, 0, k.dark).rotation.y = Math.PI / 2;
  }
}

function shoeBuild(k: Kit): void {
  const kind = k.pick(['sneaker', 'boot', 'boot', 'heel', 'skate']);
  const len = k.r(0.65, 0.9);
  const w = k.r(0.24, 0.32);
  const z = len / 2;
  const body = k.cloth(0, 0.3);
  const sole = k.m(1);
  const s = k.side();
  const base = kind === 'skate' ? 0.16 : kind === 'heel' ? 0.1 : 0;
  const t = k.r(0.04, 0.09);
  const outline = [
    [-w * 0.4, -z],
    [w * 0.4, -z],
    [w * 0.38, -z * 0.2],
    [w * 0.5 + s * 0.015, z * 0.4],
    [w * 0.38, z * 0.85],
    [s * 0.03, z],
    [-w * 0.38, z * 0.85],
    [-w * 0.5 + s * 0.015, z * 0.4],
    [-w * 0.38, -z * 0.2],
  ] as const;
  k.prism(
    outline.map(([x, y]) => [x * 1.04, y * 1.03] as const),
    t,
    0,
    base + t / 2,
    0,
    sole,
    0.01,
  ).rotation.x = Math.PI / 2;
  const y = base + t * 0.8;
  const shaft = kind === 'boot' ? k.r(0.4, 0.6) : kind === 'skate' ? 0.38 : k.r(0.2, 0.28);
  k.egg(w * 0.48, 0.14, len * 0.3, 0, y + 0.04, z * 0.4, k.p(0.5) ? k.m(2) : body);
  k.sideView(
    [
      [-z * 0.96, y],
      [z * 0.75, y],
      [z * 0.55, y + 0.13],
      [z * 0.1, y + 0.2],
      [-z * 0.2, y + shaft],
      [-z * 0.92, y + shaft * 1.06],
    ],
    w * 0.78,
    0,
    0,
    0,
    body,
    0.03,
  );
  k.rbox(w * 0.7, 0.03, len * 0.3, 0.01, 0, y + shaft * 1.02, -z * 0.56, k.dark);
  if (kind === 'heel') {
    k.bar([0, y, -z * 0.8], [0, 0, -z * 0.75], 0.05, sole, 0.02);
    k.taper(w * 0.6, 0.2, w * 0.8, 0.25, base + 0.02, 0, 0, z * 0.5, sole);
  } else k.box(w * 0.84, t * 1.2 + 0.01, len * 0.28, 0, base, -z * 0.7, k.p(0.5) ? sole : k.m(3));
  if (kind !== 'heel')
    for (let i = 0, n = k.n(3, 5); i < n; i++) {
      const f = i / (n - 1);
      k.bar(
        [-w * 0.26, y + 0.17 + f * (shaft - 0.2) * 0.9, z * (0.35 - f * 0.5)],
        [w * 0.26, y + 0.17 + f * (shaft - 0.2) * 0.9, z * (0.35 - f * 0.5)],
        0.014,
        k.light,
        0.014,
        6,
      );
    }
  if (kind === 'skate') {
    if (k.p(0.5))
      k.sideView(
        [
          [-z, 0.02],
          [z, 0.02],
          [z * 1.1, 0.08],
          [z * 0.7, 0.17],
          [-z * 0.8, 0.17],
        ],
        0.03,
        0,
        0,
        0,
        k.steel,
      );
    else {
      k.box(w * 0.3, 0.07, len * 0.9, 0, 0.1, 0, k.steel);
      for (let i = 0; i < 4; i++) k.disc('x', 0.075, 0.07, 0, 0.075, -z * 0.75 + i * z * 0.5, k.m(3), 14);
    }
  }
  // Outer and inner side carry different marks.
  k.box(0.02, 0.09, len * 0.3, s * w * 0.39, y + 0.05, -z * 0.1, k.m(2)).rotation.x = 0.4;
  if (k.p(0.6)) k.box(0.02, 0.09, len * 0.14, s * w * 0.39, y + 0.05, -z * 0.45, k.m(3)).rotation.x = 0.4;
  else k.disc('x', 0.05, 0.02, -s * w * 0.39, y + shaft * 0.6, -z * 0.5, k.m(3));
  k.tube(
    [
      [0, y + shaft * 0.8, -z * 0.94],
      [0, y + shaft * 1.15, -z * 1.04],
      [0, y + shaft * 1.08, -z * 0.85],
    ],
    0.014,
    k.m(2),
  );
}

export const WEARABLE_FAMILIES = [
  familyFromRecipe('helmet', 'train', helmetBuild),
  familyFromRecipe('backpack', 'train', backpackBuild),
  familyFromRecipe('shoe', 'train', shoeBuild),
];
