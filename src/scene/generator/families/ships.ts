/** Ships and boats. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

function shipBuild(k: Kit): void {
  const len = k.r(0.8, 1.15);
  const w = k.r(0.24, 0.38);
  const h = k.r(0.13, 0.22);
  const z = len / 2;
  // The hull outline lies in (x, -z) and is turned so that it extrudes upwards.
  const outline = [
    [-w / 2, z * 0.9],
    [-w / 2, -z * 0.3],
    [-w * 0.3, -z * 0.7],
    [0, -z],
    [w * 0.3, -z * 0.7],
    [w / 2, -z * 0.3],
    [w / 2, z * 0.9],
    [w * 0.4, z],
    [-w * 0.4, z],
  ] as const;
  const layers = 3;
  const flare = k.r(0.6, 0.95);
  for (let i = 0; i < layers; i++) {
    const s = flare + ((1 - flare) * (i + 1)) / layers;
    const m = i === 0 ? k.m(1) : i === layers - 1 && k.p(0.4) ? k.m(2) : k.m(0);
    const slice = k.prism(
      outline.map(([x, y]) => [x * s, -y * s] as const),
      h / layers,
      0,
      h * ((i + 0.5) / layers),
      0,
      m,
    );
    slice.rotation.x = Math.PI / 2;
  }
  const deck = k.prism(
    outline.map(([x, y]) => [x * 0.9, -y * 0.9] as const),
    0.014,
    0,
    h,
    0,
    k.wood,
  );
  deck.rotation.x = Math.PI / 2;
  const s = k.side();
  const kind = k.pick(['sail', 'sail', 'cargo', 'tug', 'ferry', 'speed']);
  if (kind === 'sail') {
    const masts = k.n(1, 3);
    for (let i = 0; i < masts; i++) {
      const mz = masts === 1 ? 0.05 : -z * 0.5 + (z * i) / (masts - 1);
      const mh = k.r(0.5, 0.85);
      k.bar([0, h, mz], [0, h + mh, mz], 0.016, k.wood, 0.01);
      const cloth = k.cloth(2, 0.4);
      if (k.p(0.5)) {
        const sail = k.sideView(
          [
            [mz - 0.02, h + 0.1],
            [mz - 0.02, h + mh * 0.95],
            [mz - 0.1 - k.r(0.15, 0.3), h + 0.1],
          ],
          0.014,
          s * 0.03,
          0,
          0,
          cloth,
        );
        sail.rotation.y += s * k.r(0, 0.3);
        if (i === 0)
          k.sideView(
            [
              [mz + 0.03, h + 0.12],
              [mz + 0.03, h + mh * 0.8],
              [z * 0.85, h + 0.06],
            ],
            0.014,
            0,
            0,
            0,
            k.light,
          );
      } else
        for (let j = 0, n = k.n(1, 3); j < n; j++) {
          const sw = w * k.r(1, 1.5) * (1 - j * 0.2);
          k.prism(
            [
              [-sw / 2, 0],
              [sw / 2, 0],
              [sw * 0.42, (mh / n) * 0.7],
              [-sw * 0.42, (mh / n) * 0.7],
            ],
            0.02,
            0,
            h + 0.08 + (j * (mh - 0.1)) / n,
            mz + 0.03,
            cloth,
          );
          k.bar(
            [-sw / 2, h + 0.08 + ((j + 0.75) * (mh - 0.1)) / n, mz + 0.02],
            [sw / 2, h + 0.08 + ((j + 0.75) * (mh - 0.1)) / n, mz + 0.02],
            0.01,
            k.wood,
          );
        }
      k.prism(
        [
          [0, 0],
          [s * 0.12, 0.03],
          [0, 0.06],
        ],
        0.012,
        0,
        h + mh - 0.02,
        mz,
        k.m(1),
      );
    }
    if (k.p(0.6)) k.rbox(w * 0.6, 0.1, len * 0.2, 0.02, 0, h, -z * 0.65, k.m(1));
    k.bar([0, h, z * 0.8], [0, h + 0.1, z + 0.12], 0.014, k.wood);
  } else if (kind === 'cargo') {
    const bh = k.r(0.2, 0.34);
    k.box(w * 0.8, bh, 0.13, 0, h, -z * 0.7, k.light);
    k.box(w * 0.85, 0.05, 0.015, 0, h + bh * 0.7, -z * 0.7 + 0.065, k.glass);
    k.cyl(0.035, 0.045, 0.13, s * w * 0.2, h + bh, -z * 0.75, k.m(1), 12);
    const rows = k.n(2, 5);
    for (let i = 0; i < rows; i++)
      for (const e of [-1, 1]) {
        const stack = k.n(0, 3);
        for (let j = 0; j < stack; j++)
          k.box(
            w * 0.4,
            0.075,
            (len * 0.55) / rows - 0.01,
            e * w * 0.21,
            h + 0.005 + j * 0.076,
            -z * 0.4 + (len * 0.55 * (i + 0.5)) / rows,
            k.m(k.n(0, 4)),
          );
      }
    k.bar([0, h, z * 0.75], [0, h + 0.2, z * 0.75], 0.012, k.steel);
  } else if (kind === 'speed') {
    k.box(w * 0.7, 0.1, 0.02, 0, h, z * 0.1, k.glass).rotation.x = -0.5;
    for (const e of [-1, 1]) k.rbox(w * 0.3, 0.13, 0.1, 0.03, e * w * 0.2, h, -z * 0.25, k.m(2));
    k.rbox(w * 0.3, 0.2, 0.12, 0.03, 0, h * 0.5, -z, k.dark);
    k.ring(0.045, 0.01, s * w * 0.2, h + 0.08, z * 0.02, k.dark);
    if (k.p(0.5)) k.bar([s * w * 0.4, h, -z * 0.7], [s * w * 0.4, h + 0.3, -z * 0.8], 0.008, k.steel);
  } else {
    const decks = kind === 'ferry' ? k.n(2, 3) : k.n(1, 2);
    let y = h;
    for (let i = 0; i < decks; i++) {
      const dl = len * (kind === 'ferry' ? 0.65 : 0.3) * (1 - i * 0.22);
      const dz = kind === 'ferry' ? -0.03 - i * 0.03 : z * 0.15;
      const dw = w * (0.75 - i * 0.1);
      k.rbox(dw, 0.12, dl, 0.015, 0, y, dz, i % 2 ? k.m(2) : k.light);
      for (const e of [-1, 1])
        for (let j = 0, n = k.n(2, 5); j < n; j++)
          k.box(
            0.012,
            0.05,
            (dl / n) * 0.6,
            (e * dw) / 2,
            y + 0.045,
            dz - dl * 0.42 + (dl * 0.84 * (j + 0.5)) / n,
            k.glass,
          );
      k.box(dw * 0.8, 0.05, 0.012, 0, y + 0.05, dz + dl / 2, k.glass);
      y += 0.12;
    }
    for (let i = 0, n = k.n(1, 2); i < n; i++) {
      k.cyl(0.05, 0.055, k.r(0.12, 0.2), 0, y - 0.01, -0.05 - i * 0.14, k.m(1), 14);
      k.cyl(0.052, 0.052, 0.03, 0, y + 0.05, -0.05 - i * 0.14, k.dark, 14);
    }
    if (kind === 'tug')
      for (const e of [-1, 1])
        for (let i = 0; i < 3; i++) k.disc('x', 0.05, 0.03, e * w * 0.5, h * 0.75, -z * 0.6 + i * 0.22, k.dark, 12);
    k.bar([0, y, 0.05], [0, y + 0.15, 0.05], 0.008, k.steel);
  }
  if (k.p(0.6)) k.ring(0.045, 0.014, s * (w / 2 + 0.005), h * 0.85, -z * 0.2, k.m(3)).rotation.y = Math.PI / 2;
  if (k.p(0.5)) k.egg(0.04, 0.04, 0.11, -s * w * 0.33, h + 0.05, -z * 0.35, k.m(3));
}

export const SHIP_FAMILIES = [familyFromRecipe('ship', 'train', shipBuild)];
