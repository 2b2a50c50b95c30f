import { BoxGeometry, BufferAttribute, Mesh } from 'three';
import { describe, expect, it } from 'vitest';
import { MeshImportError } from './import-error';
import { meshCheck } from './mesh-check';

/** A box with one vertex more, which is no number. @param used whether a face uses it */
function boxWithHole(used: boolean): Mesh {
  const geometry = new BoxGeometry();
  const places = (geometry.getAttribute('position') as BufferAttribute).array;
  geometry.setAttribute('position', new BufferAttribute(new Float32Array([...places, NaN, NaN, NaN]), 3));
  const { index } = geometry;
  if (index && used) index.setX(5, places.length / 3);
  return new Mesh(geometry);
}

describe('a vertex that is no number', () => {
  it('is no fault where no face uses it', () => {
    expect(meshCheck('box.ply', boxWithHole(false))).toEqual({ triangles: 12, vertices: 25 });
  });

  it('is one where a face does, and is named', () => {
    expect(() => meshCheck('box.ply', boxWithHole(true))).toThrow(MeshImportError);
    expect(() => meshCheck('box.ply', boxWithHole(true))).toThrow(/24/);
  });
});
