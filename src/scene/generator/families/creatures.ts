/** Four-legged creatures, birds, fish, people and robots. */
import type { Kit, Material } from '../parts';
import { familyFromRecipe } from '../parts';

function eyesAdd(k: Kit, x: number, y: number, z: number, r: number): void {
  const white = k.p(0.5);
  for (const e of [-1, 1]) {
    if (white) {
      k.ball(r, e * x, y, z, k.light);
      k.ball(r * 0.6, e * x * 1.05, y, z + r * 0.62, k.dark);
    } else k.ball(r * 0.8, e * x, y, z, k.dark);
  }
}

function beastBuild(k: Kit): void {
  const bl = k.r(0.3, 0.55);
  const bw = k.r(0.13, 0.24);
  const bh = k.r(0.14, 0.26);
  const leg = k.r(0.12, 0.36);
  const legR = k.r(0.025, 0.055);
  const fur = k.cloth(0, 0.4);
  const belly = k.m(1);
  const blocky = k.p(0.3);
  const y = leg + bh / 2;
  if (blocky) k.rbox(bw, bh, bl, 0.04, 0, leg, 0, fur);
  else k.egg((bw / 2) * 1.1, (bh / 2) * 1.1, (bl / 2) * 1.1, 0, y, 0, fur);
  const stride = k.r(0, 0.08);
  for (const sx of [-1, 1])
    for (const sz of [-1, 1]) {
      const x = sx * (bw / 2 - legR);
      const z = sz * (bl / 2 - legR * 1.4);
      const foot = z + sx * sz * stride;
      k.bar([x, y, z], [x, legR * 0.7, foot], legR * 1.15, fur, legR * 0.8);
      k.rbox(legR * 2.1, legR * 1.3, legR * 2.6, legR * 0.5, x, 0, foot + legR * 0.3, k.p(0.5) ? k.dark : belly);
    }
  const neck = k.r(0.03, 0.32);
  const hz = bl / 2 + k.r(0.02, 0.12);
  const hy = y + bh * 0.25 + neck;
  const hr = k.r(0.08, 0.13);
  k.bar([0, y, bl / 2 - 0.06], [0, hy, hz], bh * 0.3, fur, hr * 0.6);
  const head = k.sub(0, hy, hz, k.pick([0, 0, k.r(-0.6, 0.6)]));
  if (blocky) head.rbox(hr * 2, hr * 1.8, hr * 2, 0.03, 0, -hr * 0.9, 0, fur);
  else head.egg(hr, hr * k.r(0.85, 1.1), hr * k.r(0.9, 1.3), 0, 0, 0, fur);
  const snout = k.r(0.03, 0.14);
  head.egg(hr * k.r(0.4, 0.65), hr * 0.45, snout + 0.02, 0, -hr * 0.25, hr * 0.8 + snout * 0.4, belly);
  head.ball(hr * 0.2, 0, -hr * 0.12, hr * 0.85 + snout * 1.25, k.dark);
  eyesAdd(head, hr * 0.48, hr * 0.3, hr * 0.78, hr * 0.2);
  const ears = k.pick(['cone', 'round', 'long', 'flop', 'horn', 'antler']);
  for (const e of [-1, 1]) {
    const x = e * hr * 0.65;
    if (ears === 'cone') head.cyl(0, hr * 0.35, hr * 0.9, x, hr * 0.6, 0, belly, 8);
    else if (ears === 'round') head.disc('z', hr * 0.4, 0.04, e * hr * 0.8, hr * 0.8, 0, belly);
    else if (ears === 'long') head.egg(hr * 0.22, hr * 1.1, hr * 0.12, x, hr * 1.7, -0.02, fur).rotation.z = -e * 0.15;
    else if (ears === 'flop') head.egg(hr * 0.15, hr * 0.8, hr * 0.45, e * hr, -hr * 0.1, 0, belly);
    else if (ears === 'horn')
      head.tube(
        [
          [x, hr * 0.7, 0],
          [e * hr * 1.2, hr * 1.1, 0],
          [e * hr * 1.25, hr * 1.8, 0.03],
        ],
        hr * 0.14,
        k.light,
      );
    else {
      head.bar([x, hr * 0.7, 0], [e * hr * 1.2, hr * 2, -0.03], hr * 0.13, k.wood, hr * 0.08);
      head.bar([e * hr * 0.95, hr * 1.4, -0.01], [e * hr * 1.7, hr * 1.8, 0.05], hr * 0.1, k.wood, hr * 0.05);
    }
  }
  const tail = k.pick(['thin', 'bushy', 'stub', 'long']);
  const tz = -bl / 2;
  if (tail === 'bushy') k.egg(0.06, 0.06, 0.16, 0, y + bh * 0.4, tz - 0.1, belly).rotation.x = 0.6;
  else if (tail === 'stub') k.ball(0.05, 0, y + bh * 0.2, tz - 0.02, k.light);
  else
    k.tube(
      [
        [0, y + bh * 0.25, tz + 0.03],
        [0, y + bh * 0.1, tz - 0.12],
        [k.r(-0.1, 0.1), y + (tail === 'long' ? bh * 0.9 : -bh * 0.6), tz - k.r(0.15, 0.25)],
      ],
      0.018,
      fur,
    );
  const s = k.side();
  const dress = k.n(0, 5);
  if (dress === 0) k.rbox(bw * 1.12, 0.03, bl * 0.4, 0.01, 0, y + bh * 0.5, 0, k.pattern('saddle', k.m(2), k.m(3)));
  if (dress === 1)
    for (let i = 0; i < 5; i++) k.cyl(0, 0.035, 0.09, 0, y + bh * 0.5, bl * 0.4 - (i * bl * 0.8) / 4, k.m(2), 4);
  if (dress === 2)
    for (let i = 0; i < 4; i++)
      k.egg(
        0.03,
        k.r(0.04, 0.06),
        k.r(0.04, 0.07),
        s * bw * 0.49,
        y + k.r(-0.2, 0.3) * bh,
        k.r(-0.35, 0.35) * bl,
        k.m(2),
      );
  if (dress === 3) head.cyl(hr * 0.6, hr * 0.65, hr * 0.7, 0, hr * 0.75, 0, k.m(2)).rotation.z = s * 0.2;
  if (dress === 4) k.ring(bh * 0.32, 0.02, 0, (y + hy) / 2, (bl / 2 - 0.06 + hz) / 2, k.m(3)).rotation.x = -0.9;
  if (dress === 5) k.rbox(0.09, bh * 0.6, bl * 0.35, 0.02, s * (bw / 2 + 0.04), y - bh * 0.25, 0, k.m(2));
}

