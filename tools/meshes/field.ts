/**
 * Signed distance fields for soft, organic shapes: negative inside, in metres. Distances to stretched shapes are
 * estimates; only the place of the surface is exact.
 */
import { Euler, Matrix4, Vector3 } from 'three';
import type { Vec3 } from './kit.ts';

export type Field = (x: number, y: number, z: number) => number;

export const fieldSphere =
  ([cx, cy, cz]: Vec3, radiusM: number): Field =>
  (x, y, z) =>
    Math.hypot(x - cx, y - cy, z - cz) - radiusM;

/** @param rotDeg Euler angles, applied in the order X, Y, Z */
export function fieldEllipsoid(centre: Vec3, radiiM: Vec3, rotDeg: Vec3 = [0, 0, 0]): Field {
  const [rx, ry, rz] = radiiM;
  return fieldPlaced(
    (x, y, z) => {
      const k0 = Math.hypot(x / rx, y / ry, z / rz);
      const k1 = Math.hypot(x / (rx * rx), y / (ry * ry), z / (rz * rz));
      return k1 === 0 ? -Math.min(rx, ry, rz) : (k0 * (k0 - 1)) / k1;
    },
    centre,
    rotDeg,
  );
}

/** A rod with round ends whose radius goes from `radiusA` to `radiusB`. */
export function fieldRod(a: Vec3, b: Vec3, radiusA: number, radiusB = radiusA): Field {
  const [dx, dy, dz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const lengthSq = dx * dx + dy * dy + dz * dz;
  return (x, y, z) => {
    const [px, py, pz] = [x - a[0], y - a[1], z - a[2]];
    const t = Math.max(0, Math.min(1, (px * dx + py * dy + pz * dz) / lengthSq));
    return Math.hypot(px - dx * t, py - dy * t, pz - dz * t) - (radiusA + (radiusB - radiusA) * t);
  };
}

/** A chain of rods through points `[x, y, z, radius]`. */
export function fieldChain(points: ReadonlyArray<readonly [number, number, number, number]>, blendM = 0): Field {
  const rods = points.slice(1).map(([x, y, z, r], i) => {
    const [ax, ay, az, ar] = points[i] as readonly [number, number, number, number];
    return fieldRod([ax, ay, az], [x, y, z], ar, r);
  });
  return fieldUnion(blendM, ...rods);
}

export function fieldBox(centre: Vec3, sizeM: Vec3, radiusM: number, rotDeg: Vec3 = [0, 0, 0]): Field {
  const [hx, hy, hz] = sizeM.map((s) => s / 2 - radiusM) as [number, number, number];
  return fieldPlaced(
    (x, y, z) => {
      const [qx, qy, qz] = [Math.abs(x) - hx, Math.abs(y) - hy, Math.abs(z) - hz];
      return (
        Math.hypot(Math.max(qx, 0), Math.max(qy, 0), Math.max(qz, 0)) + Math.min(Math.max(qx, qy, qz), 0) - radiusM
      );
    },
    centre,
    rotDeg,
  );
}

export function fieldPlaced(field: Field, at: Vec3, rotDeg: Vec3 = [0, 0, 0]): Field {
  const rad = rotDeg.map((deg) => (deg * Math.PI) / 180) as [number, number, number];
  const back = new Matrix4().makeRotationFromEuler(new Euler(...rad, 'ZYX')).invert();
  const p = new Vector3();
  return (x, y, z) => {
    p.set(x - at[0], y - at[1], z - at[2]).applyMatrix4(back);
    return field(p.x, p.y, p.z);
  };
}

/** The field and its mirror image in the plane x = 0. */
export const fieldBoth =
  (field: Field): Field =>
  (x, y, z) =>
    Math.min(field(x, y, z), field(-x, y, z));

/** Joins fields; where two meet, a fillet of about `blendM` smooths the crease. */
export const fieldUnion =
  (blendM: number, ...fields: Field[]): Field =>
  (x, y, z) => {
    let out = Infinity;
    for (const field of fields) out = smoothMin(out, field(x, y, z), blendM);
    return out;
  };

export const fieldCut =
  (from: Field, what: Field, blendM = 0): Field =>
  (x, y, z) =>
    -smoothMin(-from(x, y, z), what(x, y, z), blendM);

export const fieldCommon =
  (a: Field, b: Field, blendM = 0): Field =>
  (x, y, z) =>
    -smoothMin(-a(x, y, z), -b(x, y, z), blendM);

export const fieldGrown =
  (field: Field, byM: number): Field =>
  (x, y, z) =>
    field(x, y, z) - byM;

function smoothMin(a: number, b: number, k: number): number {
  if (k <= 0 || !Number.isFinite(a)) return Math.min(a, b);
  const h = Math.max(k - Math.abs(a - b), 0) / k;
  return Math.min(a, b) - h * h * k * 0.25;
}
