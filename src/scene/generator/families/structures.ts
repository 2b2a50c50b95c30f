/** Walls, bridges and playgrounds. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

function wallBuild(k: Kit): void {
  const w = k.r(0.7, 1.1);
  const kind = k.pick(['wall', 'wall', 'fence', 'gate', 'corner']);
  const s = k.side();
  k.box(w + 0.1, 0.04, k.r(0.3, 0.5), 0, -0.04, 0.02, k.pick([k.m(2), k.leaf, k.dark]));
  if (kind === 'fence') {
    const posts = k.n(6, 11);
    const h = k.r(0.3, 0.5);
    const broken = k.n(0, posts - 1);
    for (let i = 0; i < posts; i++) {
      const x = -w / 2 + (w * (i + 0.5)) / posts;
      const ph = i === broken ? h * 0.6 : h * k.r(0.95, 1.05);
      const pw = (w / posts) * 0.65;
      k.prism(
        [
          [-pw / 2, 0],
          [pw / 2, 0],
          [pw / 2, ph],
          [0, ph + 0.05],
          [-pw / 2, ph],
        ],
        0.03,
        x,
        0,
        0,
        i === broken ? k.m(1) : k.cloth(0),
      );
    }
    for (const t of [0.25, 0.7]) k.box(w, 0.04, 0.03, 0, h * t, -0.03, k.m(1));
    if (k.p(0.6)) k.rbox(0.12, 0.1, 0.16, 0.03, s * w * 0.35, h + 0.02, 0, k.m(3));
    k.rock(0.1, 0.1, 0.08, 0.3, -s * w * 0.3, 0.07, 0.12, k.leaf);
    return;
  }
  const h = k.r(0.45, 0.7);
  const t = k.r(0.06, 0.12);
  const wall = k.cloth(0, 0.6);
  const doorX = s * w * k.r(0, 0.28);
  const dw = k.r(0.16, 0.26);
  const dh = h * k.r(0.6, 0.78);
  // The wall leaves a hole: an opening seen from both sides is a strong cue.
  const left = doorX - dw / 2 + w / 2;
  const right = w / 2 - doorX - dw / 2;
  k.box(left, h, t, -w / 2 + left / 2, 0, 0, wall);
  k.box(right, h, t, w / 2 - right / 2, 0, 0, wall);
  k.box(dw, h - dh, t, doorX, dh, 0, wall);
  const door = k.sub(doorX - (s * dw) / 2, 0, t * 0.4, -s * k.pick([0, 0.5, 1.2]));
  door.box(dw, dh, 0.03, (s * dw) / 2, 0, 0, k.cloth(1));
  door.ball(0.018, s * dw * 0.82, dh * 0.48, 0.03, k.steel);
  if (k.p(0.5)) door.box(dw * 0.6, dh * 0.25, 0.036, (s * dw) / 2, dh * 0.62, 0, k.glass);
  for (let i = 0, n = k.n(1, 2); i < n; i++) {
    const wx = -s * w * (0.2 + i * 0.2);
    k.box(0.15, 0.18, t + 0.03, wx, h * 0.45, 0, k.m(2));
    k.box(0.12, 0.15, t + 0.04, wx, h * 0.45 + 0.015, 0, k.glass);
    k.box(0.18, 0.02, 0.06, wx, h * 0.45 - 0.02, t / 2 + 0.02, k.m(2));
    if (k.p(0.5))
      for (let j = 0; j < 3; j++)
        k.ball(0.035, wx + (j - 1) * 0.05, h * 0.45 + 0.02, t / 2 + 0.035, j === 1 ? k.m(3) : k.leaf);
  }
  if (kind === 'corner') {
    k.box(t, h, 0.45, (s * w) / 2 - (s * t) / 2, 0, -0.22, k.m(1));
    k.box(0.3, 0.02, 0.3, s * (w / 2 - 0.2), h * 0.4, -0.2, k.wood);
  }
  if (kind === 'gate') {
    for (const e of [-1, 1]) k.box(0.09, h + 0.12, t + 0.06, doorX + e * (dw / 2 + 0.03), 0, 0, k.m(2));
    k.prism(
      [
        [-dw, 0],
        [dw, 0],
        [0, 0.16],
      ],
      t + 0.1,
      doorX,
      h + 0.12,
      0,
      k.m(3),
    );
  } else if (k.p(0.5)) k.box(w + 0.06, 0.04, t + 0.08, 0, h, 0, k.m(2));
  if (k.p(0.6)) k.rbox(0.09, 0.09, 0.05, 0.01, doorX + s * (dw / 2 + 0.08), h * 0.6, t / 2 + 0.02, k.m(3));
  if (k.p(0.5)) k.box(0.02, h * 0.7, 0.14, -s * w * 0.42, 0, -t / 2 - 0.06, k.wood);
}

function bridgeBuild(k: Kit): void {
  const len = k.r(0.8, 1.1);
  const w = k.r(0.2, 0.32);
  const arch = k.r(0.02, 0.22);
  const kind = k.pick(['arch', 'truss', 'hanging', 'plank']);
  const n = 9;
  const y0 = k.r(0.12, 0.22);
  const deckY = (x: number): number => y0 + arch * (1 - ((2 * x) / len) ** 2);
  for (let i = 0; i < n; i++) {
    const x0 = -len / 2 + (len * i) / n;
    const x1 = x0 + len / n;
    const plank = k.box(
      len / n + (kind === 'plank' ? -0.02 : 0.01),
      0.04,
      w,
      (x0 + x1) / 2,
      deckY((x0 + x1) / 2) - 0.02,
      0,
      i % 2 && kind !== 'arch' ? k.m(1) : k.m(0),
    );
    plank.rotation.z = Math.atan2(deckY(x1) - deckY(x0), len / n);
  }
  const s = k.side();
  const rail = k.m(2);
  const railed = k.p(0.8) ? [-1, 1] : [s];
  for (const e of railed) {
    const rh = k.r(0.1, 0.16);
    for (let i = 0; i <= 6; i++) {
      const x = -len / 2 + (len * i) / 6;
      k.bar([x, deckY(x), (e * w) / 2], [x, deckY(x) + rh, (e * w) / 2], 0.012, rail, 0.012, 6);
      if (i < 6) {
        const x1 = x + len / 6;
        k.bar([x, deckY(x) + rh, (e * w) / 2], [x1, deckY(x1) + rh, (e * w) / 2], 0.012, rail, 0.012, 6);
        if (kind === 'truss')
          k.bar([x, deckY(x), (e * w) / 2], [x1, deckY(x1) + rh, (e * w) / 2], 0.009, rail, 0.009, 4);
      }
    }
  }
  if (kind === 'hanging') {
    const th = k.r(0.3, 0.5);
    for (const e of [-1, 1]) {
      for (const f of [-1, 1]) k.box(0.04, y0 + th, 0.04, e * len * 0.3, 0, f * w * 0.55, k.m(3));
      k.box(0.04, 0.04, w * 1.1, e * len * 0.3, y0 + th - 0.06, 0, k.m(3));
    }
    for (const f of [-1, 1])
      k.tube(
        [
          [-len / 2, y0 + 0.03, f * w * 0.55],
          [-len * 0.3, y0 + th, f * w * 0.55],
          [0, y0 + arch + 0.16, f * w * 0.55],
          [len * 0.3, y0 + th, f * w * 0.55],
          [len / 2, y0 + 0.03, f * w * 0.55],
        ],
        0.009,
        k.dark,
      );
  } else {
    const piers = k.n(1, 3);
    for (let i = 0; i < piers; i++) {
      const x = piers === 1 ? 0 : -len * 0.3 + (len * 0.6 * i) / (piers - 1);
      k.box(kind === 'arch' ? 0.1 : 0.05, deckY(x), w * 0.9, x, 0, 0, k.m(3));
    }
  }
  for (const e of [-1, 1])
    k.taper(0.16, w * 1.4, 0.1, w * 1.1, y0, e * (len / 2 + 0.02), 0, 0, e === s ? k.m(3) : k.m(1));
  k.box(len * 0.9, 0.015, w * 1.2, 0, -0.01, 0, k.glass);
  if (k.p(0.7)) {
    const hx = s * (len / 2 - 0.02);
    k.box(0.14, 0.2, 0.12, hx, y0 - 0.02, (w / 2 + 0.08) * k.side(), k.m(1));
  }
  if (k.p(0.5)) k.rbox(0.14, 0.08, 0.08, 0.02, k.r(-0.2, 0.2), deckY(0) + 0.01, k.side() * 0.04, k.m(4));
}

function playgroundBuild(k: Kit): void {
  const h = k.r(0.32, 0.5);
  const p = k.r(0.26, 0.36);
  const s = k.side();
  k.box(k.r(0.9, 1.15), 0.03, k.r(0.7, 0.95), 0, -0.03, 0.1, k.pick([k.leaf, k.m(3), k.wood]));
  const px = -s * 0.15;
  for (const a of [-1, 1])
    for (const b of [-1, 1])
      k.bar([px + (a * p) / 2, 0, (b * p) / 2], [px + (a * p) / 2, h + 0.35, (b * p) / 2], 0.018, k.m(0));
  k.box(p + 0.04, 0.03, p + 0.04, px, h, 0, k.wood);
  if (k.p(0.5)) k.taper(p + 0.1, p + 0.1, 0.02, 0.02, 0.18, px, h + 0.34, 0, k.cloth(1));
  else
    k.prism(
      [
        [-p / 2 - 0.05, 0],
        [p / 2 + 0.05, 0],
        [0, 0.16],
      ],
      p + 0.1,
      px,
      h + 0.34,
      0,
      k.cloth(1),
    );
  const slideLen = k.r(0.4, 0.55);
  const slide = k.sub(px, h + 0.01, p / 2);
  slide.root.rotation.x = Math.atan2(h - 0.03, slideLen);
  const sl = Math.hypot(h, slideLen);
  slide.box(0.16, 0.015, sl, 0, 0, sl / 2, k.m(2));
  for (const e of [-1, 1]) slide.box(0.018, 0.06, sl, e * 0.085, 0, sl / 2, k.m(2));
  const ladder = k.n(4, 6);
  for (const e of [-1, 1]) k.bar([px - e * 0.07, h + 0.03, -p / 2], [px - e * 0.07, 0, -p / 2 - 0.12], 0.013, k.steel);
  for (let i = 0; i < ladder; i++)
    k.bar(
      [px - 0.07, (h * (i + 0.5)) / ladder, -p / 2 - 0.12 * (1 - (i + 0.5) / ladder)],
      [px + 0.07, (h * (i + 0.5)) / ladder, -p / 2 - 0.12 * (1 - (i + 0.5) / ladder)],
      0.012,
      k.m(3),
    );
  k.box(0.016, 0.16, p, px - (s * p) / 2, h + 0.02, 0, k.m(3));
  const extra = k.pick(['swing', 'swing', 'bars', 'net']);
  const far = px + s * (p / 2 + 0.45);
  if (extra === 'swing') {
    k.bar([px, h + 0.26, 0], [far, h + 0.26, 0], 0.018, k.m(0));
    for (const e of [-1, 1]) k.bar([far, h + 0.26, 0], [far, 0, e * 0.18], 0.018, k.m(0));
    for (let i = 0, n = k.n(1, 2); i < n; i++) {
      const x = px + s * (p / 2 + 0.14 + i * 0.18);
      const kick = k.r(-0.15, 0.15);
      for (const e of [-1, 1]) k.bar([x + e * 0.05, h + 0.26, 0], [x + e * 0.05, 0.14, kick], 0.006, k.dark, 0.006, 5);
      k.box(0.13, 0.02, 0.07, x, 0.125, kick, k.m(2 + i));
    }
  } else if (extra === 'bars') {
    for (const e of [-1, 1]) {
      k.bar([px, h + 0.02, e * p * 0.4], [far, h + 0.02, e * p * 0.4], 0.014, k.m(3));
      k.bar([far, h + 0.02, e * p * 0.4], [far, 0, e * p * 0.4], 0.014, k.m(3));
    }
    for (let i = 0; i < 5; i++)
      k.bar(
        [px + s * (p / 2 + 0.05 + i * 0.09), h + 0.02, -p * 0.4],
        [px + s * (p / 2 + 0.05 + i * 0.09), h + 0.02, p * 0.4],
        0.01,
        k.steel,
      );
  } else {
    for (let i = 0; i < 4; i++) {
      const z = -p * 0.4 + i * p * 0.27;
      k.bar([px + (s * p) / 2, h, z], [far - s * 0.1, 0, z], 0.01, k.m(2), 0.01, 6);
      k.bar(
        [px + s * (p / 2 + i * 0.09), h * (1 - i * 0.25), -p * 0.42],
        [px + s * (p / 2 + i * 0.09), h * (1 - i * 0.25), p * 0.42],
        0.01,
        k.m(2),
        0.01,
        6,
      );
    }
  }
}

export const STRUCTURE_FAMILIES = [
  familyFromRecipe('wall', 'train', wallBuild),
  familyFromRecipe('bridge', 'train', bridgeBuild),
  familyFromRecipe('playground', 'train', playgroundBuild),
];
