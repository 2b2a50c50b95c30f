/** A round glazed teapot, spout towards +Z: a leafy sprig on its left (+X), a tea label hanging on its right. */
import { MeshKit, type Vec3 } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { CREAM, INK, OAK, SAGE, STONE } from '../palette.ts';
import type { Corner } from '../path2.ts';
import { disc, lathe, torus, tube } from '../shapes.ts';
import { addLabel, addSprig, bellyRadius, RIM_Y } from './teapot-decor.ts';

function addBody(kit: MeshKit): void {
  kit.add(
    STONE,
    lathe(
      [
        [0, 0.002],
        [0.042, 0.002],
        [0.044, 0, 0.001],
        [0.05, 0, 0.0015],
        [0.0515, 0.008],
      ],
      44,
      { quarterSegments: 3 },
    ),
  );
  const heights = Array.from(
    { length: 17 },
    (_, i) => 0.006 + ((RIM_Y - 0.006) * (1 - Math.cos((Math.PI * i) / 16))) / 2,
  );
  kit.add(
    SAGE,
    lathe(
      [
        [0.046, 0.006],
        ...heights.slice(1).map((y): Corner => [bellyRadius(y), y]),
        [0.0455, RIM_Y + 0.003, 0.002],
        [0.04, RIM_Y + 0.002],
      ],
      56,
    ),
  );
  kit.add(
    CREAM,
    lathe(
      [
        [bellyRadius(0.101) + 0.0004, 0.101],
        [bellyRadius(0.1025) + 0.0012, 0.1025],
        [bellyRadius(0.1045) + 0.0012, 0.1045],
        [bellyRadius(0.106) + 0.0004, 0.106],
      ],
      56,
      { smoothDeg: 70 },
    ),
  );
}

function addLid(kit: MeshKit): void {
  kit.add(
    SAGE,
    lathe(
      [
        [0.04, RIM_Y],
        [0.0445, RIM_Y + 0.0015, 0.0015],
        [0.0445, RIM_Y + 0.0055, 0.002],
        [0.036, RIM_Y + 0.012, 0.03],
        [0.018, RIM_Y + 0.018, 0.03],
        [0.0065, RIM_Y + 0.0205, 0.006],
        [0.0055, RIM_Y + 0.026],
      ],
      44,
      { quarterSegments: 4 },
    ),
  );
  kit.add(
    OAK,
    lathe(
      [
        [0, RIM_Y + 0.025],
        [0.006, RIM_Y + 0.025, 0.002],
        [0.0145, RIM_Y + 0.034, 0.006],
        [0.0115, RIM_Y + 0.0465, 0.008],
        [0, RIM_Y + 0.0485],
      ],
      28,
    ),
  );
  kit.add(INK, disc(0.0022, 0.0008, 0.0003, 12, RIM_Y + 0.0168), { at: [0, 0, -0.022] });
}

function addSpout(kit: MeshKit): void {
  const line: Vec3[] = [
    [0, 0.053, 0.05],
    [0, 0.053, 0.074],
    [0, 0.057, 0.095],
    [0, 0.073, 0.1125],
    [0, 0.097, 0.1225],
    [0, 0.117, 0.1335],
    [0, 0.1235, 0.1405],
  ];
  kit.add(
    SAGE,
    tube(line, (t) => 0.0235 - 0.0185 * t ** 0.62 + 0.0034 * t ** 6, {
      segments: 30,
      radialSegments: 20,
      domeRows: 0,
      section: [1, 1.06],
    }),
  );
  const tip: Vec3 = [0, 0.1232, 0.1402];
  const tiltDeg = -42;
  kit.add(SAGE, torus(0.0071, 0.0014, 24, 8), { at: tip, rotDeg: [tiltDeg, 0, 0] });
  kit.add(INK, disc(0.0068, 0.0004, 0, 20), { at: tip, rotDeg: [tiltDeg + 90, 0, 0] });
}

function addHandle(kit: MeshKit): void {
  const line: Vec3[] = [
    [0, 0.101, -0.052],
    [0, 0.1135, -0.078],
    [0, 0.113, -0.104],
    [0, 0.096, -0.123],
    [0, 0.07, -0.1255],
    [0, 0.047, -0.113],
    [0, 0.035, -0.09],
    [0, 0.033, -0.07],
  ];
  kit.add(
    SAGE,
    tube(line, (t) => 0.0062 + 0.0022 * Math.abs(2 * t - 1) ** 3, {
      segments: 40,
      radialSegments: 12,
      domeRows: 0,
      section: [0.95, 1.2],
    }),
  );
  // A cane wrap around the grip.
  const cane = tube(
    [
      [0, 0.1105, -0.1065],
      [0, 0.096, -0.123],
      [0, 0.07, -0.1255],
      [0, 0.0535, -0.118],
    ],
    (t) => 0.0084 + 0.0007 * Math.sin(t * 88),
    { segments: 84, radialSegments: 10, domeRows: 0, section: [0.95, 1.15] },
  );
  kit.add(OAK, cane);
}

export const TEAPOT: ObjectRecipe = {
  id: 'teapot',
  name: { en: 'teapot', zh: '茶壶' },
  build: () => {
    const kit = new MeshKit();
    addBody(kit);
    addLid(kit);
    addSpout(kit);
    addHandle(kit);
    addSprig(kit);
    addLabel(kit);
    return kit;
  },
};
