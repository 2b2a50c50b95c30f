/** The basic shapes. Each has positions, exact normals and an index. Lengths are metres. */
import * as THREE from 'three';
import { placed, type Vec3 } from './kit.ts';
import { type Corner, item, pathFromCorners, type PathOptions, type PathPoint, rectCorners } from './path2.ts';

interface MeshArrays {
  position: number[];
  normal: number[];
  index: number[];
}

function geometryFrom({ position, normal, index }: MeshArrays): THREE.BufferGeometry {
  const out = new THREE.BufferGeometry();
  out.setAttribute('position', new THREE.Float32BufferAttribute(position, 3));
  out.setAttribute('normal', new THREE.Float32BufferAttribute(normal, 3));
  return out.setIndex(index);
}

/** Joins equally long rows of vertices by quads; `skip(j)` leaves out column j. */
function addRows(mesh: MeshArrays, rows: number[][], closed: boolean, skip: (j: number) => boolean): void {
  for (let i = 0; i + 1 < rows.length; i++) {
    const [low, high] = [item(rows, i), item(rows, i + 1)];
    for (let j = 0; j < (closed ? low.length : low.length - 1); j++) {
      if (skip(j)) continue;
      const k = (j + 1) % low.length;
      mesh.index.push(item(low, j), item(low, k), item(high, k), item(low, j), item(high, k), item(high, j));
    }
  }
}

export interface ExtrudeOptions extends PathOptions {
  /** Radius of the rounded rim. @default 0 */
  bevelM?: number;
  /** @default 3 */
  bevelSegments?: number;
  /** Splits of the wall along z. @default 1 */
  depthSegments?: number;
  /** Leaves out the face and rim at negative z, for parts whose back is buried. @default false */
  openBack?: boolean;
  /** Inner outlines, drawn clockwise. */
  holes?: Corner[][];
}

/** Extrudes an XY outline (counter-clockwise) along z, centred on z = 0, with rounded rims. */
export function extrude(
  corners: readonly Corner[],
  depthM: number,
  options: ExtrudeOptions = {},
): THREE.BufferGeometry {
  const {
    bevelM = 0,
    bevelSegments = 3,
    depthSegments = 1,
    openBack = false,
    holes = [],
    maxEdgeM = Infinity,
  } = options;
  const loops = [corners, ...holes].map((c) => pathFromCorners(c, { ...options, closed: true }));
  const mesh: MeshArrays = { position: [], normal: [], index: [] };
  const push = (x: number, y: number, z: number, nx: number, ny: number, nz: number): number =>
    mesh.position.push(x, y, z) / 3 - 1 + 0 * mesh.normal.push(nx, ny, nz);
  const half = depthM / 2;

  const rings: Array<{ inset: number; z: number; c: number; s: number }> = [];
  const arc = bevelM > 0 ? bevelSegments : 0;
  for (let k = openBack ? arc : 0; k <= arc; k++) {
    const aRad = arc ? (Math.PI / 2) * (1 - k / arc) : 0;
    rings.push({
      inset: bevelM * (1 - Math.cos(aRad)),
      z: -half + bevelM * (1 - Math.sin(aRad)),
      c: Math.cos(aRad),
      s: -Math.sin(aRad),
    });
  }
  for (let k = 1; k < depthSegments; k++) {
    rings.push({ inset: 0, z: -half + bevelM + ((depthM - 2 * bevelM) * k) / depthSegments, c: 1, s: 0 });
  }
  for (let k = 0; k <= arc; k++) {
    const aRad = arc ? (Math.PI / 2) * (k / arc) : 0;
    rings.push({
      inset: bevelM * (1 - Math.cos(aRad)),
      z: half - bevelM * (1 - Math.sin(aRad)),
      c: Math.cos(aRad),
      s: Math.sin(aRad),
    });
  }
  for (const loop of loops) {
    const rows = rings.map(({ inset, z, c, s }) =>
      loop.map((p) => push(p.x - p.mx * inset, p.y - p.my * inset, z, p.nx * c, p.ny * c, s)),
    );
    addRows(mesh, rows, true, (j) => pointsMeet(item(loop, j), item(loop, (j + 1) % loop.length)));
  }

  const flat = loops.map((loop) =>
    loop
      .filter((p, j) => !pointsMeet(p, item(loop, (j + 1) % loop.length)))
      .map((p) => new THREE.Vector2(p.x - p.mx * bevelM, p.y - p.my * bevelM)),
  );
  const points = flat.flat();
  const faces = refineFaces(points, THREE.ShapeUtils.triangulateShape(item(flat, 0), flat.slice(1)), maxEdgeM);
  for (const sign of openBack ? [1] : [-1, 1]) {
    const ids = points.map((p) => push(p.x, p.y, sign * half, 0, 0, sign));
    for (const [a, b, c] of faces)
      mesh.index.push(item(ids, a), item(ids, sign > 0 ? b : c), item(ids, sign > 0 ? c : b));
  }
  return geometryFrom(mesh);
}

