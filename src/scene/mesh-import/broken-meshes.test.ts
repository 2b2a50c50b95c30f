/** Meshes that are broken in every way we could think of: each gives its code and sentences in every language, and none hangs. */
import { expect, it } from 'vitest';
import { meshDecodersCreate } from './decoders';
import { BROKEN_GLTF } from './broken-gltf.test-helper';
import { bytes, patched, type BrokenMesh, type BrokenMeshes } from './broken-kind.test-helper';
import { meshProblemText } from '../../ui/mesh-problem-text';
import { meshImport } from './mesh-import';
import * as sample from './mesh-samples.test-helper';

const { filesOf, glbOf, gltfOf, objOf, plyText, plyBinary, stlText, stlBinary } = sample;

const DEADLINE_MS = 8_000;

/** A binary PLY with one element more in its header. */
const withElement = (content: Uint8Array, lines: string): Uint8Array =>
  Buffer.from(Buffer.from(content).toString('latin1').replace('end_header', `${lines}\nend_header`), 'latin1');

const BROKEN: BrokenMeshes = {
  'no files': { files: {}, code: 'mesh/nothing-given', says: /no file/ },
  'a text': { files: { 'notes.txt': 'hello' }, code: 'mesh/no-model', says: /is no mesh/ },
  'only pictures': { files: { 'a.png': 'x', 'b.png': 'y' }, code: 'mesh/no-model', says: /and 1 more/ },
  'two meshes': { files: { 'a.glb': glbOf(), 'b.stl': stlText() }, code: 'mesh/several-models', says: /one at a time/ },
  'an FBX': { files: { 'car.fbx': 'Kaydara' }, code: 'mesh/unsupported', says: /FBX files are not read/ },
  'a STEP': { files: { 'part.STEP': 'ISO-10303-21;' }, code: 'mesh/unsupported', says: /STEP files are not read/ },
  'an archive': { files: { 'car.zip': 'PK' }, code: 'mesh/unsupported', says: /archive/ },

  'empty GLB': { files: { 'a.glb': '' }, code: 'mesh/empty', says: /0 bytes/ },
  'empty glTF': { files: { 'a.gltf': '' }, code: 'mesh/empty', says: /0 bytes/ },
  'empty OBJ': { files: { 'a.obj': '' }, code: 'mesh/empty', says: /0 bytes/ },
  'empty STL': { files: { 'a.stl': '' }, code: 'mesh/empty', says: /0 bytes/ },
  'empty PLY': { files: { 'a.ply': '' }, code: 'mesh/empty', says: /0 bytes/ },
  'huge file': {
    files: { 'a.glb': glbOf() },
    code: 'mesh/too-large',
    says: /at most 100 B/,
    options: { maxFileBytes: 100 },
  },
  'huge companion': {
    files: { 'a.gltf': gltfOf('a.bin'), 'a.bin': new Uint8Array(3000) },
    code: 'mesh/too-large',
    says: /"a\.bin" has 3 kB; at most 2 kB/,
    options: { maxFileBytes: 2000 },
  },

  'OBJ of too much text': {
    files: { 'a.obj': '#'.repeat(50_000_001) },
    code: 'mesh/too-large',
    says: /"a\.obj" has 50 MB of text; at most 50 MB/,
  },
  'glTF of too much text': {
    files: { 'a.gltf': gltfOf('a.bin') },
    code: 'mesh/too-large',
    says: /at most 100 B of text/,
    options: { maxTextBytes: 100 },
  },
  'STL of too much text': {
    files: { 'a.stl': stlText() },
    code: 'mesh/too-large',
    says: /at most 100 B of text/,
    options: { maxTextBytes: 100 },
  },
  'PLY of too much text': {
    files: { 'a.ply': plyText() },
    code: 'mesh/too-large',
    says: /at most 100 B of text/,
    options: { maxTextBytes: 100 },
  },
  'materials of too much text': {
    files: { 'a.obj': objOf('mtllib a.mtl'), 'a.mtl': '#'.repeat(200) },
    code: 'mesh/too-large',
    says: /"a\.mtl" has 200 B of text/,
    options: { maxTextBytes: 150 },
  },

  ...BROKEN_GLTF,

  'OBJ without faces': {
    files: { 'a.obj': 'v 0 0 0\nv 1 0 0\nv 0 1 0' },
    code: 'mesh/no-surface',
    says: /3 vertices and no face/,
  },
  'OBJ that is something else': {
    files: { 'a.obj': '\x7fELF\u0001\u0002 \u0003\n\u0004 x' },
    code: 'mesh/broken',
    says: /does not look like an OBJ/,
  },
  'OBJ cut in a vertex': {
    files: { 'a.obj': 'v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\nv 1 2' },
    code: 'mesh/truncated',
    says: /last line is cut off/,
  },
  'OBJ with words for numbers': {
    files: { 'a.obj': `v one two three\n${objOf()}` },
    code: 'mesh/broken',
    says: /line 1 .*3 numbers/,
  },
  'OBJ with a face beyond its vertices': {
    files: { 'a.obj': `${objOf()}\nf 1 2 99\n` },
    code: 'mesh/broken',
    says: /only 4 came before/,
  },
  'OBJ with a face of two': {
    files: { 'a.obj': `${objOf()}\nf 1 2\nv 0 0 0` },
    code: 'mesh/broken',
    says: /fewer than three/,
  },
  'OBJ without its materials': {
    files: { 'a.obj': objOf('mtllib paint.mtl') },
    code: 'mesh/missing-file',
    says: /"paint\.mtl"/,
  },
  'OBJ without its picture': {
    files: { 'a.obj': objOf('mtllib p.mtl'), 'p.mtl': 'newmtl m\nmap_Kd -s 1 1 1 wood grain.png' },
    code: 'mesh/missing-file',
    says: /"wood grain\.png"/,
  },

  'STL text cut off': { files: { 'a.stl': stlText().slice(0, 260) }, code: 'mesh/truncated', says: /facets begin and/ },
  'STL text without facets': {
    files: { 'a.stl': 'solid nothing\nendsolid nothing' },
    code: 'mesh/no-surface',
    says: /no triangle/,
  },
  'STL text with words for numbers': {
    files: { 'a.stl': stlText().replace('1 0 0', 'a b c') },
    code: 'mesh/broken',
    says: /three numbers/,
  },
  'STL text that lacks a vertex': {
    files: { 'a.stl': stlText().replace('vertex 1 0 0\n', '') },
    code: 'mesh/broken',
    says: /12 vertices, it has 11/,
  },
  'STL cut off': {
    files: { 'a.stl': stlBinary().slice(0, 150) },
    code: 'mesh/truncated',
    says: /promises 4 triangles/,
  },
  'STL cut in its header': {
    files: { 'a.stl': stlBinary().slice(0, 50) },
    code: 'mesh/truncated',
    says: /at least 84 bytes/,
  },
  'STL that promises billions': {
    files: { 'a.stl': stlBinary(0xffffffff) },
    code: 'mesh/truncated',
    says: /4294967295 triangles/,
  },
  'STL without triangles': {
    files: { 'a.stl': stlBinary(0).slice(0, 84) },
    code: 'mesh/no-surface',
    says: /no triangle/,
  },
  'STL full of nothing': {
    files: { 'a.stl': patched(stlBinary(), (v) => v.setFloat32(96, NaN, true)) },
    code: 'mesh/broken',
    says: /not a finite number/,
  },

  'PLY that is something else': {
    files: { 'a.ply': 'plywood is no mesh' },
    code: 'mesh/broken',
    says: /begin like a PLY/,
  },
  'PLY cut in its header': { files: { 'a.ply': plyText().slice(0, 60) }, code: 'mesh/truncated', says: /end_header/ },
  'PLY of an unknown kind': {
    files: { 'a.ply': plyText().replace('ascii', 'zipped') },
    code: 'mesh/unsupported',
    says: /"zipped"/,
  },
  'PLY without places': {
    files: { 'a.ply': plyText().replace('float z', 'float w') },
    code: 'mesh/broken',
    says: /no vertices with x, y and z/,
  },
  'PLY with an unknown type': {
    files: { 'a.ply': plyText().replace('float x', 'quad x') },
    code: 'mesh/broken',
    says: /unknown property "property quad x"/,
  },
  'PLY with a bad count': {
    files: { 'a.ply': plyText().replace('vertex 4', 'vertex many') },
    code: 'mesh/broken',
    says: /counts "many"/,
  },
  'PLY text cut off': {
    files: { 'a.ply': plyText(4, 9) },
    code: 'mesh/truncated',
    says: /promises 9 of "face" and holds only 4/,
  },
  'PLY text with words for numbers': {
    files: { 'a.ply': plyText().replace('1 0 0', 'x y z') },
    code: 'mesh/broken',
    says: /entry 2 of "vertex"/,
  },
  'PLY of points': {
    files: { 'a.ply': plyText(4, 0).split('\n').slice(0, -5).join('\n') },
    code: 'mesh/no-surface',
    says: /cloud of 4 points/,
  },
  'PLY cut off': {
    files: { 'a.ply': plyBinary().slice(0, -9) },
    code: 'mesh/truncated',
    says: /of "face" and holds only 3/,
  },
  'PLY with lists that lie': { files: { 'a.ply': plyBinary(true, 255) }, code: 'mesh/truncated', says: /of "face"/ },
  'PLY that promises billions': {
    files: { 'a.ply': bytes(plyText(4_000_000_000).replace('ascii', 'binary_little_endian')) },
    code: 'mesh/truncated',
    says: /4000000000 of "vertex"/,
  },
  'PLY with endless entries of nothing': {
    files: { 'a.ply': withElement(plyBinary(), 'element junk 9007199254740991') },
    code: 'mesh/broken',
    says: /counts 9007199254740991 of "junk" and does not say/,
  },
  'PLY text with entries of nothing': {
    files: { 'a.ply': plyText().replace('end_header', 'element junk 3\nend_header') },
    code: 'mesh/broken',
    says: /counts 3 of "junk"/,
  },
  'PLY with endless empty lists': {
    files: { 'a.ply': withElement(plyBinary(), 'element junk 9007199254740991\nproperty list uchar int ids') },
    code: 'mesh/truncated',
    says: /9007199254740991 of "junk" and holds only 0/,
  },
  'PLY text that promises billions': {
    files: { 'a.ply': plyText(4_000_000_000) },
    code: 'mesh/truncated',
    says: /4000000000 of "vertex" and holds only 8/,
  },
  'PLY text with a list of less than nothing': {
    files: { 'a.ply': plyText().replace('3 1 2 3', '-3 1 2 3') },
    code: 'mesh/broken',
    says: /"face" has the length -3/,
  },
  'PLY text with more numbers than properties': {
    files: { 'a.ply': plyText().replace('1 0 0', '1 0 0 9') },
    code: 'mesh/broken',
    says: /entry 2 of "vertex" .* 3 numbers/,
  },
  'PLY with a face before its vertices': {
    files: { 'a.ply': plyText().replace('3 1 2 3', '3 1 2 -1') },
    code: 'mesh/broken',
    says: /face 4 uses vertex -1/,
  },
  'PLY with a face beyond its vertices': {
    files: { 'a.ply': plyText().replace('3 1 2 3', '3 1 2 77') },
    code: 'mesh/broken',
    says: /uses vertex 77/,
  },
};

