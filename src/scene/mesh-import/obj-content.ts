/**
 * The lines of an `.obj` as triangles, in one pass that checks them, too. Wavefront OBJ, appendix B1 of the Advanced Visualizer manual. Not with
 * three's loader, which holds the page up from the first line to the last and takes an index beyond the list for a hole.
 */
import { Color, SRGBColorSpace } from 'three';
import { FloatList } from './float-list';
import { meshBroken, meshNoSurface, meshTruncated } from './import-error';
import { MAX_TRIANGLES, trianglesMany } from './mesh-check';
import { PlaceShift } from './place-shift';
import { linesVisit, type Breathe } from './slices';

const NEEDED_NUMBERS: Readonly<Record<string, number>> = { v: 3, vn: 3, vt: 1 };

/** Triangles of one material: three corners each, nothing shared. */
export interface ObjPart {
  /** After `usemtl`; empty before the first. */
  readonly materialName: string;
  /** False after `s off`. */
  readonly isSmooth: boolean;
  readonly positions: FloatList;
  readonly normals: FloatList;
  /** Empty where no face names any. */
  readonly uvs: FloatList;
  readonly colors: FloatList;
}

export interface ObjContent {
  /** What follows each `mtllib`. */
  readonly libraries: readonly string[];
  readonly parts: readonly ObjPart[];
  /** Some vertices have colours. */
  readonly hasColors: boolean;
}

const shown = (line: string): string => (line.length > 60 ? `${line.slice(0, 57)}…` : line);

/** A number of a face, counted from 1, or backwards from the last when negative; 0 when not valid. */
function resolvedIndex(text: string | undefined, count: number): number {
  const index = text !== undefined && /^-?\d+$/.test(text) ? Number(text) : 0;
  const at = index < 0 ? count + index + 1 : index;
  return at >= 1 && at <= count ? at : 0;
}

/** Places in the lists of vertices, texture places and normals, counted from 1; 0 where there is none. */
type Corner = readonly [vertex: number, uv: number, normal: number];

class ObjReader {
  readonly libraries: string[] = [];
  readonly parts = new Map<string, ObjPart>();
  hasColors = false;
  vertices = 0;
  faces = 0;
  /** Lines of no kind that OBJ knows. */
  others = 0;
  private triangles = 0;
  private readonly places = new FloatList();
  private readonly shift = new PlaceShift();
  private readonly vertexColors = new FloatList();
  private readonly uvs = new FloatList();
  private readonly normals = new FloatList();
  private readonly color = new Color();
  private materialName = '';
  private isSmooth = true;
  private part: ObjPart | null = null;
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  /** @param number of the line, counted from 1 */
  line(raw: string, number: number, isLast: boolean): void {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    const [keyword = '', ...words] = line.split(/\s+/);
    const needed = NEEDED_NUMBERS[keyword];
    if (needed !== undefined) {
      const numbers = words.map(Number);
      if (numbers.length < needed || !numbers.slice(0, needed).every(Number.isFinite)) {
        if (isLast) throw meshTruncated(this.file, 'line-cut', { line: shown(line) });
        throw meshBroken(this.file, 'obj-numbers', { number, line: shown(line), count: needed });
      }
      this.numbers(keyword, numbers);
    } else if (keyword === 'f') {
      if (words.length < 3) {
        if (isLast) throw meshTruncated(this.file, 'line-cut', { line: shown(line) });
        throw meshBroken(this.file, 'obj-face', { number, line: shown(line) });
      }
      this.face(words, number, line);
    } else if (keyword === 'usemtl') this.use(line.slice('usemtl'.length).trim(), this.isSmooth);
    else if (keyword === 's') this.use(this.materialName, !['0', 'off'].includes(words[0]?.toLowerCase() ?? ''));
    else if (keyword === 'mtllib') this.libraries.push(line.slice('mtllib'.length).trim());
    else if (!/^[a-z_]+$/i.test(keyword)) this.others += 1;
  }

  private use(materialName: string, isSmooth: boolean): void {
    [this.materialName, this.isSmooth, this.part] = [materialName, isSmooth, null];
  }

