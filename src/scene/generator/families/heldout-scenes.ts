/** Held out from training: snowmen, street scenes, drum kits. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

function snowmanBuild(k: Kit): void {
  const scarecrow = k.p(0.4);
  const s = k.side();
  const snow = k.pick([k.light, k.light, k.m(0)]);
  let headY: number;
  let shoulderY: number;
  let hr: number;
  if (scarecrow) {
    k.bar([0, 0, 0], [0, 0.75, 0], 0.025, k.wood);
    k.bar([-0.4, 0.56, 0], [0.4, 0.56 + k.r(-0.06, 0.06), 0], 0.02, k.wood);
    k.taper(0.34, 0.2, 0.26, 0.15, 0.34, 0, 0.26, 0, k.cloth(1, 0.7));
    for (const e of [-1, 1]) {
      k.bar([e * 0.1, 0.54, 0], [e * 0.33, 0.56, 0], 0.055, k.cloth(1, 0.7), 0.07);
      for (let i = 0; i < 4; i++)
        k.bar(
          [e * 0.33, 0.56, 0],
          [e * 0.42, 0.52 + i * 0.025, (i - 1.5) * 0.04],
          0.008,
          k.named('straw', k.palette.light),
          0.004,
          5,
        );
    }
    k.box(0.09, 0.09, 0.012, s * 0.07, 0.36, 0.098, k.m(3));
    headY = 0.82;
    shoulderY = 0.58;
    hr = k.r(0.1, 0.14);
    k.egg(hr, hr * 1.1, hr, 0, headY, 0, k.p(0.5) ? k.pattern('sack', k.wood, k.light) : k.wood);
  } else {
    const r0 = k.r(0.22, 0.3);
    const r1 = r0 * k.r(0.65, 0.85);
    hr = r1 * k.r(0.65, 0.85);
    const y1 = r0 * 1.7 + r1 * 0.6;
    headY = y1 + r1 * 0.75 + hr * 0.75;
    shoulderY = headY - hr * 0.95;
    k.rock(r0, r0 * 0.9, r0, 0.04, 0, r0 * 0.85, 0, snow, 3);
    k.rock(r1, r1 * 0.95, r1, 0.04, 0, y1, 0, snow, 3);
    k.ball(hr, 0, headY, 0, snow);
    for (let i = 0, n = k.n(2, 4); i < n; i++)
      k.ball(
        0.026,
        k.r(-0.008, 0.008),
        y1 - r1 * 0.5 + (i * r1 * 1.1) / n,
        r1 * 0.97 - Math.abs(i - n / 2) * 0.018,
        k.m(3),
      );
    for (const e of [-1, 1]) {
      const tip: [number, number, number] = [e * (r1 + k.r(0.18, 0.3)), y1 + k.r(-0.05, 0.35), k.r(-0.05, 0.1)];
      k.bar([e * r1 * 0.8, y1 + 0.03, 0], tip, 0.018, k.wood, 0.01);
      for (const f of [-0.06, 0.06])
        k.bar(tip, [tip[0] + e * 0.06, tip[1] + 0.05, tip[2] + f], 0.009, k.wood, 0.005, 6);
    }
    if (k.p(0.4)) {
      const x = s * (r1 + 0.22);
      k.bar([x, 0, 0.05], [x, y1 + 0.35, 0.05], 0.016, k.wood);
      k.cyl(0.02, 0.08, 0.16, x, y1 + 0.32, 0.05, k.m(2), 10);
    }
  }
  k.bar([0, headY, hr * 0.85], [s * 0.01, headY - 0.01, hr + k.r(0.08, 0.2)], 0.03, k.m(2), 0.004);
  for (const e of [-1, 1]) k.ball(hr * 0.15, e * hr * 0.38, headY + hr * 0.3, hr * 0.86, k.dark);
  for (let i = 0; i < 5; i++)
    k.ball(hr * 0.08, (i - 2) * hr * 0.2, headY - hr * 0.5 + Math.abs(i - 2) * hr * 0.08, hr * 0.84, k.dark);
  if (k.p(0.75)) {
    k.ring(hr * 0.8, 0.035, 0, shoulderY, 0, k.cloth(1)).rotation.x = Math.PI / 2;
    k.box(0.075, 0.22, 0.03, s * hr * 0.55, shoulderY - 0.22, hr * 0.85, k.cloth(1)).rotation.x = -0.12;
  }
  const hat = k.n(0, 3);
  if (hat <= 1) {
    k.cyl(hr * 1.25, hr * 1.25, 0.025, 0, headY + hr * 0.72, 0, k.m(0) === snow ? k.dark : k.m(0));
    k.cyl(hr * 0.75, hr * 0.8, k.r(0.1, 0.22), 0, headY + hr * 0.75, 0, k.m(0) === snow ? k.dark : k.m(0));
    k.cyl(hr * 0.83, hr * 0.83, 0.035, 0, headY + hr * 0.9, 0, k.m(3));
    if (k.p(0.5)) k.bar([s * hr * 0.8, headY + hr, 0], [s * hr * 1.2, headY + hr * 2, -0.02], 0.02, k.m(2), 0.004);
  } else if (hat === 2) {
    k.cyl(0, hr * 0.95, hr * 1.5, 0, headY + hr * 0.5, 0, k.m(1)).rotation.z = s * 0.2;
    k.ball(0.04, -s * hr * 0.2, headY + hr * 2, 0, k.m(3));
  } else k.taper(hr * 1.2, hr * 1.2, hr * 1.6, hr * 1.6, hr, 0, headY + hr * 0.6, 0, k.m(1));
}

function streetBuild(k: Kit): void {
  const kind = k.pick(['hydrant', 'mailbox', 'phone', 'parking', 'hydrant']);
  const s = k.side();
  const paint = k.m(0);
  k.box(0.5, 0.04, 0.45, 0, -0.04, 0, k.pick([k.steel, k.dark, k.m(3)]));
  if (kind === 'hydrant') {
    const r = k.r(0.1, 0.15);
    const h = k.r(0.34, 0.5);
    const n = k.pick([20, 8]);
    k.cyl(r * 1.4, r * 1.5, 0.05, 0, 0, 0, k.m(1), n);
    k.cyl(r, r * 1.05, h, 0, 0.05, 0, paint, n);
    k.cyl(r * 1.2, r * 1.2, 0.04, 0, h + 0.03, 0, k.m(1), n);
    k.egg(r, r * 0.8, r, 0, h + 0.07, 0, paint);
    k.cyl(0.035, 0.035, 0.06, 0, h + 0.05 + r * 0.75, 0, k.m(2), 5);
    const y = h * k.r(0.6, 0.8);
    k.disc('z', r * 0.55, 0.12, 0, y, r, k.m(1));
    k.disc('z', r * 0.35, 0.16, 0, y, r, k.m(2), 6);
    for (const e of k.p(0.6) ? [-1, 1] : [s]) {
      k.disc('x', r * 0.38, 0.12, e * r, y + 0.03, 0, k.m(1));
      k.disc('x', r * 0.24, 0.16, e * r, y + 0.03, 0, k.m(2), 6);
    }
    if (k.p(0.6))
      k.tube(
        [
          [s * r * 0.5, y - 0.03, r * 1.1],
          [s * r, y - 0.14, r * 1.1],
          [s * r * 1.3, y - 0.03, r * 0.4],
        ],
        0.009,
        k.dark,
      );
    for (let i = 0; i < 6; i++) k.ball(0.018, Math.cos(i) * r * 1.3, 0.055, Math.sin(i) * r * 1.3, k.steel);
  } else if (kind === 'mailbox') {
    const post = k.p(0.6);
    const y = post ? k.r(0.35, 0.5) : 0.12;
    const w = post ? k.r(0.18, 0.26) : k.r(0.28, 0.36);
    const d = post ? k.r(0.32, 0.45) : 0.28;
    const h = post ? 0.12 : k.r(0.3, 0.42);
    if (post) k.box(0.06, y, 0.06, 0, 0, 0, k.wood);
    else for (const e of [-1, 1]) for (const f of [-1, 1]) k.box(0.035, y, 0.035, e * w * 0.42, 0, f * d * 0.4, k.dark);
    k.box(w, h, d, 0, y, 0, paint);
    k.disc('z', w / 2, d, 0, y + h, 0, paint, 22);
    if (post) {
      k.box(w * 0.85, h * 1.2, 0.015, 0, y + 0.01, d / 2, k.m(1));
      k.ball(0.018, 0, y + h, d / 2 + 0.015, k.steel);
      const flag = k.sub(s * (w / 2 + 0.012), y + h, -d * 0.1);
      flag.root.rotation.x = k.pick([0, 0, 1.4]);
      flag.box(0.014, 0.16, 0.02, 0, 0, 0, k.m(2));
      flag.box(0.014, 0.06, 0.1, 0, 0.11, 0.05, k.m(2));
    } else {
      k.box(w * 0.7, 0.05, 0.03, 0, y + h + 0.02, d / 2, k.dark);
      k.box(w * 0.6, h * 0.4, 0.015, 0, y + h * 0.3, d / 2, k.light);
      k.box(0.02, h * 0.6, d * 0.6, s * (w / 2), y + h * 0.1, 0, k.m(2));
    }
    if (k.p(0.5)) k.box(w * 0.5, 0.06, 0.02, 0, y + h * 0.4, d / 2 + 0.008, k.m(3));
    k.box(w * 0.4, h * 0.5, 0.02, -s * w * 0.2, y + h * 0.3, -d / 2, k.pick([k.m(2), k.light]));
  } else if (kind === 'phone') {
    const w = k.r(0.3, 0.4);
    const h = k.r(0.75, 0.95);
    for (const e of [-1, 1]) for (const f of [-1, 1]) k.box(0.04, h, 0.04, e * w * 0.5, 0, f * w * 0.5, paint);
    k.box(w + 0.08, 0.09, w + 0.08, 0, h, 0, paint);
    k.box(w * 0.8, 0.05, 0.02, 0, h + 0.02, w / 2 + 0.04, k.light);
    k.taper(w + 0.06, w + 0.06, w * 0.5, w * 0.5, 0.06, 0, h + 0.09, 0, k.m(1));
    k.box(w, 0.05, w, 0, 0, 0, paint);
    k.box(w, h - 0.05, 0.015, 0, 0.03, -w * 0.5, k.m(1));
    k.box(w * 0.5, h * k.r(0.2, 0.4), 0.02, s * w * 0.15, h * 0.4, -w * 0.5 - 0.012, k.m(3));
    k.box(0.015, h - 0.05, w, s * w * 0.5, 0.03, 0, k.glass);
    for (let i = 1; i < 4; i++) k.box(0.02, 0.02, w, s * w * 0.5, (h * i) / 4, 0, paint);
    k.rbox(0.14, 0.2, 0.08, 0.015, 0, h * 0.5, -w * 0.4, k.dark);
    k.capsule(0.022, 0.1, -s * 0.09, h * 0.58, -w * 0.38, k.m(2));
    const door = k.sub(-s * w * 0.5, 0, w * 0.52, s * k.r(0.3, 1.4));
    door.box(0.03, h - 0.1, 0.02, 0, 0.05, 0, paint);
    for (let i = 0; i < 4; i++) door.box(w * 0.95, 0.025, 0.02, s * w * 0.47, 0.06 + (i * (h - 0.15)) / 3, 0, paint);
    door.box(0.03, h - 0.1, 0.02, s * w * 0.95, 0.05, 0, paint);
  } else {
    const h = k.r(0.5, 0.7);
    k.cyl(0.035, 0.045, h, 0, 0, 0, k.steel, 12);
    const heads = k.n(1, 2);
    for (let i = 0; i < heads; i++) {
      const x = heads === 1 ? 0 : (i - 0.5) * 0.24;
      const y = h - 0.02 + (heads === 2 ? 0.03 : 0);
      k.rbox(0.19, 0.24, 0.13, 0.03, x, y, 0, paint);
      k.disc('z', 0.095, 0.13, x, y + 0.23, 0, paint);
      k.disc('z', 0.07, 0.02, x, y + 0.23, 0.065, k.glass);
      k.box(0.1, 0.05, 0.02, x, y + 0.08, 0.065, k.m(1));
      k.disc('z', 0.02, 0.05, x + s * 0.05, y + 0.04, 0.065, k.steel, 10);
      k.box(0.012, 0.1, 0.08, x + s * 0.097, y + 0.06, 0, k.m(2));
    }
    if (heads === 2) k.box(0.3, 0.03, 0.05, 0, h - 0.01, 0, k.steel);
    if (k.p(0.5)) k.box(0.16, 0.1, 0.014, 0, h * 0.4, 0.045, k.m(3));
  }
}

function drumsBuild(k: Kit): void {
  const shell = k.cloth(0, 0.35);
  const hoop = k.pick([k.steel, k.m(1)]);
  const skin = k.light;
  const s = k.side();
  k.cyl(0.62, 0.62, 0.02, 0, -0.02, 0, k.cloth(2, 0.6), 24);
  const r = k.r(0.18, 0.26);
  const d = k.r(0.2, 0.3);
  k.disc('z', r, d, 0, r, 0, shell, 24);
  for (const e of [-1, 1]) k.disc('z', r * 1.05, 0.025, 0, r, (e * d) / 2, hoop, 24);
  k.disc('z', r * 0.93, d + 0.04, 0, r, 0, skin, 24);
  k.disc('z', r * 0.35, 0.02, k.r(-0.05, 0.05), r, d / 2 + 0.025, k.m(3));
  for (let i = 0, n = k.n(1, 2); i < n; i++) {
    const x = n === 1 ? s * 0.08 : (i - 0.5) * r * 1.2;
    const tr = k.r(0.08, 0.12);
    k.bar([x * 0.4, r * 1.8, 0], [x, r * 2 + 0.1, 0.02], 0.012, k.steel);
    const tom = k.sub(x, r * 2 + 0.04, 0.02);
    tom.root.rotation.x = -k.r(0, 0.4);
    tom.cyl(tr, tr, 0.12, 0, 0, 0, shell);
    tom.cyl(tr * 1.06, tr * 1.06, 0.02, 0, 0.105, 0, hoop);
    tom.cyl(tr * 0.93, tr * 0.93, 0.014, 0, 0.117, 0, skin);
  }
  const fr = k.r(0.12, 0.17);
  const fh = k.r(0.2, 0.32);
  const drums = [
    [s * 0.38, -0.15, fr, fh],
    [-s * 0.32, -0.28, fr * 0.9, 0.1],
  ] as const;
  drums.forEach(([x, z, dr, dh], i) => {
    const y = i ? k.r(0.2, 0.28) : 0.08;
    k.cyl(dr, dr, dh, x, y, z, i ? k.m(1) : shell);
    k.cyl(dr * 1.06, dr * 1.06, 0.022, x, y + dh - 0.02, z, hoop);
    k.cyl(dr * 0.94, dr * 0.94, 0.014, x, y + dh - 0.002, z, skin);
    for (let j = 0; j < 3; j++)
      k.bar(
        [x + Math.cos(j * 2.1) * dr, y + (i ? 0.01 : dh * 0.5), z + Math.sin(j * 2.1) * dr],
        [x + Math.cos(j * 2.1) * dr * 1.15, 0, z + Math.sin(j * 2.1) * dr * 1.15],
        0.01,
        k.steel,
      );
  });
  const cymbals = k.n(1, 3);
  for (let i = 0; i < cymbals; i++) {
    const x = [s * 0.42, -s * 0.45, -s * 0.28][i] ?? 0;
    const z = [0.12, -0.02, 0.22][i] ?? 0;
    const y = k.r(0.5, 0.8);
    k.bar([x, 0, z], [x, y, z], 0.011, k.steel);
    for (let j = 0; j < 3; j++)
      k.bar([x, 0.12, z], [x + Math.cos(j * 2.1) * 0.1, 0, z + Math.sin(j * 2.1) * 0.1], 0.009, k.steel);
    const plate = k.lathe(
      [
        [k.r(0.12, 0.18), 0],
        [0.05, 0.02],
        [0.03, 0.04],
        [0, 0.042],
      ],
      x,
      y - 0.02,
      z,
      k.shell(k.m(3)),
    );
    plate.rotation.set(k.r(-0.3, 0.3), 0, k.r(-0.3, 0.3));
  }
  if (k.p(0.6)) {
    k.cyl(0.1, 0.1, 0.05, 0, 0.26, -0.42, k.m(2));
    k.cyl(0.02, 0.06, 0.26, 0, 0, -0.42, k.steel, 8);
  }
}

export const HELDOUT_SCENE_FAMILIES = [
  familyFromRecipe('snowman', 'heldout', snowmanBuild),
  familyFromRecipe('street-furniture', 'heldout', streetBuild),
  familyFromRecipe('drum-kit', 'heldout', drumsBuild),
];
