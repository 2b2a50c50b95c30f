/** Folders of photos with measured cameras (nerfstudio's transforms.json), for `npm run eval -- --photos DIR`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { photoViewsRead, type PhotoView } from '../../src/questions/photo-scene';

export interface PhotoScene {
  readonly sceneId: string;
  /** Paths are relative to the folder that was given. */
  readonly views: readonly PhotoView[];
}

const FILE = 'transforms.json';

function sceneRead(root: string, below: string): PhotoScene {
  const path = join(root, below, FILE);
  const shown = below === '' ? FILE : `${below}/${FILE}`;
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${shown} is no JSON (${error instanceof Error ? error.message : String(error)}).`, {
      cause: error,
    });
  }
  const views = photoViewsRead(shown, data).map(({ path: photo, pose }) => {
    const relative = photo.replace(/^\.\//, '');
    return { path: below === '' ? relative : `${below}/${relative}`, pose };
  });
  return { sceneId: below === '' ? basename(root) : below, views };
}

/**
 * The scene of a folder, or those of the folders right below it.
 * @throws Error that names the file or folder
 */
export function photoScenesRead(folder: string): PhotoScene[] {
  const root = resolve(folder);
  if (!existsSync(root)) throw new Error(`--photos: there is no folder "${folder}".`);
  if (existsSync(join(root, FILE))) return [sceneRead(root, '')];
  const below = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, FILE)))
    .map(({ name }) => name)
    .sort();
  if (below.length === 0)
    throw new Error(
      `--photos: neither "${folder}" nor a folder in it holds ${FILE}. Write one with nerfstudio (ns-process-data).`,
    );
  return below.map((name) => sceneRead(root, name));
}
