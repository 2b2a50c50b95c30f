/**
 * Reads `.ply`, text and binary. Turk, "The PLY polygon file format", 1994. Not with three's loader, which leaves out
 * faces of five corners and more and believes every count.
 */
import {
  BufferGeometry,
  Color,
  DoubleSide,
  Float32BufferAttribute,
  Mesh,
  MeshStandardMaterial,
  SRGBColorSpace,
  type Object3D,
} from 'three';
import type { GivenFile } from './file-set';
import { meshBroken, meshNoSurface } from './import-error';
import { MAX_TRIANGLES, trianglesMany } from './mesh-check';
import { PlaceShift } from './place-shift';
import { plyContentRead, type PlyEntry, type PlyVisit } from './ply-content';
import { plyHeader, type PlyElement, type PlyHeader } from './ply-header';
import type { Breathe } from './slices';
import { PLAIN_COLOR } from './stl-import';

const PLACE = [/^x$/, /^y$/, /^z$/];
const NORMAL = [/^n(ormal)?x$/, /^n(ormal)?y$/, /^n(ormal)?z$/];
const COLOR = [/^(diffuse_)?r(ed)?$/, /^(diffuse_)?g(reen)?$/, /^(diffuse_)?b(lue)?$/];

type Triple = (entry: PlyEntry) => [number, number, number];

/** Three numbers of an entry by name; null when the element lacks one. */
function tripleOf({ properties }: PlyElement, names: readonly RegExp[]): Triple | null {
  const [a = -1, b = -1, c = -1] = names.map((pattern) =>
    properties.findIndex(({ name, countType }) => countType === null && pattern.test(name)),
  );
  if (Math.min(a, b, c) < 0) return null;
  const value = ({ values, starts }: PlyEntry, property: number): number =>
    values[starts[property] as number] as number;
  return (entry) => [value(entry, a), value(entry, b), value(entry, c)];
}

/** Files hold colours for screens; attributes hold linear ones. */
function colorOf(element: PlyElement): Triple | null {
  const rgb = tripleOf(element, COLOR);
  if (!rgb) return null;
  const full = element.properties.find(({ name }) => COLOR[0]?.test(name))?.type.fullColor ?? 1;
  const color = new Color();
  return (entry) => {
    const [r, g, b] = rgb(entry);
    color.setRGB(r / full, g / full, b / full, SRGBColorSpace);
    return [color.r, color.g, color.b];
  };
}

/** What a surface needs of a file. */
interface Surface {
  readonly vertex: PlyElement;
  readonly place: Triple;
  readonly face: PlyElement;
  /** Which property of a face lists its vertices. */
  readonly corners: number;
}

function surfaceOf(path: string, { elements }: PlyHeader): Surface {
  const vertex = elements.find(({ name }) => name === 'vertex');
  const face = elements.find(({ name }) => name === 'face');
  const place = vertex ? tripleOf(vertex, PLACE) : null;
  if (!vertex || !place) throw meshBroken(path, 'ply-vertices', {});
  if (vertex.count === 0 || !face || face.count === 0) throw meshNoSurface(path, 'ply-points', { count: vertex.count });
  const corners = face.properties.findIndex(
    ({ name, countType }) => countType !== null && /^vertex_ind(ex|ices)$/.test(name),
  );
  if (corners < 0) throw meshBroken(path, 'ply-faces', {});
  return { vertex, place, face, corners };
}

async function geometryRead(
  path: string,
  bytes: Uint8Array,
  header: PlyHeader,
  breathe: Breathe,
): Promise<BufferGeometry> {
  const { vertex, place, face, corners } = surfaceOf(path, header);
  const [normal, color, faceColor] = [tripleOf(vertex, NORMAL), colorOf(vertex), colorOf(face)];
  const positions: number[] = [];
  const shift = new PlaceShift();
  const normals: number[] = [];
  const colors: number[] = [];
  const index: number[] = [];
  /** One for each corner of each triangle. */
  const faceColors: number[] = [];
  const vertexVisit: PlyVisit = (entry) => {
    positions.push(...shift.moved(...place(entry)));
    if (normal) normals.push(...normal(entry));
    if (color) colors.push(...color(entry));
  };
  const faceVisit: PlyVisit = (entry, i) => {
    const { values, starts } = entry;
    const [from, to] = [starts[corners] as number, starts[corners + 1] as number];
    for (let k = from; k < to; k++) {
      const corner = values[k] as number;
      if (!Number.isInteger(corner) || corner < 0 || corner >= vertex.count)
        throw meshBroken(path, 'ply-corner', { face: i + 1, number: corner, count: vertex.count });
    }
    if (index.length / 3 + to - from - 2 > MAX_TRIANGLES) throw trianglesMany(path);
    // A fan around the first corner.
    for (let k = from + 2; k < to; k++) {
      index.push(values[from] as number, values[k - 1] as number, values[k] as number);
      if (faceColor) for (let corner = 0; corner < 3; corner++) faceColors.push(...faceColor(entry));
    }
  };
  const visits: [PlyElement, PlyVisit][] = [
    [vertex, vertexVisit],
    [face, faceVisit],
  ];
  await plyContentRead(path, bytes, header, new Map(visits), breathe);

  const geometry = new BufferGeometry().setIndex(index);
  geometry.setAttribute('position', new Float32BufferAttribute(positions, 3));
  if (normal) geometry.setAttribute('normal', new Float32BufferAttribute(normals, 3));
  if (color) geometry.setAttribute('color', new Float32BufferAttribute(colors, 3));
  if (!faceColor) return geometry;
  // Triangles of different colours share no corners.
  const apart = geometry.toNonIndexed();
  apart.setAttribute('color', new Float32BufferAttribute(faceColors, 3));
  return apart;
}

/** @throws MeshImportError */
export async function plyImport({ path }: GivenFile, bytes: Uint8Array, breathe: Breathe): Promise<Object3D> {
  const geometry = await geometryRead(path, bytes, plyHeader(path, bytes), breathe);
  if (!geometry.hasAttribute('normal')) geometry.computeVertexNormals();
  const hasColors = geometry.hasAttribute('color');
  // Scans are often open and wound either way.
  return new Mesh(
    geometry,
    new MeshStandardMaterial({
      color: hasColors ? '#ffffff' : PLAIN_COLOR,
      vertexColors: hasColors,
      roughness: 0.6,
      side: DoubleSide,
    }),
  );
}
