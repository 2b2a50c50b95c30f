import { readFile } from 'node:fs/promises';
import { type Group, Mesh, MeshStandardMaterial, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { meshDecodersCreate } from './decoders';
import { fileFind } from './file-set';
import { importedObject, meshImport, type ImportedMesh, type MeshImportOptions } from './mesh-import';
import * as sample from './mesh-samples.test-helper';
import { AXES, axesWithUp, axisVector, frontsForUp, orientationMatrix } from './orientation';

const { filesOf, glbOf, gltfOf, objOf, plyText, plyBinary, stlText, stlBinary, tetrahedronBin } = sample;
const decoders = meshDecodersCreate();

async function imported(
  files: Readonly<Record<string, sample.Content>>,
  options: Partial<MeshImportOptions> = {},
): Promise<ImportedMesh> {
  const result = await meshImport(filesOf(files), { decoders, ...options });
  if (!result.ok) throw result.error;
  return result.mesh;
}

const publicMesh = (id: string): Promise<Uint8Array> =>
  readFile(new URL(`../../../public/meshes/${id}/mesh.glb`, import.meta.url));

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function materialOf(root: Group): MeshStandardMaterial {
  let found: unknown;
  root.traverse((child) => {
    if (child instanceof Mesh) found = child.material;
  });
  if (!(found instanceof MeshStandardMaterial)) throw new Error('no standard material');
  return found;
}

/** As some programs write it: a name that reads like the other format's, and a line's end after the last triangle. */
function stlSolid(): Uint8Array {
  const out = new Uint8Array([...stlBinary(), 13, 10]);
  out.set(new TextEncoder().encode('solid part\0'));
  return out;
}

/** With lines that end as on old Macs. */
const returned = (text: string): string => text.replaceAll('\n', '\r');

/** The head with lines that end so; behind it a number whose first byte is a line feed. */
function plyReturned(): Uint8Array {
  const [head = '', content = ''] = Buffer.from(plyBinary()).toString('latin1').split('end_header\n');
  return Buffer.from(`${returned(head)}end_header\r\n${content.slice(1)}`, 'latin1');
}

/** A text with all its places a hundred times nearer each other, where maps have them: metres east and north, above the sea. */
const onMap = (text: string): string =>
  text.replace(/^((?:v |vertex )?)([\d.]+) ([\d.]+) ([\d.]+)$/gm, (_, head: string, ...xyz: string[]) => {
    const [east, north, up] = xyz.map(Number) as [number, number, number];
    return `${head}${[691_607.5 + east / 100, 5_334_760.25 + north / 100, 518.5 + up / 100].join(' ')}`;
  });

describe('whole meshes', () => {
  const WHOLE: Record<string, Record<string, sample.Content>> = {
    'a GLB': { 'a.glb': glbOf() },
    'a glTF with its data in a folder': {
      'my car/a.gltf': gltfOf('data/a%20b.bin'),
      'my car/data/a b.bin': tetrahedronBin(),
    },
    'a glTF whose files lost their folder': { 'a.gltf': gltfOf('data/A.bin'), 'a.bin': tetrahedronBin() },
    'a glTF with its data inside': {
      'a.gltf': gltfOf(`data:application/octet-stream;base64,${base64(tetrahedronBin())}`),
    },
    'an OBJ': { 'a.obj': objOf() },
    'an OBJ with materials': { 'a.obj': objOf('mtllib a.mtl', 'usemtl red'), 'a.mtl': 'newmtl red\nKd 1 0 0\nNs 90' },
    'an STL of text': { 'a.stl': stlText() },
    'a binary STL': { 'a.stl': stlBinary() },
    'a binary STL that begins like a text, with bytes behind it': { 'a.stl': stlSolid() },
    'a PLY of text': { 'a.ply': plyText() },
    'a binary PLY': { 'a.ply': plyBinary() },
    'a binary PLY, big end first': { 'a.ply': plyBinary(false) },
    'upper case endings': { 'A.GLB': glbOf() },
    'an STL of text in upper case': { 'a.stl': stlText().toUpperCase() },
    'an STL of text with carriage returns': { 'a.stl': returned(stlText()) },
    'an OBJ with carriage returns': { 'a.obj': returned(objOf('# made', 'g a \\\nb')) },
    'an OBJ with line ends of both kinds': { 'a.obj': `${returned(objOf())}\n\r\n# made\r\n` },
    'a PLY of text with carriage returns': { 'a.ply': returned(plyText()) },
    'a binary PLY with carriage returns in its head': { 'a.ply': plyReturned() },
  };
  it.each(Object.keys(WHOLE))('reads %s', async (name) => {
    const mesh = await imported(WHOLE[name] as Record<string, sample.Content>);
    expect(mesh.counts.triangles).toBe(4);
    const { root, metresPerUnit, framingPoints } = importedObject('own:a', mesh, { up: '+Y', front: '+Z' });
    // Box of 1 × 2 × 3; the farthest corner from its middle is half a diagonal away.
    expect(metresPerUnit).toBeCloseTo(Math.sqrt(14) / 2, 4);
    expect(Math.max(...framingPoints.map(([, y]) => y))).toBeCloseTo(2 / Math.sqrt(14), 4);
    expect(root.children.length).toBe(1);
  });

  it.each([
    ['OBJ', { 'a.obj': onMap(objOf()) }],
    ['text STL', { 'a.stl': onMap(stlText()) }],
    ['text PLY', { 'a.ply': onMap(plyText()) }],
  ])('keeps the shape of a small object on a map: %s', async (_, files) => {
    const { metresPerUnit, framingPoints } = importedObject('own:a', await imported(files), { up: '+Y', front: '+Z' });
    expect(metresPerUnit).toBeCloseTo(Math.sqrt(14) / 200, 6);
    expect(Math.max(...framingPoints.map(([, y]) => y))).toBeCloseTo(2 / Math.sqrt(14), 4);
  });

  it('limits texts only, where a format has both', async () => {
    for (const files of [{ 'a.stl': stlBinary() }, { 'a.ply': plyBinary() }, { 'a.glb': glbOf() }])
      expect((await imported(files, { maxTextBytes: 10 })).counts.triangles).toBe(4);
  });

  it('reads the page’s own objects, plain and quantized', async () => {
    for (const id of ['mug', 'dog']) {
      const mesh = await imported({ [`${id}.glb`]: await publicMesh(id) });
      expect(mesh.name).toBe(id);
      expect(mesh.counts.triangles).toBeGreaterThan(2000);
    }
  });

  it.each(['\n', '\r\n', '\r'])(
    'gives materials of old a look that the page lights, after lines that end with %j',
    async (end) => {
      const mesh = await imported({
        'a.obj': objOf('mtllib a.mtl', 'usemtl red').replaceAll('\n', end),
        'a.mtl': ['newmtl red', 'Kd 1 0 0', 'Ns 90'].join(end),
      });
      const { color, roughness } = materialOf(mesh.source as Group);
      expect([color.r, color.g, color.b]).toEqual([1, 0, 0]);
      expect(roughness).toBeCloseTo((2 / 92) ** 0.25);
    },
  );

  it('joins several buffers and stays with the right bytes', async () => {
    const bin = tetrahedronBin();
    const json = sample.tetrahedronJson('one.bin');
    json.buffers = [
      { uri: 'one.bin', byteLength: 48 },
      { uri: 'two.bin', byteLength: 24 },
    ];
    json.bufferViews = [
      { buffer: 0, byteLength: 48 },
      { buffer: 1, byteLength: 24 },
    ];
    const mesh = await imported({
      'a.gltf': JSON.stringify(json),
      'one.bin': bin.slice(0, 48),
      'two.bin': bin.slice(48),
    });
    expect(importedObject('a', mesh, mesh.axes).metresPerUnit).toBeCloseTo(Math.sqrt(14) / 2, 5);
  });

  it('goes on without pictures when asked to', async () => {
    const gltf = gltfOf('a.bin', (json) => {
      json.images = [{ uri: 'wood.png' }];
      json.textures = [{ source: 0 }];
      json.materials = [{ pbrMetallicRoughness: { baseColorTexture: { index: 0 }, roughnessFactor: 0.25 } }];
      const primitive = json.meshes?.[0]?.primitives?.[0];
      if (primitive) primitive.material = 0;
    });
    const files = { 'a.gltf': gltf, 'a.bin': tetrahedronBin() };
    const refused = await meshImport(filesOf(files), { decoders });
    expect(refused.ok ? null : refused.error).toMatchObject({
      detail: { canContinue: true },
      problem: { mesh: { reason: 'missing-one', values: { names: ['wood.png'] } } },
    });
    const mesh = await imported(files, { withoutMissingLooks: true });
    const { map, roughness } = materialOf(mesh.source as Group);
    expect([map, roughness]).toEqual([null, 0.25]);
    expect(
      (await imported({ 'a.obj': objOf('mtllib gone.mtl') }, { withoutMissingLooks: true })).counts.triangles,
    ).toBe(4);
  });

  it('goes on without pictures that are none', async () => {
    const gltf = gltfOf('a.bin', (json) => {
      json.images = [{ uri: 'wood.tga' }];
      json.textures = [{ source: 0 }];
      json.materials = [{ pbrMetallicRoughness: { baseColorTexture: { index: 0 } } }];
      const primitive = json.meshes?.[0]?.primitives?.[0];
      if (primitive) primitive.material = 0;
    });
    const files = { 'a.gltf': gltf, 'a.bin': tetrahedronBin(), 'wood.tga': '\0\0\x02' };
    const refused = await meshImport(filesOf(files), { decoders });
    expect(refused.ok ? null : refused.error).toMatchObject({
      detail: { canContinue: true },
      problem: { mesh: { reason: 'picture-kind', file: 'wood.tga' } },
    });
    const mesh = await imported(files, { withoutMissingLooks: true });
    expect(materialOf(mesh.source as Group).map).toBeNull();
  });

  it('goes on without pictures that only an extension names', async () => {
    const gltf = gltfOf('a.bin', (json) => {
      json.extensionsUsed = json.extensionsRequired = ['EXT_texture_webp'];
      json.images = [{ uri: 'wood.webp' }];
      json.textures = [{ extensions: { EXT_texture_webp: { source: 0 } } }];
      json.materials = [{ pbrMetallicRoughness: { baseColorTexture: { index: 0 } } }];
      const primitive = json.meshes?.[0]?.primitives?.[0];
      if (primitive) primitive.material = 0;
    });
    const mesh = await imported({ 'a.gltf': gltf, 'a.bin': tetrahedronBin() }, { withoutMissingLooks: true });
    expect(materialOf(mesh.source as Group).map).toBeNull();
  });

  it('leaves lights and cameras of the file behind', async () => {
    const mesh = await imported({
      'a.glb': glbOf((json) => {
        Object.assign(json, { cameras: [{ type: 'perspective', perspective: { yfov: 1, znear: 0.1 } }] });
        json.nodes = [{ mesh: 0 }, { camera: 0 } as never];
        json.scenes = [{ nodes: [0, 1] }];
      }),
    });
    const kinds: string[] = [];
    mesh.source.traverse(({ type }) => kinds.push(type));
    expect(kinds).toContain('Mesh');
    expect(kinds.filter((kind) => /Camera|Light/.test(kind))).toEqual([]);
  });
});

describe('interruption', () => {
  it('stops when asked to', async () => {
    const stop = new AbortController();
    stop.abort();
    const result = await meshImport(filesOf({ 'a.glb': glbOf() }), { decoders, signal: stop.signal });
    expect(result.ok ? null : result.error.problem.mesh.code).toBe('aborted');
  });

  it('goes no further than where it was when it is asked to stop', async () => {
    const stop = new AbortController();
    const read = new Set<string>();
    const blobOf = (name: string, text: string): Blob => {
      const blob = new Blob([text]);
      const reading = <T>(value: T): T => {
        read.add(name);
        return value;
      };
      return Object.assign(blob, {
        arrayBuffer: () => reading(Blob.prototype.arrayBuffer.call(blob)),
        text: () => reading(Blob.prototype.text.call(blob)),
      });
    };
    const files = [
      { path: 'a.obj', blob: blobOf('a.obj', 'mtllib a.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n') },
      { path: 'a.mtl', blob: blobOf('a.mtl', 'newmtl paint\nKd 1 0 0\n') },
    ];
    const reading = meshImport(files, { decoders, signal: stop.signal });
    stop.abort();
    const result = await reading;
    expect(result.ok ? null : result.error.problem.mesh.code).toBe('aborted');
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect([...read]).toEqual(['a.obj']);
    expect((await meshImport(files, { decoders })).ok).toBe(true);
    expect([...read]).toEqual(['a.obj', 'a.mtl']);
  });

  it('stops when time is up', async () => {
    const never = { size: 8, arrayBuffer: () => new Promise<never>(() => undefined) } as unknown as Blob;
    const result = await meshImport([{ path: 'slow.glb', blob: never }], { decoders, deadlineMs: 20 });
    expect(result.ok ? null : result.error.problem.mesh).toMatchObject({ code: 'timeout', file: 'slow.glb' });
  });

  it('tells of files that vanished', async () => {
    const gone = { size: 8, arrayBuffer: () => Promise.reject(new Error('NotFoundError')) } as unknown as Blob;
    const result = await meshImport([{ path: 'gone.stl', blob: gone }], { decoders });
    expect(result.ok ? null : result.error.problem.mesh.code).toBe('unreadable');
  });
});

describe('up and front', () => {
  it('turns every pair of axes upright without mirroring', () => {
    let pairs = 0;
    for (const up of AXES)
      for (const front of frontsForUp(up)) {
        const matrix = orientationMatrix({ up, front });
        expect(axisVector(up).applyMatrix4(matrix).toArray()).toEqual([0, 1, 0].map((v) => expect.closeTo(v)));
        expect(axisVector(front).applyMatrix4(matrix).toArray()).toEqual([0, 0, 1].map((v) => expect.closeTo(v)));
        expect(matrix.determinant()).toBeCloseTo(1);
        pairs += 1;
      }
    expect(pairs).toBe(24);
  });

  it('refuses a front on the up axis, and finds another when up changes', () => {
    expect(() => orientationMatrix({ up: '+Y', front: '-Y' })).toThrow(RangeError);
    expect(axesWithUp({ up: '+Y', front: '+Z' }, '+Z')).toEqual({ up: '+Z', front: '+X' });
    expect(axesWithUp({ up: '+Y', front: '-X' }, '+Z')).toEqual({ up: '+Z', front: '-X' });
  });

  it('stands a printed part up, and can be asked again', async () => {
    const mesh = await imported({ 'a.stl': stlBinary() });
    const heights = (['+X', '+Y', '+Z'] as const).map((up) => {
      const object = importedObject('a', mesh, axesWithUp(mesh.axes, up));
      return -2 * object.floorY * object.metresPerUnit;
    });
    expect(heights).toEqual([1, 2, 3].map((v) => expect.closeTo(v, 4)));
    expect(mesh.axes).toEqual({ up: '+Z', front: '-Y' });
    expect(mesh.source.position).toEqual(new Vector3());
  });
});

describe('files by the paths that meshes write', () => {
  const files = filesOf({ 'car/a.gltf': '', 'car/tex/Wood.png': '', 'other/wood.png': '', 'car/b.bin': '' });
  it.each([
    ['tex/Wood.png', 'car/tex/Wood.png'],
    ['./tex/../b.bin', 'car/b.bin'],
    ['TEX\\WOOD.PNG', 'car/tex/Wood.png'],
    ['../other/wood.png', 'other/wood.png'],
    ['C:\\Users\\me\\b.bin', 'car/b.bin'],
    ['b.bin%', 'none'],
    ['elsewhere/wood.png', 'none'],
    ['../../../b.bin', 'car/b.bin'],
  ])('finds %s', (uri, path) => {
    expect(fileFind(files, uri, 'car/a.gltf')?.path ?? 'none').toBe(path);
  });
});
