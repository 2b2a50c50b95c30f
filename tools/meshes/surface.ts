/**
 * Meshes of fields by surface nets (Gibson, "Constrained Elastic Surface Nets", 1998), with vertices pulled onto the
 * surface and normals from the field's slope; and colour borders cut cleanly through a mesh.
 */
import { BufferGeometry, Float32BufferAttribute } from 'three';
import type { Field } from './field.ts';
import type { Vec3 } from './kit.ts';
import { item } from './path2.ts';

const PULL_STEPS = 3;

function slope(field: Field, [x, y, z]: Vec3, stepM: number): Vec3 {
  return [
    (field(x + stepM, y, z) - field(x - stepM, y, z)) / (2 * stepM),
    (field(x, y + stepM, z) - field(x, y - stepM, z)) / (2 * stepM),
    (field(x, y, z + stepM) - field(x, y, z - stepM)) / (2 * stepM),
  ];
}

/**
 * The surface of `field` inside a box, on a grid of `cellM`.
 * @throws Error when the surface leaves the box or does not meet it
 */
export function surfaceOf(field: Field, min: Vec3, max: Vec3, cellM: number): BufferGeometry {
  const counts = [0, 1, 2].map((axis) => Math.ceil((item(max, axis) - item(min, axis)) / cellM) + 1);
  const [nx, ny, nz] = counts as [number, number, number];
  const at = (i: number, j: number, k: number): number => i + nx * (j + ny * k);
  const values = new Float64Array(nx * ny * nz);
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++) {
        const value = field(min[0] + i * cellM, min[1] + j * cellM, min[2] + k * cellM);
        const isRim = i === 0 || j === 0 || k === 0 || i === nx - 1 || j === ny - 1 || k === nz - 1;
        if (isRim && value < 0) throw new Error(`the surface leaves its box at ${i}, ${j}, ${k} of ${counts.join()}`);
        values[at(i, j, k)] = value;
      }

  const vertexOfCell = new Map<number, number>();
  const position: number[] = [];
  const normal: number[] = [];
  const corners = [0, 1, 2, 3, 4, 5, 6, 7].map((c) => [c & 1, (c >> 1) & 1, c >> 2] as const);
  const addVertex = (i: number, j: number, k: number): void => {
    const v = corners.map(([a, b, c]) => item(values, at(i + a, j + b, k + c)));
    const inside = v.filter((value) => value < 0).length;
    if (inside === 0 || inside === 8) return;
    const sum: [number, number, number] = [0, 0, 0];
    let crossings = 0;
    for (let a = 0; a < 8; a++)
      for (const axis of [0, 1, 2] as const) {
        const b = a | (1 << axis);
        if (b === a || item(v, a) < 0 === item(v, b) < 0) continue;
        const t = item(v, a) / (item(v, a) - item(v, b));
        for (const d of [0, 1, 2] as const) sum[d] += item(item(corners, a), d) + (d === axis ? t : 0);
        crossings += 1;
      }
    let p: Vec3 = [
      min[0] + (i + sum[0] / crossings) * cellM,
      min[1] + (j + sum[1] / crossings) * cellM,
      min[2] + (k + sum[2] / crossings) * cellM,
    ];
    for (let step = 0; step < PULL_STEPS; step++) {
      const g = slope(field, p, cellM * 0.05);
      const gg = Math.max(g[0] ** 2 + g[1] ** 2 + g[2] ** 2, 0.05);
      const pull = Math.max(-0.3 * cellM, Math.min(0.3 * cellM, field(...p) / gg));
      p = [p[0] - g[0] * pull, p[1] - g[1] * pull, p[2] - g[2] * pull];
    }
    const n = slope(field, p, cellM * 0.2);
    const length = Math.hypot(...n) || 1;
    vertexOfCell.set(at(i, j, k), position.length / 3);
    position.push(...p);
    normal.push(n[0] / length, n[1] / length, n[2] / length);
  };
  for (let k = 0; k + 1 < nz; k++) for (let j = 0; j + 1 < ny; j++) for (let i = 0; i + 1 < nx; i++) addVertex(i, j, k);
  if (position.length === 0) throw new Error('the field has no surface inside its box');

  const index: number[] = [];
  const distanceSq = (a: number, b: number): number =>
    [0, 1, 2].reduce((sum, d) => sum + (item(position, 3 * a + d) - item(position, 3 * b + d)) ** 2, 0);
  const addQuad = (cells: readonly number[], flip: boolean): void => {
    const ids = (flip ? [...cells].reverse() : cells).map((cell) => vertexOfCell.get(cell) as number);
    const [a, b, c, d] = ids as [number, number, number, number];
    // The shorter diagonal bends less.
    if (distanceSq(a, c) <= distanceSq(b, d)) index.push(a, b, c, a, c, d);
    else index.push(b, c, d, b, d, a);
  };
  for (let k = 1; k + 1 < nz; k++)
    for (let j = 1; j + 1 < ny; j++)
      for (let i = 1; i + 1 < nx; i++) {
        const here = item(values, at(i, j, k)) < 0;
        if (here !== item(values, at(i + 1, j, k)) < 0)
          addQuad([at(i, j - 1, k - 1), at(i, j, k - 1), at(i, j, k), at(i, j - 1, k)], !here);
        if (here !== item(values, at(i, j + 1, k)) < 0)
          addQuad([at(i - 1, j, k - 1), at(i - 1, j, k), at(i, j, k), at(i, j, k - 1)], !here);
        if (here !== item(values, at(i, j, k + 1)) < 0)
          addQuad([at(i - 1, j - 1, k), at(i, j - 1, k), at(i, j, k), at(i - 1, j, k)], !here);
      }
  const out = new BufferGeometry();
  out.setAttribute('position', new Float32BufferAttribute(position, 3));
  out.setAttribute('normal', new Float32BufferAttribute(normal, 3));
  return out.setIndex(index);
}

