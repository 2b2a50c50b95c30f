/** Reads `.obj` with its `.mtl` and pictures. Wavefront OBJ, appendix B1 of the Advanced Visualizer manual. */
import {
  LoadingManager,
  Mesh,
  MeshPhongMaterial,
  MeshStandardMaterial,
  type Material,
  type Object3D,
  type Texture,
} from 'three';
import { MTLLoader } from 'three/addons/loaders/MTLLoader.js';
import { OBJLoader } from 'three/addons/loaders/OBJLoader.js';
import { fileFind, type FileSet, type GivenFile } from './file-set';
import {
  meshBroken,
  meshError,
  MeshImportError,
  meshMissing,
  meshNoSurface,
  meshTruncated,
  meshUnread,
} from './import-error';
import { pictureType } from './picture-kind';

const NEEDED_NUMBERS: Readonly<Record<string, number>> = { v: 3, vn: 3, vt: 1 };

interface ObjNeeds {
  /** What follows each `mtllib`. */
  readonly libraries: readonly string[];
}

const shown = (line: string): string => (line.length > 60 ? `${line.slice(0, 57)}…` : line);

/** A vertex number of a face, counted from 1, or backwards from the last when negative; 0 when not valid. */
function resolvedIndex(text: string, count: number): number {
  const index = /^-?\d+$/.test(text) ? Number(text) : 0;
  const at = index < 0 ? count + index + 1 : index;
  return at >= 1 && at <= count ? at : 0;
}

