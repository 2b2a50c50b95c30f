/** A rangefinder film camera: shutter and winder on its right (-X), rewind knob and self-timer on its left. */
import { MeshKit, type MeshMaterial, placed } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { BRASS, CORAL, CREAM, GLASS, GRAPHITE, INK, LENS_TINT, NICKEL, SKY, WALNUT } from '../palette.ts';
import { circleCorners, type Corner, rectCorners } from '../path2.ts';
import { box, button, disc, dome, extrude, lathe, patch, torus } from '../shapes.ts';
import { addControls, addStrap, DEPTH, HALF_W } from './camera-controls.ts';

const LENS_X = 0.006;
const LENS_Y = 0.036;

/** The body seen from above, with round ends: (x, -z). */
const plan = (grow: number): Corner[] =>
  rectCorners(0, 0, 2 * (HALF_W + grow), DEPTH + 2 * grow, DEPTH / 2 + grow - 0.0005);

function slab(kit: MeshKit, material: MeshMaterial, y0: number, y1: number, grow: number, bevelM: number): void {
  kit.add(material, extrude(plan(grow), y1 - y0, { bevelM, bevelSegments: 3, quarterSegments: 7 }), {
    rotDeg: [-90, 0, 0],
    at: [0, (y0 + y1) / 2, 0],
  });
}

function addBody(kit: MeshKit): void {
  slab(kit, NICKEL, 0, 0.0115, 0.0006, 0.002);
  slab(kit, WALNUT, 0.009, 0.06, 0, 0.001);
  slab(kit, NICKEL, 0.0575, 0.071, 0.0006, 0.0022);
  const raised: Corner[] = [
    [-0.033, 0.068, 0.002],
    [0.05, 0.068, 0.002],
    [0.047, 0.0815, 0.005],
    [-0.03, 0.0815, 0.005],
  ];
  kit.add(NICKEL, extrude(raised, DEPTH - 0.004, { bevelM: 0.0025, bevelSegments: 3, quarterSegments: 4 }));
  // Stitched seams in the leather and a thin dark joint under the top plate.
  for (const y of [0.0118, 0.0572]) slab(kit, INK, y, y + 0.0007, 0.0008, 0.0002);
  for (const x of [-0.047, 0.052]) kit.add(INK, box(0.0006, 0.044, 0.001), { at: [x, 0.0345, DEPTH / 2] });
}

function addLens(kit: MeshKit): void {
  const z = DEPTH / 2;
  const put = (material: MeshMaterial, profile: Corner[], segments = 36): void =>
    kit.add(material, lathe(profile, segments, { quarterSegments: 2 }), {
      rotDeg: [90, 0, 0],
      at: [LENS_X, LENS_Y, z],
    });
  put(NICKEL, [
    [0.0275, -0.001],
    [0.0275, 0.003, 0.001],
    [0.024, 0.003],
  ]);
  put(INK, [
    [0.0238, 0.002],
    [0.0238, 0.0075, 0.0006],
    [0.0225, 0.0075],
  ]);
  put(NICKEL, [
    [0.0228, 0.007],
    [0.0228, 0.0115, 0.0007],
    [0.021, 0.0115],
  ]);
  put(INK, [
    [0.0215, 0.011],
    [0.0215, 0.0225, 0.0008],
    [0.019, 0.0225],
  ]);
  put(NICKEL, [
    [0.0202, 0.022],
    [0.0202, 0.027, 0.0008],
    [0.0186, 0.027, 0.0004],
    [0.0186, 0.0255],
  ]);
  put(INK, [
    [0.0187, 0.0262],
    [0.0135, 0.0225],
    [0.0132, 0.021],
  ]);
  for (let i = 0; i < 30; i++) {
    const deg = (i / 30) * 360;
    const a = (deg * Math.PI) / 180;
    kit.add(GRAPHITE, box(0.0009, 0.0021, 0.0075), {
      rotDeg: [0, 0, deg - 90],
      at: [LENS_X + 0.0216 * Math.cos(a), LENS_Y + 0.0216 * Math.sin(a), z + 0.0168],
    });
  }
  kit.add(LENS_TINT, dome(0.0134, 0.0045, 28, 5), { at: [LENS_X, LENS_Y, z + 0.0208] });
  kit.add(SKY, patch(circleCorners(-0.0045, 0.0052, 0.0022, 0.0014, 14), { smoothDeg: 40 }), {
    at: [LENS_X, LENS_Y, z + 0.0248],
  });
  // Engraved distance marks and the red alignment dot.
  for (let i = 0; i < 7; i++) {
    const a = ((150 - i * 20) * Math.PI) / 180;
    const mark = placed(box(0.0005, 0.002, 0.0004), { rotDeg: [0, 0, 60 - i * 20] });
    kit.add(i === 3 ? CORAL : CREAM, mark, {
      at: [LENS_X + 0.0258 * Math.cos(a), LENS_Y + 0.0258 * Math.sin(a), z + 0.0031],
    });
  }
  kit.add(CORAL, dome(0.0016, 0.0009, 12, 3), { at: [LENS_X - 0.019, LENS_Y + 0.021, z + 0.0005] });
}

