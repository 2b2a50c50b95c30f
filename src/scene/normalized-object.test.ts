import { BoxGeometry, InstancedMesh, Matrix4, Mesh } from 'three';
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
