/** String and wind instruments. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

function instrumentBuild(k: Kit): void {
  const kind = k.pick(['guitar', 'guitar', 'violin', 'piano', 'keyboard', 'trumpet', 'saxophone', 'accordion']);
  const body = k.cloth(0, 0.25);
  const s = k.side();
  if (kind === 'guitar' || kind === 'violin') {
    const w = k.r(0.16, 0.22);
    const waist = w * k.r(0.6, 0.8);
    const h = k.r(0.4, 0.52);
    const d = k.r(0.05, 0.12);
    const electric = kind === 'guitar' && k.p(0.5);
    const outline: [number, number][] = [];
    for (let i = 0; i <= 28; i++) {
      const t = (i / 28) * Math.PI * 2;
      const y = (1 - Math.cos(t)) / 2;
      const width =
        Math.sin(t) * (y < 0.55 ? w * 1.05 : w * 0.85) * (1 - (1 - waist / w) * Math.exp(-(((y - 0.58) / 0.14) ** 2)));
      outline.push([width + (electric && y > 0.75 ? s * 0.05 : 0), y * h]);
    }
    const g = k.sub(0, 0.02, 0);
    g.root.rotation.x = -k.r(0, 0.3);
    g.root.rotation.z = k.r(-0.25, 0.25);
    g.prism(outline, d, 0, 0, 0, body, 0.01);
    if (electric) for (const y of [0.35, 0.55]) g.box(w * 0.8, 0.035, 0.03, 0, h * y, d / 2, k.dark);
    else g.disc('z', w * 0.35, 0.014, 0, h * 0.58, d / 2, k.dark);
    g.box(w * 0.7, 0.03, 0.03, 0, h * 0.24, d / 2 + 0.01, k.m(1));
    const nl = k.r(0.32, 0.46);
    g.box(0.06, nl + h * 0.2, 0.035, 0, h * 0.76, d / 2 + 0.005, k.pick([k.wood, k.m(1)]));
    for (let i = 0; i < 6; i++) g.box(0.062, 0.006, 0.006, 0, h * 0.8 + i * nl * 0.16, d / 2 + 0.024, k.light);
    g.taper(0.07, 0.03, 0.12, 0.03, 0.15, 0, h * 0.95 + nl, d / 2 - 0.01, k.m(2));
    for (const e of [-1, 1])
      for (let i = 0; i < 3; i++) g.disc('x', 0.014, 0.06, e * 0.06, h + nl + i * 0.035, d / 2 - 0.01, k.steel, 8);
    g.prism(
      [
        [0, 0],
        [s * w * 0.4, 0.05],
        [s * w * 0.5, 0.17],
        [s * w * 0.2, 0.15],
      ],
      0.014,
      s * w * 0.15,
      h * 0.25,
      d / 2 + 0.003,
      k.m(3),
    );
    if (electric)
      for (let i = 0; i < 3; i++)
        g.cyl(0.018, 0.018, 0.02, s * w * 0.5, 0, 0, k.steel, 8).position.set(
          s * w * (0.3 + i * 0.15),
          h * (0.2 - i * 0.03),
          d / 2 + 0.01,
        );
    if (kind === 'violin') k.bar([-s * 0.3, 0, 0.1], [-s * 0.12, 0.75, 0.12], 0.01, k.wood);
    k.box(0.3, 0.03, 0.2, 0, -0.01, 0, k.dark);
  } else if (kind === 'piano') {
    const w = k.r(0.7, 0.9);
    const grand = k.p(0.5);
    const keysY = 0.38;
    if (grand) {
      k.prism(
        [
          [-w / 2, 0.2],
          [w / 2, 0.2],
          [w / 2, -0.1],
          [s * w * 0.1, -0.4],
          [-s * w * 0.1, -0.65],
          [-s * w * 0.35, -0.75],
          [(-s * w) / 2, -0.65],
        ].map(([x = 0, y = 0]) => [x, -y] as const),
        0.14,
        0,
        keysY,
        0,
        body,
      ).rotation.x = Math.PI / 2;
      const lid = k.sub(-s * (w / 2), keysY + 0.09, -0.25);
      lid.root.rotation.z = s * k.r(0.3, 0.8);
      lid.box(w * 0.8, 0.018, 0.6, s * w * 0.4, 0, 0, k.m(1));
      for (const [x, z] of [
        [-w * 0.42, 0.12],
        [w * 0.42, 0.12],
        [-s * w * 0.3, -0.55],
      ] as const)
        k.cyl(0.03, 0.02, keysY - 0.05, x, 0, z, body, 10);
    } else {
      k.box(w, k.r(0.65, 0.85), 0.22, 0, 0, -0.14, body);
      k.box(w, 0.09, 0.24, 0, keysY - 0.06, 0.07, body);
      for (const e of [-1, 1]) k.box(0.05, keysY - 0.05, 0.05, e * w * 0.46, 0, 0.15, k.m(1));
      k.box(w * 0.7, 0.2, 0.014, 0, keysY + 0.12, -0.03, k.m(1));
    }
    const kz = grand ? 0.13 : 0.11;
    const ky = grand ? keysY + 0.065 : keysY + 0.025;
    k.box(w * 0.88, 0.02, 0.12, 0, ky, kz, k.light);
    for (let i = 0; i < 12; i++)
      if (i % 7 !== 2 && i % 7 !== 6)
        k.box(0.02, 0.02, 0.07, -w * 0.4 + (i * w * 0.8) / 11, ky + 0.012, kz - 0.02, k.dark);
    k.box(0.2, 0.15, 0.012, s * 0.1, ky + 0.04, kz - 0.1, k.light).rotation.x = -0.2;
    k.rbox(0.34, 0.05, 0.18, 0.02, s * k.r(0, 0.1), 0.22, 0.42, k.m(2));
    for (const e of [-1, 1]) k.box(0.03, 0.22, 0.14, s * 0.05 + e * 0.13, 0, 0.42, k.dark);
  } else if (kind === 'keyboard') {
    const w = k.r(0.8, 1.05);
    const h = k.r(0.36, 0.5);
    for (const e of [-1, 1]) k.bar([-e * w * 0.3, 0, 0.1 * e], [e * w * 0.3, h, 0.1 * e], 0.02, k.steel, 0.02, 4);
    for (const e of [-1, 1]) k.box(0.05, 0.03, 0.34, e * w * 0.3, 0, 0, k.dark);
    k.rbox(w, 0.09, 0.32, 0.02, 0, h, 0, body);
    k.box(w * 0.9, 0.02, 0.16, 0, h + 0.08, 0.07, k.light);
    for (let i = 0; i < 16; i++)
      if (i % 7 !== 2 && i % 7 !== 6)
        k.box(0.025, 0.024, 0.09, -w * 0.42 + (i * w * 0.84) / 15, h + 0.09, 0.04, k.dark);
    k.box(w * 0.25, 0.014, 0.08, -s * w * 0.1, h + 0.085, -0.09, k.glass);
    for (let i = 0; i < 5; i++) k.cyl(0.018, 0.018, 0.03, s * (w * 0.12 + i * 0.06), h + 0.085, -0.09, k.m(i), 10);
    k.box(0.22, 0.16, 0.014, -s * w * 0.15, h + 0.09, -0.15, k.light).rotation.x = -0.2;
  } else if (kind === 'accordion') {
    const folds = k.n(6, 10);
    const spread = k.r(0.3, 0.6);
    for (let i = 0; i < folds; i++)
      k.box(
        (spread / folds) * 0.6,
        0.42 + (i % 2) * 0.04,
        0.24 + (i % 2) * 0.03,
        -spread / 2 + (spread * (i + 0.5)) / folds,
        0.02,
        0,
        i % 2 ? k.m(1) : k.dark,
      );
    for (const e of [-1, 1]) k.rbox(0.14, 0.48, 0.3, 0.03, e * (spread / 2 + 0.06), 0, 0, body);
    for (let i = 0; i < 9; i++)
      k.box(0.05, 0.04, 0.02, s * (spread / 2 + 0.08), 0.04 + i * 0.046, 0.155, i % 3 === 1 ? k.dark : k.light);
    for (let i = 0; i < 8; i++)
      k.disc(
        'z',
        0.014,
        0.02,
        -s * (spread / 2 + 0.03 + (i % 2) * 0.05),
        0.1 + Math.floor(i / 2) * 0.08,
        0.155,
        k.m(2),
        8,
      );
    k.box(0.03, 0.4, 0.1, -s * (spread / 2 + 0.15), 0.04, 0, k.m(3));
  } else {
    const brass = k.pick([k.m(0), k.m(1), k.steel]);
    k.cyl(0.14, 0.17, 0.03, 0, -0.03, 0, k.dark);
    if (kind === 'trumpet') {
      const y = k.r(0.4, 0.55);
      k.bar([0, 0, 0], [0, y, 0], 0.016, k.dark);
      k.tube(
        [
          [0, y, -0.45],
          [0, y, 0.3],
          [0, y - 0.05, 0.36],
          [0, y - 0.14, 0.3],
          [0, y - 0.15, -0.15],
          [0, y - 0.08, -0.2],
          [0, y - 0.02, -0.1],
        ],
        0.02,
        brass,
      );
      const bell = k.sub(0, y, 0.25);
      bell.root.rotation.x = Math.PI / 2;
      bell.lathe(
        [
          [0.025, 0],
          [0.035, 0.12],
          [0.07, 0.22],
          [k.r(0.12, 0.18), 0.28],
        ],
        0,
        0,
        0,
        k.shell(brass),
      );
      for (let i = 0; i < 3; i++) {
        k.cyl(0.026, 0.026, 0.16, s * 0.025, y - 0.14, -0.02 + i * 0.065, k.m(2), 10);
        k.cyl(0.012, 0.018, k.r(0.04, 0.08), s * 0.025, y + 0.02, -0.02 + i * 0.065, k.light, 8);
      }
      k.disc('z', 0.035, 0.03, 0, y, -0.46, k.steel, 12);
      k.ring(0.03, 0.01, s * 0.04, y + 0.01, 0.2, brass);
    } else {
      const h = k.r(0.6, 0.8);
      k.tube(
        [
          [0, h + 0.1, -0.22],
          [0, h + 0.12, -0.08],
          [0, h, 0],
          [0, 0.3, 0],
          [0, 0.1, 0.05],
          [0, 0.07, 0.15],
          [0, 0.14, 0.24],
        ],
        0.04,
        brass,
      );
      const bell = k.sub(0, 0.1, 0.22);
      bell.root.rotation.x = 0.25;
      bell.lathe(
        [
          [0.04, 0],
          [0.06, 0.12],
          [0.1, 0.24],
          [k.r(0.14, 0.19), 0.32],
        ],
        0,
        0,
        0,
        k.shell(brass),
      );
      for (let i = 0; i < 6; i++) k.disc('z', 0.025, 0.03, s * 0.02, h - 0.05 - i * 0.08, 0.045, k.m(2), 10);
      k.bar([s * 0.05, h - 0.1, 0], [s * 0.05, 0.25, 0.02], 0.008, k.steel);
      k.bar([0, h + 0.1, -0.2], [0, h + 0.07, -0.3], 0.025, k.dark, 0.014);
      k.box(0.03, 0.1, 0.06, -s * 0.04, 0.3, 0.02, k.m(3));
    }
  }
}

export const INSTRUMENT_FAMILIES = [familyFromRecipe('instrument', 'train', instrumentBuild)];
