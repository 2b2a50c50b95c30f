/** Cars and trucks. */
import type { Kit, Material, Point2 } from '../parts';
import { familyFromRecipe } from '../parts';

export function wheelPair(k: Kit, halfTrack: number, r: number, z: number, width: number, hub: Material): void {
  for (const s of [-1, 1]) {
    k.disc('x', r, width, s * halfTrack, r, z, k.dark, 22);
    k.disc('x', r * 0.55, width + 0.012, s * halfTrack, r, z, hub, k.pick([6, 12]));
  }
}

function carBuild(k: Kit): void {
  const len = k.r(0.75, 1.1);
  const w = k.r(0.36, 0.52);
  const r = k.r(0.075, 0.13);
  const paint = k.cloth(0, 0.15);
  const bodyH = k.r(0.13, 0.22);
  const y0 = r * k.r(0.6, 1);
  const beltY = y0 + bodyH;
  const z = len / 2;
  const nose = k.r(0.55, 1);
  k.sideView(
    [
      [-z, y0],
      [z, y0],
      [z, y0 + bodyH * nose * 0.85],
      [z * 0.9, y0 + bodyH * nose],
      [z * 0.3, beltY],
      [-z * 0.8, beltY],
      [-z, beltY - k.r(0, 0.05)],
    ],
    w,
    0,
    0,
    0,
    paint,
    k.r(0.008, 0.025),
  );
  const cabH = k.r(0.11, 0.2);
  const topY = beltY + cabH;
  const style = k.pick(['sedan', 'hatch', 'van', 'pickup', 'sport', 'open']);
  const shapes: Record<string, Point2[]> = {
    sedan: [
      [-z * 0.72, beltY - 0.01],
      [z * 0.42, beltY - 0.01],
      [z * 0.18, topY],
      [-z * 0.45, topY],
    ],
    hatch: [
      [-z * 0.96, beltY - 0.01],
      [z * 0.45, beltY - 0.01],
      [z * 0.2, topY],
      [-z * 0.82, topY],
    ],
    van: [
      [-z * 0.98, beltY - 0.01],
      [z * 0.72, beltY - 0.01],
      [z * 0.5, topY + 0.08],
      [-z * 0.96, topY + 0.1],
    ],
    pickup: [
      [-z * 0.15, beltY - 0.01],
      [z * 0.5, beltY - 0.01],
      [z * 0.32, topY],
      [-z * 0.1, topY],
    ],
    sport: [
      [-z * 0.8, beltY - 0.01],
      [z * 0.35, beltY - 0.01],
      [0, topY * 0.97],
      [-z * 0.35, topY * 0.97],
    ],
    open: [
      [z * 0.3, beltY - 0.01],
      [z * 0.38, beltY - 0.01],
      [z * 0.2, topY * 0.95],
      [z * 0.16, topY * 0.95],
    ],
  };
  const cab = shapes[style] ?? [];
  const roofTop = style === 'van' ? topY + 0.1 : topY;
  const twoTone = k.p(0.5);
  k.sideView(cab, w * 0.88, 0, 0, 0, k.glass, 0.01);
  if (style !== 'open') {
    const zs = cab.slice(2).map((p) => p[0]);
    const front = Math.max(...zs);
    const back = Math.min(...zs);
    k.rbox(w * 0.9, 0.02, front - back + 0.03, 0.01, 0, roofTop - 0.008, (front + back) / 2, twoTone ? k.m(1) : paint);
    for (const s of [-1, 1])
      k.box(0.012, cabH, 0.03, s * w * 0.44, beltY, (front + back) / 2 + k.r(-0.04, 0.04), paint);
    if (style === 'van') k.box(w * 0.9, topY + 0.09 - beltY, len * 0.5, 0, beltY, -z * 0.46, twoTone ? k.m(1) : paint);
  } else {
    for (const s of [-1, 1]) k.rbox(w * 0.32, 0.13, 0.06, 0.02, s * w * 0.22, beltY - 0.02, -0.05, k.m(1));
    k.ring(0.045, 0.008, k.side() * w * 0.2, beltY + 0.04, z * 0.18, k.dark);
  }
  if (style === 'pickup') {
    k.box(w * 0.82, 0.012, z * 0.75, 0, beltY - 0.002, -z * 0.58, k.dark);
    for (const s of [-1, 1]) k.box(0.03, 0.06, z * 0.8, s * (w / 2 - 0.02), beltY - 0.005, -z * 0.58, paint);
    k.box(w, 0.06, 0.03, 0, beltY - 0.005, -z * 0.96, paint);
    if (k.p(0.6)) k.box(w * 0.4, k.r(0.06, 0.15), 0.16, k.side() * w * 0.17, beltY, -z * 0.6, k.m(2));
  }
  const hub = k.pick([k.steel, k.m(1), k.light]);
  const wheelW = k.r(0.05, 0.09);
  wheelPair(k, w / 2 - wheelW * 0.2, r, z * k.r(0.58, 0.68), wheelW, hub);
  wheelPair(k, w / 2 - wheelW * 0.2, r * k.pick([1, 1, 1.15]), -z * k.r(0.55, 0.68), wheelW, hub);
  const lampY = y0 + bodyH * nose * 0.55;
  const round = k.p(0.5);
  for (const s of [-1, 1]) {
    if (round) k.disc('z', 0.035, 0.03, s * w * 0.35, lampY, z, k.light);
    else k.box(0.09, 0.04, 0.03, s * w * 0.34, lampY - 0.02, z - 0.002, k.light);
    k.box(0.07, 0.04, 0.02, s * w * 0.36, y0 + bodyH * 0.5, -z, k.m(2));
    if (k.p(0.6)) k.rbox(0.05, 0.04, 0.03, 0.01, s * (w / 2 + 0.02), beltY, z * 0.36, paint);
  }
  if (k.p(0.7)) k.box(w * k.r(0.3, 0.5), 0.045, 0.02, 0, lampY - 0.03, z, k.dark);
  if (k.p(0.6)) for (const e of [-1, 1]) k.rbox(w * 0.98, 0.045, 0.05, 0.02, 0, y0, e * z, k.pick([k.steel, k.dark]));
  const stripe = k.n(0, 3);
  if (stripe === 1)
    k.box(w * k.r(0.1, 0.3), 0.012, z * 0.5, k.pick([0, w * 0.2]), beltY - 0.004, z * 0.62, k.m(1)).rotation.x = 0.06;
  if (stripe === 2) for (const s of [-1, 1]) k.box(0.014, 0.03, len * 0.85, s * (w / 2), y0 + bodyH * 0.5, 0, k.m(1));
  if (stripe === 3) k.box(0.014, bodyH * 0.5, len * 0.25, k.side() * (w / 2), y0 + bodyH * 0.25, 0, k.m(2));
  const extra = k.n(0, 5);
  if (extra === 0 && style !== 'open' && style !== 'pickup') {
    k.rbox(w * k.r(0.4, 0.7), k.r(0.05, 0.12), len * 0.2, 0.02, k.r(-0.04, 0.04), roofTop + 0.01, -z * 0.15, k.m(2));
  } else if (extra === 1) {
    for (const s of [-1, 1]) k.box(0.015, 0.06, 0.03, s * w * 0.3, beltY - 0.01, -z * 0.9, paint);
    k.box(w * 0.9, 0.015, 0.08, 0, beltY + 0.05, -z * 0.92, k.m(1));
  } else if (extra === 2 && style !== 'open') {
    k.box(w * 0.45, 0.035, 0.05, 0, roofTop + 0.01, 0.02, k.m(1));
    k.box(w * 0.2, 0.045, 0.06, k.side() * w * 0.14, roofTop + 0.01, 0.02, k.m(2));
  } else if (extra === 3) {
    k.disc('z', r * 0.9, 0.05, 0, y0 + bodyH * 0.6, -z - 0.02, k.dark);
  } else if (extra === 4) {
    const s = k.side();
    k.bar([s * w * 0.3, beltY - 0.02, -z * 0.5], [s * w * 0.3, roofTop + 0.15, -z * 0.6], 0.006, k.dark);
  }
}