function birdBuild(k: Kit): void {
  const r = k.r(0.14, 0.22);
  const long = k.r(1, 1.6);
  const leg = k.r(0.06, 0.3);
  const y = leg + r * 0.9;
  const coat = k.cloth(0, 0.3);
  const body = k.egg(r, r, r * long, 0, y, 0, coat);
  body.rotation.x = -k.r(0, 0.7);
  k.egg(r * 0.75, r * 0.75, r * long * 0.6, 0, y - r * 0.15, r * 0.45, k.m(1));
  const neck = k.r(0, 0.3);
  const hr = r * k.r(0.5, 0.75);
  const hy = y + r * 0.9 + neck;
  const hz = r * long * 0.65;
  if (neck > 0.05)
    k.tube(
      [
        [0, y + r * 0.2, r * 0.5],
        [0, y + r * 0.8, r * long * 0.95],
        [0, hy, hz],
      ],
      hr * 0.45,
      coat,
    );
  const head = k.sub(0, hy, hz, k.r(-0.4, 0.4));
  head.ball(hr, 0, 0, 0, k.p(0.5) ? coat : k.m(2));
  const beak = k.pick(['cone', 'flat', 'hook']);
  const bl = k.r(0.06, 0.2);
  if (beak === 'flat') head.rbox(hr * 0.9, 0.03, bl + 0.05, 0.015, 0, -hr * 0.3, hr + bl * 0.3, k.m(3));
  else
    head.bar(
      [0, -hr * 0.1, hr * 0.7],
      [0, beak === 'hook' ? -hr * 0.6 : -hr * 0.15, hr + bl],
      hr * 0.35,
      k.m(3),
      0.004,
    );
  eyesAdd(head, hr * 0.6, hr * 0.25, hr * 0.65, hr * 0.2);
  if (k.p(0.5))
    for (let i = 0; i < 3; i++)
      head.egg(0.02, 0.06, 0.025, 0, hr + 0.02, -i * 0.04, k.m(3)).rotation.x = -0.4 - i * 0.2;
  const spread = k.p(0.4) ? k.r(0.3, 0.9) : 0;
  const raised = k.p(0.2) ? k.side() : 0;
  for (const e of [-1, 1]) {
    const wing = k.sub(e * r * 0.85, y + r * 0.25, 0);
    wing.root.rotation.z = e * (spread > 0 || raised === e ? spread + 0.5 - 0.7 : -1.35);
    const wl = spread > 0 || raised === e ? k.r(0.3, 0.5) : r * 1.3;
    wing.egg(wl / 2, 0.025, r * 0.7, (e * wl) / 2, 0, -r * 0.15, k.m(2));
    wing.egg(wl * 0.3, 0.028, r * 0.35, e * wl * 0.75, 0, -r * 0.4, k.m(1));
    k.bar([e * r * 0.35, y - r * 0.5, 0], [e * r * 0.4, 0.015, 0.02], 0.014, k.m(3));
    for (const t of [-0.5, 0, 0.5])
      k.bar([e * r * 0.4, 0.012, 0.0], [e * r * 0.4 + t * 0.07, 0.012, 0.08], 0.012, k.m(3), 0.008, 6);
  }
  const feathers = k.n(1, 5);
  const fan = k.p(0.3);
  for (let i = 0; i < feathers; i++) {
    const t = feathers === 1 ? 0 : i / (feathers - 1) - 0.5;
    const feather = k.sub(0, y + r * 0.1, -r * long * 0.8);
    feather.root.rotation.set(fan ? 0.7 : k.r(-0.1, 0.2), t * 0.8, fan ? -t * 1.6 : 0);
    feather.egg(0.04, 0.014, fan ? 0.22 : 0.13, 0, fan ? 0.1 : 0, -0.12, i % 2 ? k.m(2) : k.m(0));
  }
  if (k.p(0.3)) {
    k.cyl(0.02, 0.02, leg * 0.01 + 0.02, 0, -0.02, 0, k.wood);
    k.disc('x', 0.03, 0.6, 0, -0.02, 0, k.wood, 10);
  }
}

