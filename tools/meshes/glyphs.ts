/** Plain block letters as flat strokes, for number plates and labels: width 0.6, height 1, centred on the origin. */
import type { BufferGeometry } from 'three';
import { type MeshKit, type MeshMaterial, placed, type Placement } from './kit.ts';
import { rectCorners } from './path2.ts';
import { patch } from './shapes.ts';

type Stroke = readonly [x1: number, y1: number, x2: number, y2: number];

const STROKES: Record<string, readonly Stroke[]> = {
  V: [
    [-0.27, 0.5, 0, -0.5],
    [0.27, 0.5, 0, -0.5],
  ],
  P: [
    [-0.24, -0.5, -0.24, 0.5],
    [-0.24, 0.44, 0.24, 0.44],
    [0.24, 0.44, 0.24, 0.02],
    [-0.24, 0.02, 0.24, 0.02],
  ],
  '3': [
    [-0.24, 0.44, 0.24, 0.44],
    [-0.1, 0, 0.24, 0],
    [-0.24, -0.44, 0.24, -0.44],
    [0.24, -0.44, 0.24, 0.44],
  ],
  '6': [
    [-0.24, 0.44, 0.24, 0.44],
    [-0.24, -0.44, -0.24, 0.44],
    [-0.24, 0, 0.24, 0],
    [-0.24, -0.44, 0.24, -0.44],
    [0.24, -0.44, 0.24, 0],
  ],
  '0': [
    [-0.24, 0.44, 0.24, 0.44],
    [-0.24, -0.44, -0.24, 0.44],
    [-0.24, -0.44, 0.24, -0.44],
    [0.24, -0.44, 0.24, 0.44],
  ],
  '7': [
    [-0.24, 0.44, 0.24, 0.44],
    [0.24, 0.44, -0.08, -0.5],
  ],
};

/** Flat letters in the XY plane, facing +Z. `shape` bends each stroke after its placement. */
export function addText(
  kit: MeshKit,
  material: MeshMaterial,
  text: string,
  heightM: number,
  placement: Placement,
  shape: (geometry: BufferGeometry) => BufferGeometry = (g) => g,
): void {
  const advance = heightM * 0.86;
  const start = (-(text.length - 1) / 2) * advance;
  [...text].forEach((letter, i) => {
    for (const [x1, y1, x2, y2] of STROKES[letter] ?? []) {
      const length = Math.hypot(x2 - x1, y2 - y1) + 0.12;
      const stroke = placed(patch(rectCorners(0, 0, length * heightM, 0.13 * heightM, 0)), {
        rotDeg: [0, 0, (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI],
        at: [start + i * advance + ((x1 + x2) / 2) * heightM, ((y1 + y2) / 2) * heightM, 0],
      });
      kit.add(material, shape(placed(stroke, placement)));
    }
  });
}