/** Cuts a mesh along the zero line of `region`: `[where region < 0, the rest]`. Borders are straight within a face. */
export function surfaceSplit(geometry: BufferGeometry, region: Field): [inside: BufferGeometry, rest: BufferGeometry] {
  const position = [...geometry.getAttribute('position').array];
  const normal = [...geometry.getAttribute('normal').array];
  const value: number[] = [];
  const valueAt = (i: number): number =>
    region(item(position, 3 * i), item(position, 3 * i + 1), item(position, 3 * i + 2));
  for (let i = 0; i < position.length / 3; i++) value.push(valueAt(i) || 1e-12);
  const middles = new Map<string, number>();
  const middle = (a: number, b: number): number => {
    const key = a < b ? `${a},${b}` : `${b},${a}`;
    const known = middles.get(key);
    if (known !== undefined) return known;
    let [low, high] = [0, 1];
    const mix = (list: number[], t: number, d: number): number =>
      item(list, 3 * a + d) + (item(list, 3 * b + d) - item(list, 3 * a + d)) * t;
    for (let step = 0; step < 12; step++) {
      const t = (low + high) / 2;
      const isLikeA = region(mix(position, t, 0), mix(position, t, 1), mix(position, t, 2)) < 0 === item(value, a) < 0;
      if (isLikeA) low = t;
      else high = t;
    }
    const t = (low + high) / 2;
    const n = [0, 1, 2].map((d) => mix(normal, t, d));
    const length = Math.hypot(...n) || 1;
    position.push(...[0, 1, 2].map((d) => mix(position, t, d)));
    normal.push(...n.map((v) => v / length));
    middles.set(key, position.length / 3 - 1);
    return position.length / 3 - 1;
  };
  const sides: [number[], number[]] = [[], []];
  const index = geometry.index?.array ?? [];
  for (let i = 0; i < index.length; i += 3) {
    const face = [item(index, i), item(index, i + 1), item(index, i + 2)];
    const isIn = face.map((v) => item(value, v) < 0);
    const odd = isIn.findIndex((side, k) => side !== isIn[(k + 1) % 3] && side !== isIn[(k + 2) % 3]);
    if (odd < 0 || isIn.every((side) => side === isIn[0])) {
      sides[isIn[0] ? 0 : 1].push(...face);
      continue;
    }
    const [a, b, c] = [item(face, odd), item(face, (odd + 1) % 3), item(face, (odd + 2) % 3)];
    const [ab, ca] = [middle(a, b), middle(c, a)];
    sides[isIn[odd] ? 0 : 1].push(a, ab, ca);
    sides[isIn[odd] ? 1 : 0].push(ab, b, c, ab, c, ca);
  }
  return sides.map((side) => {
    const used = new Map<number, number>();
    const [p, n]: [number[], number[]] = [[], []];
    const ids = side.map((v) => {
      const known = used.get(v);
      if (known !== undefined) return known;
      for (const d of [0, 1, 2]) {
        p.push(item(position, 3 * v + d));
        n.push(item(normal, 3 * v + d));
      }
      used.set(v, used.size);
      return used.size - 1;
    });
    const out = new BufferGeometry();
    out.setAttribute('position', new Float32BufferAttribute(p, 3));
    out.setAttribute('normal', new Float32BufferAttribute(n, 3));
    return out.setIndex(ids);
  }) as [BufferGeometry, BufferGeometry];
}
