/**
 * A person's own mesh: from dropped or picked files to an object for the stage. Nothing here touches the page: a file
 * that cannot be read gives an error with a code and a sentence, and everything stays as it was.
 *
 *   const files = await fileSetFromDataTransfer(event.dataTransfer);
 *   const result = await meshImport(files, { decoders: meshDecodersCreate() });
 *   if (result.ok) stage.setObject(importedObject('own:chair', result.mesh, result.mesh.axes));
 *   else show(meshProblemText(language, result.error.problem.mesh));
 */
import { Group, type Object3D } from 'three';
import { clone } from 'three/addons/utils/SkeletonUtils.js';
import { nextTask } from '../next-task';
import { objectDispose, objectNormalize, type NormalizedObject } from '../normalized-object';
import type { MeshDecoders } from './decoders';
import { fileExtension, fileName, type FileSet, type GivenFile, MAX_FILES } from './file-set';
import { gltfImport } from './gltf-import';
import { bytesText, meshBroken, meshError, MeshImportError, meshUnread, meshUnsupported } from './import-error';
import { meshCheck, type MeshCounts } from './mesh-check';
import { objImport } from './obj-import';
import { orientationMatrix, type MeshAxes } from './orientation';
import { plyIsText } from './ply-header';
import { plyImport } from './ply-import';
import { stlImport, stlIsText } from './stl-import';

export type MeshFormat = 'glb' | 'gltf' | 'obj' | 'stl' | 'ply';

/** Up and front where the format, or the habit of the programs that write it, says so; a guess that people can change. */
const FORMAT_AXES: Readonly<Record<MeshFormat, MeshAxes>> = {
  glb: { up: '+Y', front: '+Z' },
  gltf: { up: '+Y', front: '+Z' },
  obj: { up: '+Y', front: '+Z' },
  // Made for printing, on a bed that lies in X and Y.
  stl: { up: '+Z', front: '-Y' },
  ply: { up: '+Y', front: '+Z' },
};

const IS_TEXT: Readonly<Record<MeshFormat, (bytes: Uint8Array) => boolean>> = {
  glb: () => false,
  gltf: () => true,
  obj: () => true,
  stl: stlIsText,
  ply: plyIsText,
};

/** Formats that people will try, and what to do instead. */
const OTHER_FORMATS: Readonly<Record<string, string>> = {
  ...{ fbx: 'FBX', dae: 'Collada', '3ds': '3DS', usdz: 'USDZ', usd: 'USD', usda: 'USD', usdc: 'USD' },
  ...{ blend: 'Blender', max: '3ds Max', ma: 'Maya', mb: 'Maya', skp: 'SketchUp', c4d: 'Cinema 4D', x3d: 'X3D' },
  ...{ wrl: 'VRML', '3mf': '3MF', step: 'STEP', stp: 'STEP', iges: 'IGES', igs: 'IGES', dxf: 'DXF', dwg: 'DWG' },
  ...{ vrm: 'VRM', off: 'OFF', pcd: 'PCD', las: 'LAS', splat: 'Gaussian splat' },
};
/** More names are no help. */
const NAMED_MODELS = 4;

const ARCHIVES = new Set(['zip', 'rar', '7z', 'gz', 'tar']);

export interface MeshImportOptions {
  readonly decoders: MeshDecoders;
  /** Goes on without pictures and material files that were not given. @default false */
  readonly withoutMissingLooks?: boolean;
  /** Largest single file. @default 200e6 */
  readonly maxFileBytes?: number;
  /** Largest single file of text: it takes many times its size in memory. @default 50e6 */
  readonly maxTextBytes?: number;
  /** @default 60000 */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** OBJ, PLY and text STL are read in slices. @param share of the file that is read, 0 … 1 */
  readonly onProgress?: (share: number) => void;
}

export interface ImportedMesh {
  /** Name of the file without its folder and ending. */
  readonly name: string;
  readonly file: string;
  readonly format: MeshFormat;
  /** As the file has it; stays the importer's own, {@link importedObject} makes copies. */
  readonly source: Object3D;
  /** Where to begin with the choice of up and front. */
  readonly axes: MeshAxes;
  readonly counts: MeshCounts;
}

export type MeshImportResult =
  { readonly ok: true; readonly mesh: ImportedMesh } | { readonly ok: false; readonly error: MeshImportError };

const isMeshFormat = (extension: string): extension is MeshFormat => extension in FORMAT_AXES;

/** The one file that is the mesh. @throws MeshImportError */
function modelOf(files: FileSet): GivenFile {
  const first = files[0];
  if (!first) throw meshError('nothing-given', '', 'nothing-given', {});
  if (files.length > MAX_FILES)
    throw meshError('too-large', '', 'files-many', { count: files.length, most: MAX_FILES });
  const models = files.filter(({ path }) => isMeshFormat(fileExtension(path)));
  if (models[0] && models.length === 1) return models[0];
  if (models.length > 1) {
    throw meshError('several-models', models[0]?.path ?? '', 'models-many', {
      count: models.length,
      names: models.slice(0, NAMED_MODELS).map(({ path }) => path),
    });
  }
  for (const { path } of files) {
    const extension = fileExtension(path);
    if (ARCHIVES.has(extension)) throw meshUnsupported(path, 'archive', {});
    const format = OTHER_FORMATS[extension];
    if (format) throw meshUnsupported(path, 'format', { format });
  }
  if (files.length === 1) throw meshError('no-model', first.path, 'models-none', {});
  throw meshError('no-model', first.path, 'models-none-among', { others: files.length - 1 });
}

