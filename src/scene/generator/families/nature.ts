/** Trees and plants, rocks with things growing on them, and small dioramas of terrain. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';
import { trinketAdd } from './furniture';

function treeAdd(k: Kit, x: number, y: number, z: number, h: number): void {
  const kind = k.n(0, 3);
  const bark = k.wood;
  const foliage = k.pick([k.leaf, k.leaf, k.m(0)]);
  if (kind === 0) {
    k.cyl(h * 0.04, h * 0.07, h * 0.3, x, y, z, bark, 8);
    for (let i = 0, n = k.n(2, 4); i < n; i++)
      k.cyl(
        0,
        h * (0.27 - i * 0.05),
        h * 0.34,
        x + k.r(-0.02, 0.02) * h,
        y + h * (0.22 + i * 0.18),
        z,
        foliage,
        k.pick([6, 12]),
      );
  } else if (kind === 1) {
    k.cyl(h * 0.04, h * 0.07, h * 0.55, x, y, z, bark, 8);
    k.rock(h * 0.26, h * 0.26, h * 0.26, 0.3, x, y + h * 0.7, z, foliage, 1);
    k.rock(h * 0.16, h * 0.14, h * 0.16, 0.3, x + k.side() * h * 0.2, y + h * 0.55, z + k.r(-0.1, 0.1) * h, foliage, 1);
  } else if (kind === 2) {
    k.cyl(h * 0.04, h * 0.05, h * 0.4, x, y, z, bark, 8);
    k.egg(h * 0.15, h * 0.36, h * 0.15, x, y + h * 0.62, z, foliage);
  } else {
    k.bar([x, y, z], [x + h * 0.1, y + h * 0.5, z], h * 0.05, bark, h * 0.03);
    for (const [dx, dz] of [
      [0.25, 0.05],
      [-0.15, 0.1],
      [0.08, -0.2],
    ] as const) {
      k.bar([x + h * 0.08, y + h * 0.42, z], [x + dx * h, y + h * 0.75, z + dz * h], h * 0.025, bark, h * 0.012);
      k.rock(h * 0.14, h * 0.09, h * 0.14, 0.3, x + dx * h, y + h * 0.78, z + dz * h, foliage, 1);
    }
  }
}

function treeBuild(k: Kit): void {
  const h = k.r(0.8, 1.1);
  const lean = k.r(-0.12, 0.12);
  const bark = k.p(0.8) ? k.wood : k.m(2);
  const trunk = k.r(0.03, 0.075);
  const foliage = k.cloth(0, 0.2);
  const green = k.p(0.6) ? k.leaf : foliage;
  const th = h * k.r(0.35, 0.6);
  const s = k.side();
  const top: [number, number, number] = [lean, th, k.r(-0.05, 0.05)];
  k.cyl(k.r(0.2, 0.4), 0.4, 0.05, 0, -0.05, 0, k.pick([k.m(1), k.leaf, k.dark]), k.pick([6, 20]));
  k.bar([0, 0, 0], top, trunk * 1.4, bark, trunk);
  for (let i = 0; i < 4; i++)
    k.bar(
      [0, 0.07, 0],
      [Math.cos(i * 1.7) * trunk * 3, 0, Math.sin(i * 1.7) * trunk * 3],
      trunk * 0.6,
      bark,
      trunk * 0.2,
      6,
    );
  const kind = k.pick(['branches', 'branches', 'cone', 'palm', 'bare']);
  if (kind === 'cone') {
    const tiers = k.n(3, 5);
    for (let i = 0; i < tiers; i++)
      k.cyl(
        0,
        0.34 * (1 - (i / tiers) * 0.7) * k.r(0.85, 1.1),
        ((h - th * 0.4) / tiers) * 1.6,
        lean * (0.6 + i * 0.1),
        th * 0.4 + ((h - th * 0.4) * i) / tiers,
        top[2],
        i % 2 ? green : foliage,
        k.pick([7, 14]),
      );
  } else if (kind === 'palm') {
    for (let i = 0, n = k.n(6, 9); i < n; i++) {
      const frond = k.sub(...top, (i / n) * 6.28 + k.r(-0.2, 0.2));
      const droop = k.r(-0.05, 0.25);
      frond.tube(
        [
          [0, 0, 0],
          [0, 0.1, 0.15],
          [0, 0.06 - droop, 0.4],
        ],
        0.014,
        green,
      );
      frond.egg(0.06, 0.012, 0.17, 0, 0.08 - droop * 0.4, 0.24, green).rotation.x = 0.2 + droop;
    }
    for (let i = 0; i < 3; i++)
      k.ball(0.045, top[0] + Math.cos(i * 2) * 0.06, top[1] - 0.03, top[2] + Math.sin(i * 2) * 0.06, k.m(2));
  } else {
    const n = k.n(3, 6);
    for (let i = 0; i < n; i++) {
      const a = (i / n) * 6.28 + k.r(-0.4, 0.4);
      const reach = k.r(0.12, 0.34);
      const from: [number, number, number] = [top[0] * k.r(0.6, 1), th * k.r(0.7, 1), 0];
      const tip: [number, number, number] = [
        top[0] + Math.cos(a) * reach,
        th + k.r(0.1, 0.4),
        top[2] + Math.sin(a) * reach,
      ];
      k.bar(from, tip, trunk * 0.6, bark, trunk * 0.3, 7);
      if (kind === 'branches')
        k.rock(k.r(0.1, 0.22), k.r(0.09, 0.18), k.r(0.1, 0.22), 0.3, ...tip, i % 2 ? foliage : green, k.n(1, 2));
      else
        for (let j = 0; j < 2; j++)
          k.bar(
            tip,
            [tip[0] + k.r(-0.12, 0.12), tip[1] + 0.12, tip[2] + k.r(-0.12, 0.12)],
            trunk * 0.3,
            bark,
            0.005,
            6,
          );
    }
    if (k.p(0.5))
      for (let i = 0; i < 5; i++) k.ball(0.035, top[0] + k.r(-0.25, 0.25), th + k.r(0.05, 0.3), top[2] + 0.2, k.m(3));
  }
  const extra = k.n(0, 3);
  if (extra === 0) {
    k.box(0.13, 0.14, 0.1, lean * 0.5, th * 0.6, trunk + 0.05, k.m(2));
    k.prism(
      [
        [-0.1, 0],
        [0.1, 0],
        [0, 0.07],
      ],
      0.14,
      lean * 0.5,
      th * 0.6 + 0.14,
      trunk + 0.05,
      k.m(3),
    );
    k.disc('z', 0.03, 0.012, lean * 0.5, th * 0.6 + 0.07, trunk + 0.105, k.dark, 12);
  } else if (extra === 1) {
    for (const e of [-0.05, 0.05])
      k.bar([s * 0.25 + e, 0.12, 0.05], [lean + s * 0.25 + e, th + 0.15, 0.02], 0.007, k.light, 0.007, 5);
    k.bar([lean * 0.9, th * 0.95, 0], [lean + s * 0.34, th + 0.16, 0.02], trunk * 0.5, bark, trunk * 0.4);
    k.box(0.14, 0.02, 0.08, s * 0.25, 0.11, 0.05, k.m(2));
  } else if (extra === 2) k.rock(0.09, 0.07, 0.08, 0.35, s * 0.24, 0.05, 0.12, k.steel, 1);
}

function potPlantBuild(k: Kit): void {
  const r = k.r(0.14, 0.24);
  const h = k.r(0.2, 0.34);
  const s = k.side();
  if (k.p(0.3)) k.box(r * 2.4, h, r * 1.6, 0, 0, 0, k.cloth(0));
  else
    k.lathe(
      [
        [0, 0],
        [r * k.r(0.6, 0.9), 0],
        [r * k.r(0.9, 1.15), h * 0.6],
        [r, h],
        [r * 0.85, h],
        [r * 0.8, h * 0.85],
        [0, h * 0.85],
      ],
      0,
      0,
      0,
      k.cloth(0, 0.5),
      k.pick([22, 22, 6]),
    );
  k.cyl(r * 1.3, r * 1.1, 0.03, 0, -0.03, 0, k.m(1));
  k.cyl(r * 0.85, r * 0.85, 0.03, 0, h * 0.84, 0, k.wood);
  const kind = k.pick(['cactus', 'leaves', 'flowers', 'succulent', 'bonsai']);
  if (kind === 'cactus') {
    const cr = k.r(0.06, 0.1);
    const ch = k.r(0.3, 0.5);
    k.capsule(cr, ch, 0, h + ch / 2, 0, k.leaf);
    for (let i = 0, n = k.n(1, 3); i < n; i++) {
      const e = i === 0 ? s : i === 1 ? -s : 0;
      const y = h + ch * k.r(0.3, 0.7);
      const z = e === 0 ? cr * 2 : 0;
      k.tube(
        [
          [0, y, 0],
          [e * cr * 2, y, z],
          [e * cr * 2.3, y + k.r(0.12, 0.25), z * 1.1],
        ],
        cr * 0.5,
        k.leaf,
      );
      k.ball(cr * 0.5, e * cr * 2.3, y + 0.15, z * 1.1, k.leaf);
    }
    if (k.p(0.6)) k.rock(0.05, 0.04, 0.05, 0.3, 0.02, h + ch + cr, 0.02, k.m(2), 1);
  } else if (kind === 'bonsai') treeAdd(k, 0, h * 0.85, 0, k.r(0.4, 0.6));
  else {
    const n = k.n(5, 11);
    for (let i = 0; i < n; i++) {
      const a = i * 2.4 + k.r(-0.3, 0.3);
      const out = k.r(0.08, 0.3);
      const up = k.r(0.15, 0.5);
      const tip: [number, number, number] = [Math.cos(a) * out, h + up, Math.sin(a) * out];
      if (kind === 'flowers') {
        k.tube([[0, h * 0.85, 0], [tip[0] * 0.3, h + up * 0.5, tip[2] * 0.3], tip], 0.009, k.leaf);
        const m = k.m(1 + (i % 3));
        for (let j = 0; j < 5; j++)
          k.egg(
            0.035,
            0.014,
            0.035,
            tip[0] + Math.cos(j * 1.257) * 0.045,
            tip[1],
            tip[2] + Math.sin(j * 1.257) * 0.045,
            m,
          );
        k.ball(0.026, tip[0], tip[1] + 0.01, tip[2], k.light);
      } else {
        const leaf = k.sub(0, h * 0.85, 0, a);
        leaf.root.rotation.x = kind === 'succulent' ? k.r(0.3, 1.1) : k.r(0.1, 0.9);
        const ll = kind === 'succulent' ? k.r(0.1, 0.2) : k.r(0.2, 0.42);
        leaf.root.rotation.order = 'YXZ';
        leaf.egg(k.r(0.035, 0.08), ll, 0.016, 0, ll, 0, i % 4 === 3 ? k.m(2) : k.leaf);
      }
    }
  }
  if (k.p(0.6)) {
    k.bar([s * r * 0.5, h * 0.8, r * 0.4], [s * r * 0.55, h + 0.16, r * 0.5], 0.009, k.wood);
    k.box(0.12, 0.08, 0.014, s * r * 0.55, h + 0.12, r * 0.52, k.light);
  }
  k.box(r * 0.9, h * 0.3, 0.03, 0, h * 0.3, r * 0.88, k.m(3));
}

function rockBuild(k: Kit): void {
  const n = k.n(2, 6);
  const stone = k.cloth(0, 0.5);
  for (let i = 0; i < n; i++) {
    const r = i === 0 ? k.r(0.25, 0.4) : k.r(0.08, 0.24);
    const a = i * 1.9 + k.r(-0.4, 0.4);
    const d = i === 0 ? 0 : k.r(0.25, 0.42);
    k.rock(
      r,
      r * k.r(0.6, 1.3),
      r * k.r(0.7, 1.2),
      k.r(0.3, 0.7),
      Math.cos(a) * d,
      r * 0.5,
      Math.sin(a) * d,
      i % 3 === 2 ? k.m(1) : stone,
      k.n(0, 2),
    );
  }
  const s = k.side();
  const dress = k.pick(['crystals', 'mushrooms', 'tree', 'flag', 'moss']);
  if (dress === 'crystals')
    for (let i = 0, c = k.n(3, 7); i < c; i++) {
      const a = k.r(0, 6.28);
      const tilt = k.r(0.1, 0.4);
      const len = k.r(0.2, 0.5);
      k.bar(
        [s * 0.1, 0.3, 0.1],
        [s * 0.1 + Math.cos(a) * tilt, 0.3 + len, 0.1 + Math.sin(a) * tilt],
        0.05,
        k.m(1 + (i % 3)),
        k.pick([0.004, 0.03]),
        6,
      );
    }
  else if (dress === 'mushrooms')
    for (let i = 0, c = k.n(2, 5); i < c; i++) {
      const x = s * (0.12 + i * 0.09);
      const z = k.r(0.1, 0.4);
      const h = k.r(0.15, 0.4);
      k.cyl(0.022, 0.03, h, x, 0.15, z, k.light, 8);
      k.lathe(
        [
          [0.1, 0],
          [0.085, 0.04],
          [0.04, 0.07],
          [0, 0.075],
        ],
        x,
        0.14 + h,
        z,
        k.shell(k.m(2)),
        14,
      );
    }
  else if (dress === 'tree') treeAdd(k, s * 0.15, 0.3, 0, k.r(0.4, 0.6));
  else if (dress === 'flag') {
    k.bar([0, 0.3, 0], [0, 0.95, 0], 0.014, k.wood);
    k.prism(
      [
        [0, 0],
        [s * 0.25, 0.03],
        [s * 0.2, 0.09],
        [s * 0.25, 0.15],
        [0, 0.16],
      ],
      0.014,
      0,
      0.76,
      0,
      k.m(2),
    );
    k.box(0.16, 0.2, 0.12, s * 0.3, 0, 0.3, k.m(3));
  } else {
    k.egg(0.2, 0.05, 0.18, s * 0.06, 0.42, 0.02, k.leaf);
    k.bar([-0.4, 0.06, 0.35], [0.35, 0.1, 0.4], 0.055, k.wood, 0.045);
    k.rock(0.1, 0.08, 0.1, 0.3, -s * 0.3, 0.1, 0.3, k.leaf, 1);
  }
}

function dioramaBuild(k: Kit): void {
  const n = k.n(2, 4);
  const step = 0.9 / n;
  const hex = k.p(0.3);
  const ground = [k.leaf, k.m(0), k.m(1), k.wood];
  const heights = Array.from({ length: n * n }, () => k.pick([0.05, 0.05, 0.09, 0.14, 0.2]));
  const water = k.n(0, 2);
  const road = k.n(0, 3);
  for (let i = 0; i < n * n; i++) {
    const col = i % n;
    const row = Math.floor(i / n);
    const x = (col - (n - 1) / 2) * step;
    const z = (row - (n - 1) / 2) * step * (hex ? 0.9 : 1);
    const offset = hex && row % 2 ? step / 2 : 0;
    const isWater = water === 0 && col === 0;
    const h = isWater ? 0.03 : road === 0 && col === n - 1 ? 0.05 : (heights[i] ?? 0.05);
    const m = isWater ? k.glass : road === 0 && col === n - 1 ? k.dark : (ground[Math.floor(h * 18) % 4] ?? k.leaf);
    if (hex) k.cyl(step * 0.56, step * 0.56, h, x + offset, 0, z, m, 6);
    else k.box(step * 0.995, h, step * 0.995, x, 0, z, m);
    if (isWater) continue;
    const pad = step * 0.36;
    switch (k.n(0, 9)) {
      case 0:
      case 1:
        treeAdd(k, x + offset + k.r(-0.2, 0.2) * pad, h, z, k.r(0.2, 0.38));
        break;
      case 2:
        k.rock(pad * 0.5, pad * 0.45, pad * 0.5, 0.5, x + offset, h + pad * 0.25, z, k.steel, 1);
        break;
      case 3: {
        const hut = k.sub(x + offset, h, z, k.pick([0, 1.57, 3.14, -1.57]));
        const hh = k.r(0.1, 0.2);
        hut.box(pad * 1.5, hh, pad * 1.2, 0, 0, 0, k.light);
        hut.prism(
          [
            [-pad * 0.75 - 0.02, 0],
            [pad * 0.75 + 0.02, 0],
            [0, pad],
          ],
          pad * 1.3,
          0,
          hh,
          0,
          k.m(2),
        );
        hut.box(pad * 0.4, hh * 0.7, 0.02, k.r(-0.2, 0.2) * pad, 0, pad * 0.6, k.wood);
        break;
      }
      case 4: {
        // Market stall: four poles, a striped roof, goods on a bench.
        const stall = k.sub(x + offset, h, z, k.pick([0, 1.57, -1.57]));
        for (const e of [-1, 1])
          for (const f of [-1, 1]) stall.box(0.016, f < 0 ? 0.26 : 0.2, 0.016, e * pad * 0.8, 0, f * pad * 0.6, k.wood);
        stall.box(pad * 1.9, 0.02, pad * 1.6, 0, 0.22, 0, k.pattern('awning', k.m(2), k.light)).rotation.x = 0.2;
        stall.box(pad * 1.6, 0.08, pad * 0.5, 0, 0, pad * 0.3, k.wood);
        for (let j = 0; j < 4; j++) stall.ball(pad * 0.14, (j - 1.5) * pad * 0.38, 0.09, pad * 0.3, k.m(j));
        break;
      }
      case 5:
        for (let j = 0; j < 3; j++)
          k.box(0.03, 0.1, 0.015, x + offset + (j - 1) * pad * 0.6, h, z + pad * 0.5, k.light);
        k.box(pad * 1.8, 0.02, 0.012, x + offset, h + 0.05, z + pad * 0.5, k.light);
        break;
      case 6:
        trinketAdd(k, x + offset, h, z, pad);
        break;
      case 7:
        k.cyl(0.03, 0.04, 0.1, x + offset, h, z, k.m(3), 8);
        k.ball(0.04, x + offset, h + 0.13, z, k.skin);
        break;
      default:
    }
  }
  if (!hex) k.box(0.96, 0.05, 0.96, 0, -0.045, 0, k.pick([k.dark, k.wood, k.m(3)]));
  // One tall landmark off the centre gives every diorama a heading.
  const lx = k.pick([-1, 1]) * 0.28;
  const lz = k.pick([-1, 1]) * 0.28;
  const lh = k.r(0.3, 0.6);
  if (k.p(0.5)) k.cyl(0.06, 0.08, lh, lx, 0.03, lz, k.m(3), k.pick([4, 8, 16]));
  else k.box(0.13, lh, 0.13, lx, 0.03, lz, k.m(3));
  k.cyl(0, 0.11, 0.12, lx, lh + 0.03, lz, k.m(2), k.pick([4, 16]));
}

export const NATURE_FAMILIES = [
  familyFromRecipe('tree', 'train', treeBuild),
  familyFromRecipe('pot-plant', 'train', potPlantBuild),
  familyFromRecipe('rock', 'train', rockBuild),
  familyFromRecipe('diorama', 'train', dioramaBuild),
];
