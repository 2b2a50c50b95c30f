/** The vertices of an object's surface as it stands: those that a face uses, skinned, morphed and copied. */
import { Box3, Matrix4, Vector3, type BufferAttribute, type InstancedMesh, type Mesh, type Object3D } from 'three';
import { usedVertices } from './used-vertices';

/** Vertices looked at per mesh where every one is compared with many others; the framing of dense meshes changes by less than a pixel. */
const MAX_VERTICES = 20_000;

export const isMesh = (object: Object3D): object is Mesh => 'isMesh' in object && object.isMesh === true;

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

/** Three numbers a point, flat: as many objects of their own would take longer to make and to forget than to look at. */
export type FlatPoints = number[];

interface Part {
  readonly mesh: Mesh;
  readonly vertexCount: number;
  /** Null: all are used. */
  readonly used: Uint8Array | null;
  /** From the mesh's frame to the world. */
  readonly copies: readonly Matrix4[];
  /** So many of the used vertices are passed over for one that is kept. */
  readonly stride: number;
}

function partsOf(root: Object3D): Part[] {
  const parts: Part[] = [];
  root.updateMatrixWorld(true);
  root.traverse((object) => {
    if (!isMesh(object)) return;
    const position = object.geometry.getAttribute('position') as BufferAttribute | undefined;
    if (!position) return;
    const used = usedVertices(object.geometry);
    const count = used ? used.reduce((sum, one) => sum + one, 0) : position.count;
    const copies = instanceMatrices(object).map((matrix) => matrix.premultiply(object.matrixWorld));
    const stride = Math.max(1, Math.floor((count * copies.length) / MAX_VERTICES));
    parts.push({ mesh: object, vertexCount: position.count, used, copies, stride });
  });
  return parts;
}

/** Points in world axes, so many at a time, and for each the number of its vertex among those that are used. */
interface Block {
  readonly places: Float64Array;
  readonly orders: Uint32Array;
  length: number;
}

/** Calls `visit` with all points of a part, block by block in the same memory: a call a point would take several times as long. */
function partVisit({ mesh, vertexCount, used, copies }: Part, visit: (block: Block) => void): void {
  const block = { places: new Float64Array(3 * MAX_VERTICES), orders: new Uint32Array(MAX_VERTICES), length: 0 };
  const vertex = new Vector3();
  const point = new Vector3();
  const flush = (): void => {
    visit(block);
    block.length = 0;
  };
  let order = -1;
  for (let i = 0; i < vertexCount; i++) {
    if (used && used[i] === 0) continue;
    order++;
    // Applies skinning and morph targets, so characters are framed as they stand.
    mesh.getVertexPosition(i, vertex);
    for (const copy of copies) {
      const { x, y, z } = point.copy(vertex).applyMatrix4(copy);
      if (!Number.isFinite(x + y + z)) continue;
      const at = block.length++;
      block.orders[at] = order;
      block.places[3 * at] = x;
      block.places[3 * at + 1] = y;
      block.places[3 * at + 2] = z;
      if (block.length === MAX_VERTICES) flush();
    }
  }
  flush();
}

/** The axes and the diagonals of a cube; both ends of each count. */
const REACHES = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [1, 1, 1],
  [1, 1, -1],
  [1, -1, 1],
  [-1, 1, 1],
] as const;

/** Where the points of a block are that reach farthest along the axes and diagonals. */
function farthestOf({ places, length }: Block): Set<number> {
  const found = new Set<number>();
  for (const [ax, ay, az] of REACHES) {
    let [least, most, leastAt, mostAt] = [Infinity, -Infinity, 0, 0];
    for (let at = 0; at < length; at++) {
      const along =
        ax * (places[3 * at] as number) + ay * (places[3 * at + 1] as number) + az * (places[3 * at + 2] as number);
      if (along < least) [least, leastAt] = [along, at];
      if (along > most) [most, mostAt] = [along, at];
    }
    if (length > 0) found.add(leastAt).add(mostAt);
  }
  return found;
}

export interface Surface {
  /** Exact. */
  readonly box: Box3;
  /** Distance of the farthest point from the box's centre; exact. */
  readonly radius: number;
  /**
   * All of a mesh of few vertices. Of a dense one a share, and of each of its blocks what reaches farthest: a coarse part of it is not
   * to be lost beside its dense ones.
   */
  readonly points: FlatPoints;
}

export function surfaceOf(root: Object3D): Surface {
  const parts = partsOf(root);
  const box = new Box3();
  const points: FlatPoints = [];
  const point = new Vector3();
  for (const part of parts)
    partVisit(part, (block) => {
      const { places, orders, length } = block;
      const farthest = part.stride > 1 ? farthestOf(block) : null;
      for (let at = 0; at < length; at++) {
        const isFar = farthest?.has(at) ?? true;
        if (!isFar && (orders[at] as number) % part.stride !== 0) continue;
        const { x, y, z } = point.fromArray(places, 3 * at);
        points.push(x, y, z);
        if (isFar) box.expandByPoint(point);
      }
    });
  const centre = box.getCenter(new Vector3());
  let squared = 0;
  for (const part of parts)
    partVisit(part, ({ places, length }) => {
      for (let at = 0; at < length; at++)
        squared = Math.max(squared, point.fromArray(places, 3 * at).distanceToSquared(centre));
    });
  return { box, radius: Math.sqrt(squared), points };
}