/** One pass over the lines; @throws MeshImportError that names the line */
function objCheck(file: string, text: string): ObjNeeds {
  const libraries: string[] = [];
  let [vertices, faces, others] = [0, 0, 0];
  const lines = text.replaceAll('\\\n', ' ').replaceAll('\\\r\n', ' ').split('\n');
  for (const [i, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [keyword = '', ...parts] = line.split(/\s+/);
    const where = { number: i + 1, line: shown(line) };
    const needed = NEEDED_NUMBERS[keyword];
    if (needed !== undefined) {
      const numbers = parts.slice(0, needed).map(Number);
      if (numbers.length < needed || !numbers.every(Number.isFinite)) {
        if (i === lines.length - 1) throw meshTruncated(file, 'line-cut', { line: shown(line) });
        throw meshBroken(file, 'obj-numbers', { ...where, count: needed });
      }
      if (keyword === 'v') vertices += 1;
    } else if (keyword === 'f') {
      if (parts.length < 3) {
        if (i === lines.length - 1) throw meshTruncated(file, 'line-cut', { line: shown(line) });
        throw meshBroken(file, 'obj-face', where);
      }
      for (const part of parts)
        if (resolvedIndex(part.split('/')[0] ?? '', vertices) === 0)
          throw meshBroken(file, 'obj-vertex', { ...where, part, count: vertices });
      faces += 1;
    } else if (keyword === 'mtllib') libraries.push(line.slice('mtllib'.length).trim());
    else if (!/^[a-z_]+$/i.test(keyword)) others += 1;
  }
  if (vertices === 0 && others > 0) throw meshBroken(file, 'obj-nothing', {});
  if (faces === 0) throw meshNoSurface(file, 'obj-faces', { count: vertices });
  return { libraries };
}

/** What an `mtllib` line names: several files, or one whose name holds blanks; "my paint.mtl b.mtl" are two. */
function libraryNames(line: string, files: FileSet, fromPath: string): readonly string[] {
  const several = line.match(/\S.*?(?:\.mtl(?=\s|$)|$)/gi) ?? [];
  const whole = fileFind(files, line, fromPath);
  // By its bare name, "a.mtl folder/b.mtl" would be found as b.mtl.
  return whole && whole !== fileFind(files, several.at(-1) ?? '', fromPath) ? [line] : several;
}

/** A picture's name without the options before it (`-s 1 1 1`). */
const pictureName = (statement: string): string =>
  statement.replace(/(?:^|\s)-\w+(?:\s+(?:-?[\d.]+|on|off))*(?=\s)/gi, '').trim();

/** Pictures named in a material library. */
function pictureNames(mtl: string): string[] {
  const names = mtl.split(/\r\n|\r|\n/).flatMap((raw) => {
    const match = /^\s*(?:map_\w+|bump|disp|decal|norm)\s+(.*)$/i.exec(raw);
    const name = pictureName(match?.[1] ?? '');
    return name === '' ? [] : [name];
  });
  return [...new Set(names)];
}

/** Three.js draws a texture whose picture never came in black. */
const arrived = (texture: Texture | null): Texture | null => (texture?.image ? texture : null);

/** The page lights everything by its surroundings, which the old Phong material does not see. */
function materialModern(material: Material): Material {
  if (!(material instanceof MeshPhongMaterial)) return material;
  const { color, bumpScale, emissive, shininess } = material;
  const { opacity, transparent, side, vertexColors, flatShading, name } = material;
  const modern = new MeshStandardMaterial({
    ...{ color, bumpScale, emissive, map: arrived(material.map), alphaMap: arrived(material.alphaMap) },
    ...{ normalMap: arrived(material.normalMap), bumpMap: arrived(material.bumpMap) },
    emissiveMap: arrived(material.emissiveMap),
    ...{ opacity, transparent, side, vertexColors, flatShading, name },
    // Blinn's exponent n and roughness r: n = 2 / r⁴ − 2 (Walter et al. 2007, with r² as the GGX width).
    roughness: Math.max(0.2, Math.min(1, (2 / (shininess + 2)) ** 0.25)),
    metalness: 0,
  });
  material.dispose();
  return modern;
}

export interface ObjImportOptions {
  readonly withoutMissingLooks: boolean;
  /** Between two long parts; rejects when reading was given up. */
  readonly breathe: () => Promise<void>;
}

/** @throws MeshImportError */
export async function objImport(
  file: GivenFile,
  bytes: Uint8Array,
  files: FileSet,
  { withoutMissingLooks, breathe }: ObjImportOptions,
): Promise<Object3D> {
  const text = new TextDecoder().decode(bytes);
  const { libraries } = objCheck(file.path, text);
  await breathe();
  const missing = new Set<string>();
  const mtl: { path: string; text: string }[] = [];
  for (const name of libraries.flatMap((line) => libraryNames(line, files, file.path))) {
    const given = fileFind(files, name, file.path);
    if (given) mtl.push({ path: given.path, text: await given.blob.text() });
    else missing.add(name);
  }
  /** By their names as three.js asks for them. */
  const pictures = new Map<string, GivenFile>();
  for (const library of mtl)
    for (const name of pictureNames(library.text)) {
      const given = fileFind(files, name, library.path);
      if (given) pictures.set(name.normalize('NFC'), given);
      else missing.add(name);
    }
  if (missing.size > 0 && !withoutMissingLooks) throw meshMissing(file.path, [...missing], true);
  for (const [name, given] of pictures) if (!(await pictureType(given, withoutMissingLooks))) pictures.delete(name);

  /** Paths of pictures by the addresses that they got. */
  const paths = new Map<string, string>();
  const lost: string[] = [];
  const manager = new LoadingManager();
  // Only given pictures get an address; for the rest an empty picture stands in, and nothing is fetched.
  const EMPTY_PICTURE = 'data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==';
  manager.setURLModifier((url) => {
    const given = pictures.get(pictureName(url));
    if (!given) return url.startsWith('blob:') ? url : EMPTY_PICTURE;
    const address = URL.createObjectURL(given.blob);
    paths.set(address, given.path);
    return address;
  });
  manager.onError = (address) => lost.push(paths.get(address) ?? address);
  const loaded = new Promise<void>((resolve) => {
    manager.onLoad = resolve;
  });
  try {
    const loader = new OBJLoader(manager);
    if (mtl.length > 0) {
      const materials = new MTLLoader(manager).parse(mtl.map((library) => library.text).join('\n'), '');
      materials.preload();
      loader.setMaterials(materials);
    }
    const object = loader.parse(text);
    // Pictures named by a material that no face uses are never asked for: then there is nothing to wait for.
    if (paths.size > 0) await loaded;
    if (lost[0] !== undefined && !withoutMissingLooks)
      throw meshError('broken', file.path, 'picture-lost', { picture: `"${lost[0]}"` }, { canContinue: true });
    object.traverse((child) => {
      if (!(child instanceof Mesh)) return;
      const material = child.material as Material | Material[];
      child.material = Array.isArray(material) ? material.map(materialModern) : materialModern(material);
    });
    return object;
  } catch (error) {
    if (error instanceof MeshImportError) throw error;
    throw meshUnread(file.path, error);
  } finally {
    for (const address of paths.keys()) URL.revokeObjectURL(address);
  }
}