  private numbers(keyword: string, [x = 0, y = 0, z = 0, ...rest]: readonly number[]): void {
    if (keyword === 'vt') this.uvs.push(x, y);
    else if (keyword === 'vn') this.normals.push(x, y, z);
    else {
      this.vertices += 1;
      this.places.push(...this.shift.moved(x, y, z));
      const [r, g, b] = rest;
      // Files hold colours for screens; a lone fourth number is a weight.
      if (r !== undefined && g !== undefined && b !== undefined) {
        this.hasColors = true;
        this.color.setRGB(r, g, b, SRGBColorSpace);
      } else this.color.setRGB(1, 1, 1);
      this.vertexColors.push(this.color.r, this.color.g, this.color.b);
    }
  }

  private face(words: readonly string[], number: number, line: string): void {
    const corners = words.map((word): Corner => {
      const [vertex, uv, normal] = word.split('/');
      const at = resolvedIndex(vertex, this.vertices);
      if (at === 0)
        throw meshBroken(this.file, 'obj-vertex', { number, line: shown(line), part: word, count: this.vertices });
      return [at, resolvedIndex(uv, this.uvs.length / 2), resolvedIndex(normal, this.normals.length / 3)];
    });
    this.faces += 1;
    this.triangles += corners.length - 2;
    if (this.triangles > MAX_TRIANGLES) throw trianglesMany(this.file);
    const part = (this.part ??= this.partNow());
    // A fan around the first corner.
    for (let k = 2; k < corners.length; k++)
      this.triangle(part, corners[0] as Corner, corners[k - 1] as Corner, corners[k] as Corner);
  }

  private partNow(): ObjPart {
    const { materialName, isSmooth } = this;
    const key = `${isSmooth} ${materialName}`;
    const known = this.parts.get(key);
    if (known) return known;
    const lists = {
      positions: new FloatList(),
      normals: new FloatList(),
      uvs: new FloatList(),
      colors: new FloatList(),
    };
    const part = { materialName, isSmooth, ...lists };
    this.parts.set(key, part);
    return part;
  }

  private triangle(part: ObjPart, ...corners: readonly [Corner, Corner, Corner]): void {
    const hasNormals = corners.every(([, , normal]) => normal > 0);
    const before = part.positions.length;
    for (const [vertex, uv, normal] of corners) {
      const v = 3 * (vertex - 1);
      part.positions.push(this.places.at(v), this.places.at(v + 1), this.places.at(v + 2));
      part.colors.push(this.vertexColors.at(v), this.vertexColors.at(v + 1), this.vertexColors.at(v + 2));
      if (uv > 0) {
        // Corners before it had none.
        while (3 * part.uvs.length < 2 * (part.positions.length - 3)) part.uvs.push(0, 0);
        part.uvs.push(this.uvs.at(2 * (uv - 1)), this.uvs.at(2 * (uv - 1) + 1));
      } else if (part.uvs.length > 0) part.uvs.push(0, 0);
      const n = 3 * (normal - 1);
      if (hasNormals) part.normals.push(this.normals.at(n), this.normals.at(n + 1), this.normals.at(n + 2));
    }
    if (!hasNormals) flatNormals(part, before);
  }
}

/** Of the triangle whose positions begin there: the same at its three corners. */
function flatNormals({ positions, normals }: ObjPart, at: number): void {
  const [x, y, z] = [positions.at(at), positions.at(at + 1), positions.at(at + 2)];
  const [ax, ay, az] = [positions.at(at + 3) - x, positions.at(at + 4) - y, positions.at(at + 5) - z];
  const [bx, by, bz] = [positions.at(at + 6) - x, positions.at(at + 7) - y, positions.at(at + 8) - z];
  const [nx, ny, nz] = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
  const length = Math.hypot(nx, ny, nz) || 1;
  for (let corner = 0; corner < 3; corner++) normals.push(nx / length, ny / length, nz / length);
}

/** @throws MeshImportError that names the line */
export async function objContentRead(file: string, text: string, breathe: Breathe): Promise<ObjContent> {
  const whole = text.includes('\\') ? text.replace(/\\(?:\r\n?|\n)/g, ' ') : text;
  const reader = new ObjReader(file);
  await linesVisit(whole, breathe, (line, number, isLast) => reader.line(line, number, isLast));
  const { libraries, parts, hasColors, vertices, faces, others } = reader;
  if (vertices === 0 && others > 0) throw meshBroken(file, 'obj-nothing', {});
  if (faces === 0) throw meshNoSurface(file, 'obj-faces', { count: vertices });
  return { libraries, parts: [...parts.values()], hasColors };
}
