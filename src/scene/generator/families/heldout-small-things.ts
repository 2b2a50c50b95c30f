/** Held out from training: sewing machines, optics, insects. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

function sewingMachineBuild(k: Kit): void {
  const w = k.r(0.6, 0.85);
  const d = k.r(0.22, 0.32);
  const s = k.side();
  const body = k.cloth(0, 0.2);
  const baseH = k.r(0.07, 0.12);
  k.rbox(w, baseH, d, 0.02, 0, 0, 0, k.pick([k.wood, k.m(1), k.dark]));
  const ah = k.r(0.28, 0.42);
  const px = s * (w / 2 - 0.1);
  k.rbox(0.15, ah, d * 0.6, 0.03, px, baseH - 0.01, 0, body);
  const armT = k.r(0.1, 0.15);
  k.rbox(w * 0.85, armT, d * 0.55, 0.04, px - s * (w * 0.425 - 0.075), baseH + ah - armT - 0.01, 0, body);
  const hx = px - s * (w * 0.85 - 0.14);
  k.rbox(0.14, armT + k.r(0.04, 0.1), d * 0.58, 0.03, hx, baseH + ah - armT - 0.09, 0, body);
  k.bar([hx, baseH + ah - armT - 0.05, 0], [hx, baseH + 0.02, 0], 0.012, k.steel);
  k.box(0.07, 0.014, 0.08, hx, baseH + 0.025, 0.02, k.steel);
  k.box(w * 0.3, 0.014, d * 0.9, hx, baseH - 0.004, 0, k.steel);
  k.disc('x', k.r(0.09, 0.14), 0.04, px + s * 0.1, baseH + ah - armT * 0.6, 0, k.m(2));
  k.disc('x', 0.04, 0.06, px + s * 0.1, baseH + ah - armT * 0.6, 0, k.steel);
  for (let i = 0, n = k.n(1, 2); i < n; i++) {
    const x = px - s * (0.1 + i * 0.18);
    k.cyl(0.008, 0.008, 0.16, x, baseH + ah - 0.02, 0, k.steel, 8);
    k.cyl(0.035, 0.045, 0.1, x, baseH + ah, 0, k.m(3 - i), 14);
  }
  for (let i = 0, n = k.n(1, 4); i < n; i++)
    k.disc('z', 0.026, 0.03, px - s * i * 0.1, baseH + ah - armT * 0.55, d * 0.29, k.m(i + 1), 12);
  k.box(w * 0.25, armT * 0.35, 0.014, px - s * w * 0.55, baseH + ah - armT * 0.7, d * 0.275, k.light);
  if (k.p(0.7))
    k.box(w * 0.4, 0.012, d * 1.3, hx - s * 0.03, baseH + 0.012, 0.06, k.pattern('fabric', k.m(2), k.light));
  if (k.p(0.3)) {
    for (const e of [-1, 1])
      for (const f of [-1, 1]) k.bar([e * w * 0.45, 0, f * d * 0.4], [e * w * 0.5, -0.35, f * d * 0.6], 0.018, k.dark);
    k.box(w * 0.6, 0.02, d * 0.7, 0, -0.3, 0, k.dark);
    k.disc('x', 0.11, 0.02, s * w * 0.4, -0.16, 0, k.dark);
  }
}

function opticsBuild(k: Kit): void {
  const telescope = k.p(0.5);
  const s = k.side();
  if (telescope) {
    const h = k.r(0.4, 0.6);
    const a0 = k.r(0, 2);
    for (let i = 0; i < 3; i++)
      k.bar([0, h, 0], [Math.cos(a0 + i * 2.094) * 0.28, 0, Math.sin(a0 + i * 2.094) * 0.28], 0.018, k.wood, 0.014);
    if (k.p(0.5)) k.cyl(0.1, 0.1, 0.02, 0, h * 0.5, 0, k.m(2), 3);
    k.cyl(0.06, 0.05, 0.08, 0, h - 0.02, 0, k.dark, 12);
    const tube = k.sub(0, h + 0.1, 0, k.r(-0.4, 0.4));
    tube.root.rotation.x = -k.r(0.15, 0.8);
    const r = k.r(0.06, 0.12);
    const len = k.r(0.5, 0.75);
    tube.disc('z', r, len, 0, 0, 0.05, k.cloth(0, 0.3));
    tube.disc('z', r * 1.15, len * 0.18, 0, 0, len * 0.48, k.m(1));
    tube.disc('z', r * 0.95, 0.02, 0, 0, len * 0.57, k.glass);
    tube.disc('z', r * 0.6, 0.16, 0, 0, -len / 2, k.m(2));
    tube.bar([0, 0, -len / 2 - 0.06], k.p(0.5) ? [0, 0.13, -len / 2 - 0.1] : [0, 0, -len / 2 - 0.16], r * 0.35, k.dark);
    tube.disc('z', 0.025, 0.2, s * r * 0.8, r * 0.9, -0.1, k.dark, 12);
    for (const z of [-0.15, 0.18]) tube.disc('z', r * 1.08, 0.025, 0, 0, z, k.m(3));
    k.bar([s * 0.05, h, 0], [s * 0.16, h - 0.05, -0.06], 0.01, k.steel);
    k.ball(0.025, s * 0.16, h - 0.05, -0.06, k.m(3));
    return;
  }
  const w = k.r(0.24, 0.34);
  const d = k.r(0.3, 0.42);
  k.rbox(w, 0.06, d, 0.02, 0, 0, 0, k.m(1));
  const arm = k.cloth(0, 0.15);
  const h = k.r(0.42, 0.55);
  k.sideView(
    [
      [-d * 0.45, 0.05],
      [-d * 0.2, 0.05],
      [-d * 0.22, h * 0.5],
      [-0.02, h],
      [-0.1, h + 0.06],
      [-d * 0.42, h * 0.6],
    ],
    0.09,
    0,
    0,
    0,
    arm,
  );
  const tilt = k.sub(0, h, -0.01);
  tilt.root.rotation.x = -k.r(0.1, 0.45);
  tilt.cyl(0.05, 0.05, 0.22, 0, -0.1, 0, k.m(2));
  tilt.cyl(0.035, 0.035, 0.14, 0, 0.1, 0, k.dark);
  tilt.cyl(0.05, 0.045, 0.04, 0, 0.23, 0, k.m(1));
  tilt.cyl(0.07, 0.06, 0.05, 0, -0.14, 0, k.steel);
  for (let i = 0, n = k.n(2, 3); i < n; i++)
    tilt.bar(
      [0, -0.14, 0],
      [Math.sin(i * 2.1) * 0.07, -0.24 + (i ? 0.03 : 0), Math.cos(i * 2.1) * 0.07],
      0.026,
      k.m(i),
      0.018,
    );
  k.box(w * 0.85, 0.02, d * 0.5, 0, h * 0.42, 0.03, k.dark);
  k.box(w * 0.5, 0.012, 0.07, k.r(-0.03, 0.03), h * 0.42 + 0.018, 0.05, k.light);
  for (const e of [-1, 1]) k.disc('x', e === s ? 0.055 : 0.035, 0.04, e * 0.06, h * 0.55, -d * 0.28, k.m(3));
  k.cyl(0.05, 0.06, 0.07, 0, 0.05, 0.06, k.light);
  k.box(0.06, 0.02, 0.05, s * w * 0.3, 0.058, d * 0.35, k.m(3));
  if (k.p(0.4))
    k.tube(
      [
        [s * 0.05, h * 0.42, -0.05],
        [s * w * 0.7, h * 0.7, 0],
        [s * w * 0.3, h * 0.6, 0.12],
      ],
      0.012,
      k.steel,
    );
}

function insectBuild(k: Kit): void {
  const bl = k.r(0.3, 0.5);
  const bw = k.r(0.08, 0.17);
  const y = k.r(0.14, 0.26);
  const shell = k.cloth(0, 0.6);
  k.egg(bw, bw * k.r(0.7, 1), bl / 2, 0, y, -bl * 0.4, shell);
  k.egg(bw * 0.7, bw * 0.65, bw * 0.9, 0, y, bl * 0.14, k.m(1));
  const hr = bw * k.r(0.5, 0.75);
  const hz = bl * 0.14 + bw * 0.8 + hr * 0.6;
  k.ball(hr, 0, y + 0.01, hz, k.m(2));
  for (const e of [-1, 1]) k.ball(hr * k.r(0.35, 0.55), e * hr * 0.75, y + hr * 0.4, hz + hr * 0.5, k.dark);
  const s = k.side();
  for (const e of [-1, 1]) {
    for (let i = 0; i < 3; i++) {
      const z = bl * (0.22 - i * 0.14);
      const foot = z + (1 - i) * 0.16 + k.r(-0.04, 0.04);
      const knee: [number, number, number] = [e * bw * 2, y + k.r(0.04, 0.12), (z + foot) / 2];
      k.bar([e * bw * 0.5, y, z], knee, 0.018, k.m(3), 0.013, 7);
      k.bar(knee, [e * bw * 2.8, 0.01, foot], 0.014, k.m(3), 0.006, 7);
    }
    k.tube(
      [
        [e * hr * 0.4, y + hr * 0.8, hz + hr * 0.4],
        [e * hr * 1.1, y + hr * 2, hz + hr],
        [e * hr * 1.7, y + hr * (e === s ? 2.4 : 1.7), hz + hr * 2.2],
      ],
      0.011,
      k.dark,
    );
  }
  const kind = k.pick(['beetle', 'fly', 'butterfly', 'wasp']);
  if (kind === 'beetle') {
    for (const e of [-1, 1])
      k.egg(bw * 0.62, bw * 0.5, bl * 0.5, e * bw * 0.52, y + bw * 0.55, -bl * 0.38, k.m(2)).rotation.y =
        -e * k.pick([0, 0.12, 0.5]);
    if (k.p(0.5)) k.bar([0, y + hr * 0.6, hz + hr * 0.5], [0, y + hr * 2.4, hz + hr * 2], hr * 0.3, k.dark, 0.01);
    for (let i = 0, n = k.n(0, 4); i < n; i++)
      k.ball(bw * 0.2, s * bw * k.r(0.3, 0.8), y + bw, -bl * (0.15 + i * 0.14), k.m(3));
  } else {
    const wl = kind === 'butterfly' ? k.r(0.3, 0.45) : k.r(0.25, 0.4);
    const lift = k.r(0.1, 0.9);
    for (const e of [-1, 1])
      for (let i = 0; i < 2; i++) {
        const wing = k.sub(
          e * bw * 0.4,
          y + bw * 0.6,
          bl * (0.16 - i * 0.12),
          e * (kind === 'butterfly' ? (i ? 0.5 : -0.35) : 0.6 + i * 0.35),
        );
        wing.root.rotation.z = e * lift;
        wing.egg(
          wl / 2,
          0.01,
          wl * (kind === 'butterfly' ? 0.36 : 0.16),
          (e * wl) / 2,
          0,
          0,
          kind === 'butterfly' ? k.m(i + 1) : k.light,
        );
        if (kind === 'butterfly') wing.egg(wl * 0.13, 0.016, wl * 0.12, e * wl * 0.65, 0, 0, k.m(3));
      }
  }
  if (kind === 'wasp') {
    for (let i = 0; i < 3; i++) k.ring(bw * (0.93 - i * 0.12), 0.02, 0, y, -bl * (0.35 + i * 0.16), k.dark);
    k.bar([0, y, -bl * 0.85], [0, y, -bl * 1.05], 0.025, k.dark, 0.002);
  }
}

export const HELDOUT_SMALL_THING_FAMILIES = [
  familyFromRecipe('sewing-machine', 'heldout', sewingMachineBuild),
  familyFromRecipe('optics', 'heldout', opticsBuild),
  familyFromRecipe('insect', 'heldout', insectBuild),
];
