/** The parts of a glTF description that importing looks at. Read from strangers' files: every field may be anything. */

/** Of a view whose bytes meshopt unpacks. */
export interface GltfPackedView {
  buffer?: number;
  byteOffset?: number;
  byteLength?: number;
  byteStride?: number;
  count?: number;
}

export interface GltfBufferView {
  buffer?: number;
  byteOffset?: number;
  byteLength?: number;
  byteStride?: number;
  extensions?: Record<string, GltfPackedView | undefined>;
}

export interface GltfAccessor {
  bufferView?: number;
  byteOffset?: number;
  componentType?: number;
  count?: number;
  type?: string;
  sparse?: { count?: number };
}

export interface GltfPrimitive {
  attributes?: Record<string, number>;
  indices?: number;
  mode?: number;
  material?: number;
  extensions?: Record<string, { bufferView?: number } | undefined>;
}

export interface GltfTexture {
  source?: number;
  extensions?: Record<string, { source?: number } | undefined>;
}

export interface GltfJson {
  asset?: { version?: string; minVersion?: string };
  buffers?: { uri?: string; byteLength?: number; extensions?: Record<string, { fallback?: boolean } | undefined> }[];
  bufferViews?: GltfBufferView[];
  accessors?: GltfAccessor[];
  meshes?: { primitives?: GltfPrimitive[] }[];
  nodes?: { children?: number[]; mesh?: number; skin?: number }[];
  scenes?: { nodes?: number[] }[];
  scene?: number;
  images?: { uri?: string; bufferView?: number; mimeType?: string; name?: string }[];
  textures?: GltfTexture[];
  materials?: unknown[];
  extensionsUsed?: string[];
  extensionsRequired?: string[];
}

export const MESHOPT = 'EXT_meshopt_compression';
const MESHOPT_KHR = 'KHR_meshopt_compression';
export const DRACO = 'KHR_draco_mesh_compression';
export const BASISU = 'KHR_texture_basisu';
/** Both spellings of meshopt put the real bytes elsewhere and mark the buffer of the unpacked ones as a stand-in. */
export const MESHOPT_NAMES = [MESHOPT, MESHOPT_KHR] as const;
/** Where a texture says that its picture is of another kind. */
export const PICTURE_NAMES = [BASISU, 'EXT_texture_webp', 'EXT_texture_avif'] as const;

/** Indices of the pictures that a texture names, the one that is preferred first. */
export const textureSources = (texture: GltfTexture | undefined): number[] =>
  [...PICTURE_NAMES.map((name) => texture?.extensions?.[name]?.source), texture?.source].filter(
    (source) => source !== undefined,
  );
