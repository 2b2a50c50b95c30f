/** Shapes drawn along other axes than their own, and other small helpers that many recipes share. */
import type { BufferGeometry } from 'three';
import type { Field } from './field.ts';
import { type MeshKit, type MeshMaterial, placed, type Placement, type Vec3 } from './kit.ts';
import type { Corner, PathOptions } from './path2.ts';
import { extrude, type ExtrudeOptions, lathe, tube, type TubeOptions } from './shapes.ts';
import { surfaceSplit } from './surface.ts';

/** A side view (z, y), counter-clockwise with z to the right, `widthM` thick along x. */
export const extrudeSide = (corners: readonly Corner[], widthM: number, options: ExtrudeOptions = {}): BufferGeometry =>
  placed(extrude(corners, widthM, options), { rotDeg: [0, -90, 0] });

/** A plan (x, z), counter-clockwise with z upwards, `heightM` thick along y. An open back is the upper one. */
export const extrudePlan = (
  corners: readonly Corner[],
  heightM: number,
  options: ExtrudeOptions = {},
): BufferGeometry => placed(extrude(corners, heightM, options), { rotDeg: [90, 0, 0] });

/** A profile (radius, z) turned around the z axis. */
export const latheZ = (profile: readonly Corner[], segments = 32, options: PathOptions = {}): BufferGeometry =>
  placed(lathe(profile, segments, options), { rotDeg: [90, 0, 0] });

/** A profile (radius, x) turned around the x axis. */
export const latheX = (profile: readonly Corner[], segments = 32, options: PathOptions = {}): BufferGeometry =>
  placed(lathe(profile, segments, options), { rotDeg: [0, 0, -90] });

/** A wire of straight pieces, or a smooth one. */
export function wire(points: readonly Vec3[], radiusM: number, options: TubeOptions = {}): BufferGeometry {
  return tube(points, radiusM, { segments: 4 * (points.length - 1), radialSegments: 6, domeRows: 1, ...options });
}

/** A coil around the line from `a` to `b`. */
export function spring(a: Vec3, b: Vec3, coilM: number, rodM: number, turns: number): BufferGeometry {
  const perTurn = 10;
  const axis = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const;
  const length = Math.hypot(...axis);
  const [dx, dy, dz] = axis.map((v) => v / length) as [number, number, number];
  // Two directions across the axis; the first is never parallel to it, as no spring here points along x.
  const u: Vec3 = [1 - dx * dx, -dx * dy, -dx * dz];
  const ul = Math.hypot(...u);
  const un = u.map((v) => v / ul) as [number, number, number];
  const v: Vec3 = [dy * un[2] - dz * un[1], dz * un[0] - dx * un[2], dx * un[1] - dy * un[0]];
  const points = Array.from({ length: turns * perTurn + 1 }, (_, i): Vec3 => {
    const t = i / (turns * perTurn);
    const [c, s] = [Math.cos((2 * Math.PI * i) / perTurn) * coilM, Math.sin((2 * Math.PI * i) / perTurn) * coilM];
    return [0, 1, 2].map(
      (d) => (a[d] as number) + axis[d as 0 | 1 | 2] * t + (un[d] as number) * c + v[d as 0 | 1 | 2] * s,
    ) as [number, number, number];
  });
  return tube(points, rodM, { segments: turns * perTurn, radialSegments: 5, domeRows: 0 });
}

/** Adds a surface in several colours: each region takes what the ones before it left. */
export function addPainted(
  kit: MeshKit,
  geometry: BufferGeometry,
  base: MeshMaterial,
  regions: ReadonlyArray<readonly [MeshMaterial, Field]>,
  placement: Placement = {},
): void {
  let rest = geometry;
  for (const [material, region] of regions) {
    const [inside, left] = surfaceSplit(rest, region);
    if (inside.index?.count) kit.add(material, inside, placement);
    rest = left;
  }
  if (rest.index?.count) kit.add(base, rest, placement);
}

/** Height at which a vertical line first meets the field from above. */
export function topOf(field: Field, x: number, z: number, fromY: number, toY: number): number {
  const steps = 400;
  for (let i = 0; i <= steps; i++) {
    const y = fromY + ((toY - fromY) * i) / steps;
    if (field(x, y, z) <= 0) return y;
  }
  return toY;
}
