/**
 * Flat outlines with exact normals: the common input of `extrude` and `lathe` in `kit.ts`.
 * A normal points to the right of the travel direction, so a counter-clockwise outline faces outwards.
 */

/** An element whose index is known to lie inside the list. */
export function item<T>(list: ArrayLike<T>, i: number): T {
  return list[i] as T;
}

/** A point of an outline: position, unit normal, and the shift that keeps an inset parallel at corners. */
export interface PathPoint {
  x: number;
  y: number;
  nx: number;
  ny: number;
  mx: number;
  my: number;
}

/** `[x, y]` or `[x, y, filletRadius]`, all in metres. */
export type Corner = readonly [x: number, y: number, radius?: number];

export interface PathOptions {
  /** @default true */
  closed?: boolean;
  /** Segments of a fillet per quarter turn. @default 5 */
  quarterSegments?: number;
  /** Unfilleted corners that turn less than this stay smooth. @default 35 */
  smoothDeg?: number;
  /** Split straight runs longer than this. @default Infinity */
  maxEdgeM?: number;
}

interface Segment {
  dx: number;
  dy: number;
  length: number;
}

function segmentBetween(a: Corner, b: Corner): Segment {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length = Math.hypot(dx, dy);
  return { dx: dx / length, dy: dy / length, length };
}

/** Turns corners into an outline: fillets become arcs, sharp corners two points that share a place. */
export function pathFromCorners(corners: readonly Corner[], options: PathOptions = {}): PathPoint[] {
  const { closed = true, quarterSegments = 5, smoothDeg = 35, maxEdgeM = Infinity } = options;
  const count = corners.length;
  const at = (i: number): Corner => item(corners, (i + count) % count);
  const points: PathPoint[] = [];

  for (let i = 0; i < count; i++) {
    const [x, y, radius = 0] = at(i);
    const isEnd = !closed && (i === 0 || i === count - 1);
    const before = closed || i > 0 ? segmentBetween(at(i - 1), at(i)) : segmentBetween(at(i), at(i + 1));
    const after = closed || i < count - 1 ? segmentBetween(at(i), at(i + 1)) : before;
    const [n1x, n1y, n2x, n2y] = [before.dy, -before.dx, after.dy, -after.dx];
    const dot = Math.max(-1, Math.min(1, n1x * n2x + n1y * n2y));
    const turnRad = Math.acos(dot);
    const mx = (n1x + n2x) / (1 + dot + 1e-9);
    const my = (n1y + n2y) / (1 + dot + 1e-9);

    if (isEnd || turnRad < 1e-6) {
      points.push({ x, y, nx: n1x, ny: n1y, mx: n1x, my: n1y });
    } else if (radius > 0) {
      const reach = Math.min(radius * Math.tan(turnRad / 2), before.length * 0.499, after.length * 0.499);
      const r = reach / Math.tan(turnRad / 2);
      const side = before.dx * after.dy - before.dy * after.dx > 0 ? 1 : -1;
      const cx = x - before.dx * reach - n1x * r * side;
      const cy = y - before.dy * reach - n1y * r * side;
      const steps = Math.max(1, Math.ceil((quarterSegments * turnRad) / (Math.PI / 2)));
      for (let k = 0; k <= steps; k++) {
        const aRad = side * turnRad * (k / steps);
        const nx = n1x * Math.cos(aRad) - n1y * Math.sin(aRad);
        const ny = n1x * Math.sin(aRad) + n1y * Math.cos(aRad);
        points.push({ x: cx + nx * r * side, y: cy + ny * r * side, nx, ny, mx: nx, my: ny });
      }
    } else if (turnRad < (smoothDeg * Math.PI) / 180) {
      const l = Math.hypot(mx, my);
      points.push({ x, y, nx: mx / l, ny: my / l, mx, my });
    } else {
      points.push({ x, y, nx: n1x, ny: n1y, mx, my }, { x, y, nx: n2x, ny: n2y, mx, my });
    }
  }
  return pathDensify(points, maxEdgeM, closed);
}

/** Splits edges longer than `maxEdgeM` so that a later bend can follow a curve. */
export function pathDensify(points: PathPoint[], maxEdgeM: number, closed: boolean): PathPoint[] {
  if (!Number.isFinite(maxEdgeM)) return points;
  const out: PathPoint[] = [];
  points.forEach((a, i) => {
    out.push(a);
    if (!closed && i === points.length - 1) return;
    const b = item(points, (i + 1) % points.length);
    const parts = Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / maxEdgeM);
    for (let k = 1; k < parts; k++) {
      const t = k / parts;
      const mix = (u: number, v: number): number => u + (v - u) * t;
      const l = Math.hypot(mix(a.nx, b.nx), mix(a.ny, b.ny));
      const nx = mix(a.nx, b.nx) / l;
      const ny = mix(a.ny, b.ny) / l;
      // Along a straight run the miter is that run's own normal, not its corners' mitre.
      out.push({ x: mix(a.x, b.x), y: mix(a.y, b.y), nx, ny, mx: nx, my: ny });
    }
  });
  return out;
}

export function circleCorners(cx: number, cy: number, rx: number, ry = rx, count = 24): Corner[] {
  return Array.from({ length: count }, (_, i) => {
    const aRad = (i / count) * 2 * Math.PI;
    return [cx + rx * Math.cos(aRad), cy + ry * Math.sin(aRad)] as const;
  });
}

/** Counter-clockwise rectangle around a centre. */
export function rectCorners(cx: number, cy: number, w: number, h: number, radius: number): Corner[] {
  return [
    [cx - w / 2, cy - h / 2, radius],
    [cx + w / 2, cy - h / 2, radius],
    [cx + w / 2, cy + h / 2, radius],
    [cx - w / 2, cy + h / 2, radius],
  ];
}