function pointsMeet(a: PathPoint, b: PathPoint): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) < 1e-7;
}

/** Halves the longest edge of every face until none is longer than `maxEdgeM`; shared edges stay shared. */
function refineFaces(points: THREE.Vector2[], faces: number[][], maxEdgeM: number): Array<[number, number, number]> {
  const middle = new Map<string, number>();
  const todo = faces.map((f) => [item(f, 0), item(f, 1), item(f, 2)] as [number, number, number]);
  const done: Array<[number, number, number]> = [];
  for (let face = todo.pop(); face; face = todo.pop()) {
    const corners = face;
    const lengths = [0, 1, 2].map((e) =>
      item(points, item(corners, e)).distanceTo(item(points, item(corners, (e + 1) % 3))),
    );
    const longest = lengths.indexOf(Math.max(...lengths));
    if (!(item(lengths, longest) > maxEdgeM * 1.001)) {
      done.push(face);
      continue;
    }
    const [a, b, c] = [item(face, longest), item(face, (longest + 1) % 3), item(face, (longest + 2) % 3)];
    const key = a < b ? `${a},${b}` : `${b},${a}`;
    let m = middle.get(key);
    if (m === undefined) {
      m = points.push(item(points, a).clone().lerp(item(points, b), 0.5)) - 1;
      middle.set(key, m);
    }
    todo.push([a, m, c], [m, b, c]);
  }
  return done;
}

/** Turns a profile (x = radius, y = height, from the bottom outwards) around the Y axis. */
export function lathe(profile: readonly Corner[], segments = 32, options: PathOptions = {}): THREE.BufferGeometry {
  const path = pathFromCorners(profile, { ...options, closed: false });
  const mesh: MeshArrays = { position: [], normal: [], index: [] };
  const rows = Array.from({ length: segments + 1 }, (_, i) => {
    const aRad = (-2 * Math.PI * (i % segments)) / segments;
    return path.map((p) => {
      mesh.normal.push(p.nx * Math.cos(aRad), p.ny, p.nx * Math.sin(aRad));
      return mesh.position.push(p.x * Math.cos(aRad), p.y, p.x * Math.sin(aRad)) / 3 - 1;
    });
  });
  addRows(mesh, rows.reverse(), false, (j) => pointsMeet(item(path, j), item(path, j + 1)));
  return geometryFrom(mesh);
}

export interface TubeOptions {
  /** @default 24 */
  segments?: number;
  /** @default 8 */
  radialSegments?: number;
  closed?: boolean;
  /** Spline through the points, or straight runs between them. @default true */
  smooth?: boolean;
  /** Rows of the domes that close open ends; 0 leaves them open. @default 3 */
  domeRows?: number;
  /** Factors on the section along the frame's normal and binormal, for flat or oval sections. */
  section?: readonly [number, number];
}

/** A rod along points; the radius may vary with t in 0..1. Open ends are closed by small domes. */
export function tube(
  points: readonly Vec3[],
  radiusM: number | ((t: number) => number),
  options: TubeOptions = {},
): THREE.BufferGeometry {
  const { segments = 24, radialSegments = 8, closed = false, smooth = true, domeRows = 3, section = [1, 1] } = options;
  const vectors = points.map((p) => new THREE.Vector3(...p));
  const curve: THREE.Curve<THREE.Vector3> = smooth
    ? new THREE.CatmullRomCurve3(vectors, closed, 'centripetal')
    : straightRuns(vectors);
  const frames = curve.computeFrenetFrames(segments, closed);
  const radiusAt = typeof radiusM === 'number' ? (): number => radiusM : radiusM;
  const mesh: MeshArrays = { position: [], normal: [], index: [] };
  const ring = (i: number, shrink: number, push: number, lean: number): number[] => {
    const centre = curve.getPointAt(i / segments);
    const tangent = item(frames.tangents, i);
    const radius = radiusAt(i / segments);
    return Array.from({ length: radialSegments + 1 }, (_, j) => {
      const aRad = ((j % radialSegments) / radialSegments) * 2 * Math.PI;
      const u = item(frames.normals, i).clone().multiplyScalar(Math.cos(aRad));
      const v = item(frames.binormals, i).clone().multiplyScalar(Math.sin(aRad));
      const out = u.clone().multiplyScalar(section[0]).addScaledVector(v, section[1]);
      const p = centre
        .clone()
        .addScaledVector(out, radius * shrink)
        .addScaledVector(tangent, push * radius * Math.min(...section));
      const n = u.multiplyScalar(section[1]).addScaledVector(v, section[0]).normalize();
      n.multiplyScalar(Math.sqrt(1 - lean * lean)).addScaledVector(tangent, lean);
      mesh.normal.push(n.x, n.y, n.z);
      return mesh.position.push(p.x, p.y, p.z) / 3 - 1;
    });
  };
  const rows: number[][] = [];
  const dome = closed ? [] : Array.from({ length: domeRows }, (_, k) => Math.sin((Math.PI / 2) * (k / domeRows)));
  const cosOf = (s: number): number => Math.sqrt(1 - s * s);
  dome.forEach((s) => rows.push(ring(0, s, -cosOf(s), -cosOf(s))));
  for (let i = 0; i <= segments; i++) rows.push(ring(i, 1, 0, 0));
  dome.reverse().forEach((s) => rows.push(ring(segments, s, cosOf(s), cosOf(s))));
  addRows(mesh, rows, false, () => false);
  return geometryFrom(mesh);
}

