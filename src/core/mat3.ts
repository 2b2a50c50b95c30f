/** 3×3 matrices as rows; used for rotations only. */
import { vec3Dot, type Vec3 } from './vec3';

export type Mat3 = readonly [row0: Vec3, row1: Vec3, row2: Vec3];

export const mat3Transpose = (m: Mat3): Mat3 => [
  [m[0][0], m[1][0], m[2][0]],
  [m[0][1], m[1][1], m[2][1]],
  [m[0][2], m[1][2], m[2][2]],
];

export const mat3MulVec = (m: Mat3, v: Vec3): Vec3 => [vec3Dot(m[0], v), vec3Dot(m[1], v), vec3Dot(m[2], v)];

export function mat3Mul(a: Mat3, b: Mat3): Mat3 {
  const columns = mat3Transpose(b);
  const row = (r: Vec3): Vec3 => [vec3Dot(r, columns[0]), vec3Dot(r, columns[1]), vec3Dot(r, columns[2])];
  return [row(a[0]), row(a[1]), row(a[2])];
}

export const mat3Trace = (m: Mat3): number => m[0][0] + m[1][1] + m[2][2];

/** det(m); +1 for a rotation, −1 for a reflection. */
export const mat3Determinant = (m: Mat3): number =>
  m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
  m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
  m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