function truckBuild(k: Kit): void {
  const w = k.r(0.3, 0.4);
  const len = k.r(0.85, 1.2);
  const r = k.r(0.07, 0.1);
  const z = len / 2;
  const y = r + 0.03;
  k.box(w * 0.6, 0.05, len * 0.98, 0, y - 0.02, 0, k.dark);
  const cabLen = k.r(0.2, 0.3);
  const cabH = k.r(0.26, 0.38);
  const paint = k.m(0);
  const cz = z - cabLen / 2;
  const hood = k.p(0.35) ? k.r(0.1, 0.18) : 0;
  k.rbox(w, cabH, cabLen, 0.03, 0, y + 0.02, cz - hood, paint);
  if (hood) k.rbox(w * 0.85, cabH * 0.5, hood + 0.04, 0.03, 0, y + 0.02, z - hood / 2, paint);
  const faceZ = z - hood;
  k.box(w * 0.85, cabH * 0.34, 0.014, 0, y + cabH * 0.6, faceZ, k.glass);
  for (const s of [-1, 1]) {
    k.box(0.014, cabH * 0.32, cabLen * 0.5, s * (w / 2), y + cabH * 0.6, cz - hood + 0.03, k.glass);
    k.disc('z', 0.028, 0.02, s * w * 0.33, y + 0.08, z, k.light);
    k.box(0.03, 0.09, 0.02, s * (w / 2 + 0.03), y + cabH * 0.55, faceZ - 0.02, k.dark);
  }
  k.rbox(w * 1.02, 0.06, 0.04, 0.015, 0, y - 0.03, z, k.steel);
  k.box(w * 0.5, cabH * 0.2, 0.012, 0, y + 0.06, z + 0.003, k.dark);
  const s = k.side();
  if (k.p(0.5)) k.cyl(0.018, 0.018, cabH + 0.12, s * (w / 2 - 0.04), y, faceZ - cabLen - 0.02, k.steel, 10);
  const loadFront = faceZ - cabLen - 0.04;
  const loadLen = loadFront + z;
  const lz = loadFront - loadLen / 2;
  const top = y + 0.035;
  switch (k.pick(['box', 'tank', 'dump', 'flat', 'mixer', 'ladder', 'logs'])) {
    case 'box': {
      const h = k.r(0.3, 0.5);
      k.box(w * 1.05, h, loadLen, 0, top, lz, k.cloth(1));
      k.box(0.014, h * 0.4, loadLen * 0.5, s * w * 0.525, top + h * 0.3, lz, k.m(2));
      k.box(w * 0.9, h * 0.8, 0.014, 0, top + h * 0.08, lz - loadLen / 2, k.steel);
      break;
    }
    case 'tank': {
      const tr = w * 0.5;
      k.disc('z', tr, loadLen * 0.96, 0, top + tr, lz, k.cloth(1));
      for (const t of [-0.3, 0.3]) k.disc('z', tr * 1.04, 0.03, 0, top + tr, lz + t * loadLen, k.m(2));
      k.cyl(0.05, 0.05, 0.05, 0, top + tr * 1.95, lz + 0.06, k.steel);
      k.box(0.02, 0.1, 0.2, s * tr, top + tr - 0.05, lz, k.light);
      break;
    }
    case 'dump': {
      const tip = k.sub(0, top, lz - loadLen / 2 + 0.03);
      tip.root.rotation.x = -k.pick([0, 0.3, 0.6]);
      tip.taper(w * 0.9, loadLen * 0.9, w * 1.15, loadLen, 0.2, 0, 0.01, loadLen / 2, k.m(1));
      if (k.p(0.6)) tip.rock(w * 0.45, 0.08, loadLen * 0.4, 0.3, 0, 0.22, loadLen / 2, k.wood);
      tip.box(w, 0.03, 0.12, 0, 0.21, loadLen + 0.03, k.m(1));
      break;
    }
    case 'flat':
      k.box(w * 1.05, 0.03, loadLen, 0, top, lz, k.wood);
      for (let i = 0, n = k.n(2, 5); i < n; i++)
        k.box(
          k.r(0.1, w * 0.5),
          k.r(0.08, 0.24),
          (loadLen / n) * 0.8,
          k.r(-0.08, 0.08),
          top + 0.03,
          loadFront - (loadLen * (i + 0.5)) / n,
          k.m(i),
        );
      break;
    case 'mixer': {
      const drum = k.sub(0, top + w * 0.55, lz);
      drum.root.rotation.x = -Math.PI / 2 + 0.2;
      drum.lathe(
        [
          [0.02, -loadLen * 0.48],
          [w * 0.3, -loadLen * 0.45],
          [w * 0.52, -loadLen * 0.1],
          [w * 0.52, loadLen * 0.05],
          [w * 0.22, loadLen * 0.45],
          [0.02, loadLen * 0.46],
        ].map(([a = 0, b = 0]) => [a, -b] as const),
        0,
        0,
        0,
        k.pattern('drum', k.m(1), k.light),
      );
      k.box(w * 0.7, 0.2, 0.05, 0, top, loadFront - 0.03, k.m(0));
      k.box(w * 0.15, 0.2, 0.1, s * 0.02, top, -z + 0.05, k.steel);
      break;
    }
    case 'ladder': {
      k.box(w * 1.02, 0.18, loadLen, 0, top, lz, k.m(0));
      const arm = k.sub(s * w * 0.1, top + 0.2, lz - loadLen * 0.3, k.r(-0.5, 0.5));
      arm.cyl(0.09, 0.1, 0.05, 0, -0.02, 0, k.m(1));
      arm.root.rotation.x = -k.r(0, 0.5);
      for (const e of [-1, 1]) arm.box(0.02, 0.025, loadLen, e * 0.06, 0.05, loadLen * 0.45, k.light);
      for (let i = 0; i < 8; i++) arm.box(0.12, 0.015, 0.015, 0, 0.055, loadLen * (0.02 + i * 0.12), k.light);
      k.box(w * 0.6, 0.03, 0.05, 0, y + 0.02 + cabH, cz - hood, k.m(2));
      break;
    }
    default:
      for (const e of [-1, 1])
        for (const t of [-0.35, 0.35]) k.box(0.02, 0.2, 0.02, e * w * 0.48, top, lz + t * loadLen, k.steel);
      for (let i = 0; i < 5; i++)
        k.disc(
          'z',
          w * 0.15,
          loadLen * k.r(0.85, 1),
          (i < 3 ? i - 1 : i - 3.5) * w * 0.3,
          top + w * (i < 3 ? 0.16 : 0.42),
          lz,
          k.wood,
          12,
        );
  }
  const hub = k.pick([k.steel, k.m(1)]);
  wheelPair(k, w * 0.45, r, z - cabLen * 0.5 - hood * 0.4, 0.06, hub);
  const rear = k.n(1, 3);
  for (let i = 0; i < rear; i++) wheelPair(k, w * 0.45, r, -z + r * 1.3 + i * r * 2.1, 0.08, hub);
}

export const CAR_AND_TRUCK_FAMILIES = [
  familyFromRecipe('car', 'train', carBuild),
  familyFromRecipe('truck', 'train', truckBuild),
];
