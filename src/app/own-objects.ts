/** Objects that people brought: this visit's and those that the browser kept. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FileSet } from '../scene/mesh-import/file-set';
import type { ImportedMesh, MeshImportResult } from '../scene/mesh-import/mesh-import';
import type { MeshAxes } from '../scene/mesh-import/orientation';
import type { NormalizedObject } from '../scene/normalized-object';
import { ownObjectId } from '../state/own-object-id';
import { ownRecordForget, ownRecordKeep, ownRecordsRead, type OwnRecord } from './own-store';

export interface OwnObject {
  readonly id: string;
  readonly name: string;
  readonly thumbnailUrl: string;
  readonly kept: boolean;
}

export interface OwnChoice {
  readonly name: string;
  readonly files: FileSet;
  readonly axes: MeshAxes;
  readonly withoutMissingLooks: boolean;
  readonly thumbnailUrl: string;
}

export interface OwnObjects {
  readonly list: StoreApi<readonly OwnObject[]>;
  /** @throws Error when the object is not here */
  load(id: string): Promise<NormalizedObject>;
  loaded(id: string): NormalizedObject | null;
  /**
   * Joins a mesh to the list.
   * @throws DOMException when `signal` gives it up in time; nothing has changed then, and the mesh stays the caller's to free
   */
  add(mesh: ImportedMesh, choice: OwnChoice, signal?: AbortSignal): Promise<string>;
  /** False when the browser refuses to keep it; it then stays for this visit. */
  keep(id: string, keep: boolean): Promise<boolean>;
  remove(id: string): Promise<void>;
}

/** Everything that reads meshes comes when somebody brings one. */
export async function ownMeshRead(
  files: FileSet,
  options: {
    readonly withoutMissingLooks: boolean;
    readonly signal?: AbortSignal;
    readonly onProgress?: (share: number) => void;
  },
): Promise<MeshImportResult> {
  const [{ meshImport }, { meshDecodersCreate }] = await Promise.all([
    import('../scene/mesh-import/mesh-import'),
    import('../scene/mesh-import/decoders'),
  ]);
  const decoders = meshDecodersCreate();
  try {
    return await meshImport(files, { decoders, ...options });
  } finally {
    decoders.dispose();
  }
}

const contentOf = async (files: FileSet): Promise<readonly Uint8Array[]> =>
  Promise.all(
    [...files]
      .sort((one, other) => (one.path < other.path ? -1 : 1))
      .map(async ({ blob }) => new Uint8Array(await blob.arrayBuffer())),
  );

/** An object and the mesh whose geometry it shares. */
interface Loaded {
  readonly object: NormalizedObject;
  readonly mesh: ImportedMesh;
}

async function loadRecord(record: OwnRecord): Promise<Loaded> {
  const { files, withoutMissingLooks, id, axes } = record;
  const [result, { importedObject }] = await Promise.all([
    ownMeshRead(files, { withoutMissingLooks }),
    import('../scene/mesh-import/mesh-import'),
  ]);
  if (!result.ok) throw result.error;
  return { object: importedObject(id, result.mesh, axes), mesh: result.mesh };
}

/** Frees a mesh; whatever read it is there already. */
export async function meshDispose(mesh: ImportedMesh): Promise<void> {
  const { importedDispose } = await import('../scene/mesh-import/mesh-import');
  importedDispose(mesh);
}

const removedError = (id: string): Error =>
  new Error(`The object "${id}" is one of somebody's own and is not in this browser.`);

const listed = ({ id, name, thumbnailUrl }: OwnRecord, kept: boolean): OwnObject => ({ id, name, thumbnailUrl, kept });

export function ownObjectsCreate(): OwnObjects {
  const records = new Map<string, OwnRecord>();
  const objects = new Map<string, Loaded>();
  /** Under way: whoever asks meanwhile gets the same. */
  const loading = new Map<string, Promise<Loaded>>();
  const list = createStore<readonly OwnObject[]>(() => []);
  const put = (object: OwnObject): void =>
    list.setState((all) => [...all.filter(({ id }) => id !== object.id), object], true);
  const kept = ownRecordsRead().then((found) => {
    for (const record of found) {
      records.set(record.id, record);
      put(listed(record, true));
    }
  });
  return {
    list,
    load: async (id) => {
      await kept;
      const known = objects.get(id);
      if (known) return known.object;
      const record = records.get(id);
      if (!record) throw removedError(id);
      const under = loading.get(id) ?? loadRecord(record).finally(() => loading.delete(id));
      loading.set(id, under);
      const loaded = await under;
      // Added by hand meanwhile: what is on screen shares that one's geometry.
      const added = objects.get(id);
      const isWanted = records.has(id) && (!added || added === loaded);
      if (!isWanted) await meshDispose(loaded.mesh);
      if (!records.has(id)) throw removedError(id);
      if (isWanted) objects.set(id, loaded);
      return (objects.get(id) ?? loaded).object;
    },
    loaded: (id) => objects.get(id)?.object ?? null,
    add: async (mesh, choice, signal) => {
      await kept;
      const { importedDispose, importedObject } = await import('../scene/mesh-import/mesh-import');
      const { axes, files, name } = choice;
      const id = ownObjectId(mesh.name, await contentOf(files), `${axes.up} ${axes.front}`);
      // From here on at one go: whoever gives it up finds it added or not, and nothing between.
      signal?.throwIfAborted();
      const isKept = list.getState().some((object) => object.id === id && object.kept);
      const record: OwnRecord = { version: 1, id, ...choice, name: name.trim() || mesh.name };
      const known = objects.get(id);
      if (!known) objects.set(id, { object: importedObject(id, mesh, axes), mesh });
      else if (known.mesh !== mesh) importedDispose(mesh);
      records.set(id, record);
      put(listed(record, isKept));
      return id;
    },
    keep: async (id, keep) => {
      const record = records.get(id);
      if (!record) return false;
      try {
        await (keep ? ownRecordKeep(record) : ownRecordForget(id));
      } catch {
        return false;
      }
      const current = records.get(id);
      // Removed in the meantime: what was written after that goes, too.
      if (!current) await ownRecordForget(id).catch(() => undefined);
      else put(listed(current, keep));
      return true;
    },
    remove: async (id) => {
      const loaded = objects.get(id);
      records.delete(id);
      objects.delete(id);
      list.setState((all) => all.filter((object) => object.id !== id), true);
      await ownRecordForget(id).catch(() => undefined);
      if (loaded) await meshDispose(loaded.mesh);
    },
  };
}
