/** Brings any object to the frame that cameras expect: bounding box centred at the origin, bounding radius 1. */
import { Group, Matrix4, Vector3, type Object3D, type Texture } from 'three';
import type { Vec3 } from '../core/vec3';
import { isMesh, surfaceOf, type FlatPoints } from './surface-points';

export interface NormalizedObject {
  readonly id: string;
  /** Root that can be put into a scene; its children are centred and scaled. */
  readonly root: Group;
  /** Extreme points of the surface in world axes after normalizing: enough to frame the object by. */
  readonly framingPoints: readonly Vec3[];
  /** Metres of the original per unit here. */
  readonly metresPerUnit: number;
  /** Height of the lowest point: where a floor belongs. */
  readonly floorY: number;
}

const FRAMING_DIRECTIONS = 160;

/** What lies farthest in each of {@link FRAMING_DIRECTIONS}, moved by −`centre` and scaled. */
function extremePoints(points: FlatPoints, centre: Vector3, scale: number): Vec3[] {
  const moved = new Float64Array(points.length);
  for (let at = 0; at < points.length; at += 3)
    for (let axis = 0; axis < 3; axis++)
      moved[at + axis] = ((points[at + axis] ?? 0) - centre.getComponent(axis)) * scale;
  const chosen = new Set<number>();
  for (let i = 0; i < FRAMING_DIRECTIONS; i++) {
    // Directions of a Fibonacci sphere: spread evenly without clustering at the poles.
    const y = 1 - (2 * (i + 0.5)) / FRAMING_DIRECTIONS;
    const radius = Math.sqrt(1 - y * y);
    const turnRad = i * Math.PI * (3 - Math.sqrt(5));
    const [x, z] = [radius * Math.cos(turnRad), radius * Math.sin(turnRad)];
    let best = 0;
    let bestDot = -Infinity;
    for (let at = 0; at < moved.length; at += 3) {
      const dot = (moved[at] ?? 0) * x + (moved[at + 1] ?? 0) * y + (moved[at + 2] ?? 0) * z;
      if (dot > bestDot) {
        bestDot = dot;
        best = at;
      }
    }
    chosen.add(best);
  }
  return [...chosen].map((at): Vec3 => [moved[at] ?? 0, moved[at + 1] ?? 0, moved[at + 2] ?? 0]);
}

/**
 * Wraps `object` in a centred, scaled group.
 * @throws Error when the object has no visible surface; the message names `id`.
 */
export function objectNormalize(id: string, object: Object3D): NormalizedObject {
  const { box, radius, points } = surfaceOf(object);
  if (points.length === 0 || !(box.getSize(new Vector3()).length() > 0))
    throw new Error(`Object "${id}" has no surface to look at: it holds no mesh with vertices.`);
  const centre = box.getCenter(new Vector3());
  const scale = 1 / radius;

  const inner = new Group();
  inner.applyMatrix4(
    new Matrix4()
      .makeScale(scale, scale, scale)
      .multiply(new Matrix4().makeTranslation(-centre.x, -centre.y, -centre.z)),
  );
  inner.add(object);
  const root = new Group();
  root.name = id;
  root.add(inner);
  root.updateMatrixWorld(true);
  return {
    id,
    root,
    framingPoints: extremePoints(points, centre, scale),
    metresPerUnit: radius,
    floorY: (box.min.y - centre.y) * scale,
  };
}

/**
 * Frees every geometry, material and texture below `root`.
 * @param keepPrograms leaves the materials alive, and with them their compiled shaders: when thousands of objects pass by,
 * compiling the same few shaders again for each of them would cost more than drawing it
 */
export function objectDispose(root: Object3D, keepPrograms = false): void {
  root.traverse((object) => {
    if (!isMesh(object)) return;
    object.geometry.dispose();
    for (const material of Array.isArray(object.material) ? object.material : [object.material]) {
      for (const value of Object.values(material)) {
        if (value && typeof value === 'object' && 'isTexture' in value) (value as Texture).dispose();
      }
      if (!keepPrograms) material.dispose();
    }
  });
}
