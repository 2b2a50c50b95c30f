/** Lamps. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

function lampBuild(k: Kit): void {
  const kind = k.pick(['desk', 'desk', 'floor', 'shade', 'lantern', 'street']);
  const metal = k.pick([k.m(0), k.steel, k.dark]);
  const shade = k.cloth(1, 0.4);
  const s = k.side();
  if (kind === 'desk') {
    k.cyl(0.13, 0.15, 0.035, 0, 0, 0, k.m(2));
    k.disc('x', 0.02, 0.04, 0.07, 0.045, 0.06, k.m(3), 10);
    const a = k.r(-0.3, 0.1);
    const elbow = [0, k.r(0.28, 0.4), a] as const;
    const tip = [0, elbow[1] + k.r(0.05, 0.25), a + k.r(0.2, 0.35)] as const;
    k.bar([0, 0.03, 0], elbow, 0.016, metal);
    k.bar(elbow, tip, 0.014, metal);
    k.ball(0.03, ...elbow, k.m(3));
    const head = k.sub(...tip);
    head.root.rotation.x = k.r(0.3, 1.1);
    head.root.rotation.z = k.r(-0.4, 0.4);
    head.lathe(
      [
        [k.r(0.1, 0.16), -0.16],
        [0.06, -0.02],
        [0.03, 0.03],
        [0, 0.03],
      ],
      0,
      0,
      0,
      k.shell(shade),
    );
    head.ball(0.05, 0, -0.08, 0, k.light);
  } else if (kind === 'floor') {
    const h = k.r(0.7, 0.95);
    if (k.p(0.5)) k.cyl(0.15, 0.17, 0.03, 0, 0, 0, k.m(2));
    else
      for (let i = 0; i < 3; i++)
        k.bar([0, 0.16, 0], [Math.cos(i * 2.1 + 0.5) * 0.2, 0, Math.sin(i * 2.1 + 0.5) * 0.2], 0.016, metal);
    k.bar([0, 0.02, 0], [0, h, 0], 0.014, metal);
    const arms = k.n(1, 3);
    for (let i = 0; i < arms; i++) {
      const yaw = i * 2 + k.r(0, 0.8);
      const x = Math.sin(yaw) * 0.2;
      const z = Math.cos(yaw) * 0.2;
      const y = h - i * 0.16;
      k.tube(
        [
          [0, y - 0.1, 0],
          [x * 0.5, y, z * 0.5],
          [x, y - 0.04, z],
        ],
        0.012,
        metal,
      );
      k.lathe(
        [
          [0.09, -0.12],
          [0.05, 0],
          [0, 0.01],
        ],
        x,
        y - 0.03,
        z,
        k.shell(i ? k.m(i + 1) : shade),
        16,
      );
      k.ball(0.035, x, y - 0.1, z, k.light);
    }
    if (k.p(0.4)) k.cyl(0.1, 0.1, 0.02, 0, h * 0.45, 0, k.wood);
  } else if (kind === 'shade') {
    const h = k.r(0.25, 0.45);
    const bulge = k.r(0.05, 0.15);
    k.lathe(
      [
        [0.12, 0],
        [0.12, 0.03],
        [0.04, 0.05],
        [bulge, h * 0.4],
        [0.03, h * 0.85],
        [0.02, h],
      ],
      0,
      0,
      0,
      k.cloth(0),
    );
    const r = k.r(0.16, 0.26);
    k.lathe(
      [
        [r, 0],
        [r * k.r(0.45, 0.95), k.r(0.18, 0.28)],
      ],
      0,
      h - 0.03,
      0,
      k.shell(shade),
      k.pick([22, 6, 4]),
    );
    k.ball(0.05, 0, h + 0.03, 0, k.light);
    k.bar([s * 0.06, h - 0.15, 0.02], [s * 0.06, h + 0.05, 0.02], 0.005, k.dark);
    k.ball(0.018, s * 0.06, h - 0.16, 0.02, k.m(3));
    k.box(0.06, 0.04, 0.03, 0, 0.01, 0.11, k.m(2));
    k.tube(
      [
        [0, 0.02, -0.1],
        [s * 0.1, 0.012, -0.2],
        [s * 0.3, 0.012, -0.22],
      ],
      0.009,
      k.dark,
    );
  } else if (kind === 'lantern') {
    const r = k.r(0.1, 0.15);
    const h = k.r(0.22, 0.34);
    const n = k.pick([4, 6]);
    k.cyl(r, r * 1.2, 0.06, 0, 0, 0, metal, n);
    k.cyl(r * 0.85, r * 0.85, h, 0, 0.06, 0, k.glass, n);
    for (let i = 0; i < n; i++)
      k.box(0.018, h, 0.018, Math.sin((i / n) * 6.283) * r * 0.88, 0.06, Math.cos((i / n) * 6.283) * r * 0.88, metal);
    k.cyl(r * 0.3, r * 1.25, 0.1, 0, h + 0.06, 0, k.m(1), n);
    k.ring(r * 0.9, 0.014, 0, h + 0.17, 0, k.m(2), Math.PI);
    k.disc('x', 0.03, 0.06, s * r, h * 0.3, 0, k.m(3), 10);
    k.box(r * 0.7, h * 0.4, 0.02, 0, 0.08, r * 0.75, k.m(2));
  } else {
    const h = k.r(0.75, 0.95);
    k.taper(0.18, 0.18, 0.08, 0.08, 0.14, 0, 0, 0, k.m(2));
    k.bar([0, 0.1, 0], [0, h, 0], 0.024, metal, 0.015);
    const heads = k.p(0.4) ? [-1, 1] : [s];
    for (const e of heads) {
      k.tube(
        [
          [0, h - 0.03, 0],
          [e * 0.08, h + 0.06, 0],
          [e * 0.25, h + 0.03, 0],
        ],
        0.013,
        metal,
      );
      k.rbox(0.16, 0.04, 0.09, 0.015, e * 0.27, h, 0, k.m(1));
      k.box(0.12, 0.015, 0.07, e * 0.27, h - 0.012, 0, k.light);
    }
    k.box(0.16, 0.1, 0.014, 0, h * 0.55, 0.03, k.m(3));
    k.box(0.12, 0.035, 0.02, 0, h * 0.58, 0.032, k.light);
  }
}

export const LAMP_FAMILIES = [familyFromRecipe('lamp', 'train', lampBuild)];
