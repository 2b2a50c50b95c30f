/** Angles: degrees at every border, radians only inside a function. */

export const radFromDeg = (deg: number): number => (deg * Math.PI) / 180;
export const degFromRad = (rad: number): number => (rad * 180) / Math.PI;

/** The same direction in (−180, 180]. NaN and infinities stay NaN. */
export function degWrap(deg: number): number {
  const turn = ((deg % 360) + 360) % 360;
  return turn > 180 ? turn - 360 : turn;
}

/** Shortest signed turn from one azimuth to another, in (−180, 180]. */
export const degDifference = (toDeg: number, fromDeg: number): number => degWrap(toDeg - fromDeg);
