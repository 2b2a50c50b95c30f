/** glTF files that are broken in every way we could think of. */
import { bytes, patched, type BrokenMeshes } from './broken-kind.test-helper';
import { glbOf, gltfOf, tetrahedronBin } from './mesh-samples.test-helper';

const text = (value: unknown): string => JSON.stringify(value);
const binWith = (place: number, value: number): Uint8Array =>
  patched(tetrahedronBin(), (view) => {
    view.setFloat32(place, value, true);
  });

export const BROKEN_GLTF: BrokenMeshes = {
  'GLB of a few bytes': { files: { 'a.glb': 'glTF' }, code: 'mesh/truncated', says: /at least 20 bytes/ },
  'GLB cut in its JSON': {
    files: { 'a.glb': glbOf().slice(0, 200) },
    code: 'mesh/truncated',
    says: /promises \d+ bytes/,
  },
  'GLB cut in its data': { files: { 'a.glb': glbOf().slice(0, -20) }, code: 'mesh/truncated', says: /promises/ },
  'GLB that is a PNG': {
    files: { 'a.glb': bytes('\x89PNG\r\n\x1a\n'.padEnd(64, '.')) },
    code: 'mesh/broken',
    says: /begin like a GLB/,
  },
  'GLB version 1': {
    files: { 'a.glb': patched(glbOf(), (v) => v.setUint32(4, 1, true)) },
    code: 'mesh/unsupported',
    says: /version 1/,
  },
  'GLB without JSON first': {
    files: { 'a.glb': patched(glbOf(), (v) => v.setUint32(16, 0x004e4942, true)) },
    code: 'mesh/broken',
    says: /first part/,
  },
  'GLB chunk longer than the file': {
    files: { 'a.glb': patched(glbOf(), (v) => v.setUint32(12, 0x7fffffff, true)) },
    code: 'mesh/truncated',
    says: /2147483647 bytes/,
  },
  'GLB whose data is missing': {
    files: { 'a.glb': glbOf(undefined, new Uint8Array()) },
    code: 'mesh/broken',
    says: /buffers\[0\]/,
  },
  'GLB whose data is short': {
    files: { 'a.glb': glbOf(undefined, tetrahedronBin().slice(0, 40)) },
    code: 'mesh/truncated',
    says: /72 bytes of mesh data, it has 40/,
  },

  'GLB with fewer normals than positions': {
    files: {
      'a.glb': glbOf((json) => {
        json.accessors?.push({ bufferView: 0, componentType: 5126, count: 3, type: 'VEC3' });
        Object.assign(json.meshes?.[0]?.primitives?.[0]?.attributes ?? {}, { NORMAL: 2 });
      }),
    },
    code: 'mesh/broken',
    says: /NORMAL has the count 3, its positions 4/,
  },

  'glTF that is no JSON': { files: { 'a.gltf': '<html>' }, code: 'mesh/broken', says: /not valid JSON/ },
  'glTF cut off': { files: { 'a.gltf': gltfOf('a.bin').slice(0, 150) }, code: 'mesh/truncated', says: /cut off/ },
  'glTF that is a list': { files: { 'a.gltf': '[]' }, code: 'mesh/broken', says: /not a JSON object/ },
  'glTF without version': { files: { 'a.gltf': '{}' }, code: 'mesh/broken', says: /asset\.version/ },
  'glTF 1': { files: { 'a.gltf': text({ asset: { version: '1.0' } }) }, code: 'mesh/unsupported', says: /glTF 1\.0/ },
  'glTF without its data file': {
    files: { 'a.gltf': gltfOf('data/my mesh.bin') },
    code: 'mesh/missing-file',
    says: /needs "data\/my mesh\.bin"/,
  },
  'glTF without data and picture': {
    files: { 'a.gltf': gltfOf('a.bin', (json) => (json.images = [{ uri: 'wood.png' }])) },
    code: 'mesh/missing-file',
    says: /"a\.bin", "wood\.png", which were not/,
  },
  'glTF without its picture': {
    files: { 'a.gltf': gltfOf('a.bin', (json) => (json.images = [{ uri: 'wood.png' }])), 'a.bin': tetrahedronBin() },
    code: 'mesh/missing-file',
    says: /needs "wood\.png", which was not/,
  },
  'glTF with a picture that is none': {
    files: {
      'a.gltf': gltfOf('a.bin', (json) => (json.images = [{ uri: 'wood.png' }])),
      'a.bin': tetrahedronBin(),
      'wood.png': '<html>not found</html>',
    },
    code: 'mesh/unsupported',
    says: /"wood\.png" cannot be shown: it is no PNG/,
  },
  'glTF with an empty picture': {
    files: {
      'a.gltf': gltfOf('a.bin', (json) => (json.images = [{ uri: 'wood.png' }])),
      'a.bin': tetrahedronBin(),
      'wood.png': '',
    },
    code: 'mesh/empty',
    says: /"wood\.png" is empty/,
  },
  'glTF with a file of another site': {
    files: { 'a.gltf': gltfOf('https://example.org/a.bin') },
    code: 'mesh/foreign-address',
    says: /example\.org/,
  },
  'glTF with a file of the disk': {
    files: { 'a.gltf': gltfOf('file:///etc/passwd') },
    code: 'mesh/foreign-address',
    says: /passwd/,
  },
  'glTF with a short data file': {
    files: { 'a.gltf': gltfOf('b.bin'), 'b.bin': 'abc' },
    code: 'mesh/truncated',
    says: /"b\.bin" ends too early/,
  },
  'glTF with bad base64': {
    files: { 'a.gltf': gltfOf('data:;base64,@@@') },
    code: 'mesh/broken',
    says: /cannot be decoded/,
  },
  'glTF that requires the unknown': {
    files: { 'a.glb': glbOf((json) => (json.extensionsRequired = ['ACME_shrink'])) },
    code: 'mesh/unsupported',
    says: /ACME_shrink/,
  },
  'glTF without scene': {
    files: { 'a.glb': glbOf((json) => delete json.scenes) },
    code: 'mesh/broken',
    says: /no scene/,
  },
  'glTF without mesh': {
    files: {
      'a.glb': glbOf((json) => {
        delete json.meshes;
        json.nodes = [{}];
      }),
    },
    code: 'mesh/no-surface',
    says: /no mesh/,
  },
  'glTF of points': {
    files: { 'a.glb': glbOf((json) => (json.meshes = [{ primitives: [{ attributes: { POSITION: 0 }, mode: 0 }] }])) },
    code: 'mesh/no-surface',
    says: /points or lines/,
  },
  'glTF whose nodes run in a circle': {
    files: { 'a.glb': glbOf((json) => (json.nodes = [{ mesh: 0, children: [1] }, { children: [0] }])) },
    code: 'mesh/broken',
    says: /its own ancestor/,
  },
  'glTF whose node is its own child': {
    files: { 'a.glb': glbOf((json) => (json.nodes = [{ mesh: 0, children: [0] }])) },
    code: 'mesh/broken',
    says: /own ancestor/,
  },
  'glTF with two parents': {
    files: { 'a.glb': glbOf((json) => (json.nodes = [{ children: [2] }, { children: [2] }, { mesh: 0 }])) },
    code: 'mesh/broken',
    says: /two parents/,
  },
  'glTF with a view beyond its buffer': {
    files: { 'a.glb': glbOf((json) => (json.bufferViews = [{ buffer: 0, byteLength: 4000 }])) },
    code: 'mesh/broken',
    says: /reaches to byte 4000/,
  },
  'glTF with an accessor beyond its view': {
    files: {
      'a.glb': glbOf((json) => {
        (json.accessors ?? [])[0] = { bufferView: 0, componentType: 5126, count: 5000, type: 'VEC3' };
      }),
    },
    code: 'mesh/broken',
    says: /needs 60000 bytes/,
  },
  'glTF that fills memory from nothing': {
    files: { 'a.glb': glbOf((json) => json.accessors?.push({ componentType: 5126, count: 3e8, type: 'VEC3' })) },
    code: 'mesh/too-large',
    says: /accessors\[2\] takes 3600 MB/,
  },
  'glTF that fills memory bit by bit': {
    files: {
      'a.glb': glbOf((json) => {
        for (let i = 0; i < 4; i++) json.accessors?.push({ componentType: 5126, count: 1e7, type: 'VEC3' });
      }),
    },
    code: 'mesh/too-large',
    says: /more than 400 MB \(accessors\[5\] takes 120 MB/,
  },
  'glTF with more sparse values than entries': {
    files: {
      'a.glb': glbOf((json) => {
        Object.assign(json.accessors?.[0] ?? {}, { sparse: { count: 3e8 } });
      }),
    },
    code: 'mesh/broken',
    says: /accessors\[0\]\.sparse has the count 300000000/,
  },
  'glTF whose sparse values are none': {
    files: {
      'a.glb': glbOf((json) => {
        Object.assign(json.accessors?.[0] ?? {}, { sparse: null });
      }),
    },
    code: 'mesh/broken',
    says: /accessors\[0\]\.sparse should be an object/,
  },
  'glTF with an accessor of a built-in name': {
    files: { 'a.glb': glbOf((json) => json.accessors?.push({ componentType: 5126, count: 1, type: 'toString' })) },
    code: 'mesh/broken',
    says: /accessors\[2\] has the unknown type "toString"/,
  },
  'meshopt that unpacks to gigabytes': {
    files: {
      'a.glb': glbOf((json) => {
        const packed = { buffer: 0, byteLength: 8, byteStride: 16, count: 3e8 };
        json.bufferViews?.push({ buffer: 0, byteLength: 8, extensions: { EXT_meshopt_compression: packed } });
      }),
    },
    code: 'mesh/too-large',
    says: /bufferViews\[2\] takes 4800 MB/,
  },
  'glTF with a negative count': {
    files: {
      'a.glb': glbOf((json) => {
        (json.accessors ?? [])[0] = { bufferView: 0, componentType: 5126, count: -1, type: 'VEC3' };
      }),
    },
    code: 'mesh/broken',
    says: /count -1/,
  },
  'glTF with a wrong index': {
    files: { 'a.glb': glbOf((json) => (json.nodes = [{ mesh: 7 }])) },
    code: 'mesh/broken',
    says: /nodes\[0\]\.mesh is 7/,
  },
  'glTF whose lists are none': {
    files: {
      'a.glb': glbOf((json) => {
        json.nodes = 'none' as never;
      }),
    },
    code: 'mesh/broken',
    says: /"nodes" should be a list/,
  },
  'glTF with null inside': {
    files: {
      'a.glb': glbOf((json) => {
        json.meshes = [null as never];
      }),
    },
    code: 'mesh/broken',
    says: /meshes\[0\]/,
  },
  'glTF with a face beyond its vertices': {
    files: {
      'a.glb': glbOf(
        undefined,
        patched(tetrahedronBin(), (v) => v.setUint16(48, 60_000, true)),
      ),
    },
    code: 'mesh/broken',
    says: /uses vertex 60000/,
  },
  'glTF with a place that is no number': {
    files: { 'a.glb': glbOf(undefined, binWith(0, NaN)) },
    code: 'mesh/broken',
    says: /not a finite number/,
  },
  'glTF at infinity': {
    files: { 'a.glb': glbOf(undefined, binWith(12, Infinity)) },
    code: 'mesh/broken',
    says: /not a finite number/,
  },
  'glTF of a single place': {
    files: { 'a.glb': glbOf(undefined, new Uint8Array(72)) },
    code: 'mesh/no-surface',
    says: /without area/,
  },
  'glTF beyond all size': {
    files: { 'a.glb': glbOf(undefined, binWith(12, 1e30)) },
    code: 'mesh/broken',
    says: /beyond what can be drawn/,
  },
  'glTF with a KTX2 picture that it does not hold': {
    files: {
      'a.glb': glbOf((json) => {
        json.extensionsUsed = ['KHR_texture_basisu'];
        json.textures = [{ extensions: { KHR_texture_basisu: { source: 3 } } }];
      }),
    },
    code: 'mesh/broken',
    says: /textures\[0\]\.source is 3, but there are 0/,
  },
  'Draco without its data': {
    files: {
      'a.glb': glbOf((json) => {
        const primitive = json.meshes?.[0]?.primitives?.[0];
        if (primitive) primitive.extensions = { KHR_draco_mesh_compression: { bufferView: 9 } };
      }),
    },
    code: 'mesh/broken',
    says: /draco_mesh_compression\.bufferView is 9/,
  },
};
