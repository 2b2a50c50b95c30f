/** Reads `.glb` and `.gltf` with their files. */
import type { Object3D } from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import type { MeshDecoders } from './decoders';
import { fileExtension, type FileSet, type GivenFile } from './file-set';
import { glbRead } from './glb-container';
import { gltfCheck, gltfParse } from './gltf-check';
import { gltfSelfContained } from './gltf-files';
import { causeText, meshBroken } from './import-error';

export interface GltfImportOptions {
  readonly decoders: MeshDecoders;
  readonly withoutMissingLooks: boolean;
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
    const { scene } = await loader.parseAsync(glb, '');
    return scene;
  } catch (error) {
    const cause = causeText(error);
    throw meshBroken(file.path, `its content could not be read (${cause})`, cause);
  }
}
