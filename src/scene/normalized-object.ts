/** Brings any object to the frame that cameras expect: bounding box centred at the origin, bounding radius 1. */
import {
  Box3,
  Group,
  Matrix4,
  Vector3,
  type BufferAttribute,
  type InstancedMesh,
  type Mesh,
  type Object3D,
  type Texture,
} from 'three';
import type { Vec3 } from '../core/vec3';

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
/** Vertices looked at per mesh; extremes of dense meshes change by less than a pixel. */
const MAX_VERTICES = 20_000;

const isMesh = (object: Object3D): object is Mesh => 'isMesh' in object && object.isMesh === true;

const isInstanced = (mesh: Mesh): mesh is InstancedMesh => 'isInstancedMesh' in mesh && mesh.isInstancedMesh === true;

/** Where the mesh's copies stand in its own frame; of one that is no instanced mesh, itself. */
function instanceMatrices(mesh: Mesh): readonly Matrix4[] {
  if (!isInstanced(mesh)) return [new Matrix4()];
  return Array.from({ length: mesh.count }, (_, index) => {
    const matrix = new Matrix4();
    mesh.getMatrixAt(index, matrix);
    return matrix;
  });
}

function surfacePoints(root: Object3D): Vector3[] {
  const points: Vector3[] = [];
  root.updateMatrixWorld(true);
  root.traverse((object) => {
    if (!isMesh(object)) return;
    const position = object.geometry.getAttribute('position') as BufferAttribute | undefined;
    if (!position) return;
    const copies = instanceMatrices(object).map((matrix) => matrix.premultiply(object.matrixWorld));
    const stride = Math.max(1, Math.floor((position.count * copies.length) / MAX_VERTICES));
    for (let i = 0; i < position.count; i += stride) {
      // getVertexPosition applies skinning and morph targets, so characters are framed as they stand.
      const vertex = object.getVertexPosition(i, new Vector3());
      for (const copy of copies) {
        const point = vertex.clone().applyMatrix4(copy);
        if (Number.isFinite(point.x + point.y + point.z)) points.push(point);
      }
    }
  });
  return points;
}

function extremePoints(points: readonly Vector3[]): Vec3[] {
  const chosen = new Set<Vector3>();
  for (let i = 0; i < FRAMING_DIRECTIONS; i++) {
    // Directions of a Fibonacci sphere: spread evenly without clustering at the poles.
    const y = 1 - (2 * (i + 0.5)) / FRAMING_DIRECTIONS;
    const radius = Math.sqrt(1 - y * y);
    const turnRad = i * Math.PI * (3 - Math.sqrt(5));
    const direction = new Vector3(radius * Math.cos(turnRad), y, radius * Math.sin(turnRad));
    let best = points[0] as Vector3;
    let bestDot = -Infinity;
    for (const point of points) {
      const dot = point.dot(direction);
      if (dot > bestDot) {
        bestDot = dot;
        best = point;
      }
    }
    chosen.add(best);
  }
  return [...chosen].map((p): Vec3 => [p.x, p.y, p.z]);
}

/**
 * Wraps `object` in a centred, scaled group.
 * @throws Error when the object has no visible surface; the message names `id`.
 */
export function objectNormalize(id: string, object: Object3D): NormalizedObject {
  const points = surfacePoints(object);
  const box = new Box3().setFromPoints(points);
  if (points.length === 0 || !(box.getSize(new Vector3()).length() > 0))
    throw new Error(`Object "${id}" has no surface to look at: it holds no mesh with vertices.`);
  const centre = box.getCenter(new Vector3());
  let radius = 0;
  for (const point of points) radius = Math.max(radius, point.distanceTo(centre));
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
  for (const point of points) point.sub(centre).multiplyScalar(scale);
  return {
    id,
    root,
    framingPoints: extremePoints(points),
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
