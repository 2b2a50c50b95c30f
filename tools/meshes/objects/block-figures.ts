/**
 * Six figures of ten cubes in four arms, after Shepard and Metzler (Science 171, 1971): three shapes, and the mirror
 * image of each. No turn brings a figure onto its mirror image.
 */
import { MeshKit, type MeshMaterial, type Vec3 } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { CORAL, MUSTARD, TEAL } from '../palette.ts';
import { box } from '../shapes.ts';

const EDGE_M = 0.05;

type Arm = readonly [axis: 0 | 1 | 2, steps: number];

/** Arms in travel order from the first cube; three turns by a right angle, nine steps. */
const SHAPES: ReadonlyArray<{ material: MeshMaterial; arms: readonly Arm[] }> = [
  {
    material: CORAL,
    arms: [
      [0, 2],
      [1, 3],
      [2, 2],
      [1, 2],
    ],
  },
  {
    material: TEAL,
    arms: [
      [2, 3],
      [1, 2],
      [0, -3],
      [2, -1],
    ],
  },
  {
    material: MUSTARD,
    arms: [
      [0, -1],
      [2, -3],
      [1, 3],
      [0, 2],
    ],
  },
];

export type Cell = readonly [number, number, number];

export function figureCells(arms: readonly Arm[], isMirrored: boolean): Cell[] {
  const at: [number, number, number] = [0, 0, 0];
  const cells: Cell[] = [[0, 0, 0]];
  for (const [axis, steps] of arms)
    for (let i = 0; i < Math.abs(steps); i++) {
      at[axis] += Math.sign(steps);
      cells.push([at[0], at[1], at[2]]);
    }
  return isMirrored ? cells.map(([x, y, z]) => [-x, y, z]) : cells;
}

export const BLOCK_FIGURES: ReadonlyArray<ObjectRecipe & { cells: readonly Cell[] }> = SHAPES.flatMap(
  ({ material, arms }, shape) =>
    [false, true].map((isMirrored) => {
      const letter = 'abc'[shape] as string;
      const cells = figureCells(arms, isMirrored);
      return {
        id: `block-figure-${letter}${isMirrored ? '-mirrored' : ''}`,
        name: {
          en: `block figure ${letter.toUpperCase()}${isMirrored ? ', mirrored' : ''}`,
          zh: `方块图形 ${letter.toUpperCase()}${isMirrored ? '（镜像）' : ''}`,
        },
        sourceFile: 'block-figures',
        group: 'figures' as const,
        cells,
        build: () => {
          const kit = new MeshKit();
          // A hair smaller than the grid, so that the seams between cubes stay visible.
          const cube = box(EDGE_M * 0.985, EDGE_M * 0.985, EDGE_M * 0.985, EDGE_M * 0.09, 3);
          for (const cell of cells) kit.add(material, cube, { at: cell.map((v) => v * EDGE_M) as unknown as Vec3 });
          return kit.settle();
        },
      };
    }),
);
