import { type BufferAttribute, Mesh, Triangle, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { meshDecodersCreate } from './decoders';
import { meshImport } from './mesh-import';
import { filesOf, type Content } from './mesh-samples.test-helper';

const FORMATS = ['ascii', 'binary_little_endian', 'binary_big_endian'] as const;
const SIDES = 5;

const around = [...Array(SIDES).keys()];
const ring = (z: number): number[][] =>
  around.map((i) => [Math.cos((2 * Math.PI * i) / SIDES), Math.sin((2 * Math.PI * i) / SIDES), z]);

/** A prism of two pentagons and five quads. */
const VERTICES = [...ring(0), ...ring(1)];
const FACES = [
  [...around].reverse(),
  around.map((i) => i + SIDES),
  ...around.map((i) => [i, (i + 1) % SIDES, ((i + 1) % SIDES) + SIDES, i + SIDES]),
];
const VOLUME = (SIDES / 2) * Math.sin((2 * Math.PI) / SIDES);

type Kind = 'float' | 'int' | 'uchar';
type Row = readonly (readonly [Kind, number])[];

const all = (kind: Kind, values: readonly number[]): Row => values.map((value) => [kind, value]);
const list = (kind: Kind, values: readonly number[]): Row => [['uchar', values.length], ...all(kind, values)];

/** One row per entry. */
function plyOf(format: (typeof FORMATS)[number], header: readonly string[], rows: readonly Row[]): Content {
  const head = ['ply', `format ${format} 1.0`, ...header, 'end_header\n'].join('\n');
  if (format === 'ascii') return head + rows.map((row) => row.map(([, value]) => value).join(' ')).join('\n');
  const little = format === 'binary_little_endian';
  const out: number[] = [...new TextEncoder().encode(head)];
  const word = new DataView(new ArrayBuffer(4));
  for (const [kind, value] of rows.flat()) {
    if (kind === 'uchar') out.push(value);
    else {
      if (kind === 'float') word.setFloat32(0, value, little);
      else word.setInt32(0, value, little);
      out.push(...new Uint8Array(word.buffer));
    }
  }
  return Uint8Array.from(out);
}

const VERTEX = [`element vertex ${VERTICES.length}`, 'property float x', 'property float y', 'property float z'];
const FACE = [`element face ${FACES.length}`, 'property list uchar int vertex_indices'];
const vertexRows = VERTICES.map((place) => all('float', place));
const faceRows = FACES.map((corners) => list('int', corners));

async function meshOf(content: Content): Promise<Mesh> {
  const result = await meshImport(filesOf({ 'a.ply': content }), { decoders: meshDecodersCreate() });
  if (!result.ok) throw result.error;
  const { source } = result.mesh;
  if (!(source instanceof Mesh)) throw new Error('no mesh');
  return source;
}

function trianglesOf({ geometry }: Mesh): Triangle[] {
  const position = geometry.getAttribute('position') as BufferAttribute;
  const { index } = geometry;
  const corner = (i: number): number => index?.getX(i) ?? i;
  return [...Array((index ?? position).count / 3).keys()].map((i) =>
    new Triangle(new Vector3(), new Vector3(), new Vector3()).setFromAttributeAndIndices(
      position,
      ...([0, 1, 2].map((k) => corner(i * 3 + k)) as [number, number, number]),
    ),
  );
}

/** Of a closed surface; holes and faces wound the other way change it. */
const volumeOf = (mesh: Mesh): number =>
  trianglesOf(mesh).reduce((sum, { a, b, c }) => sum + a.dot(b.clone().cross(c)) / 6, 0);

const colorsOf = ({ geometry }: Mesh): number[][] => {
  const color = geometry.getAttribute('color') as BufferAttribute;
  return [...Array(color.count).keys()].map((i) => [color.getX(i), color.getY(i), color.getZ(i)]);
};

describe.each(FORMATS)('a PLY, %s,', (format) => {
  it('keeps faces of any number of corners', async () => {
    const mesh = await meshOf(plyOf(format, [...VERTEX, ...FACE], [...vertexRows, ...faceRows]));
    expect(trianglesOf(mesh)).toHaveLength(2 * 3 + SIDES * 2);
    expect(volumeOf(mesh)).toBeCloseTo(VOLUME, 5);
  });

  it('gives every triangle the colour of its face', async () => {
    const header = [...VERTEX, FACE[0] as string, ...['red', 'green', 'blue'].map((name) => `property uchar ${name}`)];
    const rows = FACES.map((corners, i): Row => [...all('uchar', [i, 188, 255]), ...list('int', corners)]);
    const mesh = await meshOf(plyOf(format, [...header, FACE[1] as string], [...vertexRows, ...rows]));
    expect(volumeOf(mesh)).toBeCloseTo(VOLUME, 5);
    const colors = colorsOf(mesh);
    expect(colors).toHaveLength(trianglesOf(mesh).length * 3);
    // Two pentagons of three triangles come first. 188 of 255 on a screen is half of the light.
    expect(new Set(colors.slice(0, 18).map(([red]) => red)).size).toBe(2);
    for (const [, green, blue] of colors) expect([green, blue]).toEqual([expect.closeTo(0.503, 3), 1]);
  });

  it('takes colours and normals of vertices, and passes over what it does not know', async () => {
    const names = ['nx', 'ny', 'nz'].map((name) => `property float ${name}`);
    const colors = ['red', 'green', 'blue'].map((name) => `property uchar ${name}`);
    const junk = ['element junk 2', 'property list uchar float weights', 'property int id'];
    const mesh = await meshOf(
      plyOf(
        format,
        ['element camera 1', 'property float view', ...VERTEX, ...names, ...colors, ...junk, ...FACE],
        [
          all('float', [1]),
          ...VERTICES.map((place): Row => [...all('float', [...place, 0, 0, 1]), ...all('uchar', [255, 0, 188])]),
          [...list('float', [1, 2, 3]), ['int', 7]],
          [...list('float', []), ['int', 8]],
          ...faceRows,
        ],
      ),
    );
    expect(volumeOf(mesh)).toBeCloseTo(VOLUME, 5);
    expect(colorsOf(mesh)).toEqual(VERTICES.map(() => [1, 0, expect.closeTo(0.503, 3)]));
    expect([...mesh.geometry.getAttribute('normal').array.slice(0, 3)]).toEqual([0, 0, 1]);
  });
});
