/** Hand tools. */
import type { Kit } from '../parts';
import { familyFromRecipe } from '../parts';

function toolBuild(k: Kit): void {
  const kind = k.pick(['hammer', 'axe', 'drill', 'saw', 'shovel', 'wrench', 'brush', 'torch']);
  const grip = k.cloth(0, 0.3);
  const metal = k.pick([k.steel, k.m(1), k.dark]);
  const s = k.side();
  const h = k.r(0.5, 0.8);
  const r = k.r(0.025, 0.045);
  const stand = k.p(0.4);
  if (stand) k.rbox(k.r(0.3, 0.45), 0.05, k.r(0.25, 0.35), 0.015, 0, -0.05, 0, k.pick([k.wood, k.m(3)]));
  if (kind === 'hammer') {
    k.bar([0, 0, 0], [0, h, 0], r * 1.2, grip, r * 0.9);
    const hh = k.r(0.09, 0.15);
    k.box(hh * 0.9, hh, k.r(0.12, 0.2), 0, h - hh / 2, 0, metal);
    k.disc('z', hh * 0.5, 0.08, 0, h, 0.12, metal, k.pick([6, 16]));
    if (k.p(0.5))
      for (const e of [-1, 1])
        k.tube(
          [
            [e * 0.02, h, -0.08],
            [e * 0.035, h, -0.16],
            [e * 0.05, h - 0.08, -0.26],
          ],
          0.02,
          metal,
        );
    else
      k.sideView(
        [
          [-0.08, h - hh / 2],
          [-0.08, h + hh / 2],
          [-0.24, h - 0.01],
        ],
        hh * 0.8,
        0,
        0,
        0,
        metal,
      );
    k.cyl(r * 1.5, r * 1.5, h * 0.35, 0, 0.02, 0, k.m(2), 12);
  } else if (kind === 'axe') {
    k.tube(
      [
        [0, 0, 0],
        [0, h * 0.5, 0.03],
        [0, h, 0],
      ],
      r,
      grip,
    );
    k.sideView(
      [
        [-0.06, h - 0.13],
        [0.07, h - 0.13],
        [0.24, h - 0.22],
        [0.27, h - 0.07],
        [0.23, h + 0.09],
        [0.07, h - 0.01],
        [-0.06, h - 0.01],
      ],
      0.05,
      0,
      0,
      0,
      metal,
      0.01,
    );
    k.sideView(
      [
        [0.2, h - 0.2],
        [0.24, h - 0.21],
        [0.28, h - 0.07],
        [0.24, h + 0.07],
        [0.2, h + 0.05],
      ],
      0.03,
      0,
      0,
      0,
      k.light,
    );
    for (let i = 0; i < 3; i++) k.ring(r * 1.1, 0.012, 0, 0.05 + i * 0.07, 0, k.m(2)).rotation.x = Math.PI / 2;
  } else if (kind === 'drill') {
    const br = k.r(0.08, 0.12);
    k.sideView(
      [
        [-0.05, 0.06],
        [0.07, 0.06],
        [0.04, 0.36],
        [-0.1, 0.36],
      ],
      0.1,
      0,
      0,
      0,
      k.m(2),
      0.02,
    );
    k.rbox(0.14, 0.09, k.r(0.2, 0.26), 0.02, 0, 0, 0.02, k.dark);
    k.disc('z', br, k.r(0.3, 0.38), 0, 0.42, -0.02, k.cloth(0));
    k.disc('z', br * 0.7, 0.1, 0, 0.42, 0.2, k.dark);
    k.bar([0, 0.42, 0.24], [0, 0.42, 0.34], br * 0.5, metal, br * 0.25);
    k.bar([0, 0.42, 0.34], [0, 0.42, k.r(0.45, 0.6)], 0.015, k.steel);
    k.box(0.04, 0.07, 0.04, 0, 0.27, 0.07, k.m(1));
    k.box(0.02, 0.06, 0.16, s * br, 0.4, -0.04, k.m(3));
    for (let i = 0; i < 3; i++) k.box(br * 1.2, 0.016, 0.02, 0, 0.37 + i * 0.035, -0.2, k.dark);
  } else if (kind === 'saw') {
    const len = k.r(0.55, 0.8);
    const teeth = 12;
    const edge: [number, number][] = [
      [0, 0.24],
      [len, 0.16],
    ];
    for (let i = teeth; i >= 0; i--) edge.push([(len * i) / teeth, 0.06], [(len * (i - 0.5)) / teeth, 0.035]);
    k.sideView(edge, 0.02, 0, 0, 0, k.steel);
    k.sideView(
      [
        [-0.22, 0.02],
        [0.03, 0.02],
        [0.06, 0.26],
        [-0.16, 0.3],
        [-0.12, 0.22],
        [-0.03, 0.2],
        [-0.05, 0.1],
        [-0.14, 0.1],
        [-0.18, 0.2],
        [-0.26, 0.2],
      ],
      0.06,
      0,
      0,
      0,
      grip,
      0.012,
    );
    for (let i = 0; i < 3; i++) k.disc('x', 0.016, 0.075, 0, 0.08 + i * 0.06, 0.015, k.m(2), 8);
    k.box(0.026, 0.06, 0.14, s * 0.004, 0.13, len * 0.4, k.m(1));
    if (stand) k.box(0.16, 0.1, 0.3, 0, -0.05, len * 0.4, k.wood);
  } else if (kind === 'shovel') {
    const rake = k.p(0.35);
    k.bar([0, 0.2, 0], [0, h + 0.2, 0], r * 0.8, grip);
    if (rake) {
      k.box(0.34, 0.03, 0.03, 0, 0.2, 0, metal);
      for (let i = 0; i < 7; i++) k.bar([(i - 3) * 0.053, 0.2, 0], [(i - 3) * 0.053, 0.1, 0.1], 0.01, metal, 0.006, 6);
    } else
      k.prism(
        [
          [-0.12, 0.24],
          [0.12, 0.24],
          [0.13, 0.1],
          [0.06, 0],
          [0, -0.04],
          [-0.06, 0],
          [-0.13, 0.1],
        ],
        0.03,
        0,
        0,
        0,
        metal,
        0.008,
      ).rotation.x = -0.25;
    if (k.p(0.6)) {
      k.bar([-0.08, h + 0.32, 0], [0.08, h + 0.32, 0], r * 0.8, k.m(2));
      for (const e of [-1, 1]) k.bar([0, h + 0.18, 0], [e * 0.075, h + 0.32, 0], r * 0.55, k.m(2));
    }
    k.cyl(r * 1.3, r * 1.3, 0.1, 0, 0.2, 0, k.m(3), 12);
  } else if (kind === 'wrench') {
    k.prism(
      [
        [-0.035, 0.1],
        [0.035, 0.1],
        [0.045, h - 0.1],
        [0.12, h],
        [0.1, h + 0.14],
        [0.03, h + 0.16],
        [0.045, h + 0.05],
        [-0.035, h + 0.04],
        [-0.05, h + 0.15],
        [-0.12, h + 0.1],
        [-0.1, h],
      ],
      0.06,
      0,
      0,
      0,
      metal,
      0.012,
    );
    k.ring(0.07, 0.03, 0, 0.05, 0, metal);
    k.box(0.05, h * 0.5, 0.075, 0, 0.18, 0, k.m(2));
    k.disc('x', 0.03, 0.08, s * 0.02, h - 0.05, 0, k.m(3), 10);
    if (stand) k.disc('z', 0.12, 0.1, s * 0.26, 0.12, 0, k.m(0), 6);
  } else if (kind === 'brush') {
    k.bar([0, 0.3, 0], [0, h + 0.15, 0], r, grip, r * 0.5);
    k.box(0.22, 0.12, 0.08, 0, 0.22, 0, metal);
    k.taper(0.18, 0.03, 0.21, 0.07, 0.23, 0, 0, 0, k.cloth(2, 0.6));
    k.taper(0.182, 0.034, 0.19, 0.045, 0.07, 0, -0.002, 0, k.m(1));
    k.disc('z', 0.02, 0.09, s * 0.05, 0.28, 0, k.dark, 8);
  } else {
    k.disc('z', 0.07, k.r(0.35, 0.5), 0, 0.12, -0.1, k.cloth(0));
    const head = k.sub(0, 0.12, 0.15);
    head.root.rotation.x = Math.PI / 2;
    head.lathe(
      [
        [0.07, 0],
        [0.13, 0.1],
        [0.13, 0.17],
        [0.11, 0.17],
        [0.06, 0.1],
      ],
      0,
      0,
      0,
      k.shell(k.m(1)),
    );
    k.disc('z', 0.1, 0.02, 0, 0.12, 0.28, k.light);
    k.box(0.04, 0.03, 0.1, 0, 0.185, 0, k.m(2));
    k.tube(
      [
        [0, 0.18, 0.1],
        [0, 0.32, 0.06],
        [0, 0.32, -0.2],
        [0, 0.18, -0.24],
      ],
      0.022,
      k.dark,
    );
    k.box(0.1, 0.06, 0.1, s * 0.02, 0, -0.1, k.m(3));
  }
}

export const HAND_TOOL_FAMILIES = [familyFromRecipe('tool', 'train', toolBuild)];
