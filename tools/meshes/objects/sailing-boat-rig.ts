/** Mast, boom, sails and stays of the model yacht. */
import { type BufferGeometry, Vector3 } from 'three';
import { deformed, type MeshKit, type MeshMaterial, placed, type Vec3 } from '../kit.ts';
import { BRASS, CORAL, CREAM, MUSTARD, NAVY, OAK, STEEL } from '../palette.ts';
import { ball, extrude, rod } from '../shapes.ts';

export const MAST_Z = 0.05;
export const BOOM_DEG = 20;

/** A three-cornered sail: tack, clew (both on the foot) and head, with a belly towards +X. */
export function sail(tack: Vec3, clew: Vec3, head: Vec3, low: number, high: number, belly: number): BufferGeometry {
  const at = (u: number, v: number): Vector3 => {
    const foot = new Vector3(...tack).lerp(new Vector3(...clew), u);
    const p = foot.lerp(new Vector3(...head), v);
    // The leech is cut a little full.
    const full = 0.02 * Math.sin(Math.PI * v) * u;
    const along = new Vector3(...clew).sub(new Vector3(...tack)).normalize();
    const deep =
      belly *
      Math.sin(Math.PI * Math.min(1, u)) *
      Math.max(0, 1 - v) ** 0.7 *
      (0.35 + 0.65 * Math.sin(Math.PI * Math.min(1, v + 0.12)));
    return p.addScaledVector(along, full).add(new Vector3(deep, 0, 0));
  };
  const sheet = extrude(
    [
      [0, low],
      [1, low],
      [1, high],
      [0, high],
    ],
    0.0014,
    { maxEdgeM: 0.15 },
  );
  return deformed(sheet, (p) => at(p.x, p.y).add(new Vector3(p.z * 1.4, 0, 0)));
}

export function addRig(kit: MeshKit): void {
  const foot = 0.235;
  const top = 0.79;
  kit.add(OAK, rod([0, 0.19, MAST_Z], [0, top, MAST_Z - 0.004], 0.0065, 0.0042, 12));
  kit.add(BRASS, ball(0.0075, 12), { at: [0, top + 0.004, MAST_Z - 0.004] });
  const a = (BOOM_DEG * Math.PI) / 180;
  const out = (d: number, y: number): Vec3 => [d * Math.sin(a), y, MAST_Z - 0.008 - d * Math.cos(a)];
  kit.add(OAK, rod(out(0, foot), out(0.262, foot + 0.006), 0.005, 0.004, 10));
  kit.add(STEEL, rod(out(0.2, foot), [0.012, 0.172, -0.2], 0.0009, 0.0009, 5));
  const bands: Array<[MeshMaterial, number, number]> = [
    [CREAM, 0, 0.3],
    [CORAL, 0.3, 0.4],
    [CREAM, 0.4, 0.46],
    [MUSTARD, 0.46, 0.5],
    [CREAM, 0.5, 0.985],
  ];
  for (const [material, low, high] of bands)
    kit.add(
      material,
      sail(out(0.002, foot + 0.01), out(0.252, foot + 0.016), [0, 0.765, MAST_Z - 0.008], low, high, 0.034),
    );
  const jib: Array<[MeshMaterial, number, number]> = [
    [CREAM, 0, 0.13],
    [NAVY, 0.13, 0.19],
    [CREAM, 0.19, 0.985],
  ];
  for (const [material, low, high] of jib)
    kit.add(material, sail([0, 0.226, 0.315], [0.06, 0.226, 0.075], [0, 0.66, MAST_Z + 0.012], low, high, 0.026));
  kit.add(STEEL, rod([0, 0.21, 0.332], [0, 0.7, MAST_Z + 0.006], 0.0009, 0.0009, 5));
  kit.add(STEEL, rod([0, 0.175, -0.28], [0, top - 0.01, MAST_Z - 0.004], 0.0009, 0.0009, 5));
  kit.addBoth(STEEL, rod([0.08, 0.168, MAST_Z - 0.02], [0, 0.62, MAST_Z], 0.0009, 0.0009, 5));
  const pennant = extrude(
    [
      [0, 0],
      [0.075, 0.012],
      [0, 0.026],
    ],
    0.0014,
    { maxEdgeM: 0.015 },
  );
  kit.add(
    CORAL,
    deformed(
      placed(pennant, { rotDeg: [0, 72, 0], at: [0, top - 0.022, MAST_Z - 0.008] }),
      (p) => new Vector3(p.x + 0.006 * Math.sin(p.z * 90), p.y, p.z),
    ),
  );
}
