/**
 * Makes the page's own objects: `npm run meshes [-- id ...] [-- --no-thumbnails]`.
 * Writes `public/meshes/<id>/mesh.glb`, its `mesh.json`, and `public/meshes/index.json`; then, where there is a
 * Chromium, `thumbnail.webp` (the only file that may differ between machines: a renderer draws it).
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commandLine, usageError } from '../lib/command-line.ts';
import { glbFromKit, type Bounds } from './glb.ts';
import type { ObjectRecipe } from './object-recipe.ts';
import { MESHES_DIR, THUMBNAIL_FILE } from './meshes-dir.ts';
import { RECIPES } from './objects/index.ts';
import { item } from './path2.ts';

export interface MadeFile {
  /** Below `public/meshes`. */
  path: string;
  bytes: Uint8Array;
}

export interface MadeMesh {
  id: string;
  files: MadeFile[];
  boundsM: Bounds;
  triangles: number;
}

const jsonBytes = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

const creditOf = ({ id, credit, sourceFile = id }: ObjectRecipe) => ({
  license: credit?.license ?? 'MIT',
  author: credit?.author ?? 'Viewpoint Playground contributors',
  source: credit?.source ?? `tools/meshes/objects/${sourceFile}.ts`,
});

export async function meshMake(recipe: ObjectRecipe, kit = recipe.build()): Promise<MadeMesh> {
  const { id, name } = recipe;
  const { bytes, boundsM, triangles } = await glbFromKit(id, kit);
  const sizesM = boundsM.max.map((v, axis) => v - item(boundsM.min, axis));
  const description = {
    version: 1,
    id,
    name,
    file: 'mesh.glb',
    scaleM: Math.round(Math.max(...sizesM) * 1e3) / 1e3,
    up: '+Y',
    front: '+Z',
    ...creditOf(recipe),
    sizeBytes: bytes.length,
    thumbnail: THUMBNAIL_FILE,
  };
  const files = [
    { path: `${id}/mesh.glb`, bytes },
    { path: `${id}/mesh.json`, bytes: jsonBytes(description) },
  ];
  return { id, files, boundsM, triangles };
}

/**
 * The lists that the page shows, in display order. Ambiguous objects stand in a list of their own, so that whoever deals
 * out questions from `meshes` cannot pick one by mistake.
 */
export function meshIndexFile(): MadeFile {
  const listed = (isAmbiguous: boolean) =>
    RECIPES.filter(({ ambiguous = false }) => ambiguous === isAmbiguous).map((recipe) => {
      const { id, name, group = 'things' } = recipe;
      return { id, name, group, thumbnail: `${id}/${THUMBNAIL_FILE}`, ...creditOf(recipe) };
    });
  return { path: 'index.json', bytes: jsonBytes({ version: 1, meshes: listed(false), ambiguous: listed(true) }) };
}

async function main(): Promise<void> {
  const options = { 'no-thumbnails': { type: 'boolean', default: false } } as const;
  const { values, positionals: wanted } = commandLine(import.meta.filename, options, true);
  const unknown = wanted.find((id) => !RECIPES.some((recipe) => recipe.id === id));
  if (unknown !== undefined)
    usageError(`There is no object "${unknown}"; known are ${RECIPES.map(({ id }) => id).join(', ')}.`);
  const write = async ({ path, bytes }: MadeFile): Promise<void> => {
    await mkdir(dirname(join(MESHES_DIR, path)), { recursive: true });
    await writeFile(join(MESHES_DIR, path), bytes);
  };
  const recipes = RECIPES.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  for (const recipe of recipes) {
    const { id, files, boundsM, triangles } = await meshMake(recipe);
    for (const file of files) await write(file);
    const sizes = boundsM.max.map((v, axis) => (v - item(boundsM.min, axis)).toFixed(3)).join(' x ');
    console.log(
      `${id}: ${(item(files, 0).bytes.length / 1000).toFixed(0)} kB, ${triangles} triangles, ${sizes} m, lowest y ${boundsM.min[1]}`,
    );
  }
  await write(meshIndexFile());
  if (values['no-thumbnails']) return;
  // Loaded late: the meshes themselves need neither a bundler nor a browser.
  const { thumbnailsWrite } = await import('./thumbnails.ts');
  await thumbnailsWrite(recipes.map(({ id }) => id));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