function fishBuild(k: Kit): void {
  const len = k.r(0.35, 0.6);
  const h = k.r(0.12, 0.3);
  const w = k.r(0.07, 0.16);
  const y = 0.4;
  const skin = k.cloth(0, 0.5);
  k.egg(w, h, len / 2, 0, y, 0, skin);
  k.egg(w * 0.9, h * 0.55, len * 0.32, 0, y - h * 0.42, len * 0.06, k.m(1));
  const tz = -len / 2;
  const th = k.r(0.12, 0.26);
  k.sideView(
    [
      [tz + 0.06, y],
      [tz - 0.1, y + th],
      [tz - k.r(0.16, 0.24), y + th * 0.9],
      [tz - 0.07, y],
      [tz - 0.2, y - th * k.r(0.5, 1)],
      [tz - 0.1, y - th],
    ],
    0.03,
    0,
    0,
    0,
    k.m(2),
  ).rotation.y += k.r(-0.3, 0.3);
  k.sideView(
    [
      [len * 0.2, y + h * 0.8],
      [0, y + h + k.r(0.05, 0.2)],
      [-len * 0.25, y + h + 0.06],
      [-len * 0.3, y + h * 0.65],
    ],
    0.025,
    0,
    0,
    0,
    k.m(2),
  );
  if (k.p(0.7))
    k.sideView(
      [
        [0.02, y - h * 0.8],
        [-len * 0.1, y - h - 0.1],
        [-len * 0.25, y - h * 0.7],
      ],
      0.025,
      0,
      0,
      0,
      k.m(2),
    );
  for (const e of [-1, 1]) {
    const fin = k.sub(e * w * 0.85, y - h * 0.15, len * 0.12, e * 0.7);
    fin.root.rotation.z = e * k.r(-0.8, 0.2);
    fin.egg(k.r(0.08, 0.16), 0.014, 0.06, e * 0.08, 0, -0.02, k.m(3));
    k.ball(0.04, e * w * 0.6, y + h * 0.25, len * 0.36, k.light);
    k.ball(0.026, e * w * 0.8, y + h * 0.25, len * 0.38, k.dark);
  }
  const mouth = k.ring(0.05, 0.018, 0, y - h * 0.1, len * 0.48, k.m(3));
  mouth.scale.y = 0.6;
  if (k.p(0.5)) k.ring(h * 0.8, 0.02, 0, y, len * 0.1, k.m(1)).scale.x = (w / h) * 1.12;
  if (k.p(0.25)) {
    k.tube(
      [
        [0, y + h * 0.9, len * 0.15],
        [0, y + h + 0.2, len * 0.35],
        [0, y + h * 0.8, len * 0.6],
      ],
      0.012,
      k.m(0),
    );
    k.ball(0.04, 0, y + h * 0.8, len * 0.6, k.light);
  }
  if (k.p(0.2)) for (let i = 0; i < 4; i++) k.cyl(0, 0.03, 0.1, 0, y + h * 0.9, -len * 0.2 + i * 0.1, k.m(3), 4);
  const s = k.side();
  if (k.p(0.4))
    for (let i = 0; i < 3; i++) k.ball(0.035, s * w * 0.8, y + k.r(-0.2, 0.3) * h, -len * 0.05 - i * 0.07, k.m(3));
  k.bar([0, 0.02, 0], [0, y, 0], 0.016, k.steel);
  k.cyl(0.1, 0.13, 0.035, 0, 0, 0, k.wood);
}

