/** Three-component vectors as plain tuples; every function returns a new tuple. */

export type Vec3 = readonly [x: number, y: number, z: number];

export const vec3Add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const vec3Sub = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const vec3Scale = (a: Vec3, factor: number): Vec3 => [a[0] * factor, a[1] * factor, a[2] * factor];
export const vec3Dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const vec3Cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const vec3Length = (a: Vec3): number => Math.hypot(a[0], a[1], a[2]);

/** The unit vector along `a`. Throws a RangeError for the zero vector, which has no direction. */
export function vec3Normalize(a: Vec3): Vec3 {
  const length = vec3Length(a);
  if (!(length > 0)) throw new RangeError('the zero vector has no direction');
  return vec3Scale(a, 1 / length);
}
