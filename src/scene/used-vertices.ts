import type { BufferGeometry } from 'three';

/** 1 for each vertex that a face uses; null where there is no index, and all are used. What it names beyond the list is left out. */
export function usedVertices({ index, attributes }: BufferGeometry): Uint8Array | null {
  if (!index) return null;
  const used = new Uint8Array(attributes['position']?.count ?? 0);
  for (let i = 0; i < index.count; i++) used[index.getX(i)] = 1;
  return used;
}
