/**
 * Decoders for compressed meshes and textures, loaded when a file needs them, from the page's own address: the bundler
 * copies them out of three.js.
 */
import { LoadingManager, WebGLRenderer } from 'three';
import type { DRACOLoader } from 'three/addons/loaders/DRACOLoader.js';
import type { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import type { KTX2Loader } from 'three/addons/loaders/KTX2Loader.js';
import dracoJsUrl from 'three/addons/libs/draco/gltf/draco_wasm_wrapper.js?url';
import dracoWasmUrl from 'three/addons/libs/draco/gltf/draco_decoder.wasm?url';
import basisJsUrl from 'three/addons/libs/basis/basis_transcoder.js?url';
import basisWasmUrl from 'three/addons/libs/basis/basis_transcoder.wasm?url';
import { glbRead } from './glb-container';
import { BASISU, DRACO, MESHOPT_NAMES, type GltfJson } from './gltf-json';

/** Files are small, and a second worker costs more to start than it saves. */
const WORKERS = 1;

export interface MeshDecoders {
  /** Equips a loader with what a file with these extensions needs. */
  equip(loader: GLTFLoader, extensions: readonly string[]): Promise<void>;
  dispose(): void;
}

/** What a GLB says that it uses; nothing for a file that cannot be read, which the loader then says better. */
export function glbExtensions(bytes: ArrayBuffer): readonly string[] {
  try {
    const { extensionsUsed } = JSON.parse(glbRead('', new Uint8Array(bytes)).jsonText) as GltfJson;
    return Array.isArray(extensionsUsed) ? extensionsUsed : [];
  } catch {
    return [];
  }
}

/** @param renderer asked which texture formats the graphics card reads; without one a short-lived one is made */
export function meshDecodersCreate(renderer?: WebGLRenderer): MeshDecoders {
  let draco: DRACOLoader | null = null;
  let ktx2: KTX2Loader | null = null;
  const dracoGet = async (): Promise<DRACOLoader> => {
    if (draco) return draco;
    const { DRACOLoader } = await import('three/addons/loaders/DRACOLoader.js');
    draco = new DRACOLoader().setDecoderPath({ js: dracoJsUrl, wasm: dracoWasmUrl }).setWorkerLimit(WORKERS);
    return draco;
  };
  const ktx2Get = async (): Promise<KTX2Loader> => {
    if (ktx2) return ktx2;
    const { KTX2Loader } = await import('three/addons/loaders/KTX2Loader.js');
    // The loader knows its two files by name only; their addresses here carry a hash.
    const manager = new LoadingManager().setURLModifier((url) => {
      if (url.includes('basis_transcoder') && url.endsWith('.js')) return basisJsUrl;
      return url.includes('basis_transcoder') ? basisWasmUrl : url;
    });
    const asked = renderer ?? new WebGLRenderer({ canvas: document.createElement('canvas') });
    ktx2 = new KTX2Loader(manager).setWorkerLimit(WORKERS).detectSupport(asked);
    if (!renderer) {
      asked.dispose();
      asked.forceContextLoss();
    }
    return ktx2;
  };
  return {
    equip: async (loader, extensions) => {
      if (extensions.includes(DRACO)) loader.setDRACOLoader(await dracoGet());
      if (extensions.includes(BASISU)) loader.setKTX2Loader(await ktx2Get());
      if (MESHOPT_NAMES.some((name) => extensions.includes(name))) {
        const { MeshoptDecoder } = await import('three/addons/libs/meshopt_decoder.module.js');
        loader.setMeshoptDecoder(MeshoptDecoder);
      }
    },
    dispose: () => {
      draco?.dispose();
      ktx2?.dispose();
      draco = ktx2 = null;
    },
  };
}