const decoders = meshDecodersCreate();

it('has at least forty of them', () => {
  expect(Object.keys(BROKEN).length).toBeGreaterThanOrEqual(40);
});

it.each(Object.keys(BROKEN))('%s', { timeout: DEADLINE_MS }, async (name) => {
  const { files, code, says, options } = BROKEN[name] as BrokenMesh;
  const result = await meshImport(filesOf(files), { decoders, deadlineMs: DEADLINE_MS / 2, ...options });
  if (result.ok) throw new Error('it was read as if nothing were wrong');
  const { mesh } = result.error.problem;
  const english = meshProblemText('en', mesh).replaceAll(/[“”]/g, '"');
  expect(`mesh/${mesh.code}: ${english}`).toMatch(new RegExp(`^${code}: `));
  expect(english).toMatch(says);
  const chinese = meshProblemText('zh', mesh);
  const names = Object.keys(files);
  if (names.length > 0)
    for (const text of [english, chinese.replaceAll(/[“”]/g, '"')])
      expect(
        names.some((file) => text.includes(`"${file}"`)),
        text,
      ).toBe(true);
  for (const text of [english, chinese]) expect(text).not.toMatch(/\{\w+\}|undefined|\[object/);
  // What a loader said itself stands behind the sentence.
  expect(chinese).not.toMatch(/\b(the|is|its|it|has|and)\b/);
  expect(chinese).toMatch(/。$/);
});
