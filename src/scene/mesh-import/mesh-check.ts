/** Looks over what a loader made: a mesh that passes can be framed and drawn. Counts it on the way. */
import { InstancedMesh, Mesh, Triangle, Vector3, type BufferAttribute, type Object3D } from 'three';
import { objectStrip } from '../object-strip';
import { usedVertices } from '../used-vertices';
import { meshBroken, meshError, meshNoSurface, type MeshImportError } from './import-error';

export interface MeshCounts {
  readonly triangles: number;
  readonly vertices: number;
}

export const MAX_TRIANGLES = 5_000_000;

export const trianglesMany = (file: string): MeshImportError =>
  meshError('too-large', file, 'triangles-many', { millions: MAX_TRIANGLES / 1e6 });

function hasArea(mesh: Mesh): boolean {
  const position = mesh.geometry.getAttribute('position') as BufferAttribute;
  const { index } = mesh.geometry;
  const corner = (i: number): number => (index ? index.getX(i) : i);
  const face = new Triangle(new Vector3(), new Vector3(), new Vector3());
  const count = index?.count ?? position.count;
  for (let i = 0; i + 2 < count; i += 3) {
    face.setFromAttributeAndIndices(position, corner(i), corner(i + 1), corner(i + 2));
    if (face.getArea() > 0) return true;
  }
  return false;
}

function checkMesh(file: string, mesh: Mesh): MeshCounts {
  const { name: part } = mesh;
  const position = mesh.geometry.getAttribute('position') as BufferAttribute | undefined;
  if (!position) throw meshBroken(file, 'part-positions', { part });
  const { index } = mesh.geometry;
  if (index)
    for (let i = 0; i < index.count; i++)
      if (!(index.getX(i) < position.count))
        throw meshBroken(file, 'part-face', { number: index.getX(i), part, count: position.count });
  const used = usedVertices(mesh.geometry);
  for (let i = 0; i < position.count; i++)
    if (used?.[i] !== 0 && !Number.isFinite(position.getX(i) + position.getY(i) + position.getZ(i)))
      throw meshBroken(file, 'part-vertex', { number: i, part });
  const copies = mesh instanceof InstancedMesh ? mesh.count : 1;
  return { triangles: copies * Math.floor((index?.count ?? position.count) / 3), vertices: position.count };
}

/**
 * Removes what is no surface and checks the rest.
 * @throws MeshImportError
 */
export function meshCheck(file: string, root: Object3D): MeshCounts {
  objectStrip(root);
  let [triangles, vertices, isVisible] = [0, 0, false];
  root.updateMatrixWorld(true);
  const meshes: Mesh[] = [];
  root.traverse((child) => {
    if (child instanceof Mesh) meshes.push(child);
  });
  for (const mesh of meshes) {
    const counts = checkMesh(file, mesh);
    triangles += counts.triangles;
    vertices += counts.vertices;
    if (triangles > MAX_TRIANGLES) throw trianglesMany(file);
    isVisible ||= mesh.matrixWorld.determinant() !== 0 && hasArea(mesh);
  }
  if (!isVisible) throw meshNoSurface(file, triangles > 0 ? 'triangles-flat' : 'triangles-none', {});
  return { triangles, vertices };
}
