/** The objects of an evaluation: the page's own, generated ones of held-out families, any folder of GLB files, or a control. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { MeshSource } from '../../src/contract/eval-report';
import { rngFromSeed } from '../../src/core/rng';
import { generatedObjectIds } from '../../src/scene/generator/registry';
import { glbFiles } from '../lib/glb-files';
import { PROJECT_ROOT } from '../lib/tool-page';
import type { EvalObject } from './page';
import { SPHERE_ID } from './sphere-id';

export interface ObjectSource {
  /** Candidates in a seeded order; the first usable ones are taken. */
  readonly candidates: readonly EvalObject[];
  /** Folder behind `/glb/`, if the objects come from one. */
  readonly glbFolder: string | null;
}

/** The page's own objects that chance may pick there, in the page's order. */
export function builtinIds(): string[] {
  const index = JSON.parse(readFileSync(join(PROJECT_ROOT, 'public/meshes/index.json'), 'utf8')) as {
    meshes: { id: string }[];
  };
  return index.meshes.map(({ id }) => id);
}

/**
 * @param meshes `builtin`, `generated`, `sphere` (control.ts), or a folder
 * @param wanted how many different objects are enough
 * @throws Error naming what was given when it is none of these, or a folder without a GLB file
 */
export function objectSource(meshes: string, seed: string, wanted: number): ObjectSource {
  if (meshes === 'builtin') {
    return { candidates: builtinIds().map((id) => ({ objectId: id, loadId: id })), glbFolder: null };
  }
  if (meshes === 'generated') {
    const ids = generatedObjectIds('heldout', wanted, `eval-${seed}`);
    return { candidates: ids.map((id) => ({ objectId: id, loadId: id })), glbFolder: null };
  }
  if (meshes === SPHERE_ID) {
    // All alike, but each is looked at from other places.
    const ids = Array.from({ length: wanted }, (_, index) => `${SPHERE_ID}:${index}`);
    return { candidates: ids.map((id) => ({ objectId: id, loadId: SPHERE_ID })), glbFolder: null };
  }
  const folder = resolve(meshes);
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Error(`--meshes takes "builtin", "generated", "sphere" or a folder; "${meshes}" is none of these.`);
  const files = glbFiles(folder);
  if (files.length === 0) throw new Error(`There is no .glb file below "${meshes}".`);
  const candidates = rngFromSeed(`eval/${seed}`)
    .shuffle(files)
    .map((path) => ({
      objectId: path.replace(/\.glb$/i, ''),
      loadId: `url:/glb/${path.split('/').map(encodeURIComponent).join('/')}`,
    }));
  return { candidates, glbFolder: folder };
}

/**
 * What these objects came from, in the order of names. Packs are the folders right below the one that was given; a file
 * that lies in none of them counts as of that folder itself.
 * @param meshes as `objectSource` takes it
 */
export function meshSources(meshes: string, objectIds: readonly string[]): MeshSource[] {
  if (meshes === 'builtin' || meshes === SPHERE_ID) return [{ name: meshes }];
  if (meshes === 'generated') {
    const families = new Set(objectIds.map((id) => id.split(':')[1] ?? id));
    return [{ name: 'generated', families: [...families].sort() }];
  }
  const packs = new Set(
    objectIds.map((id) => (id.includes('/') ? id.slice(0, id.indexOf('/')) : basename(resolve(meshes)))),
  );
  return [...packs].sort().map((name) => ({ name }));
}
