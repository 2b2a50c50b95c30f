/** Materials and pictures of OBJ files. Pictures are decoded by browsers; here they come when they say "whole". */
import { resolveObjectURL } from 'node:buffer';
import { Mesh, type MeshStandardMaterial } from 'three';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { meshDecodersCreate } from './decoders';
import { MESH_ACCEPT } from './file-set';
import { meshImport, type MeshImportResult } from './mesh-import';
import { filesOf, objOf, type Content } from './mesh-samples.test-helper';

class PictureElement extends EventTarget {
  address = '';
  set src(address: string) {
    this.address = address;
    const decode = async (): Promise<boolean> =>
      address.startsWith('data:') || ((await resolveObjectURL(address)?.text()) ?? '').includes('whole');
    void decode().then((isWhole) => this.dispatchEvent(new Event(isWhole ? 'load' : 'error')));
  }
}

beforeEach(() => {
  vi.stubGlobal('document', { createElementNS: () => new PictureElement() });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const png = (rest: string): Uint8Array => Uint8Array.from(`\x89PNG${rest}`, (letter) => letter.charCodeAt(0));

const read = (files: Readonly<Record<string, Content>>, withoutMissingLooks = false): Promise<MeshImportResult> =>
  meshImport(filesOf(files), { decoders: meshDecodersCreate(), withoutMissingLooks });

/** A mesh with one picture. */
const withPicture = (name: string, picture: Content, options = ''): Record<string, Content> => ({
  'a.obj': objOf('mtllib a.mtl', 'usemtl wood'),
  'a.mtl': `newmtl wood\nKd 1 1 1\nmap_Kd ${options}${name}`,
  [name.split('\r')[0] as string]: picture,
});

function materialOf(result: MeshImportResult): MeshStandardMaterial {
  if (!result.ok) throw result.error;
  let found: unknown;
  result.mesh.source.traverse((child) => {
    if (child instanceof Mesh) found = child.material;
  });
  return found as MeshStandardMaterial;
}

describe('pictures of an OBJ', () => {
  it.each([
    ['wood.png', png('whole'), ''],
    ['wood.bmp', 'BM whole', ''],
    ['wood grain.png', png('whole'), '-s 2 2 1 '],
    ['wood.png', png('whole'), '-clamp on '],
    ['Holzmaßstäbe.png'.normalize('NFD'), png('whole'), ''],
    ['wood.png\r\nKs 0 0 0', png('whole'), ''],
  ])('are shown: %s', async (name, picture, options) => {
    const { map } = materialOf(await read(withPicture(name, picture, options)));
    // Other addresses are stand-ins.
    expect((map?.image as PictureElement | undefined)?.address).toMatch(/^blob:/);
  });

  it.each([
    ['of another kind', 'wood.tga', '\0\0\x02', { code: 'unsupported', file: 'wood.tga', reason: 'picture-kind' }],
    ['that are none', 'wood.png', '<html>', { code: 'unsupported', file: 'wood.png', reason: 'picture-kind' }],
    ['without content', 'wood.png', '', { code: 'empty', file: 'wood.png' }],
    ['cut off', 'wood.png', png('half'), { reason: 'picture-lost', file: 'a.obj', values: { picture: '"wood.png"' } }],
  ])('%s are told of, and can be left out', async (_, name, picture, mesh) => {
    const files = withPicture(name, picture);
    const refused = await read(files);
    expect(refused.ok ? null : refused.error).toMatchObject({ problem: { mesh }, detail: { canContinue: true } });
    expect(materialOf(await read(files, true)).map?.image ?? null).toBeNull();
  });

  it('can be chosen even where they cannot be read', () => {
    const kinds = MESH_ACCEPT.split(',');
    for (const kind of ['.png', '.bmp', '.tga']) expect(kinds).toContain(kind);
  });
});

describe('mtllib', () => {
  const RED = 'newmtl red\nKd 1 0 0';
  const NAMED: Record<string, [line: string, files: Record<string, Content>]> = {
    'one file': ['paint.mtl', { 'paint.mtl': RED }],
    'two files': ['a.mtl b.mtl', { 'a.mtl': 'newmtl blue\nKd 0 0 1', 'b.mtl': RED }],
    'two files in folders': ['one/a.mtl two/b.mtl', { 'one/a.mtl': RED, 'two/b.mtl': 'newmtl blue' }],
    'a file with a blank': ['my paint.mtl', { 'my paint.mtl': RED }],
    'two files, one with a blank': ['my paint.mtl b.mtl', { 'my paint.mtl': RED, 'b.mtl': 'newmtl blue' }],
    'a file that looks like two': ['a.mtl b.mtl', { 'a.mtl b.mtl': RED }],
    'a file of another ending': ['paint.txt', { 'paint.txt': RED }],
  };
  it.each(Object.keys(NAMED))('finds %s', async (name) => {
    const [line, files] = NAMED[name] as (typeof NAMED)[string];
    const { color } = materialOf(await read({ 'm.obj': objOf(`mtllib ${line}`, 'usemtl red'), ...files }));
    expect(color.toArray()).toEqual([1, 0, 0]);
  });

  it.each([
    ['a.mtl b.mtl', { 'b.mtl': RED }, ['a.mtl']],
    ['a.mtl two/b.mtl', { 'two/b.mtl': RED }, ['a.mtl']],
    ['my paint.mtl', {}, ['my paint.mtl']],
  ])('tells what is missing of %s', async (line, files, names) => {
    const refused = await read({ 'm.obj': objOf(`mtllib ${line}`), ...files });
    expect(refused.ok ? null : refused.error.problem.mesh).toMatchObject({ code: 'missing-file', values: { names } });
  });
});
