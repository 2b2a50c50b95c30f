/**
 * Suzanne, the monkey of Blender, from `@pmndrs/assets` (CC0-1.0; `sources/README.md`): her eyes, which are loose parts
 * of the mesh, are painted.
 */
import { readFileSync } from 'node:fs';
import { BufferGeometry, Float32BufferAttribute, Sphere } from 'three';
import { PLYLoader } from 'three/examples/jsm/loaders/PLYLoader.js';
import { addPainted } from '../axes.ts';
import { fieldSphere } from '../field.ts';
import { MeshKit } from '../kit.ts';
import type { ObjectRecipe } from '../object-recipe.ts';
import { INK, LEATHER, PAPER } from '../palette.ts';
import { item } from '../path2.ts';

const SOURCE = new URL('../sources/suzanne.ply', import.meta.url);
const HEIGHT_M = 0.3;

/** Splits a mesh into parts that share no vertex, largest first. */
function looseParts(geometry: BufferGeometry): BufferGeometry[] {
  const index = geometry.index?.array ?? [];
  const count = geometry.getAttribute('position').count;
  const root = Array.from({ length: count }, (_, i) => i);
  const find = (i: number): number => {
    let at = i;
    while (item(root, at) !== at) at = root[at] = item(root, item(root, at));
    return at;
  };
  for (let i = 0; i < index.length; i += 3)
    for (const k of [1, 2]) root[find(item(index, i + k))] = find(item(index, i));
  const faces = new Map<number, number[]>();
  for (let i = 0; i < index.length; i += 3) {
    const part = find(item(index, i));
    faces.set(part, [...(faces.get(part) ?? []), item(index, i), item(index, i + 1), item(index, i + 2)]);
  }
  const lists = [...faces.values()].sort((a, b) => b.length - a.length);
  return lists.map((list) => {
    const ids = new Map<number, number>();
    const position: number[] = [];
    const own = list.map((v) => {
      const known = ids.get(v);
      if (known !== undefined) return known;
      position.push(...[0, 1, 2].map((d) => item(geometry.getAttribute('position').array, 3 * v + d)));
      ids.set(v, ids.size);
      return ids.size - 1;
    });
    const out = new BufferGeometry();
    out.setAttribute('position', new Float32BufferAttribute(position, 3));
    out.setIndex(own);
    out.computeVertexNormals();
    return out;
  });
}

export const SUZANNE: ObjectRecipe = {
  id: 'suzanne',
  name: { en: 'Suzanne', zh: '苏珊娜猴头' },
  credit: {
    license: 'CC0-1.0',
    author: 'Willem-Paul van Overbruggen (Blender); @pmndrs/assets',
    source: 'https://github.com/pmndrs/assets',
  },
  build: () => {
    const bytes = readFileSync(SOURCE);
    const geometry = new PLYLoader().parse(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
    );
    geometry.computeBoundingBox();
    const box = geometry.boundingBox;
    const scale = HEIGHT_M / (box ? box.max.y - box.min.y : 1);
    const kit = new MeshKit();
    const [head, ...eyes] = looseParts(geometry.scale(scale, scale, scale));
    kit.add(LEATHER, head as BufferGeometry);
    for (const eye of eyes) {
      eye.computeBoundingSphere();
      const { center, radius } = eye.boundingSphere ?? new Sphere();
      const pupil = fieldSphere([center.x * 0.97, center.y, center.z + radius * 1.02], radius * 0.62);
      addPainted(kit, eye, PAPER, [[INK, pupil]]);
    }
    return kit.settle();
  },
};
