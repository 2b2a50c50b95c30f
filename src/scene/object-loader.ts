/**
 * Objects by id: `car` is one of the page's own (public/meshes/<id>/mesh.glb), `generated:<family>:<seed>` comes from
 * the generator, `url:<address>` is any GLB (for tools: the page takes no addresses). What a GLB refers to may lie beside it, never
 * on somebody else's server.
 */
import { LoadingManager, type Object3D } from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import type { ObjectProblem } from '../state/object-problem';
import { nextTask } from './next-task';
import { objectNormalize, type NormalizedObject } from './normalized-object';
import { objectStrip } from './object-strip';

export class ObjectError extends Error {
  readonly problem: ObjectProblem;
  readonly objectId: string;
  constructor(problem: ObjectProblem, objectId: string, message: string) {
    super(message);
    this.name = 'ObjectError';
    this.problem = problem;
    this.objectId = objectId;
  }
}

const BUILTIN_ID = /^[a-z0-9][a-z0-9-]*$/;

async function bytesFromUrl(id: string, url: string): Promise<ArrayBuffer> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new ObjectError(
      { kind: 'connection' },
      id,
      `The object "${id}" could not be fetched: the connection failed.`,
    );
  }
  const isPage = response.headers.get('content-type')?.includes('text/html') ?? false;
  // Static hosts often answer an unknown address with their start page.
  if (!response.ok || isPage) throw new ObjectError({ kind: 'unknown' }, id, `There is no object called "${id}".`);
  return response.arrayBuffer();
}

/** Absolute, as the page would ask for it. Tests have no page. */
const absolute = (url: string): URL =>
  new URL(url, typeof location === 'undefined' ? 'http://localhost/' : location.href);

/** Whether an address inside a file leads away from where the file itself came from. */
function isForeign(address: string, fileUrl: string): boolean {
  if (/^(data|blob):/i.test(address)) return false;
  try {
    return absolute(address).origin !== absolute(fileUrl).origin;
  } catch {
    return true;
  }
}

/** What a file that says so needs to be unpacked; the page's own objects need nothing. */
async function decodersFor(loader: GLTFLoader, bytes: ArrayBuffer): Promise<() => void> {
  const { glbExtensions, meshDecodersCreate } = await import('./mesh-import/decoders');
  const decoders = meshDecodersCreate();
  await decoders.equip(loader, glbExtensions(bytes));
  return () => decoders.dispose();
}

/** In a task of its own: reading a file takes long enough, and so does what the page makes of the object. */
async function normalized(id: string, source: Object3D): Promise<NormalizedObject> {
  await nextTask();
  const object = objectNormalize(id, source);
  await nextTask();
  return object;
}

async function objectFromGlb(id: string, url: string): Promise<NormalizedObject> {
  const bytes = await bytesFromUrl(id, url);
  const path = url.slice(0, url.lastIndexOf('/') + 1);
  const manager = new LoadingManager();
  let refused: string | null = null;
  manager.setURLModifier((address) => {
    if (!isForeign(address, url)) return address;
    refused ??= address;
    throw new Error(`"${address}" lies elsewhere`);
  });
  // The loader leaves out pictures that it cannot have without a word, so a refusal is looked for after a success, too.
  const refusalCheck = (): void => {
    if (refused === null) return;
    const wants = `The file "${url}" of object "${id}" wants "${refused}"`;
    throw new ObjectError(
      { kind: 'elsewhere', address: refused },
      id,
      `${wants} from another server, which is never asked. Export it as a GLB with everything inside.`,
    );
  };
  const loader = new GLTFLoader(manager);
  let release: (() => void) | null = null;
  try {
    if (id.startsWith('url:')) release = await decodersFor(loader, bytes);
    const gltf = await loader.parseAsync(bytes, path);
    refusalCheck();
    objectStrip(gltf.scene);
    return await normalized(id, gltf.scene);
  } catch (error) {
    if (error instanceof ObjectError) throw error;
    refusalCheck();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ObjectError({ kind: 'file', reason }, id, `The file of object "${id}" could not be read: ${reason}`);
  } finally {
    release?.();
  }
}

/**
 * Loads and normalizes an object.
 * @param meshesUrl address of the folder that holds the page's own objects, with a trailing slash
 * @throws ObjectError that names the object
 */
export async function objectLoad(id: string, meshesUrl: string): Promise<NormalizedObject> {
  if (id.startsWith('url:')) return objectFromGlb(id, id.slice('url:'.length));
  if (id.startsWith('generated:')) {
    const { objectFromId } = await import('./generator/registry');
    try {
      return await normalized(id, objectFromId(id));
    } catch (error) {
      throw new ObjectError({ kind: 'unknown' }, id, error instanceof Error ? error.message : String(error));
    }
  }
  if (!BUILTIN_ID.test(id)) throw new ObjectError({ kind: 'unknown' }, id, `"${id}" is not the name of an object.`);
  return objectFromGlb(id, `${meshesUrl}${id}/mesh.glb`);
}
