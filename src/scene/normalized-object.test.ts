import { BoxGeometry, BufferAttribute, BufferGeometry, InstancedMesh, Matrix4, Mesh, SphereGeometry } from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { describe, expect, it } from 'vitest';
import { objectNormalize } from './normalized-object';

const box = new BoxGeometry(1, 1, 1);

describe('an object in its frame', () => {
  it('has a bounding radius of one, whatever its size', () => {
    const { framingPoints, metresPerUnit } = objectNormalize('box', new Mesh(box));
    expect(metresPerUnit).toBeCloseTo(Math.sqrt(0.75));
    for (const point of framingPoints) expect(Math.hypot(...point)).toBeCloseTo(1);
  });

  it('is framed with all copies of an instanced mesh', () => {
    const row = new InstancedMesh(box, undefined, 3);
    for (const [index, x] of [-10, 0, 10].entries()) row.setMatrixAt(index, new Matrix4().makeTranslation(x, 0, 0));
    const { framingPoints, metresPerUnit } = objectNormalize('row', row);
    expect(metresPerUnit).toBeCloseTo(Math.hypot(10.5, 0.5, 0.5));
    expect(Math.max(...framingPoints.map(([x]) => x))).toBeCloseTo(10.5 / metresPerUnit);
  });
});

const ball = new SphereGeometry(1, 1000, 800);

/** A ball of many vertices, and in the same mesh a box of few, where `place` puts it. */
const ballAndBox = (place: Matrix4, side = 0.1): Mesh =>
  new Mesh(mergeGeometries([ball, new BoxGeometry(side, side, side).applyMatrix4(place)]));

describe('a coarse part in a dense mesh', () => {
  it('counts for the size and for the floor', () => {
    const object = objectNormalize('ball', ballAndBox(new Matrix4().makeTranslation(0, -2, 0)));
    // From −2.05 to 1, and the ball's radius to the side.
    expect(-2 * object.floorY * object.metresPerUnit).toBeCloseTo(3.05, 6);
    expect(object.metresPerUnit).toBeCloseTo(Math.hypot(1.525, 0.05, 0.05), 6);
  });

  it.each([
    [0, -2, 0],
    [2, 0, 0],
    [-1.2, 1.3, 1.2],
    [1.9, 0.5, 0.9],
  ])('is framed where it stands at (%d, %d, %d)', (x, y, z) => {
    const object = objectNormalize('ball', ballAndBox(new Matrix4().makeTranslation(x, y, z)));
    const length = Math.hypot(x, y, z);
    const along = (point: readonly [number, number, number]): number =>
      (point[0] * x + point[1] * y + point[2] * z) / length;
    // Of the box's corner that lies farthest out, from the ball's far end.
    const reach = length + 0.05 * ((Math.abs(x) + Math.abs(y) + Math.abs(z)) / length) + 1;
    const alongs = object.framingPoints.map(along);
    expect((Math.max(...alongs) - Math.min(...alongs)) * object.metresPerUnit).toBeGreaterThan(reach - 0.01);
  });
});

describe('vertices that no face uses', () => {
  it('are neither framed nor centred on, be they numbers or not', () => {
    const { index, attributes } = new BoxGeometry(1, 2, 3);
    const stray = [100, 0, 0, NaN, NaN, NaN, 0, -50, 0];
    const places = new Float32Array([...stray, ...(attributes['position'] as BufferAttribute).array]);
    const geometry = new BufferGeometry().setAttribute('position', new BufferAttribute(places, 3));
    geometry.setIndex(Array.from((index as BufferAttribute).array, (vertex) => vertex + stray.length / 3));
    const { framingPoints, metresPerUnit, floorY } = objectNormalize('strays', new Mesh(geometry));
    const box = objectNormalize('box', new Mesh(new BoxGeometry(1, 2, 3)));
    expect(box).toMatchObject({ framingPoints, metresPerUnit, floorY });
  });
});
