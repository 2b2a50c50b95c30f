import { Vector3, type InterleavedBufferAttribute } from 'three';
import { LineGeometry } from 'three/addons/lines/LineGeometry.js';
import { describe, expect, it } from 'vitest';
import { FatLine } from './fat-line';

const POINTS = [new Vector3(1, 2, 3), new Vector3(4, 5, 6), new Vector3(7, 8, 9), new Vector3(-1, -2, -3)];

const endsOf = (geometry: LineGeometry): InterleavedBufferAttribute['data'] =>
  (geometry.getAttribute('instanceStart') as InterleavedBufferAttribute).data;

describe('FatLine', () => {
  it('has the segments that three makes of its points, in the buffer that it began with', () => {
    const line = new FatLine(POINTS.length, 2);
    const before = endsOf(line.geometry);
    const { version } = before;
    line.setPoints(POINTS);
    const wanted = new LineGeometry().setPositions(POINTS.flatMap((point) => point.toArray()));
    expect([...endsOf(line.geometry).array]).toEqual([...endsOf(wanted).array]);
    expect(endsOf(line.geometry)).toBe(before);
    expect(before.version).toBeGreaterThan(version);
  });
});
