/** Aeroplanes, helicopters and rockets. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

function planeBuild(k: Kit): void {
  const len = k.r(0.8, 1.1);
  const r = k.r(0.07, 0.12);
  const y = k.r(0.2, 0.3);
  const body = k.cloth(0, 0.2);
  const kind = k.pick(['jet', 'prop', 'prop', 'biplane', 'delta']);
  const hull = k.sub(0, y, 0);
  hull.root.rotation.x = Math.PI / 2;
  hull.lathe(
    [
      [0, -len / 2],
      [r * 0.35, -len * 0.46],
      [r * 0.85, -len * 0.15],
      [r, 0],
      [r, len * 0.28],
      [r * (kind === 'jet' ? 0.75 : 0.9), len * 0.42],
      [kind === 'prop' ? r * 0.55 : r * 0.2, len * 0.49],
      [0, len * 0.5],
    ],
    0,
    0,
    0,
    body,
  );
  const span = k.r(0.8, 1.15);
  const chord = k.r(0.14, 0.26);
  const sweep = kind === 'delta' ? k.r(0.35, 0.5) : k.r(-0.02, 0.25);
  const wing = k.cloth(1, 0.25);
  const wz = k.r(-0.02, 0.12);
  const wy = y + k.pick([-0.6, 0, 0.9]) * r;
  const dihedral = k.r(-0.05, 0.15);
  const tipChord = chord * (kind === 'delta' ? 0.3 : k.r(0.45, 0.95));
  const levels = kind === 'biplane' ? [y - r, y + r * 1.6] : [wy];
  for (const level of levels)
    for (const e of [-1, 1]) {
      const half = k.sub(0, level, wz);
      half.root.rotation.z = e * dihedral;
      const rootChord = kind === 'delta' ? chord * 2 : chord;
      const panel = half.prism(
        [
          [0, rootChord / 2],
          [(e * span) / 2, tipChord / 2 - sweep * 0.6],
          [(e * span) / 2, -tipChord / 2 - sweep * 0.6],
          [0, -rootChord / 2],
        ],
        0.022,
        0,
        0,
        0,
        wing,
      );
      panel.rotation.x = Math.PI / 2;
      panel.scale.y = 1;
      half.box(0.06, 0.026, tipChord * 0.8, e * span * 0.42, -0.013, -sweep * 0.5, e > 0 ? k.m(2) : k.m(3));
    }
  if (kind === 'biplane')
    for (const e of [-1, 1])
      for (const f of [0.25, 0.4])
        k.bar(
          [e * span * f, y - r + e * 0, wz - sweep * 0.3],
          [e * span * f, y + r * 1.6, wz - sweep * 0.3],
          0.01,
          k.wood,
        );
  const tz = -len * 0.44;
  const tall = k.r(0.13, 0.24);
  k.sideView(
    [
      [tz + 0.12, y + r * 0.3],
      [tz - 0.02, y + r * 0.3],
      [tz - 0.08, y + tall + r * 0.3],
      [tz, y + tall + r * 0.3],
    ],
    0.02,
    0,
    0,
    0,
    k.m(1),
  );
  const tailY = k.p(0.3) ? y + tall + r * 0.2 : y + r * 0.15;
  k.prism(
    [
      [-span * 0.2, -0.1],
      [0, -0.02],
      [span * 0.2, -0.1],
      [span * 0.2, -0.15],
      [-span * 0.2, -0.15],
    ],
    0.018,
    0,
    tailY,
    tz + 0.08,
    k.m(2),
  ).rotation.x = Math.PI / 2;
  const s = k.side();
  k.egg(r * 0.6, r * 0.55, r * 1.4, 0, y + r * 0.75, len * (kind === 'jet' ? 0.33 : 0.18), k.glass);
  if (kind === 'jet' || kind === 'delta') {
    for (const e of [-1, 1]) {
      const ex = kind === 'jet' ? e * span * 0.22 : e * r * 0.7;
      const ez = kind === 'jet' ? wz - sweep * 0.2 + 0.06 : -len * 0.4;
      k.disc('z', r * 0.5, 0.2, ex, kind === 'jet' ? wy - r * 0.5 : y, ez, k.m(2), 16);
      k.disc('z', r * 0.36, 0.21, ex, kind === 'jet' ? wy - r * 0.5 : y, ez, k.dark, 16);
    }
    for (const e of [-1, 1])
      for (let i = 0, n = k.n(3, 6); i < n; i++)
        if (kind === 'jet') k.ball(0.018, e * r * 0.94, y + r * 0.25, -len * 0.15 + (len * 0.4 * i) / n, k.glass);
  } else {
    const blades = k.n(2, 4);
    k.disc('z', r * 0.4, 0.06, 0, y, len * 0.5, k.m(3), 14);
    const a0 = k.r(0, 1);
    for (let i = 0; i < blades; i++) {
      const a = a0 + (i / blades) * Math.PI * 2;
      k.bar([0, y, len * 0.51], [Math.cos(a) * 0.2, y + Math.sin(a) * 0.2, len * 0.51], 0.018, k.dark, 0.01, 4);
    }
  }
  for (const [x, gz] of [
    [-0.1, wz],
    [0.1, wz],
    [0, k.p(0.5) ? len * 0.35 : tz],
  ] as const) {
    k.bar([x * 0.5, y - r * 0.6, gz], [x, 0.05, gz], 0.01, k.steel);
    k.disc('x', 0.045, 0.03, x, 0.045, gz, k.dark, 14);
  }
  k.box(0.012, r * 1.1, len * 0.1, s * r * 0.94, y - r * 0.4, len * 0.2, k.m(2));
}

function helicopterBuild(k: Kit): void {
  const r = k.r(0.13, 0.19);
  const y = r + 0.14;
  const long = k.r(1.1, 1.6);
  const body = k.cloth(0, 0.2);
  k.egg(r, r, r * long, 0, y, 0, body);
  k.egg(r * 0.85, r * 0.8, r * 0.7, 0, y + r * 0.12, r * long * 0.55, k.glass);
  const tail = k.r(0.4, 0.6);
  const tz = -tail - r * 0.5;
  k.bar([0, y + r * 0.2, -r * 0.6], [0, y + r * 0.5, tz], r * 0.35, k.p(0.5) ? body : k.m(1), r * 0.13);
  const s = k.side();
  k.sideView(
    [
      [tz + 0.08, y + r * 0.5],
      [tz - 0.06, y + r * 0.5 + k.r(0.12, 0.2)],
      [tz - 0.1, y + r * 0.5 + 0.14],
      [tz - 0.02, y + r * 0.4],
    ],
    0.02,
    0,
    0,
    0,
    k.m(1),
  );
  const tr = k.r(0.07, 0.12);
  for (let i = 0, n = k.n(2, 3); i < n; i++) {
    const blade = k.box(0.012, tr * 2, 0.025, s * 0.04, y + r * 0.5 - tr, tz, k.dark);
    blade.rotation.x = (i / n) * Math.PI;
  }
  k.cyl(r * 0.4, r * 0.6, r * 0.4, 0, y + r * 0.85, 0, k.m(1), 12);
  k.cyl(0.02, 0.02, 0.12, 0, y + r * 1.2, 0, k.steel, 8);
  const blades = k.n(2, 5);
  const span = k.r(0.4, 0.6);
  const a0 = k.r(0, 3);
  for (let i = 0; i < blades; i++) {
    const blade = k.sub(0, y + r * 1.2 + 0.1, 0, a0 + (i / blades) * Math.PI * 2);
    blade.box(0.05, 0.014, span, 0, 0, span / 2, i === 0 ? k.m(2) : k.dark);
  }
  k.ball(0.035, 0, y + r * 1.2 + 0.11, 0, k.m(2));
  for (const e of [-1, 1]) {
    if (k.p(0.7)) {
      k.tube(
        [
          [e * r * 0.9, 0.015, -r * 1.1],
          [e * r * 0.9, 0.015, r],
          [e * r * 0.9, 0.07, r * 1.5],
        ],
        0.015,
        k.steel,
      );
      for (const z of [-0.4, 0.5])
        k.bar([e * r * 0.4, y - r * 0.7, z * r], [e * r * 0.9, 0.015, z * r], 0.011, k.steel);
    } else {
      k.egg(0.05, 0.045, r * 1.3, e * r * 0.9, 0.045, 0, k.m(2));
      k.bar([e * r * 0.4, y - r * 0.6, 0], [e * r * 0.9, 0.045, 0], 0.02, k.steel);
    }
    k.box(0.02, r * 0.7, r * 0.5, e * r * 0.93, y - r * 0.35, -r * 0.2, e === s ? k.m(2) : k.glass);
  }
  k.box(0.014, 0.05, tail * 0.3, s * r * 0.28, y + r * 0.25, -r * 0.9 - tail * 0.2, k.m(3));
  if (k.p(0.4)) k.disc('x', 0.045, 0.2, -s * r * 0.5, y - r * 0.8, r * 0.2, k.m(3), 10);
}

function rocketBuild(k: Kit): void {
  const r = k.r(0.11, 0.2);
  const h = k.r(0.5, 0.85);
  const y0 = 0.12;
  const kind = k.pick(['rocket', 'rocket', 'lander', 'satellite']);
  const body = k.cloth(0);
  const s = k.side();
  if (kind === 'rocket') {
    const belly = k.r(0.9, 1.25);
    k.lathe(
      [
        [0, 0],
        [r * 0.8, 0],
        [r, h * 0.15],
        [r * belly, h * 0.45],
        [r, h * 0.72],
        [r * 0.95, h * 0.75],
      ],
      0,
      y0,
      0,
      body,
    );
    k.lathe(
      [
        [r * 0.97, h * 0.745],
        [r * 0.8, h * 0.87],
        [r * 0.4, h * 1.03],
        [0.012, h * 1.15],
        [0, h * 1.15],
      ],
      0,
      y0,
      0,
      k.m(1),
    );
    k.lathe(
      [
        [r * 0.75, -0.09],
        [r * 0.45, 0.02],
      ],
      0,
      y0,
      0,
      k.shell(k.dark),
    );
    const fins = k.n(3, 4);
    for (let i = 0; i < fins; i++) {
      const fin = k.sub(0, y0, 0, Math.PI / fins + (i / fins) * Math.PI * 2);
      fin.prism(
        [
          [r * 0.7, 0.02],
          [r * 1.9, -0.12],
          [r * 2, 0.02],
          [r * 0.9, h * k.r(0.25, 0.4)],
        ],
        0.025,
        0,
        0,
        0,
        i === 0 ? k.m(3) : k.m(2),
      );
    }
    for (let i = 0, n = k.n(1, 3); i < n; i++) {
      k.disc('z', r * (0.38 - i * 0.06), 0.04, 0, y0 + h * (0.6 - i * 0.2), r * (belly * 0.95), k.m(2));
      k.disc('z', r * (0.27 - i * 0.05), 0.05, 0, y0 + h * (0.6 - i * 0.2), r * (belly * 0.95), k.glass);
    }
    k.box(0.02, h * 0.3, r * 0.6, s * r * belly, y0 + h * 0.3, 0, k.m(3));
    if (k.p(0.4))
      for (const e of [-1, 1]) {
        k.capsule(r * 0.35, h * 0.35, e * r * 1.4, y0 + h * 0.3, 0, k.m(1));
        k.box(r, 0.05, 0.04, e * r * 1.1, y0 + h * 0.3, 0, k.dark);
      }
  } else if (kind === 'lander') {
    const sides = k.pick([6, 8, 20]);
    k.cyl(r * 1.3, r * 1.6, r * 1.1, 0, 0.2, 0, body, sides);
    k.cyl(r * 0.8, r * 1.2, r, 0, 0.2 + r * 1.1, 0, k.m(1), sides);
    k.lathe(
      [
        [r * 0.6, 0.08],
        [r * 0.25, 0.21],
      ],
      0,
      0,
      0,
      k.shell(k.dark),
    );
    const legs = k.n(3, 4);
    for (let i = 0; i < legs; i++) {
      const leg = k.sub(0, 0, 0, 0.5 + (i / legs) * Math.PI * 2);
      leg.bar([r * 1.2, 0.35, 0], [r * 2.3, 0.02, 0], 0.018, k.steel);
      leg.bar([r * 1.2, 0.2, 0], [r * 1.9, 0.15, 0], 0.012, k.steel);
      leg.cyl(0.06, 0.07, 0.025, r * 2.3, 0, 0, k.m(2), 12);
    }
    k.box(0.14, 0.15, 0.05, 0, 0.24, r * 1.42, k.m(3));
    k.box(0.05, 0.015, 0.2, 0, 0.2, r * 1.6, k.steel).rotation.x = 0.6;
    k.disc('z', r * 0.35, 0.06, 0, 0.2 + r * 1.65, r * 0.95, k.glass);
    k.cyl(0.1, 0.02, 0.06, s * r * 0.8, 0.2 + r * 2.3, 0, k.light, 16).rotation.z = -s * 0.6;
    k.bar([s * r * 0.4, 0.2 + r * 1.9, 0], [s * r * 0.75, 0.2 + r * 2.35, 0], 0.01, k.steel);
  } else {
    const y = 0.35;
    k.box(r * 1.8, r * 2.2, r * 1.8, 0, y - r * 1.1, 0, body);
    k.disc('z', r * 0.5, 0.1, 0, y, r * 0.95, k.m(1));
    const panels = k.n(2, 3);
    for (const e of k.p(0.8) ? [-1, 1] : [s]) {
      k.bar([0, y, 0], [e * (r + 0.08 + panels * 0.17), y, 0], 0.012, k.steel);
      for (let i = 0; i < panels; i++)
        k.box(0.15, 0.014, 0.28, e * (r + 0.12 + i * 0.165), y, 0, k.pattern('panel', k.glass, k.light)).rotation.x =
          0.5;
    }
    k.lathe(
      [
        [0.02, 0],
        [0.1, 0.03],
        [0.17, 0.1],
      ],
      s * 0.03,
      y + r * 1.2,
      0,
      k.shell(k.light),
    );
    k.bar([s * 0.03, y + r, 0], [s * 0.03, y + r * 1.2 + 0.12, 0], 0.012, k.steel);
    k.cyl(r * 0.5, r * 0.8, 0.09, 0, y - r * 1.1 - 0.085, 0, k.dark);
    k.box(r * 0.8, r * 0.6, 0.03, -s * r * 0.3, y - r * 0.9, -r * 0.9, k.m(2));
  }
}

export const AIRCRAFT_FAMILIES = [
  familyFromRecipe('aeroplane', 'train', planeBuild),
  familyFromRecipe('helicopter', 'train', helicopterBuild),
  familyFromRecipe('spacecraft', 'train', rocketBuild),
];
