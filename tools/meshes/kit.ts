/**
 * Collects the parts of an object per material, places them and bends them. Lengths are metres, +Y is up, the front
 * faces +Z.
 */
import * as THREE from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';

export type Vec3 = readonly [x: number, y: number, z: number];

export interface MeshMaterial {
  name: string;
  /** sRGB, `#rrggbb`. */
  color: string;
  roughness: number;
  metalness: number;
}

export interface Placement {
  at?: Vec3;
  /** Euler angles, applied in the order X, Y, Z. */
  rotDeg?: Vec3;
  scale?: Vec3;
}

/** Geometry of one object, grouped by material, in the order in which materials are first used. */
export class MeshKit {
  readonly parts = new Map<MeshMaterial, THREE.BufferGeometry[]>();

  add(material: MeshMaterial, geometry: THREE.BufferGeometry, placement: Placement = {}): void {
    const list = this.parts.get(material) ?? [];
    this.parts.set(material, list);
    list.push(placed(geometry, placement));
  }

  /** Adds the part and its mirror image in the plane x = 0. */
  addBoth(material: MeshMaterial, geometry: THREE.BufferGeometry, placement: Placement = {}): void {
    const one = placed(geometry, placement);
    this.add(material, one);
    this.add(material, mirroredX(one));
  }

  /** Moves everything so that it stands on y = 0, centred on the y axis. */
  settle(): this {
    const bounds = new THREE.Box3();
    const own = new THREE.Box3();
    for (const part of [...this.parts.values()].flat())
      bounds.union(own.setFromBufferAttribute(part.getAttribute('position') as THREE.BufferAttribute));
    const { x, z } = bounds.getCenter(new THREE.Vector3());
    for (const part of [...this.parts.values()].flat()) part.translate(-x, -bounds.min.y, -z);
    return this;
  }

  merged(): Array<{ material: MeshMaterial; geometry: THREE.BufferGeometry }> {
    return [...this.parts].map(([material, list]) => ({ material, geometry: mergeGeometries(list) }));
  }
}

/** A copy without texture coordinates, indexed, moved to its place. */
export function placed(geometry: THREE.BufferGeometry, { at, rotDeg, scale }: Placement = {}): THREE.BufferGeometry {
  const out = geometry.clone();
  for (const name of Object.keys(out.attributes)) {
    if (name !== 'position' && name !== 'normal') out.deleteAttribute(name);
  }
  out.clearGroups();
  if (!out.index) out.setIndex(Array.from({ length: out.getAttribute('position').count }, (_, i) => i));
  const rad = (rotDeg ?? [0, 0, 0]).map((deg) => (deg * Math.PI) / 180) as [number, number, number];
  const matrix = new THREE.Matrix4().compose(
    new THREE.Vector3(...(at ?? [0, 0, 0])),
    new THREE.Quaternion().setFromEuler(new THREE.Euler(...rad, 'ZYX')),
    new THREE.Vector3(...(scale ?? [1, 1, 1])),
  );
  return out.applyMatrix4(matrix);
}

export function mirroredX(geometry: THREE.BufferGeometry): THREE.BufferGeometry {
  const out = placed(geometry, { scale: [-1, 1, 1] });
  const index = out.index as THREE.BufferAttribute;
  for (let i = 0; i < index.count; i += 3) {
    const a = index.getX(i);
    index.setX(i, index.getX(i + 2));
    index.setX(i + 2, a);
  }
  return out;
}

/** Moves every vertex through `map`; normals follow by the cofactor of its numeric Jacobian. */
export function deformed(
  geometry: THREE.BufferGeometry,
  map: (p: THREE.Vector3) => THREE.Vector3,
): THREE.BufferGeometry {
  const out = placed(geometry);
  const position = out.getAttribute('position');
  const normal = out.getAttribute('normal');
  const step = 1e-4;
  const p = new THREE.Vector3();
  const n = new THREE.Vector3();
  for (let i = 0; i < position.count; i++) {
    p.fromBufferAttribute(position, i);
    n.fromBufferAttribute(normal, i);
    const column = (dx: number, dy: number, dz: number): THREE.Vector3 =>
      map(new THREE.Vector3(p.x + dx, p.y + dy, p.z + dz)).sub(map(new THREE.Vector3(p.x - dx, p.y - dy, p.z - dz)));
    const [a, b, c] = [column(step, 0, 0), column(0, step, 0), column(0, 0, step)];
    const turned = new THREE.Vector3()
      .addScaledVector(b.clone().cross(c), n.x)
      .addScaledVector(c.clone().cross(a), n.y)
      .addScaledVector(a.clone().cross(b), n.z)
      .normalize();
    const q = map(p.clone());
    position.setXYZ(i, q.x, q.y, q.z);
    normal.setXYZ(i, turned.x, turned.y, turned.z);
  }
  return out;
}

/** Bends a part drawn in the XY plane around the Y axis: x becomes arc length on radius `radiusM`, z stays outwards. */
export function wrapped(
  geometry: THREE.BufferGeometry,
  radiusM: (y: number) => number,
  turnDeg = 0,
): THREE.BufferGeometry {
  const turnRad = (turnDeg * Math.PI) / 180;
  return deformed(geometry, (p) => {
    const r = radiusM(p.y);
    const aRad = p.x / r + turnRad;
    return new THREE.Vector3((r + p.z) * Math.sin(aRad), p.y, (r + p.z) * Math.cos(aRad));
  });
}

export function smoothstep(low: number, high: number, value: number): number {
  const t = Math.max(0, Math.min(1, (value - low) / (high - low)));
  return t * t * (3 - 2 * t);
}
