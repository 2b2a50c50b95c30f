import { BoxGeometry, Mesh, MeshStandardMaterial } from 'three';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportedMesh } from '../scene/mesh-import/mesh-import';
// Loaded here: on a busy machine it takes longer than the first test that asks for it may.
import '../scene/mesh-import/mesh-import';
import { ownObjectsCreate, type OwnChoice } from './own-objects';

const stored = vi.hoisted(() => new Map<string, unknown>());
const disk = vi.hoisted(() => ({ write: Promise.resolve() as Promise<void> }));
vi.mock('idb-keyval', () => ({
  createStore: () => null,
  entries: () => Promise.resolve([...stored]),
  set: async (id: string, record: unknown) => {
    await disk.write;
    stored.set(id, record);
  },
  delMany: (ids: readonly string[]) => {
    for (const id of ids) stored.delete(id);
    return Promise.resolve();
  },
}));

function meshMade(): { readonly mesh: ImportedMesh; readonly disposed: () => number } {
  const geometry = new BoxGeometry();
  let count = 0;
  geometry.addEventListener('dispose', () => count++);
  const mesh: ImportedMesh = {
    name: 'box',
    file: 'box.glb',
    format: 'glb',
    source: new Mesh(geometry, new MeshStandardMaterial()),
    axes: { up: '+Y', front: '+Z' },
    counts: { vertices: 24, triangles: 12 },
  };
  return { mesh, disposed: () => count };
}

const CHOICE: OwnChoice = {
  name: 'Box',
  files: [{ path: 'box.glb', blob: new Blob(['box']) }],
  axes: { up: '+Y', front: '+Z' },
  withoutMissingLooks: false,
  thumbnailUrl: 'data:image/webp;base64,AAAA',
};

describe('objects that people brought', () => {
  beforeEach(() => {
    stored.clear();
    disk.write = Promise.resolve();
  });

  it('are listed and kept', async () => {
    const own = ownObjectsCreate();
    const id = await own.add(meshMade().mesh, CHOICE);
    expect(own.list.getState()).toMatchObject([{ id, name: 'Box', kept: false }]);
    expect(await own.keep(id, true)).toBe(true);
    expect(own.list.getState()).toMatchObject([{ id, kept: true }]);
    expect([...stored.keys()]).toEqual([id]);
  });

  it('stay removed when a keep finishes after that', async () => {
    const own = ownObjectsCreate();
    const id = await own.add(meshMade().mesh, CHOICE);
    let written = (): void => undefined;
    disk.write = new Promise((resolve) => {
      written = resolve;
    });
    const keeping = own.keep(id, true);
    await own.remove(id);
    written();
    await keeping;
    expect(own.list.getState()).toEqual([]);
    expect([...stored.keys()]).toEqual([]);
  });

  it('free their mesh when they are removed, and one that is here already at once', async () => {
    const own = ownObjectsCreate();
    const [first, second] = [meshMade(), meshMade()];
    const id = await own.add(first.mesh, CHOICE);
    expect(await own.add(second.mesh, CHOICE)).toBe(id);
    expect([first.disposed(), second.disposed()]).toEqual([0, 1]);
    await own.add(first.mesh, CHOICE);
    expect(first.disposed()).toBe(0);
    await own.remove(id);
    expect(first.disposed()).toBe(1);
    expect(own.loaded(id)).toBeNull();
  });

  describe('that are read from what was kept', () => {
    const TRIANGLE = 'v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n';
    const choice: OwnChoice = { ...CHOICE, files: [{ path: 'box.obj', blob: new Blob([TRIANGLE]) }] };

    async function keptBefore(): Promise<string> {
      const before = ownObjectsCreate();
      const id = await before.add(meshMade().mesh, choice);
      await before.keep(id, true);
      return id;
    }

    it('are there once, whoever asks', async () => {
      const id = await keptBefore();
      const own = ownObjectsCreate();
      const [first, second] = await Promise.all([own.load(id), own.load(id)]);
      expect(second).toBe(first);
      expect(own.loaded(id)).toBe(first);
    });

    it('do not come back when they are removed meanwhile', async () => {
      const id = await keptBefore();
      let read = (): void => undefined;
      const blob = new Blob([TRIANGLE]);
      const gate = new Promise<void>((resolve) => {
        read = resolve;
      });
      Object.assign(blob, { arrayBuffer: () => gate.then(() => Blob.prototype.arrayBuffer.call(blob)) });
      stored.set(id, { ...(stored.get(id) as object), files: [{ path: 'box.obj', blob }] });
      const own = ownObjectsCreate();
      const loading = own.load(id);
      const refused = expect(loading).rejects.toThrow(id);
      await vi.waitFor(() => expect(own.list.getState()).toHaveLength(1));
      await own.remove(id);
      read();
      await refused;
      expect(own.loaded(id)).toBeNull();
      await expect(own.load(id)).rejects.toThrow(id);
    });

    it('leave the place to the same mesh that was brought again meanwhile', async () => {
      const id = await keptBefore();
      const own = ownObjectsCreate();
      const loading = own.load(id);
      const again = meshMade();
      expect(await own.add(again.mesh, choice)).toBe(id);
      const added = own.loaded(id);
      expect(await loading).toBe(added);
      expect(own.loaded(id)).toBe(added);
      expect(again.disposed()).toBe(0);
    });
  });

  it('are not added once that is given up, and what is here already stays as it is', async () => {
    const own = ownObjectsCreate();
    const [first, second] = [meshMade(), meshMade()];
    const givenUp = new AbortController();
    const adding = own.add(first.mesh, CHOICE, givenUp.signal);
    givenUp.abort();
    await expect(adding).rejects.toThrow('abort');
    expect(own.list.getState()).toEqual([]);

    const id = await own.add(first.mesh, CHOICE);
    await own.keep(id, true);
    await expect(own.add(second.mesh, { ...CHOICE, name: 'Other' }, givenUp.signal)).rejects.toThrow('abort');
    expect(own.list.getState()).toMatchObject([{ id, name: 'Box', kept: true }]);
    expect([first.disposed(), second.disposed()]).toEqual([0, 0]);
    expect([...stored.keys()]).toEqual([id]);
  });
});
