/** Food. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

function foodBuild(k: Kit): void {
  const kind = k.pick(['burger', 'cake', 'slice', 'sundae', 'fruit', 'sandwich', 'bowl']);
  const s = k.side();
  const plate = k.r(0.34, 0.46);
  if (k.p(0.6)) k.cyl(plate, plate * 0.75, 0.04, 0, -0.04, 0, k.p(0.5) ? k.light : k.m(3), 26);
  else k.rbox(plate * 2, 0.03, plate * 1.5, 0.01, 0, -0.03, 0, k.wood);
  if (kind === 'burger') {
    const r = k.r(0.26, 0.34);
    k.cyl(r, r * 0.9, 0.1, 0, 0, 0, k.wood);
    let y = 0.1;
    for (let i = 0, n = k.n(2, 5); i < n; i++) {
      const t = k.r(0.03, 0.07);
      if (k.p(0.4)) k.box(r * 1.8, t * 0.5, r * 1.8, 0, y, 0, k.m(i)).rotation.y = k.r(0, 1.5);
      else
        k.cyl(
          r * k.r(0.95, 1.12),
          r * k.r(0.95, 1.12),
          t,
          k.r(-0.02, 0.02),
          y,
          0,
          k.pick([k.leaf, k.m(i), k.dark]),
          k.pick([9, 20]),
        );
      y += t * 0.9;
    }
    k.lathe(
      [
        [r * 1.02, 0],
        [r * 1.05, 0.06],
        [r * 0.8, 0.16],
        [r * 0.4, 0.21],
        [0, 0.22],
      ],
      0,
      y,
      0,
      k.wood,
    );
    for (let i = 0; i < 9; i++)
      k.egg(
        0.016,
        0.01,
        0.022,
        Math.cos(i * 2.4) * r * 0.12 * Math.sqrt(i * 4),
        y + 0.215 - i * 0.012,
        Math.sin(i * 2.4) * r * 0.12 * Math.sqrt(i * 4),
        k.light,
      );
    k.bar([s * 0.05, y, 0], [s * 0.08, y + 0.42, 0], 0.01, k.steel);
    k.prism(
      [
        [0, 0],
        [s * 0.14, 0.04],
        [0, 0.08],
      ],
      0.012,
      s * 0.08,
      y + 0.33,
      0,
      k.m(2),
    );
    for (let i = 0, n = k.n(0, 6); i < n; i++)
      k.box(0.03, 0.03, 0.2, s * (r + k.r(0.03, 0.12)), 0.005 + i * 0.03, k.r(-0.1, 0.1), k.m(1)).rotation.y = k.r(
        -0.5,
        0.5,
      );
  } else if (kind === 'cake' || kind === 'slice') {
    const tiers = kind === 'cake' ? k.n(1, 3) : 1;
    const cut = k.p(0.6) || kind === 'slice';
    let y = 0;
    for (let t = 0; t < tiers; t++) {
      const r = k.r(0.3, 0.36) * (1 - t * 0.28);
      const h = k.r(0.12, 0.2);
      const layers = k.n(2, 4);
      const start = kind === 'slice' ? -0.5 : s * 0.3;
      const sweep = kind === 'slice' ? k.r(0.8, 1.2) : cut ? Math.PI * 2 - k.r(0.5, 1) : Math.PI * 2;
      const scale = kind === 'slice' ? 1.7 : 1;
      const outline: [number, number][] = cut ? [[0, 0]] : [];
      for (let i = 0; i <= 22; i++)
        outline.push([Math.cos(start + (sweep * i) / 22) * r * scale, Math.sin(start + (sweep * i) / 22) * r * scale]);
      const shift = kind === 'slice' ? -r * 0.85 : 0;
      for (let l = 0; l < layers; l++) {
        const layer = k.prism(
          outline,
          h / layers,
          shift,
          y + (h * (l + 0.5)) / layers,
          0,
          l === layers - 1 ? k.cloth(0) : k.m(1 + (l % 2)),
        );
        layer.rotation.x = -Math.PI / 2;
      }
      y += h;
      if (t === tiers - 1 || k.p(0.5))
        for (let i = 0, n = k.n(3, 8); i < n; i++) {
          const a = start + sweep * ((i + 0.5) / n);
          const rr = r * scale * (kind === 'slice' ? k.r(0.4, 0.8) : 0.8);
          const topping = i % 3;
          if (topping === 0) k.ball(0.035, shift + Math.cos(a) * rr, y + 0.025, -Math.sin(a) * rr, k.m(3));
          else if (topping === 1) k.cyl(0, 0.04, 0.07, shift + Math.cos(a) * rr, y, -Math.sin(a) * rr, k.light, 8);
          else {
            k.cyl(0.012, 0.012, 0.12, shift + Math.cos(a) * rr, y, -Math.sin(a) * rr, k.m(4), 8);
            k.ball(0.016, shift + Math.cos(a) * rr, y + 0.13, -Math.sin(a) * rr, k.m(1));
          }
        }
    }
    if (k.p(0.4)) k.box(0.16, 0.1, 0.014, -0.05, y - 0.005, 0.05, k.m(2)).rotation.x = -0.3;
  } else if (kind === 'sundae') {
    const cone = k.p(0.4);
    k.lathe(
      cone
        ? [
            [0, 0],
            [0.19, 0.42],
          ]
        : [
            [0.16, 0],
            [0.03, 0.05],
            [0.03, 0.15],
            [0.17, 0.25],
            [0.22, 0.42],
          ],
      0,
      0,
      0,
      k.shell(cone ? k.pattern('cone', k.wood, k.dark) : k.glass),
    );
    const scoops = k.n(1, 4);
    const offsets = [
      [-0.1, 0.48, 0.03],
      [0.1, 0.49, -0.02],
      [0, 0.62, 0.02],
      [0.01, 0.5, 0.12],
    ] as const;
    for (let i = 0; i < scoops; i++) {
      const [x, y, z] = offsets[i] ?? [0, 0.5, 0];
      k.rock(0.14, 0.13, 0.14, 0.12, x, y, z, k.m(i), 2);
    }
    k.bar([s * 0.1, 0.4, -0.06], [s * 0.22, 0.85, -0.12], 0.02, k.pattern('straw', k.light, k.m(1)));
    k.ball(0.05, -s * 0.05, scoops > 2 ? 0.77 : 0.64, 0.05, k.m(3));
    k.prism(
      [
        [-0.07, 0],
        [0.07, 0],
        [0, 0.2],
      ],
      0.02,
      -s * 0.14,
      0.52,
      -0.06,
      k.wood,
    ).rotation.z = s * 0.4;
  } else if (kind === 'fruit' || kind === 'bowl') {
    if (kind === 'bowl')
      k.lathe(
        [
          [0.15, 0],
          [0.3, 0.08],
          [0.4, 0.2],
          [0.38, 0.2],
          [0.26, 0.08],
          [0, 0.04],
        ],
        0,
        0,
        0,
        k.shell(k.cloth(0)),
      );
    const n = k.n(4, 8);
    const lift = kind === 'bowl' ? 0.13 : 0;
    for (let i = 0; i < n; i++) {
      const a = i * 2.4;
      const d = (kind === 'bowl' ? 0.09 : 0.13) * Math.sqrt(i);
      const r = k.r(0.09, 0.15);
      const x = Math.cos(a) * d;
      const z = Math.sin(a) * d;
      const y = lift + r * 0.9;
      const m = k.pick([k.m(i), k.m(i), k.leaf]);
      const sort = k.n(0, 3);
      if (sort === 0)
        k.lathe(
          [
            [0, -r],
            [r * 0.7, -r * 0.8],
            [r, 0],
            [r * 0.8, r * 0.7],
            [r * 0.2, r * 0.65],
            [0, r * 0.5],
          ],
          x,
          y,
          z,
          m,
        );
      else if (sort === 1)
        k.lathe(
          [
            [0, -r],
            [r * 0.8, -r * 0.7],
            [r * 0.9, 0],
            [r * 0.4, r * 0.9],
            [0, r * 1.2],
          ],
          x,
          y,
          z,
          m,
        );
      else if (sort === 2)
        k.tube(
          [
            [x - r, y + r * 0.5, z],
            [x, y - r * 0.2, z],
            [x + r, y + r * 0.6, z + 0.05],
          ],
          r * 0.32,
          m,
        );
      else k.egg(r, r * 0.85, r * 0.85, x, y, z, m);
      if (sort < 2) {
        k.bar([x, y + r * 0.5, z], [x + 0.02, y + r * 1.25, z], 0.01, k.wood);
        k.egg(0.05, 0.01, 0.025, x + 0.055, y + r * 1.15, z, k.leaf).rotation.z = 0.4;
      }
    }
  } else {
    for (let i = 0; i < 2; i++) {
      const half = k.sub((i - 0.5) * 0.26, 0, i * 0.06, i ? k.r(-0.6, 0.6) : 0);
      const tri = [
        [-0.24, -0.16],
        [0.24, -0.16],
        [s * 0.24, 0.24],
      ] as const;
      let y = 0.03;
      for (let j = 0, n = k.n(3, 5); j < n; j++) {
        const t = j === 0 || j === n - 1 ? 0.07 : k.r(0.02, 0.05);
        const layer = half.prism(
          tri.map(([x, z]) => [x * (j % 2 ? 1.06 : 1), z] as const),
          t,
          0,
          y + t / 2,
          0,
          j === 0 || j === n - 1 ? k.light : k.m(j),
        );
        layer.rotation.x = -Math.PI / 2;
        y += t;
      }
      half.bar([0.05 * s, y - 0.05, 0.02], [0.05 * s, y + 0.12, 0.02], 0.008, k.wood);
      half.ball(0.03, 0.05 * s, y + 0.1, 0.02, k.m(2));
    }
  }
}

export const FOOD_FAMILIES = [familyFromRecipe('food', 'train', foodBuild)];
