/** Kinds that training never sees: two-wheelers, windmills, cranes, catapults. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

function motorcycleBuild(k: Kit): void {
  const base = k.r(0.5, 0.7);
  const r = k.r(0.14, 0.22);
  const tire = k.r(0.025, 0.055);
  const motor = k.p(0.6);
  const front = base / 2;
  for (const z of [-front, front]) {
    const wheel = k.ring(r - tire, tire, 0, r, z, k.dark);
    wheel.rotation.y = Math.PI / 2;
    k.disc('x', 0.03, 0.08, 0, r, z, k.steel, 12);
    const spokes = k.n(3, 6);
    for (let i = 0; i < spokes; i++) {
      const a = (i / spokes) * Math.PI;
      k.bar(
        [0, r + (r - tire) * Math.sin(a), z + (r - tire) * Math.cos(a)],
        [0, r - (r - tire) * Math.sin(a), z - (r - tire) * Math.cos(a)],
        0.008,
        k.steel,
      );
    }
  }
  const seatY = r + k.r(0.2, 0.32);
  const barY = seatY + k.r(0.06, 0.2);
  const headZ = front - k.r(0.1, 0.18);
  const paint = k.m(0);
  const frameR = motor ? 0.022 : 0.016;
  for (const s of [-1, 1]) k.bar([s * 0.05, r, front], [s * 0.04, barY, headZ], frameR * 0.8, k.pick([k.steel, paint]));
  k.bar([0, barY - 0.06, headZ], [0, seatY - 0.04, -front * 0.3], frameR, paint);
  k.bar([0, barY - 0.14, headZ + 0.02], [0, r, -0.02], frameR, paint);
  k.bar([0, r, -0.02], [0, seatY, -front * 0.4], frameR, paint);
  for (const s of [-1, 1]) {
    k.bar([s * 0.045, r, -front], [0, r, -0.02], frameR * 0.7, paint);
    k.bar([s * 0.045, r, -front], [0, seatY - 0.03, -front * 0.35], frameR * 0.7, paint);
  }
  const half = k.r(0.16, 0.26);
  k.tube(
    [
      [-half, barY + 0.02, headZ - 0.09],
      [-half * 0.6, barY + 0.04, headZ],
      [0, barY, headZ + 0.02],
      [half * 0.6, barY + 0.04, headZ],
      [half, barY + 0.02, headZ - 0.09],
    ],
    0.014,
    k.steel,
  );
  for (const s of [-1, 1])
    k.bar([s * half, barY + 0.02, headZ - 0.09], [s * half, barY + 0.01, headZ - 0.15], 0.02, k.m(1));
  k.disc('z', k.r(0.04, 0.07), 0.06, 0, barY - 0.04, headZ + 0.07, k.light);
  const s = k.side();
  if (motor) {
    k.rbox(0.16, 0.15, 0.2, 0.03, 0, r - 0.04, -0.02, k.steel);
    for (let i = 0; i < 3; i++) k.box(0.2, 0.012, 0.17, 0, r + 0.02 + i * 0.03, -0.02, k.dark);
    k.egg(0.08, 0.075, 0.15, 0, seatY + 0.01, headZ * 0.35, k.m(0));
    k.rbox(0.13, 0.06, k.r(0.2, 0.32), 0.03, 0, seatY - 0.02, -front * 0.6, k.m(1));
    k.bar([s * 0.09, r - 0.03, 0.05], [s * 0.11, r + 0.02, -front - 0.05], 0.03, k.steel, 0.04);
  } else {
    k.rbox(0.1, 0.04, 0.18, 0.02, 0, seatY, -front * 0.42, k.m(1));
    k.disc('x', 0.07, 0.02, s * 0.05, r, -0.02, k.steel, 14);
    k.bar([-0.1, r + 0.07, -0.02], [0.1, r - 0.07, -0.02], 0.012, k.dark);
    if (k.p(0.5)) k.rbox(0.2, 0.13, 0.14, 0.02, 0, barY - 0.08, headZ + 0.13, k.pattern('basket', k.wood, k.dark));
  }
  if (k.p(0.6)) k.ring(r + 0.02, 0.02, 0, r, -front, k.m(2), 2.2).rotation.y = Math.PI / 2;
  if (k.p(0.5)) k.rbox(0.1, 0.14, 0.2, 0.03, s * 0.13, r + 0.02, -front * 0.9, k.m(2));
  if (motor && k.p(0.4)) k.box(0.2, 0.16, 0.012, 0, barY, headZ + 0.06, k.glass).rotation.x = -0.5;
  if (motor && k.p(0.2)) {
    k.egg(0.13, 0.11, 0.28, s * 0.34, r + 0.02, 0, paint);
    k.bar([0, r, 0], [s * 0.34, r, 0], 0.02, k.steel);
    k.disc('x', r * 0.8, 0.05, s * 0.49, r * 0.8, -0.05, k.dark);
  }
}

function windmillBuild(k: Kit): void {
  const h = k.r(0.55, 0.85);
  const rBase = k.r(0.16, 0.26);
  const rTop = rBase * k.r(0.5, 0.85);
  const sides = k.pick([4, 6, 8, 20]);
  k.cyl(rBase * 1.4, rBase * 1.5, 0.05, 0, 0, 0, k.m(2), 14);
  k.cyl(rTop, rBase, h, 0, 0.05, 0, k.cloth(0), sides);
  const cap = k.sub(0, h + 0.05, 0, k.p(0.3) ? k.r(-0.5, 0.5) : 0);
  if (k.p(0.5)) cap.cyl(0, rTop * 1.2, k.r(0.14, 0.25), 0, 0, 0, k.m(1), sides);
  else cap.egg(rTop * 1.05, 0.13, rTop * 1.15, 0, 0, 0, k.m(1));
  const hubZ = rTop + k.r(0.08, 0.14);
  cap.bar([0, 0.04, 0], [0, 0.04, hubZ], 0.03, k.dark);
  const rotor = cap.sub(0, 0.04, hubZ);
  rotor.root.rotation.z = k.r(0, 1.5);
  rotor.ball(0.045, 0, 0, 0, k.m(3));
  const blades = k.pick([3, 4, 4, 5, 6]);
  const bl = k.r(0.3, 0.5);
  const lattice = k.p(0.6);
  for (let i = 0; i < blades; i++) {
    const blade = rotor.sub();
    blade.root.rotation.z = (i / blades) * Math.PI * 2;
    blade.box(0.022, bl, 0.022, 0, 0, 0, k.wood);
    if (lattice) {
      blade.box(0.09, bl * 0.75, 0.01, 0.05, bl * 0.22, 0.005, k.light);
      for (let j = 0; j < 4; j++) blade.box(0.11, 0.012, 0.016, 0.05, bl * (0.25 + j * 0.22), 0.008, k.wood);
    } else blade.taper(0.1, 0.015, 0.04, 0.015, bl * 0.85, 0.02, bl * 0.15, 0.01, k.m(i === 0 ? 1 : 3));
  }
  k.box(0.11, 0.17, 0.06, k.r(-0.03, 0.03), 0.05, rBase * 0.93, k.m(3));
  for (let i = 0, n = k.n(1, 3); i < n; i++)
    k.box(
      0.06,
      0.07,
      0.06,
      k.r(-0.04, 0.04),
      0.3 + i * 0.15,
      rBase + (rTop - rBase) * ((0.3 + i * 0.15) / h) - 0.035,
      k.glass,
    );
  const s = k.side();
  if (k.p(0.5)) {
    k.box(0.2, 0.2, 0.22, s * (rBase + 0.04), 0.03, -0.02, k.m(0));
    k.taper(0.24, 0.26, 0.02, 0.26, 0.1, s * (rBase + 0.04), 0.23, -0.02, k.m(1));
  } else k.rock(0.08, 0.07, 0.08, 0.3, s * (rBase + 0.1), 0.06, 0.05, k.leaf, 1);
  if (k.p(0.4)) k.cyl(rBase * 1.15, rBase * 1.1, 0.03, 0, h * 0.35, 0, k.wood, sides);
}

function craneBuild(k: Kit): void {
  const kind = k.pick(['tower', 'tower', 'mobile']);
  const paint = k.m(0);
  const h = kind === 'tower' ? k.r(0.7, 1) : k.r(0.2, 0.3);
  if (kind === 'tower') {
    k.box(0.34, 0.07, 0.34, 0, 0, 0, k.dark);
    const c = 0.055;
    for (const a of [-1, 1])
      for (const b of [-1, 1]) k.bar([a * c, 0.05, b * c], [a * c, h, b * c], 0.014, paint, 0.014, 4);
    const cells = k.n(5, 8);
    for (let i = 0; i < cells; i++) {
      const y0 = 0.07 + ((h - 0.07) * i) / cells;
      const y1 = 0.07 + ((h - 0.07) * (i + 1)) / cells;
      const f = i % 2 === 0 ? 1 : -1;
      for (const e of [-1, 1]) {
        k.bar([-c * f, y0, e * c], [c * f, y1, e * c], 0.008, paint, 0.008, 4);
        k.bar([e * c, y0, -c * f], [e * c, y1, c * f], 0.008, paint, 0.008, 4);
      }
    }
  } else {
    k.rbox(0.34, 0.12, 0.7, 0.03, 0, 0.07, 0, k.m(1));
    for (const e of [-1, 1]) for (const z of [-0.24, 0, 0.24]) k.disc('x', 0.075, 0.06, e * 0.16, 0.075, z, k.dark);
    k.rbox(0.3, 0.16, 0.16, 0.03, 0, 0.18, 0.25, k.m(1));
    k.box(0.24, 0.08, 0.02, 0, 0.23, 0.33, k.glass);
    k.cyl(0.1, 0.12, 0.06, 0, 0.18, -0.12, k.dark);
  }
  const head = k.sub(0, h, kind === 'tower' ? 0 : -0.12, k.r(-0.9, 0.9));
  const s = k.side();
  head.box(0.16, 0.07, 0.16, 0, 0, 0, k.dark);
  head.rbox(0.11, 0.12, 0.13, 0.02, s * 0.12, 0.02, 0.06, k.m(2));
  head.box(0.09, 0.06, 0.02, s * 0.12, 0.07, 0.125, k.glass);
  const reach = k.r(0.45, 0.7);
  const jib = head.sub(0, 0.09, 0);
  jib.root.rotation.x = kind === 'tower' ? -k.pick([0, 0, 0.3]) : -k.r(0.4, 1);
  for (const e of [-1, 1]) jib.bar([e * 0.045, 0, -0.02], [e * 0.03, 0, reach], 0.012, paint, 0.012, 4);
  jib.bar([0, 0.09, 0], [0, 0.02, reach], 0.012, paint, 0.012, 4);
  const n = k.n(5, 8);
  for (let i = 0; i < n; i++) {
    const z0 = (reach * i) / n;
    const e = i % 2 === 0 ? 1 : -1;
    jib.bar([e * 0.04, 0, z0], [0, 0.08 * (1 - i / n) + 0.02, z0 + reach / n / 2], 0.007, paint, 0.007, 4);
    jib.bar([0, 0.08 * (1 - i / n) + 0.02, z0 + reach / n / 2], [-e * 0.04, 0, z0 + reach / n], 0.007, paint, 0.007, 4);
  }
  head.box(0.09, 0.03, 0.28, 0, 0.08, -0.16, paint);
  head.rbox(0.16, k.r(0.08, 0.14), 0.1, 0.01, 0, 0.02, -0.26, k.m(3));
  if (kind === 'tower') {
    head.bar([0, 0.08, 0], [0, 0.32, 0], 0.02, paint, 0.012, 4);
    if (jib.root.rotation.x === 0) head.bar([0, 0.31, 0], [0, 0.1, reach * 0.8], 0.006, k.dark, 0.006, 4);
    head.bar([0, 0.31, 0], [0, 0.1, -0.26], 0.006, k.dark, 0.006, 4);
  }
  const drop = k.r(0.1, 0.35);
  const tilt = jib.root.rotation.x;
  const hz = reach * 0.92 * Math.cos(tilt);
  const hy = 0.09 - reach * 0.92 * Math.sin(tilt);
  head.bar([0, hy, hz], [0, hy - drop, hz], 0.007, k.dark);
  if (k.p(0.6)) head.box(k.r(0.08, 0.18), k.r(0.06, 0.13), k.r(0.08, 0.18), 0, hy - drop - 0.1, hz, k.cloth(1));
  else head.ring(0.03, 0.01, 0, hy - drop - 0.03, hz, k.dark, 4.5);
}

function catapultBuild(k: Kit): void {
  const w = k.r(0.26, 0.38);
  const len = k.r(0.55, 0.8);
  const z = len / 2;
  const wood = k.p(0.7) ? k.wood : k.m(0);
  const r = k.r(0.08, 0.14);
  const cannon = k.p(0.4);
  for (const e of [-1, 1]) {
    const axles = cannon ? [0.06] : [z * 0.65, -z * 0.65];
    for (const wz of axles) {
      const wr = cannon ? r * 1.5 : r;
      k.disc('x', wr, 0.05, e * (w / 2 + 0.03), wr, wz, k.m(1), 18);
      k.disc('x', wr * 0.35, 0.07, e * (w / 2 + 0.03), wr, wz, k.dark, 10);
      for (let i = 0; i < 3; i++)
        k.box(0.06, wr * 1.7, 0.025, e * (w / 2 + 0.03), wr * 0.15, wz, k.dark).rotation.x = (i * Math.PI) / 3;
    }
  }
  if (cannon) {
    const wr = r * 1.5;
    k.bar([-w / 2, wr, 0.06], [w / 2, wr, 0.06], 0.025, k.dark);
    for (const e of [-1, 1])
      k.sideView(
        [
          [0.14, wr],
          [0.1, wr + 0.13],
          [-0.1, wr + 0.1],
          [-z, 0.02],
          [-z, 0],
          [-z + 0.12, 0],
        ],
        0.05,
        e * w * 0.28,
        0,
        0,
        wood,
      );
    const gun = k.sub(0, wr + 0.12, 0.03);
    gun.root.rotation.x = Math.PI / 2 - k.r(0, 0.5);
    const gr = k.r(0.065, 0.1);
    gun.lathe(
      [
        [0, -0.24],
        [gr * 0.4, -0.22],
        [gr * 0.35, -0.18],
        [gr * 1.1, -0.16],
        [gr, 0.05],
        [gr * 0.75, z],
        [gr * 0.95, z + 0.03],
        [gr * 0.95, z + 0.08],
        [gr * 0.6, z + 0.08],
        [gr * 0.55, z],
      ],
      0,
      0,
      0,
      k.m(0),
    );
    for (let i = 0; i < 2; i++) gun.cyl(gr * 1.15, gr * 1.15, 0.03, 0, -0.12 + i * 0.2, 0, k.m(2));
    for (let i = 0; i < k.n(0, 4); i++)
      k.ball(0.05, k.side() * (w * 0.75) + k.r(-0.04, 0.04), 0.05, -z + 0.1 + i * 0.1, k.dark);
    return;
  }
  const y = r;
  for (const e of [-1, 1]) {
    k.box(0.05, 0.06, len, e * (w / 2 - 0.03), y, 0, wood);
    k.bar([e * (w / 2 - 0.03), y, 0.02], [e * (w / 2 - 0.03), y + 0.34, 0.02], 0.03, wood, 0.03, 4);
    k.bar([e * (w / 2 - 0.03), y + 0.04, -z * 0.8], [e * (w / 2 - 0.03), y + 0.28, 0.02], 0.02, wood, 0.02, 4);
  }
  for (const t of [-0.9, -0.3, 0.9]) k.box(w, 0.045, 0.06, 0, y + 0.01, t * z, wood);
  k.bar([-w / 2, y + 0.34, 0.02], [w / 2, y + 0.34, 0.02], 0.035, k.m(2), 0.035, 6);
  const arm = k.sub(0, y + 0.1, 0.02);
  arm.root.rotation.x = -k.r(0.1, 1.1);
  const al = k.r(0.4, 0.55);
  arm.box(0.045, al, 0.045, 0, 0, 0, k.m(0));
  arm.cyl(0.1, 0.05, 0.06, 0, al - 0.02, 0, k.m(1), 12).rotation.x = Math.PI / 2 - 0.3;
  if (k.p(0.7)) arm.rock(0.06, 0.06, 0.06, 0.3, 0, al + 0.01, 0.05, k.steel, 1);
  const s = k.side();
  k.disc('x', 0.06, 0.03, s * (w / 2 + 0.03), y + 0.15, -z * 0.35, k.dark, 10);
  k.box(0.02, 0.24, 0.02, s * (w / 2 + 0.06), y + 0.04, -z * 0.35, wood).rotation.x = k.r(0, 3);
  for (const e of [-1, 1])
    k.tube(
      [
        [e * 0.1, y + 0.33, 0.02],
        [e * 0.06, y + 0.15, 0.05],
        [0, y + 0.1, 0.03],
      ],
      0.014,
      k.light,
    );
  if (k.p(0.5)) k.box(w * 0.8, 0.24, 0.03, 0, y + 0.06, z * 0.85, k.cloth(1, 0.6));
}

export const HELDOUT_VEHICLE_FAMILIES = [
  familyFromRecipe('motorcycle', 'heldout', motorcycleBuild),
  familyFromRecipe('windmill', 'heldout', windmillBuild),
  familyFromRecipe('crane', 'heldout', craneBuild),
  familyFromRecipe('catapult', 'heldout', catapultBuild),
];