function addWindows(kit: MeshKit): void {
  const z = DEPTH / 2 - 0.002;
  const opening = (x: number, y: number, w: number, h: number, glass: MeshMaterial): void => {
    kit.add(
      INK,
      extrude(rectCorners(0, 0, w + 0.003, h + 0.003, 0.0016), 0.002, {
        bevelM: 0.0006,
        bevelSegments: 1,
        openBack: true,
      }),
      { at: [x, y, z + 0.0004] },
    );
    kit.add(glass, extrude(rectCorners(0, 0, w, h, 0.0008), 0.001, { openBack: true }), { at: [x, y, z + 0.0012] });
  };
  opening(-0.0195, 0.0745, 0.0155, 0.0075, GLASS);
  opening(0.006, 0.0745, 0.013, 0.0058, CREAM);
  opening(0.033, 0.0745, 0.0065, 0.0062, LENS_TINT);
  kit.add(NICKEL, button(0.0058, 0.003, 0.0012, 20), { at: [0.0555, 0.0645, z + 0.002] });
  kit.add(CREAM, dome(0.0042, 0.0012, 16, 3), { at: [0.0555, 0.0645, z + 0.005] });
  kit.add(BRASS, box(0.017, 0.0032, 0.001, 0.0004, 1), { at: [-0.0505, 0.0645, DEPTH / 2 + 0.0006] });

  const back = -DEPTH / 2;
  kit.add(INK, torus(0.0052, 0.0014, 20, 8), { at: [0.034, 0.0745, back + 0.0018] });
  kit.add(GLASS, patch(circleCorners(0, 0, 0.0048, 0.0048, 18), { smoothDeg: 40 }), {
    rotDeg: [0, 180, 0],
    at: [0.034, 0.0745, back + 0.0013],
  });
  kit.add(NICKEL, disc(0.0115, 0.0016, 0.0006, 28), { rotDeg: [-90, 0, 0], at: [-0.012, 0.036, back] });
  kit.add(CREAM, disc(0.0092, 0.0012, 0.0003, 28), { rotDeg: [-90, 0, 0], at: [-0.012, 0.036, back - 0.0008] });
  kit.add(
    CORAL,
    patch([
      [0, 0],
      [-0.004, 0.0075],
      [-0.0068, 0.0052],
    ]),
    { rotDeg: [0, 180, 0], at: [-0.012, 0.036, back - 0.0021] },
  );
  kit.add(NICKEL, box(0.004, 0.05, 0.004, 0.0018, 2), { at: [0.06, 0.034, back + 0.004] });
}

export const CAMERA: ObjectRecipe = {
  id: 'camera',
  name: { en: 'film camera', zh: '胶片相机' },
  build: () => {
    const kit = new MeshKit();
    addBody(kit);
    addLens(kit);
    addWindows(kit);
    addControls(kit);
    addStrap(kit);
    return kit;
  },
};
