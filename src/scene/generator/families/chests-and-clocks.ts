/** Chests and clocks. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

function chestBuild(k: Kit): void {
  const kind = k.pick(['chest', 'chest', 'crate', 'barrel', 'safe', 'toolbox']);
  const w = k.r(0.55, 0.85);
  const d = k.r(0.36, 0.55);
  const h = k.r(0.26, 0.42);
  const body = k.p(0.5) ? k.wood : k.cloth(0);
  const band = k.pick([k.steel, k.m(1), k.dark]);
  const s = k.side();
  if (kind === 'chest') {
    k.box(w, h, d, 0, 0, 0, body);
    const lid = k.sub(0, h, -d / 2);
    const open = k.p(0.45) ? k.r(0.4, 1.6) : 0;
    lid.root.rotation.x = -open;
    const arc: [number, number][] = [];
    const bulge = k.r(0.4, 1);
    for (let i = 0; i <= 8; i++)
      arc.push([
        d / 2 - (Math.cos((i / 8) * Math.PI) * d) / 2,
        0.015 + Math.sin((i / 8) * Math.PI) * (d / 2) * bulge * 0.8,
      ]);
    lid.sideView([[0, 0], ...arc, [d, 0]], w, 0, 0, 0, k.p(0.5) ? body : k.m(2));
    for (const x of k.pick([
      [-0.36, 0.36],
      [-0.4, 0, 0.4],
    ])) {
      k.box(0.06, h + 0.004, d + 0.024, x * w, -0.002, 0, band);
      lid.sideView(
        [[-0.012, 0], ...arc.map(([z, y]) => [(z - d / 2) * 1.05 + d / 2, y * 1.06] as const), [d + 0.012, 0]],
        0.06,
        x * w,
        0,
        0,
        band,
      );
    }
    if (open) {
      k.box(w * 0.92, 0.02, d * 0.92, 0, h - 0.012, 0, k.dark);
      for (let i = 0, n = k.n(4, 9); i < n; i++)
        k.ball(k.r(0.03, 0.06), k.r(-0.4, 0.4) * w, h + 0.01, k.r(-0.38, 0.38) * d, k.m(i));
    }
    k.box(0.11, 0.12, 0.04, s * w * k.pick([0, 0.1]), h - 0.1, d / 2 + 0.005, k.m(3));
    k.box(0.02, 0.04, 0.05, s * w * k.pick([0]), h - 0.07, d / 2 + 0.005, k.dark);
    for (const e of [-1, 1]) k.box(0.08, 0.1, 0.03, e * w * 0.22, h - 0.08, -d / 2 - 0.005, band);
    if (k.p(0.5)) k.box(w * 0.25, h * 0.4, 0.02, s * w * 0.2, h * 0.15, -d / 2 - 0.005, k.m(4));
    for (const e of [-1, 1])
      if (k.p(0.7)) k.ring(0.06, 0.012, e * (w / 2 + 0.01), h * 0.6, 0, k.dark, Math.PI * 2).rotation.y = Math.PI / 2;
  } else if (kind === 'crate') {
    const hh = h * 1.4;
    const slats = k.n(3, 5);
    k.box(w * 0.95, hh * 0.96, d * 0.95, 0, 0.01, 0, k.dark);
    for (let i = 0; i < slats; i++) {
      if (k.p(0.1)) continue;
      k.box(w, (hh / slats) * 0.86, d, 0, (i * hh) / slats + 0.01, 0, i % 2 && k.p(0.3) ? k.m(1) : body);
    }
    for (const e of [-1, 1])
      for (const f of [-1, 1]) k.box(0.06, hh + 0.02, 0.06, e * w * 0.48, 0, f * d * 0.49, k.m(2));
    const brace = k.box(Math.hypot(w, hh) * 0.85, 0.06, 0.03, 0, hh / 2 - 0.03, d / 2 + 0.005, k.m(2));
    brace.rotation.z = s * Math.atan2(hh, w);
    k.box(0.2, 0.14, 0.03, -s * w * 0.2, hh * 0.6, d / 2 + 0.02, k.light);
    k.box(0.02, 0.15, 0.15, (s * w) / 2, hh * 0.3, 0, k.m(3));
    if (k.p(0.6))
      for (let i = 0; i < 6; i++)
        k.rock(0.085, 0.08, 0.085, 0.15, k.r(-0.35, 0.35) * w, hh + 0.03, k.r(-0.32, 0.32) * d, k.m(i % 3), 1);
  } else if (kind === 'barrel') {
    const r = k.r(0.2, 0.27);
    const bh = k.r(0.55, 0.75);
    const lying = k.p(0.4);
    const b = k.sub(0, lying ? r * 1.2 : 0, lying ? -bh / 2 : 0);
    if (lying) b.root.rotation.x = Math.PI / 2;
    b.lathe(
      [
        [0, 0.02],
        [r * 0.8, 0.02],
        [r * 0.82, 0],
        [r * 0.97, bh * 0.25],
        [r * k.r(1, 1.15), bh * 0.5],
        [r * 0.97, bh * 0.75],
        [r * 0.82, bh],
        [r * 0.8, bh - 0.02],
        [0, bh - 0.02],
      ],
      0,
      0,
      0,
      k.p(0.6) ? k.pattern('staves', k.wood, k.dark) : body,
      16,
    );
    for (const t of [0.1, 0.3, 0.7, 0.9])
      b.cyl(
        r * (t === 0.1 || t === 0.9 ? 0.93 : 1.03),
        r * (t === 0.1 || t === 0.9 ? 0.93 : 1.03),
        0.04,
        0,
        bh * t - 0.02,
        0,
        band,
      );
    if (lying)
      for (const t of [-0.3, 0.3])
        k.prism(
          [
            [-r * 1.1, 0],
            [r * 1.1, 0],
            [r * 1.1, 0.16],
            [r * 0.7, 0.08],
            [-r * 0.7, 0.08],
            [-r * 1.1, 0.16],
          ],
          0.07,
          0,
          0,
          t * bh,
          k.m(2),
        );
    const fy = lying ? r * 0.7 : bh * 0.25;
    const fz = lying ? bh / 2 : r;
    k.disc('z', 0.03, 0.14, 0, fy, fz + 0.03, k.m(3), 10);
    k.box(0.03, 0.07, 0.03, 0, fy + 0.02, fz + 0.07, k.m(3));
    k.box(r * 0.9, 0.16, 0.05, s * r * 0.1, fy + 0.2, lying ? fz : fz + 0.005, k.m(2));
    if (!lying && k.p(0.5)) k.cyl(0.03, 0.03, 0.1, s * r * 0.4, bh - 0.02, 0, k.light, 10);
  } else if (kind === 'safe') {
    const e = k.r(0.5, 0.65);
    k.rbox(e, e * 1.1, e * 0.9, 0.03, 0, 0.05, 0, body);
    for (const a of [-1, 1])
      for (const b of [-1, 1]) k.cyl(0.04, 0.04, 0.06, a * e * 0.38, 0, b * e * 0.33, k.dark, 10);
    const door = k.sub(-s * e * 0.43, 0.1, e * 0.45, -s * k.pick([0, 0, 0.6, 1.2]));
    door.rbox(e * 0.86, e * 0.98, 0.06, 0.015, s * e * 0.43, 0, 0.01, k.m(1));
    door.disc('z', 0.09, 0.05, s * e * 0.6, e * 0.55, 0.05, band);
    door.box(0.02, 0.12, 0.03, s * e * 0.6, e * 0.49, 0.07, k.light);
    for (let i = 0; i < 3; i++)
      door.box(0.18, 0.018, 0.03, s * e * 0.25, e * 0.5, 0.045, k.steel).rotation.z = (i * Math.PI) / 3;
    for (const y of [0.15, 0.75]) k.cyl(0.025, 0.025, 0.12, -s * e * 0.46, e * y + 0.1, e * 0.45, k.dark, 8);
    k.box(e * 0.8, e * 0.9, 0.012, 0, 0.12, e * 0.45, k.dark);
    k.box(e * k.r(0.3, 0.6), e * 0.3, 0.03, s * e * 0.12, e * k.r(0.2, 0.6), -e * 0.45, k.m(2));
    k.box(0.03, e * 0.25, e * 0.4, s * e * 0.5, e * 0.4, -e * 0.1, k.m(3));
  } else {
    k.box(w, h * 0.7, d * 0.7, 0, 0, 0, body);
    k.prism(
      [
        [-d * 0.35, 0],
        [d * 0.35, 0],
        [d * 0.2, h * 0.4],
        [-d * 0.2, h * 0.4],
      ],
      w,
      0,
      h * 0.7,
      0,
      k.m(1),
    ).rotation.y = Math.PI / 2;
    k.tube(
      [
        [-w * 0.25, h * 1.08, 0],
        [-w * 0.22, h * 1.08 + 0.12, 0],
        [w * 0.22, h * 1.08 + 0.12, 0],
        [w * 0.25, h * 1.08, 0],
      ],
      0.022,
      k.m(2),
    );
    for (const e of [-1, 1]) k.box(0.07, 0.12, 0.03, e * w * 0.3, h * 0.6, d * 0.36, k.steel);
    k.box(w * 0.3, h * 0.35, 0.02, s * w * 0.05, h * 0.12, d * 0.35, k.m(3));
    k.box(w * 0.2, h * 0.3, 0.02, -s * w * 0.25, h * 0.2, -d * 0.35, k.m(2));
    k.bar([s * w * 0.5, h * 0.2, 0.05], [s * (w * 0.5 + 0.02), h * 1.1, 0.08], 0.022, k.m(3));
    k.box(0.02, 0.1, d * 0.4, -s * w * 0.5, h * 0.2, 0, k.light);
  }
}

function clockBuild(k: Kit): void {
  const kind = k.pick(['alarm', 'mantel', 'grandfather', 'cuckoo']);
  const body = k.cloth(0, 0.3);
  const s = k.side();
  const face = (g: Kit, r: number, x: number, y: number, z: number): void => {
    g.disc('z', r, 0.03, x, y, z, k.light, 24);
    for (let i = 0; i < 12; i += k.pick([1, 3]))
      g.box(
        0.014,
        0.03,
        0.014,
        x + Math.sin((i / 6) * Math.PI) * r * 0.82,
        y + Math.cos((i / 6) * Math.PI) * r * 0.82 - 0.015,
        z + 0.014,
        i === 0 ? k.m(2) : k.dark,
      );
    for (const length of [0.5, 0.75]) {
      const hand = g.sub(x, y, z + 0.022);
      hand.root.rotation.z = k.r(0, 6.28);
      hand.box(0.022, r * length, 0.012, 0, 0, 0, length === 0.5 ? k.dark : k.m(1));
    }
  };
  if (kind === 'alarm') {
    const r = k.r(0.26, 0.34);
    const d = k.r(0.14, 0.26);
    k.disc('z', r, d, 0, r + 0.08, 0, body, 26);
    k.ring(r * 0.96, 0.03, 0, r + 0.08, d / 2, k.m(1));
    face(k, r * 0.88, 0, r + 0.08, d / 2);
    for (const e of [-1, 1]) {
      k.bar([e * r * 0.5, r * 0.4, 0], [e * r * 0.8, 0, 0.03], 0.03, k.m(2), 0.02);
      k.egg(r * 0.32, r * 0.22, r * 0.32, e * r * 0.62, r * 1.95 + 0.08, 0, k.m(2)).rotation.z = -e * 0.5;
    }
    k.bar([0, r * 2, 0], [s * 0.05, r * 2.3 + 0.08, 0], 0.014, k.steel);
    k.ball(0.035, s * 0.05, r * 2.3 + 0.08, 0, k.dark);
    for (const [x, y] of [
      [0.3, 0.3],
      [-0.2, -0.4],
      [0.35, -0.2],
    ] as const)
      k.disc('z', 0.045, 0.06, s * x * r, r + 0.08 + y * r, -d / 2 - 0.02, k.m(3), 10);
  } else {
    const tall = kind === 'grandfather';
    const w = k.r(0.26, 0.36);
    const h = tall ? k.r(0.95, 1.2) : k.r(0.4, 0.55);
    const d = k.r(0.16, 0.24);
    k.box(w * 1.2, tall ? 0.16 : 0.05, d * 1.15, 0, 0, 0, k.m(1));
    k.box(tall ? w * 0.9 : w * 1.1, h, d, 0, 0.03, 0, body);
    const fy = tall ? h - 0.14 : h * 0.58;
    if (tall) k.box(w * 1.15, 0.36, d * 1.1, 0, h - 0.32, 0, body);
    face(k, w * 0.42, 0, fy, tall ? (d * 1.1) / 2 : d / 2);
    if (kind === 'cuckoo') {
      for (const e of [-1, 1]) {
        const roof = k.box(w * 1.05, 0.035, d * 1.5, e * w * 0.42, h + 0.05, 0.02, k.m(1));
        roof.rotation.z = -e * 0.6;
        k.bar([e * w * 0.25, 0.05, 0.06], [e * w * 0.25, -0.2 - (e === s ? 0.12 : 0), 0.06], 0.006, k.steel);
        k.bar(
          [e * w * 0.25, -0.2 - (e === s ? 0.12 : 0), 0.06],
          [e * w * 0.25, -0.32 - (e === s ? 0.12 : 0), 0.06],
          0.025,
          k.wood,
          0.04,
        );
      }
      k.prism(
        [
          [-w * 0.55, 0],
          [w * 0.55, 0],
          [0, w * 0.4],
        ],
        d,
        0,
        h + 0.02,
        0,
        body,
      );
      k.box(0.09, 0.1, 0.03, s * 0.03, h + 0.01, d / 2, k.dark);
      k.egg(0.04, 0.045, 0.07, s * 0.03, h + 0.055, d / 2 + 0.04, k.m(2));
      for (const e of [-1, 1]) k.rock(0.07, 0.04, 0.05, 0.3, e * w * 0.5, h * 0.15, d / 2, k.leaf, 1);
    } else {
      k.prism(
        [
          [-w * 0.65, 0],
          [w * 0.65, 0],
          [w * 0.3, 0.1],
          [0, 0.13],
          [-w * 0.3, 0.1],
        ],
        d * 1.2,
        0,
        h + 0.03,
        0,
        k.m(1),
      );
      if (tall) {
        k.box(w * 0.5, h * 0.42, 0.02, 0, 0.22, d / 2, k.glass);
        k.bar([s * 0.02, h * 0.6, d / 2 + 0.02], [s * 0.04, h * 0.36, d / 2 + 0.02], 0.008, k.steel);
        k.disc('z', 0.055, 0.03, s * 0.045, h * 0.34, d / 2 + 0.02, k.m(2));
      } else {
        for (const e of [-1, 1]) k.cyl(0.03, 0.03, h * 0.9, e * w * 0.62, 0.04, d * 0.3, k.m(2), 10);
        k.ring(0.06, 0.014, 0, h + 0.17, 0, k.m(2), Math.PI);
      }
    }
    k.disc('x', 0.03, 0.05, s * w * 0.58, h * 0.5, 0, k.m(3), 10);
    k.box(w * 0.6, h * 0.3, 0.02, 0, h * 0.3, -d / 2, k.m(3));
  }
}

export const CHEST_AND_CLOCK_FAMILIES = [
  familyFromRecipe('chest', 'train', chestBuild),
  familyFromRecipe('clock', 'train', clockBuild),
];
