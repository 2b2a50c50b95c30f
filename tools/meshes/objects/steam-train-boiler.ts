/** Boiler of the steam engine and what stands on it. */
import { wire } from '../axes.ts';
import { addText } from '../glyphs.ts';
import type { MeshKit, Vec3 } from '../kit.ts';
import { BRASS, COPPER, FOREST, INK, IRON, STEEL } from '../palette.ts';
import { ball, box, button, disc, rod } from '../shapes.ts';
import { lathe, latheZ } from './steam-train-shapes.ts';

const BOILER_Y = 1.62;

export function addBoiler(kit: MeshKit): void {
  const at: Vec3 = [0, BOILER_Y, 0];
  kit.add(
    FOREST,
    latheZ(
      [
        [0.58, -1.0],
        [0.58, 1.4],
        [0.56, 1.42],
      ],
      32,
      { smoothDeg: 10 },
    ),
    { at },
  );
  for (const z of [-0.62, 0.06, 0.74, 1.36])
    kit.add(
      BRASS,
      latheZ(
        [
          [0.578, z],
          [0.593, z + 0.008],
          [0.593, z + 0.05],
          [0.578, z + 0.058],
        ],
        44,
        { smoothDeg: 80 },
      ),
      { at },
    );
  kit.add(
    IRON,
    latheZ(
      [
        [0.56, 1.4],
        [0.6, 1.41, 0.02],
        [0.6, 2.0, 0.05],
        [0.5, 2.03, 0.02],
        [0.47, 2.08, 0.03],
        [0.2, 2.13, 0.2],
        [0, 2.14],
      ],
      32,
    ),
    { at },
  );
  for (let i = 0; i < 12; i++) {
    const a = (i / 12) * 2 * Math.PI;
    kit.add(IRON, ball(0.022, 6), { at: [0.548 * Math.cos(a), BOILER_Y + 0.548 * Math.sin(a), 2.022] });
  }
  kit.add(STEEL, rod([-0.13, BOILER_Y - 0.13, 2.15], [0.13, BOILER_Y + 0.13, 2.15], 0.02, 0.02, 8));
  kit.add(BRASS, button(0.06, 0.04, 0.015, 18), { at: [0, BOILER_Y, 2.13] });
  for (const y of [-0.25, 0.25])
    kit.add(IRON, box(0.42, 0.06, 0.03, 0.012, 1), { at: [0.3, BOILER_Y + y, 2.06], rotDeg: [0, 20, 0] });
  kit.add(IRON, box(0.95, 0.66, 0.6, 0.03, 1), { at: [0, 1.28, 1.7] });
  kit.add(BRASS, disc(0.14, 0.03, 0.01, 26), { at: [0, BOILER_Y + 0.44, 2.045], rotDeg: [90, 0, 0] });
  addText(kit, INK, '36', 0.13, { at: [0, BOILER_Y + 0.44, 2.078] });
  // Chimney, sand dome, steam dome, safety valves.
  kit.add(
    IRON,
    lathe(
      [
        [0.28, 2.12],
        [0.2, 2.2, 0.06],
        [0.165, 2.3, 0.1],
        [0.185, 2.72],
      ],
      24,
    ),
    { at: [0, 0, 1.7] },
  );
  kit.add(
    COPPER,
    lathe(
      [
        [0.18, 2.66],
        [0.22, 2.7, 0.03],
        [0.27, 2.82, 0.02],
        [0.25, 2.86, 0.01],
        [0.19, 2.85, 0.01],
        [0.17, 2.6],
        [0, 2.6],
      ],
      24,
    ),
    { at: [0, 0, 1.7] },
  );
  kit.add(
    FOREST,
    lathe(
      [
        [0.3, 2.1],
        [0.24, 2.2, 0.06],
        [0.23, 2.4, 0.1],
        [0.1, 2.46, 0.06],
        [0, 2.47],
      ],
      24,
    ),
    { at: [0, 0, 0.9] },
  );
  kit.add(
    BRASS,
    lathe(
      [
        [0.32, 2.1],
        [0.25, 2.2, 0.07],
        [0.24, 2.44, 0.16],
        [0.09, 2.56, 0.08],
        [0, 2.57],
      ],
      26,
    ),
    { at: [0, 0, 0.1] },
  );
  for (const x of [-0.08, 0.08])
    kit.add(
      BRASS,
      lathe(
        [
          [0.05, 2.1],
          [0.05, 2.34, 0.01],
          [0.03, 2.4],
          [0, 2.42],
        ],
        14,
      ),
      { at: [x, 0, -0.62] },
    );
  kit.addBoth(
    BRASS,
    wire(
      [
        [0.63, BOILER_Y + 0.18, 1.95],
        [0.66, BOILER_Y + 0.18, 1],
        [0.66, BOILER_Y + 0.18, -0.95],
      ],
      0.02,
    ),
  );
}
