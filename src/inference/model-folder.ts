/** A model folder from the person's own disk, as the browser hands it over: a list of files. */

/** Files by path in the folder, forward slashes; the folder is the one that holds `manifest.json`, where there is one. */
export interface ModelFolder {
  readonly name: string;
  readonly files: ReadonlyMap<string, Blob>;
}

/** What is used of a File of `<input type="file" webkitdirectory>` or of a drop; `webkitRelativePath` starts with the folder's name. */
interface NamedFile extends Blob {
  readonly name: string;
  readonly webkitRelativePath?: string;
}

function rooted(name: string, found: ReadonlyMap<string, Blob>): ModelFolder {
  const manifests = [...found.keys()].filter((path) => path === 'manifest.json' || path.endsWith('/manifest.json'));
  const shallowest = manifests.sort((a, b) => a.split('/').length - b.split('/').length)[0] ?? '';
  const root = shallowest.slice(0, shallowest.lastIndexOf('/') + 1);
  const files = [...found].filter(([path]) => path.startsWith(root));
  return {
    name: root.split('/').at(-2) ?? name,
    files: new Map(files.map(([path, blob]) => [path.slice(root.length), blob])),
  };
}

/** From a file input with `webkitdirectory`. A folder above the model's is fine: the one with the manifest is found. */
export function modelFolderFromFiles(files: Iterable<NamedFile>): ModelFolder {
  const found = new Map<string, Blob>();
  let name = '';
  for (const file of files) {
    const path = file.webkitRelativePath || file.name;
    const slash = path.indexOf('/');
    if (slash > 0) name ||= path.slice(0, slash);
    found.set(path.slice(slash + 1), file);
  }
  return rooted(name || 'folder', found);
}
