/** The files that a person dropped or picked, found by the paths that a mesh writes. Nothing is read until it is needed. */
import { meshError, MeshImportError } from './import-error';

export interface GivenFile {
  /** With folders, if the browser told them; slashes forwards. */
  readonly path: string;
  readonly blob: Blob;
}

export type FileSet = readonly GivenFile[];

/**
 * For the `accept` of a file input: meshes and what may come with them. The last line holds pictures that are not read:
 * who can choose them is told so, and not that they are missing.
 */
export const MESH_ACCEPT = [
  '.glb,.gltf,.bin,.obj,.mtl,.stl,.ply',
  '.png,.jpg,.jpeg,.webp,.avif,.bmp,.gif,.ktx2',
  '.tga,.tif,.tiff,.dds',
].join();

/** More is a folder dropped by mistake. */
export const MAX_FILES = 500;
const MAX_DEPTH = 8;

export const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const fileExtension = (path: string): string => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';

/** From a file input, also one that picks folders. */
export const fileSetFromFiles = (files: Iterable<File>): FileSet =>
  [...files].map((file) => ({ path: file.webkitRelativePath || file.name, blob: file }));

const fileOfEntry = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });

async function entriesOfFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // A reader gives a folder in portions, and an empty one at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0 || all.length > MAX_FILES) return all;
    all.push(...some);
  }
}

/**
 * From a drop, folders included. Must be called while the drop event is being handled: browsers empty the transfer after.
 * @throws MeshImportError when a file or folder cannot be read
 */
export async function fileSetFromDataTransfer(transfer: DataTransfer): Promise<FileSet> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? null);
  if (entries.length === 0 || entries.some((entry) => entry === null)) return fileSetFromFiles(transfer.files);
  const found: GivenFile[] = [];
  const walk = async (entry: FileSystemEntry, depth: number): Promise<void> => {
    if (depth > MAX_DEPTH || found.length > MAX_FILES) return;
    const path = entry.fullPath.replace(/^\//, '');
    try {
      if (entry.isFile) found.push({ path, blob: await fileOfEntry(entry as FileSystemFileEntry) });
      else for (const child of await entriesOfFolder(entry as FileSystemDirectoryEntry)) await walk(child, depth + 1);
    } catch (error) {
      if (error instanceof MeshImportError) throw error;
      throw meshError('unreadable', path, 'file-unread', {});
    }
  };
  for (const entry of entries) if (entry) await walk(entry, 0);
  return found;
}

/** Resolves `.` and `..`; null when the path climbs out of everything that was given. */
function resolvedPath(path: string): string | null {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/**
 * The file that `uri`, written in `fromPath`, means: by its path, else without regard to case, else by its bare name if
 * only one file has it (browsers drop the folders of files that are picked one by one).
 */
export function fileFind(files: FileSet, uri: string, fromPath: string): GivenFile | null {
  const folder = fromPath.slice(0, fromPath.lastIndexOf('/') + 1);
  for (const written of new Set([decoded(uri), uri])) {
    const slashed = written.replaceAll('\\', '/');
    const path = resolvedPath(folder + slashed);
    const exact = files.find((file) => file.path === path);
    if (exact) return exact;
    const sameLetters = files.filter((file) => file.path.toLowerCase() === path?.toLowerCase());
    if (sameLetters[0] && sameLetters.length === 1) return sameLetters[0];
    const name = fileName(slashed).toLowerCase();
    const sameName = files.filter((file) => fileName(file.path).toLowerCase() === name);
    if (name !== '' && sameName[0] && sameName.length === 1) return sameName[0];
  }
  return null;
}
