/** Which way a mesh stands: its own up and front axes, turned to the project's +Y and +Z. */
import { Matrix4, Vector3 } from 'three';

export type Axis = '+X' | '-X' | '+Y' | '-Y' | '+Z' | '-Z';

export const AXES: readonly Axis[] = ['+X', '-X', '+Y', '-Y', '+Z', '-Z'];

export interface MeshAxes {
  readonly up: Axis;
  readonly front: Axis;
}

export const axisVector = (axis: Axis): Vector3 =>
  new Vector3().setComponent('XYZ'.indexOf(axis.slice(1)), axis.startsWith('-') ? -1 : 1);

/** The fronts that go with an up axis. */
export const frontsForUp = (up: Axis): readonly Axis[] => AXES.filter((axis) => axis.slice(1) !== up.slice(1));

/**
 * Keeps a front when it still goes with a new up axis, else picks the first that does.
 */
export const axesWithUp = ({ front }: MeshAxes, up: Axis): MeshAxes => ({
  up,
  front: frontsForUp(up).includes(front) ? front : (frontsForUp(up)[0] as Axis),
});

/**
 * Rotation that brings `up` to +Y and `front` to +Z.
 * @throws RangeError when the two lie on one line
 */
export function orientationMatrix({ up, front }: MeshAxes): Matrix4 {
  if (!frontsForUp(up).includes(front)) throw new RangeError(`front ${front} cannot go with up ${up}: same axis`);
  const [y, z] = [axisVector(up), axisVector(front)];
  // Columns say where the mesh's axes lie; the transpose of a rotation is its inverse.
  return new Matrix4().makeBasis(new Vector3().crossVectors(y, z), y, z).transpose();
}
