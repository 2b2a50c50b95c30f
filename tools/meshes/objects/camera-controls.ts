/** What the hand meets on the film camera: dials, levers, shoe and wrist strap. */
import type { MeshKit, Vec3 } from '../kit.ts';
import { CORAL, GRAPHITE, INK, NICKEL, RUBBER, STEEL } from '../palette.ts';
import { box, button, disc, lathe, rod, torus, tube } from '../shapes.ts';

export const HALF_W = 0.069;
export const DEPTH = 0.034;

export function addControls(kit: MeshKit): void {
  const top = 0.071;
  const dial = (x: number, y: number, r: number, h: number, ridges: number, z = 0): void => {
    kit.add(NICKEL, disc(r, h, 0.0008, 32, y), { at: [x, 0, z] });
    for (let i = 0; i < ridges; i++) {
      const a = (i / ridges) * 2 * Math.PI;
      kit.add(GRAPHITE, box(0.0007, h * 0.62, 0.0007), {
        at: [x + r * Math.cos(a), y + h * 0.47, z + r * Math.sin(a)],
        rotDeg: [0, (-a * 180) / Math.PI, 0],
      });
    }
  };
  dial(-0.0435, top - 0.001, 0.0082, 0.0065, 18, 0.001);
  kit.add(INK, disc(0.0066, 0.0006, 0.0002, 26, top + 0.0054), { at: [-0.0435, 0, 0.001] });
  kit.add(CORAL, box(0.0008, 0.0005, 0.004), { at: [-0.0435, top + 0.0062, 0.0045] });
  // Shutter button with its collar, and the winding lever that reaches over the back corner.
  kit.add(
    NICKEL,
    lathe(
      [
        [0.0052, top - 0.001],
        [0.0052, top + 0.0022, 0.001],
        [0.0036, top + 0.0022],
      ],
      22,
    ),
    { at: [-0.0575, 0, 0.004] },
  );
  kit.add(CORAL, disc(0.0033, 0.006, 0.0012, 18, top), { at: [-0.0575, 0, 0.004] });
  const lever: Vec3[] = [
    [-0.0575, top + 0.0012, 0.0035],
    [-0.0625, top + 0.0014, -0.006],
    [-0.061, top + 0.0014, -0.013],
    [-0.05, top + 0.0016, -0.019],
    [-0.041, top + 0.0018, -0.021],
  ];
  kit.add(
    NICKEL,
    tube(lever, (t) => 0.0022 + 0.0006 * t, { segments: 20, radialSegments: 8, domeRows: 2, section: [0.9, 1] }),
  );
  kit.add(INK, rod([-0.0425, top + 0.0018, -0.0208], [-0.0365, top + 0.0019, -0.0215], 0.0034, 0.003, 10));

  dial(0.0575, top - 0.001, 0.0088, 0.0072, 18);
  kit.add(NICKEL, box(0.0125, 0.0018, 0.003, 0.0008, 1), { at: [0.0575, top + 0.0072, 0], rotDeg: [0, 35, 0] });
  // Accessory shoe.
  kit.add(INK, box(0.018, 0.0014, 0.0165), { at: [0.006, 0.0819, 0] });
  for (const side of [-1, 1])
    kit.add(NICKEL, box(0.0035, 0.0012, 0.0165, 0.0005, 1), { at: [0.006 + side * 0.0078, 0.0842, 0] });
  for (const side of [-1, 1]) kit.add(NICKEL, box(0.0012, 0.003, 0.0165), { at: [0.006 + side * 0.0092, 0.083, 0] });
  // Self-timer lever in front.
  kit.add(NICKEL, button(0.0042, 0.004, 0.001, 18), { at: [0.046, 0.041, DEPTH / 2] });
  kit.add(
    NICKEL,
    tube(
      [
        [0.046, 0.041, DEPTH / 2 + 0.0026],
        [0.0462, 0.033, DEPTH / 2 + 0.003],
        [0.0465, 0.026, DEPTH / 2 + 0.0034],
      ],
      (t) => 0.0016 + 0.0012 * t,
      { segments: 10, radialSegments: 8, domeRows: 2, section: [1, 0.75] },
    ),
  );
}

export function addStrap(kit: MeshKit): void {
  for (const side of [-1, 1]) {
    const x = side * (HALF_W + 0.0018);
    kit.add(NICKEL, rod([side * HALF_W * 0.98, 0.062, 0], [x + side * 0.0012, 0.062, 0], 0.0026, 0.0026, 12));
    kit.add(STEEL, torus(0.0042, 0.0007, 18, 6), { at: [x + side * 0.001, 0.0592, 0], rotDeg: [0, 90, 0] });
  }
  const x = HALF_W + 0.003;
  const loop: Vec3[] = [
    [x, 0.0555, 0],
    [x + 0.004, 0.04, 0.006],
    [x + 0.008, 0.018, 0.014],
    [x + 0.012, 0.0035, 0.026],
    [x + 0.004, 0.0025, 0.043],
    [x - 0.012, 0.0025, 0.046],
    [x - 0.016, 0.0025, 0.036],
    [x - 0.004, 0.003, 0.025],
    [x + 0.006, 0.012, 0.013],
    [x + 0.003, 0.036, 0.0045],
    [x, 0.0555, 0.001],
  ];
  kit.add(RUBBER, tube(loop, 0.0023, { segments: 52, radialSegments: 7, domeRows: 0 }));
}
