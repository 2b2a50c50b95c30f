/** Reads `.glb` and `.gltf` with their files. */
import type { Object3D } from 'three';
import { GLTFLoader, type GLTF } from 'three/addons/loaders/GLTFLoader.js';
import type { MeshDecoders } from './decoders';
import { fileExtension, type FileSet, type GivenFile } from './file-set';
import { glbRead } from './glb-container';
import { gltfCheck, gltfParse } from './gltf-check';
import { gltfSelfContained } from './gltf-files';
import { textureSources, type GltfJson } from './gltf-json';
import { meshError, MeshImportError, meshUnread } from './import-error';

export interface GltfImportOptions {
  readonly decoders: MeshDecoders;
  readonly withoutMissingLooks: boolean;
}

/** "2" is the picture's place in the file when it has no name. */
function pictureName({ images = [], textures = [] }: GltfJson, texture: number): string {
  const [image = -1] = textureSources(textures[texture]);
  const { name, mimeType } = images[image] ?? {};
  const kind = typeof mimeType === 'string' ? ` (${mimeType.replace('image/', '').toUpperCase()})` : '';
  return `${typeof name === 'string' && name !== '' ? `"${name}"` : image + 1}${kind}`;
}

/**
 * The loader leaves out a picture that cannot be decoded without a word. Asking it again costs nothing: it remembers.
 * @throws MeshImportError that names the file and the first such picture
 */
async function checkPictures(file: string, { parser }: GLTF): Promise<void> {
  const json = parser.json as GltfJson;
  const pictured = (json.textures ?? []).flatMap((texture, i) => (textureSources(texture).length > 0 ? [i] : []));
  const loaded: unknown[] = await Promise.all(pictured.map((i) => parser.getDependency('texture', i)));
  const lost = pictured.find((_, i) => !loaded[i]);
  if (lost === undefined) return;
  throw meshError('broken', file, 'picture-lost', { picture: pictureName(json, lost) }, { canContinue: true });
}

/** @throws MeshImportError */
export async function gltfImport(
  file: GivenFile,
  bytes: Uint8Array,
  files: FileSet,
  { decoders, withoutMissingLooks }: GltfImportOptions,
): Promise<Object3D> {
  const isBinary = fileExtension(file.path) === 'glb';
  const { jsonText, bin } = isBinary
    ? glbRead(file.path, bytes)
    : { jsonText: new TextDecoder().decode(bytes), bin: new Uint8Array() };
  const json = gltfParse(file.path, jsonText);
  gltfCheck(file.path, json);
  const glb = await gltfSelfContained({ file, json, bin, files }, withoutMissingLooks);
  const loader = new GLTFLoader();
  await decoders.equip(loader, Array.isArray(json.extensionsUsed) ? json.extensionsUsed : []);
  try {
    const gltf = await loader.parseAsync(glb, '');
    if (!withoutMissingLooks) await checkPictures(file.path, gltf);
    return gltf.scene;
  } catch (error) {
    if (error instanceof MeshImportError) throw error;
    throw meshUnread(file.path, error);
  }
}
