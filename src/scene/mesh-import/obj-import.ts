/** Reads `.obj` with its `.mtl` and pictures. Wavefront OBJ, appendix B1 of the Advanced Visualizer manual. */
import { LoadingManager, Mesh, MeshPhongMaterial, MeshStandardMaterial, type Material, type Object3D } from 'three';
import { MTLLoader } from 'three/addons/loaders/MTLLoader.js';
import { OBJLoader } from 'three/addons/loaders/OBJLoader.js';
import { fileFind, type FileSet, type GivenFile } from './file-set';
import { meshBroken, meshMissing, meshNoSurface, meshTruncated, meshUnread } from './import-error';

const NEEDED_NUMBERS: Readonly<Record<string, number>> = { v: 3, vn: 3, vt: 1 };

interface ObjNeeds {
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

/** Pictures named in a material library; options before the name (`-s 1 1 1`) are skipped. */
function pictureNames(mtl: string): string[] {
  const names = mtl.split('\n').flatMap((raw) => {
    const match = /^\s*(?:map_\w+|bump|disp|decal|norm)\s+(.*)$/i.exec(raw);
    const name = match?.[1]?.replace(/(?:^|\s)-\w+(?:\s+(?:-?[\d.]+|on|off))*(?=\s)/gi, '').trim();
    return name ? [name] : [];
  });
  return [...new Set(names)];
}

/** The page lights everything by its surroundings, which the old Phong material does not see. */
function materialModern(material: Material): Material {
  if (!(material instanceof MeshPhongMaterial)) return material;
  const { color, map, normalMap, bumpMap, bumpScale, alphaMap, emissive, emissiveMap, shininess } = material;
  const { opacity, transparent, side, vertexColors, flatShading, name } = material;
  const modern = new MeshStandardMaterial({
    ...{ color, map, normalMap, bumpMap, bumpScale, alphaMap, emissive, emissiveMap },
    ...{ opacity, transparent, side, vertexColors, flatShading, name },
    // Blinn's exponent n and roughness r: n = 2 / r⁴ − 2 (Walter et al. 2007, with r² as the GGX width).
    roughness: Math.max(0.2, Math.min(1, (2 / (shininess + 2)) ** 0.25)),
    metalness: 0,
  });
  material.dispose();
  return modern;
}

/** @throws MeshImportError */
export async function objImport(
  file: GivenFile,
  bytes: Uint8Array,
  files: FileSet,
  withoutMissingLooks: boolean,
): Promise<Object3D> {
  const text = new TextDecoder().decode(bytes);
  const { libraries } = objCheck(file.path, text);
  const missing: string[] = [];
  const mtl: { path: string; text: string }[] = [];
  for (const name of libraries) {
    const given = fileFind(files, name, file.path);
    if (given) mtl.push({ path: given.path, text: await given.blob.text() });
    else missing.push(name);
  }
  const pictures = new Map<string, GivenFile>();
  for (const library of mtl)
    for (const name of pictureNames(library.text)) {
      const given = fileFind(files, name, library.path);
      if (given) pictures.set(name, given);
      else missing.push(name);
    }
  if (missing.length > 0 && !withoutMissingLooks) throw meshMissing(file.path, missing, true);

  const urls: string[] = [];
  const manager = new LoadingManager();
  // Only given pictures get an address; for the rest an empty picture stands in, and nothing is fetched.
  const EMPTY_PICTURE = 'data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==';
  manager.setURLModifier((url) => {
    const given = pictures.get(url);
    if (!given) return url.startsWith('blob:') ? url : EMPTY_PICTURE;
    urls.push(URL.createObjectURL(given.blob));
    return urls.at(-1) as string;
  });
  const loaded =
    pictures.size === 0
      ? Promise.resolve()
      : new Promise<void>((resolve) => {
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
    object.traverse((child) => {
      if (!(child instanceof Mesh)) return;
      const material = child.material as Material | Material[];
      child.material = Array.isArray(material) ? material.map(materialModern) : materialModern(material);
    });
    // Pictures named by a material that no face uses are never asked for: then there is nothing to wait for.
    if (urls.length > 0) await loaded;
    return object;
  } catch (error) {
    throw meshUnread(file.path, error);
  } finally {
    for (const url of urls) URL.revokeObjectURL(url);
  }
}