async function bytesOf(file: GivenFile, maxFileBytes: number): Promise<Uint8Array> {
  const { path, blob } = file;
  if (blob.size === 0) throw meshError('empty', path, 'empty', {});
  if (blob.size > maxFileBytes)
    throw meshError('too-large', path, 'file-large', { size: bytesText(blob.size), most: bytesText(maxFileBytes) });
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch {
    throw meshError('unreadable', path, 'file-unread', {});
  }
}

/** Lets the page draw and take a click, then stops whatever was given up: reading itself holds everything up. */
async function breathTake(file: string, signal: AbortSignal | undefined): Promise<void> {
  await nextTask();
  if (signal?.aborted) throw meshError('aborted', file, 'aborted', {});
}

async function sourceOf(file: GivenFile, files: FileSet, options: MeshImportOptions): Promise<Object3D> {
  const { maxFileBytes = 200e6, maxTextBytes = 50e6, withoutMissingLooks = false, decoders } = options;
  const tooLarge = files.find(({ blob }) => blob.size > maxFileBytes);
  const bytes = await bytesOf(tooLarge ?? file, maxFileBytes);
  const format = fileExtension(file.path) as MeshFormat;
  const texts = files.filter((given) =>
    given === file ? IS_TEXT[format](bytes) : fileExtension(given.path) === 'mtl',
  );
  const longText = texts.find(({ blob }) => blob.size > maxTextBytes);
  if (longText)
    throw meshError('too-large', longText.path, 'text-large', {
      size: bytesText(longText.blob.size),
      most: bytesText(maxTextBytes),
    });
  const breathe = (share: number): Promise<void> => {
    options.onProgress?.(share);
    return breathTake(file.path, options.signal);
  };
  await breathe(0);
  if (format === 'obj') return objImport(file, bytes, files, { withoutMissingLooks, breathe });
  if (format === 'stl') return stlImport(file, bytes, breathe);
  if (format === 'ply') return plyImport(file, bytes, breathe);
  return gltfImport(file, bytes, files, { decoders, withoutMissingLooks });
}

/** Rejects when time is up or the person gave up; loaders that still run end in the void. */
function interruption(file: string, deadlineMs: number, signal: AbortSignal | undefined) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort: (() => void) | undefined;
  const promise = new Promise<never>((_, reject) => {
    abort = () => {
      reject(meshError('aborted', file, 'aborted', {}));
    };
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    timer = setTimeout(() => {
      reject(meshError('timeout', file, 'timeout', { seconds: Math.round(deadlineMs / 1000) }));
    }, deadlineMs);
  });
  return {
    promise,
    end: () => {
      clearTimeout(timer);
      if (abort) signal?.removeEventListener('abort', abort);
    },
  };
}

/** Reads one mesh. Failures that a person can cause are values, never exceptions. */
export async function meshImport(files: FileSet, options: MeshImportOptions): Promise<MeshImportResult> {
  let path = '';
  let end = (): void => undefined;
  try {
    const file = modelOf(files);
    path = file.path;
    const stop = interruption(path, options.deadlineMs ?? 60_000, options.signal);
    end = stop.end;
    const source = await Promise.race([sourceOf(file, files, options), stop.promise]);
    await breathTake(path, options.signal);
    const format = fileExtension(path) as MeshFormat;
    const counts = meshCheck(path, source);
    const name = fileName(path).replace(/\.[^.]+$/, '');
    const mesh: ImportedMesh = { name, file: path, format, source, axes: FORMAT_AXES[format], counts };
    // A first copy finds what only framing can see, such as sizes beyond what numbers hold.
    importedObject('', mesh, mesh.axes);
    return { ok: true, mesh };
  } catch (error) {
    return { ok: false, error: error instanceof MeshImportError ? error : meshUnread(path, error) };
  } finally {
    end();
  }
}

/**
 * The mesh, turned upright, centred and scaled for the stage. Geometry, materials and textures are shared between all
 * copies, so a preview can be made anew for every choice; free them once, with {@link importedDispose}.
 * @throws RangeError when up and front lie on one axis
 */
export function importedObject(id: string, { source, file }: ImportedMesh, axes: MeshAxes): NormalizedObject {
  const turned = new Group();
  turned.applyMatrix4(orientationMatrix(axes));
  turned.add(clone(source));
  const object = objectNormalize(id, turned);
  if (!(object.metresPerUnit > 1e-12 && object.metresPerUnit < 1e12))
    throw meshBroken(file, 'size-beyond', { size: object.metresPerUnit.toExponential(1) });
  return object;
}

export function importedDispose({ source }: ImportedMesh): void {
  objectDispose(source);
}
