/** Reads `.obj` with its `.mtl` and pictures. */
import {
  BufferGeometry,
  Float32BufferAttribute,
  Group,
  LoadingManager,
  Mesh,
  MeshPhongMaterial,
  MeshStandardMaterial,
  type Material,
  type Object3D,
  type Texture,
} from 'three';
import { MTLLoader } from 'three/addons/loaders/MTLLoader.js';
import { fileFind, type FileSet, type GivenFile } from './file-set';
import { meshError, MeshImportError, meshMissing, meshUnread } from './import-error';
import { objContentRead, type ObjContent, type ObjPart } from './obj-content';
import { pictureType } from './picture-kind';
import type { Breathe } from './slices';

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
  const names = mtl.split('\n').flatMap((raw) => {
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

function partGeometry({ positions, normals, uvs, colors }: ObjPart, hasColors: boolean): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute(positions.toArray(), 3));
  geometry.setAttribute('normal', new Float32BufferAttribute(normals.toArray(), 3));
  if (uvs.length > 0) geometry.setAttribute('uv', new Float32BufferAttribute(uvs.toArray(), 2));
  if (hasColors) geometry.setAttribute('color', new Float32BufferAttribute(colors.toArray(), 3));
  return geometry;
}

/** One mesh for each material. @param materialOf undefined for a name that no library has */
function objGroup({ parts, hasColors }: ObjContent, materialOf: (name: string) => Material | undefined): Group {
  const group = new Group();
  for (const part of parts) {
    // The same material may be smooth in one part and flat in another.
    const material = materialOf(part.materialName)?.clone() ?? new MeshPhongMaterial({ name: part.materialName });
    if (material instanceof MeshPhongMaterial) {
      material.flatShading = !part.isSmooth;
      material.vertexColors = hasColors;
    }
    group.add(new Mesh(partGeometry(part, hasColors), material));
  }
  return group;
}

export interface ObjImportOptions {
  readonly withoutMissingLooks: boolean;
  readonly breathe: Breathe;
}

/** @throws MeshImportError */
export async function objImport(
  file: GivenFile,
  bytes: Uint8Array,
  files: FileSet,
  { withoutMissingLooks, breathe }: ObjImportOptions,
): Promise<Object3D> {
  const text = new TextDecoder().decode(bytes);
  const content = await objContentRead(file.path, text, breathe);
  const { libraries } = content;
  const missing = new Set<string>();
  const mtl: { path: string; text: string }[] = [];
  for (const name of libraries.flatMap((line) => libraryNames(line, files, file.path))) {
    const given = fileFind(files, name, file.path);
    // The loader knows no other line ends.
    if (given) mtl.push({ path: given.path, text: (await given.blob.text()).replace(/\r\n?/g, '\n') });
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
    const creator =
      mtl.length > 0 ? new MTLLoader(manager).parse(mtl.map((library) => library.text).join('\n'), '') : null;
    creator?.preload();
    const object = objGroup(content, (name) => creator?.create(name));
    // Pictures named by a material that no face uses are never asked for: then there is nothing to wait for.
    if (paths.size > 0) await loaded;
    if (lost[0] !== undefined && !withoutMissingLooks)
      throw meshError('broken', file.path, 'picture-lost', { picture: `"${lost[0]}"` }, { canContinue: true });
    // Only now it is known which pictures came.
    for (const mesh of object.children as Mesh<BufferGeometry, Material>[])
      mesh.material = materialModern(mesh.material);
    return object;
  } catch (error) {
    if (error instanceof MeshImportError) throw error;
    throw meshUnread(file.path, error);
  } finally {
    for (const address of paths.keys()) URL.revokeObjectURL(address);
  }
}
