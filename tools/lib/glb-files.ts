import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** All GLB files below a folder, as paths relative to it with forward slashes, in a stable order. */
export function glbFiles(folder: string, prefix = ''): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = prefix ? `${prefix}/${entry.name}` : entry.name;
      // A pack may be linked from elsewhere.
      const isFolder = entry.isSymbolicLink() ? statSync(join(folder, path)).isDirectory() : entry.isDirectory();
      if (isFolder) return glbFiles(folder, path);
      return entry.name.toLowerCase().endsWith('.glb') ? [path] : [];
    });
}
