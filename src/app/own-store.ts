/** Meshes that people asked the browser to keep: the files as they were given, and how they were stood up. */
import { createStore, delMany, entries, set, type UseStore } from 'idb-keyval';
import type { FileSet } from '../scene/mesh-import/file-set';
import type { MeshAxes } from '../scene/mesh-import/orientation';
import { isOwnObjectId } from '../state/own-object-id';

export interface OwnRecord {
  readonly version: 1;
  readonly id: string;
  /** As the person called it. */
  readonly name: string;
  readonly files: FileSet;
  readonly axes: MeshAxes;
  /** It was taken without the pictures and materials that it names. */
  readonly withoutMissingLooks: boolean;
  /** Data URL of a small square picture. */
  readonly thumbnailUrl: string;
}

let opened: UseStore | null = null;
const database = (): UseStore => (opened ??= createStore('viewpoint-own-objects', 'objects'));

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function isFile(value: unknown): boolean {
  const { path, blob } = fieldsOf(value);
  return typeof path === 'string' && blob instanceof Blob;
}

/** Two axes that can go together. `scene/mesh-import/orientation.ts` would bring three.js with it. */
function isAxes(value: unknown): boolean {
  const { up, front } = fieldsOf(value);
  const isAxis = (axis: unknown): axis is string => typeof axis === 'string' && /^[+-][XYZ]$/.test(axis);
  return isAxis(up) && isAxis(front) && up[1] !== front[1];
}

function isRecord(value: unknown): value is OwnRecord {
  const { version, id, name, files, axes, withoutMissingLooks, thumbnailUrl } = fieldsOf(value);
  return (
    version === 1 &&
    typeof id === 'string' &&
    isOwnObjectId(id) &&
    typeof name === 'string' &&
    Array.isArray(files) &&
    files.every(isFile) &&
    isAxes(axes) &&
    typeof withoutMissingLooks === 'boolean' &&
    typeof thumbnailUrl === 'string' &&
    thumbnailUrl.startsWith('data:image/')
  );
}

/** What was kept; nothing in browsers that keep nothing. Damaged records count as absent. */
export async function ownRecordsRead(): Promise<readonly OwnRecord[]> {
  try {
    return (await entries<string, unknown>(database())).map(([, value]) => value).filter(isRecord);
  } catch {
    return [];
  }
}

/** @throws DOMException when the browser refuses: private windows, full disks */
export async function ownRecordKeep(record: OwnRecord): Promise<void> {
  // Files that stay on the person's disk may change or vanish: their content is copied.
  const files = await Promise.all(
    record.files.map(async ({ path, blob }) => ({ path, blob: new Blob([await blob.arrayBuffer()]) })),
  );
  await set(record.id, { ...record, files }, database());
}

export async function ownRecordForget(id: string): Promise<void> {
  await delMany([id], database());
}