/** A straight, possibly tapering rod from `a` to `b` with rounded ends. */
export function rod(a: Vec3, b: Vec3, radiusA: number, radiusB = radiusA, radialSegments = 12): THREE.BufferGeometry {
  return tube([a, b], (t) => radiusA + (radiusB - radiusA) * t, {
    smooth: false,
    segments: 1,
    radialSegments,
    domeRows: 2,
  });
}

function straightRuns(points: THREE.Vector3[]): THREE.CurvePath<THREE.Vector3> {
  const path = new THREE.CurvePath<THREE.Vector3>();
  for (let i = 0; i + 1 < points.length; i++) path.add(new THREE.LineCurve3(item(points, i), item(points, i + 1)));
  return path;
}

/** Box with rounded edges, centred. `segments` is per quarter turn. */
export function box(
  w: number,
  h: number,
  d: number,
  radiusM = 0,
  segments = 2,
  openBack = false,
): THREE.BufferGeometry {
  if (radiusM <= 0) return placed(new THREE.BoxGeometry(w, h, d));
  // A hair less than the fillet, so that the corner spheres keep their last ring.
  const bevelM = Math.min(radiusM, w / 2.001, h / 2.001, d / 2.001);
  return extrude(rectCorners(0, 0, w, h, bevelM * 1.001), d, {
    bevelM,
    bevelSegments: segments,
    quarterSegments: segments,
    openBack,
  });
}

/** A flat face in the XY plane (counter-clockwise outline), facing +Z. */
export function patch(corners: readonly Corner[], options: PathOptions = {}): THREE.BufferGeometry {
  const loop = pathFromCorners(corners, options);
  const points = loop
    .filter((p, j) => !pointsMeet(p, item(loop, (j + 1) % loop.length)))
    .map((p) => new THREE.Vector2(p.x, p.y));
  const faces = refineFaces(points, THREE.ShapeUtils.triangulateShape([...points], []), options.maxEdgeM ?? Infinity);
  return geometryFrom({
    position: points.flatMap((p) => [p.x, p.y, 0]),
    normal: points.flatMap(() => [0, 0, 1]),
    index: faces.flat(),
  });
}

export function ball(radiusM: number, segments = 20): THREE.BufferGeometry {
  return placed(new THREE.SphereGeometry(radiusM, segments, Math.max(6, Math.round(segments * 0.6))));
}

/** Half an ellipsoid on the XY plane, bulging towards +Z. */
export function dome(radiusM: number, heightM: number, segments = 20, rings = 4): THREE.BufferGeometry {
  const profile = Array.from({ length: rings + 1 }, (_, i): Corner => {
    const aRad = (i / rings) * (Math.PI / 2);
    return [radiusM * Math.cos(aRad) * (i < rings ? 1 : 0), heightM * Math.sin(aRad)];
  });
  return placed(lathe(profile, segments), { rotDeg: [90, 0, 0] });
}

/** Disc facing +Z on the XY plane, without a back. */
export function button(radiusM: number, heightM: number, bevelM: number, segments = 20): THREE.BufferGeometry {
  return placed(
    lathe(
      [
        [radiusM, 0],
        [radiusM, heightM, bevelM],
        [0, heightM],
      ],
      segments,
      { quarterSegments: 3 },
    ),
    { rotDeg: [90, 0, 0] },
  );
}

export function torus(radiusM: number, rodM: number, segments = 32, rodSegments = 8): THREE.BufferGeometry {
  return placed(new THREE.TorusGeometry(radiusM, rodM, rodSegments, segments));
}

/** Disc along y with rounded rims; `y0` is its lower face. */
export function disc(radiusM: number, heightM: number, bevelM: number, segments = 32, y0 = 0): THREE.BufferGeometry {
  return lathe(
    [
      [0, y0],
      [radiusM, y0, bevelM],
      [radiusM, y0 + heightM, bevelM],
      [0, y0 + heightM],
    ],
    segments,
    { quarterSegments: 3 },
  );
}
