/** Things to sit on: chairs with many backs, and sofas. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

function chairBuild(k: Kit): void {
  const w = k.r(0.36, 0.56);
  const d = k.r(0.36, 0.54);
  const seatY = k.r(0.32, 0.62);
  const thick = k.r(0.03, 0.1);
  const frame = k.pick([k.m(0), k.wood, k.steel, k.dark]);
  const seat = k.cloth(1);
  const backH = k.r(0.22, 0.6);
  const legR = k.r(0.014, 0.034);
  const base = k.pick(['four', 'four', 'four', 'splay', 'star', 'sled']);
  if (base === 'star') {
    k.cyl(legR * 1.2, legR * 1.2, seatY - 0.05, 0, 0.05, 0, frame);
    const arms = k.n(3, 6);
    for (let i = 0; i < arms; i++) {
      const a = (i / arms) * Math.PI * 2;
      const x = Math.sin(a) * w * 0.5;
      const z = Math.cos(a) * d * 0.5;
      k.bar([0, 0.08, 0], [x, 0.05, z], 0.02, frame);
      k.ball(0.03, x, 0.03, z, k.dark);
    }
  } else if (base === 'sled') {
    for (const s of [-1, 1]) {
      const x = s * (w / 2 - legR);
      k.tube(
        [
          [x, seatY, d / 2],
          [x, 0.03, d / 2],
          [x, 0.02, 0],
          [x, 0.03, -d / 2],
          [x, seatY, -d / 2],
        ],
        legR,
        frame,
      );
    }
  } else {
    const out = base === 'splay' ? k.r(0.03, 0.12) : 0;
    for (const sx of [-1, 1])
      for (const sz of [-1, 1]) {
        const x = sx * (w / 2 - legR);
        const z = sz * (d / 2 - legR);
        k.bar([x, seatY, z], [x + sx * out, 0, z + sz * out], legR, frame, legR * k.pick([1, 0.6]), k.pick([4, 10]));
      }
    if (k.p(0.4)) k.bar([-w / 2, seatY * 0.4, -d / 2 + legR], [w / 2, seatY * 0.4, -d / 2 + legR], legR * 0.7, frame);
  }
  if (k.p(0.35)) k.cyl(w / 2, w / 2, thick, 0, seatY, 0, seat, 24);
  else k.rbox(w, thick, d, k.r(0.005, 0.05), 0, seatY, 0, seat);
  const back = k.sub(0, seatY + thick, -d / 2 + 0.02);
  back.root.rotation.x = -k.r(0, 0.25);
  switch (k.n(0, 5)) {
    case 0:
      back.rbox(w * k.r(0.8, 1), backH, k.r(0.03, 0.09), 0.03, 0, -0.03, 0, k.cloth(k.n(1, 2)));
      break;
    case 1: {
      const bars = k.n(3, 7);
      for (let i = 0; i < bars; i++) {
        const x = -w / 2 + 0.02 + ((w - 0.04) * i) / (bars - 1);
        back.bar([x, -0.03, 0], [x, backH, 0], 0.012, frame);
      }
      back.box(w, k.r(0.04, 0.12), 0.035, 0, backH - 0.03, 0, k.m(0));
      break;
    }
    case 2: {
      for (const s of [-1, 1]) back.bar([s * (w / 2 - 0.02), -0.03, 0], [s * (w / 2 - 0.02), backH, 0], 0.02, frame);
      const slats = k.n(2, 4);
      for (let i = 0; i < slats; i++)
        back.box(w - 0.03, (backH / slats) * 0.6, 0.02, 0, (backH * (i + 0.3)) / slats, 0, k.m(2));
      break;
    }
    case 3:
      back.tube(
        [
          [-w / 2 + 0.02, -0.03, 0],
          [-w * 0.48, backH * 0.7, 0],
          [0, backH, 0],
          [w * 0.48, backH * 0.7, 0],
          [w / 2 - 0.02, -0.03, 0],
        ],
        0.018,
        frame,
      );
      back.egg(w * 0.3, backH * 0.3, 0.025, 0, backH * 0.5, 0, k.m(2));
      back.bar([0, -0.03, 0], [0, backH, 0], 0.014, frame);
      break;
    case 4:
      back.bar([0, -0.05, -0.02], [0, backH * 0.6, -0.02], 0.02, frame);
      back.rbox(w * 0.9, backH * 0.5, 0.06, 0.05, 0, backH * 0.5, 0, seat);
      break;
    default:
      back.prism(
        [
          [-w / 2, -0.03],
          [w / 2, -0.03],
          [w * 0.42, backH * 0.9],
          [w * 0.2, backH * k.r(0.95, 1.2)],
          [0, backH],
          [-w * 0.2, backH * 1.05],
          [-w * 0.42, backH * 0.9],
        ],
        0.035,
        0,
        0,
        0,
        k.m(2),
      );
  }
  const arms = k.pick(['none', 'none', 'both', 'one']);
  const lone = k.side();
  for (const s of [-1, 1]) {
    if (arms === 'none' || (arms === 'one' && s !== lone)) continue;
    const y = seatY + thick + k.r(0.16, 0.24);
    k.box(0.05, 0.03, d * 0.9, s * (w / 2 + 0.01), y, 0, frame);
    k.bar([s * (w / 2 - 0.005), seatY, d * 0.35], [s * (w / 2 + 0.01), y, d * 0.35], 0.015, frame);
    k.bar([s * (w / 2 - 0.005), seatY, -d * 0.42], [s * (w / 2 + 0.01), y, -d * 0.42], 0.015, frame);
    if (arms === 'one') k.rbox(0.26, 0.02, 0.2, 0.01, s * (w / 2 - 0.08), y + 0.03, d * 0.25, k.light);
  }
  if (k.p(0.3))
    k.rbox(
      w * 0.6,
      0.1,
      0.28,
      0.05,
      k.r(-0.05, 0.05),
      seatY + thick - 0.01,
      -d * 0.1,
      k.pattern('cushion', k.m(3), k.light),
    );
}

function sofaBuild(k: Kit): void {
  const w = k.r(0.6, 1.3);
  const d = k.r(0.4, 0.55);
  const seatY = k.r(0.14, 0.26);
  const body = k.cloth(0);
  const cushion = k.cloth(1);
  const round = k.r(0.01, 0.09);
  const foot = k.pick([k.wood, k.dark, k.steel]);
  for (const sx of [-1, 1])
    for (const sz of [-1, 1]) k.cyl(0.028, 0.018, 0.08, sx * (w / 2 - 0.05), 0, sz * (d / 2 - 0.05), foot, 10);
  k.rbox(w, seatY - 0.07, d, round, 0, 0.07, 0, body);
  const backH = k.r(0.25, 0.5);
  const back = k.rbox(w, backH, 0.13, round, 0, seatY - 0.02, -d / 2 + 0.06, body);
  back.rotation.x = -k.r(0, 0.2);
  const rear = k.n(0, 3);
  if (rear === 0) k.rbox(w * 0.3, backH * 0.4, 0.05, 0.02, k.side() * w * 0.22, seatY + 0.04, -d / 2 - 0.02, cushion);
  if (rear === 1)
    for (let i = 0, n = k.n(2, 4); i < n; i++)
      k.box(0.03, backH * 0.8, 0.05, -w * 0.4 + (w * 0.8 * i) / (n - 1), seatY, -d / 2 - 0.012, k.m(2));
  if (rear === 2) k.rbox(w * 0.25, 0.02, 0.2, 0.01, k.side() * w * 0.25, seatY + backH - 0.02, -d / 2 + 0.05, k.m(3));
  const seats = w > 0.85 ? k.n(2, 3) : k.n(1, 2);
  const inner = w - 0.2;
  for (let i = 0; i < seats; i++) {
    const x = -inner / 2 + (inner * (i + 0.5)) / seats;
    k.rbox(inner / seats - 0.01, 0.1, d - 0.14, 0.035, x, seatY - 0.02, 0.06, cushion);
    if (k.p(0.5))
      k.rbox(inner / seats - 0.03, backH * 0.7, 0.1, 0.04, x, seatY + 0.07, -d / 2 + 0.15, cushion).rotation.x = -0.2;
  }
  const armH = k.r(0.1, 0.24);
  const chaise = k.p(0.35) ? k.side() : 0;
  const bare = k.p(0.25) ? k.side() : 0;
  for (const s of [-1, 1]) {
    if (s === bare) continue;
    if (k.p(0.3)) k.disc('z', 0.075, d, s * (w / 2 - 0.04), seatY + armH, 0, body);
    k.rbox(0.12, armH + 0.04, d, round, s * (w / 2 - 0.05), seatY - 0.03, 0, body);
  }
  if (chaise) {
    const len = k.r(0.25, 0.5);
    k.rbox(w * 0.4, seatY - 0.04, len, round, chaise * w * 0.3, 0.04, d / 2 + len / 2 - 0.03, body);
    k.rbox(w * 0.38, 0.08, len, 0.03, chaise * w * 0.3, seatY - 0.02, d / 2 + len / 2 - 0.03, cushion);
  }
  const pillows = k.n(0, 3);
  for (let i = 0; i < pillows; i++) {
    const pillow = k.rbox(
      0.2,
      0.2,
      0.08,
      0.04,
      k.r(-inner / 2 + 0.1, inner / 2 - 0.1),
      seatY + 0.08,
      -d * 0.12 + i * 0.03,
      i === 0 ? k.pattern('pillow', k.m(2), k.light) : k.m(3),
    );
    pillow.rotation.set(-0.35, k.r(-0.3, 0.3), k.r(-0.3, 0.3));
  }
  if (k.p(0.3))
    k.rbox(0.2, 0.02, d + 0.03, 0.01, k.side() * inner * 0.25, seatY + 0.08, 0.03, k.pattern('throw', k.m(4), k.m(2)));
}

export const SEAT_FAMILIES = [
  familyFromRecipe('chair', 'train', chairBuild),
  familyFromRecipe('sofa', 'train', sofaBuild),
];