function limbAdd(
  k: Kit,
  a: readonly [number, number, number],
  b: readonly [number, number, number],
  c: readonly [number, number, number],
  r: number,
  upper: Material,
  lower: Material,
  round: boolean,
): void {
  k.bar(a, b, r, upper, r * 0.9, round ? 12 : 4);
  k.bar(b, c, r * 0.9, lower, r * 0.75, round ? 12 : 4);
  k.ball(r, ...b, upper);
}

function figureBuild(k: Kit): void {
  const robot = k.p(0.5);
  const legL = k.r(0.26, 0.44);
  const torsoH = k.r(0.24, 0.36);
  const sw = k.r(0.2, 0.34);
  const depth = k.r(0.11, 0.18);
  const shirt = k.cloth(0, 0.4);
  const trousers = k.m(1);
  const skin = robot ? k.m(2) : k.skin;
  const y = legL + 0.03;
  if (robot) k.rbox(sw, torsoH, depth, k.r(0.005, 0.05), 0, y, 0, shirt);
  else k.taper(sw * 0.75, depth, sw, depth * 1.05, torsoH, 0, y, 0, shirt);
  k.rbox(sw * 0.76, 0.07, depth * 1.02, 0.02, 0, y - 0.03, 0, trousers);
  const lr = k.r(0.035, 0.06);
  const step = k.r(0, 0.14) * k.side();
  for (const e of [-1, 1]) {
    const x = e * sw * 0.22;
    limbAdd(
      k,
      [x, y, 0],
      [x, legL * 0.52, e * step * 0.7 + 0.015],
      [x, 0.05, e * step * 0.8],
      lr,
      trousers,
      robot ? k.m(2) : trousers,
      !robot,
    );
    k.rbox(lr * 2.1, 0.06, lr * 3.4, 0.02, x, 0, e * step * 0.8 + lr * 0.6, k.dark);
  }
  const topY = y + torsoH;
  const ar = lr * 0.75;
  const poses = [
    [0.02, -0.22, 0.02, -0.42, 0.05],
    [0.08, -0.18, 0.05, -0.12, 0.22],
    [0.18, -0.05, 0.02, 0.16, 0.06],
    [0.2, -0.03, 0, -0.04, 0.04],
    [0.1, -0.17, -0.04, -0.2, 0.12],
    [0.04, -0.16, 0.14, -0.12, 0.32],
  ] as const;
  const hands: [number, number, number][] = [];
  for (const e of [-1, 1]) {
    const pose = k.pick(poses);
    const x = e * (sw / 2 + ar * 0.6);
    const sy = topY - 0.04;
    const elbow = [x + e * pose[0], sy + pose[1], pose[2]] as const;
    const spread = pose === poses[3] ? 0.2 : pose[0] * 0.3;
    const hand: [number, number, number] = [elbow[0] + e * spread, sy + pose[3], pose[4] + 0.02];
    k.ball(ar * 1.5, x, sy, 0, shirt);
    limbAdd(k, [x, sy, 0], elbow, hand, ar, shirt, k.p(0.5) ? shirt : skin, !robot);
    k.ball(ar * 1.25, ...hand, skin);
    hands.push(hand);
  }
  const hr = k.r(0.08, 0.13);
  k.cyl(hr * 0.4, hr * 0.4, 0.06, 0, topY - 0.01, 0, skin, 10);
  const head = k.sub(0, topY + 0.03 + hr, 0, k.pick([0, 0, k.r(-0.7, 0.7)]));
  const s = k.side();
  if (robot) {
    head.rbox(hr * k.r(1.6, 2.2), hr * 1.8, hr * 1.7, k.r(0.01, 0.05), 0, -hr * 0.9, 0, skin);
    if (k.p(0.5)) head.box(hr * 1.3, hr * 0.4, 0.03, 0, 0, hr * 0.86, k.glass);
    else
      for (const e of [-1, 1]) head.disc('z', hr * k.r(0.18, 0.32), 0.04, e * hr * 0.42, hr * 0.15, hr * 0.86, k.light);
    head.box(hr * 0.9, hr * 0.14, 0.02, 0, -hr * 0.55, hr * 0.86, k.dark);
    head.bar([s * hr * 0.5, hr * 0.85, 0], [s * hr * 0.6, hr * 1.6, 0], 0.01, k.steel);
    head.ball(0.025, s * hr * 0.6, hr * 1.65, 0, k.m(3));
    k.box(sw * 0.5, torsoH * 0.35, 0.02, 0, y + torsoH * 0.45, depth / 2, k.m(3));
    for (let i = 0; i < 3; i++)
      k.disc('z', 0.016, 0.03, s * (i - 1) * sw * 0.14, y + torsoH * 0.25, depth / 2, k.m(i + 1), 10);
  } else {
    head.egg(hr * 0.88, hr, hr * 0.92, 0, 0, 0, skin);
    eyesAdd(head, hr * 0.36, hr * 0.15, hr * 0.78, hr * 0.14);
    head.ball(hr * 0.15, 0, -hr * 0.1, hr * 0.93, skin);
    const hair = k.n(0, 4);
    if (hair <= 1) head.egg(hr * 0.95, hr * 0.75, hr * 0.9, 0, hr * 0.38, -hr * 0.22, k.pick([k.dark, k.wood, k.m(3)]));
    if (hair === 1) head.egg(hr * 0.3, hr * 0.7, hr * 0.3, s * hr * 0.3, -hr * 0.3, -hr, k.dark);
    if (hair === 2) {
      head.cyl(hr * 0.75, hr * 0.8, hr * 0.8, 0, hr * 0.55, 0, k.m(2), 16);
      head.cyl(hr * 1.4, hr * 1.4, 0.02, 0, hr * 0.5, 0, k.m(2), 18);
    }
    if (hair === 3) {
      head.egg(hr * 0.98, hr * 0.7, hr * 0.98, 0, hr * 0.45, 0, k.m(2));
      head.box(hr * 1.2, 0.02, hr * 0.8, 0, hr * 0.4, hr * 1.1, k.m(3));
    }
    if (hair === 4) for (const e of [-1, 1]) head.ball(hr * 0.45, e * hr * 0.75, hr * 0.7, -hr * 0.3, k.dark);
    if (k.p(0.5)) k.box(sw * 0.3, torsoH * 0.3, 0.02, s * sw * 0.1, y + torsoH * 0.5, depth / 2 + 0.002, k.m(3));
  }
  if (k.p(0.45)) k.rbox(sw * 0.7, torsoH * 0.75, 0.1, 0.03, 0, y + torsoH * 0.18, -depth / 2 - 0.04, k.cloth(3));
  const held = hands[k.n(0, 1)];
  if (held && k.p(0.7)) {
    const kind = k.n(0, 3);
    if (kind === 0)
      k.bar([held[0], held[1] - 0.18, held[2] + 0.02], [held[0], held[1] + 0.3, held[2] + 0.02], 0.014, k.wood);
    if (kind === 1) k.ball(0.07, held[0], held[1] - 0.02, held[2] + 0.08, k.pattern('toy', k.m(3), k.light));
    if (kind === 2) k.rbox(0.06, 0.14, 0.18, 0.015, held[0], held[1] - 0.17, held[2], k.m(3));
    if (kind === 3) k.box(0.16, 0.2, 0.02, held[0], held[1] - 0.06, held[2] + 0.05, k.m(4));
  }
}

export const CREATURE_FAMILIES = [
  familyFromRecipe('beast', 'train', beastBuild),
  familyFromRecipe('bird', 'train', birdBuild),
  familyFromRecipe('fish', 'train', fishBuild),
  familyFromRecipe('figure', 'train', figureBuild),
];
