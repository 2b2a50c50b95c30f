import { afterEach, describe, expect, it, vi } from 'vitest';
import { ObjectError, objectLoad } from './object-loader';

/** A GLB of one chunk of JSON. */
function glbOf(json: object): ArrayBuffer {
  const text = new TextEncoder().encode(JSON.stringify(json).padEnd(Math.ceil(JSON.stringify(json).length / 4) * 4));
  const view = new DataView(new ArrayBuffer(20 + text.length));
  [0x46546c67, 2, 20 + text.length, text.length, 0x4e4f534a].forEach((word, i) => view.setUint32(4 * i, word, true));
  new Uint8Array(view.buffer).set(text, 20);
  return view.buffer;
}

const meshWith = (bufferUri: string, more: object = {}): object => ({
  asset: { version: '2.0' },
  buffers: [{ byteLength: 36, uri: bufferUri }],
  bufferViews: [{ buffer: 0, byteLength: 36 }],
  accessors: [{ bufferView: 0, componentType: 5126, count: 3, type: 'VEC3', min: [0, 0, 0], max: [1, 1, 0] }],
  meshes: [{ primitives: [{ attributes: { POSITION: 0 }, material: 'materials' in more ? 0 : undefined }] }],
  nodes: [{ mesh: 0 }],
  scenes: [{ nodes: [0] }],
  scene: 0,
  ...more,
});

const pictured = (uri: string): object => ({
  materials: [{ pbrMetallicRoughness: { baseColorTexture: { index: 0 } } }],
  textures: [{ source: 0 }],
  images: [{ uri }],
});

const TREE = 'https://mine.example/tree.glb';
const POSITIONS = new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]).buffer;

/** Serves files by address, notes every address that is asked for. */
function serve(files: Readonly<Record<string, ArrayBuffer>>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('ProgressEvent', class extends Event {});
  vi.stubGlobal('fetch', (given: string | Request) => {
    const url = typeof given === 'string' ? given : given.url;
    asked.push(url);
    return Promise.resolve(new Response(files[url] ?? null, { status: files[url] ? 200 : 404 }));
  });
  return asked;
}

async function failure(id: string): Promise<ObjectError> {
  try {
    await objectLoad(id, '/meshes/');
  } catch (error) {
    if (error instanceof ObjectError) return error;
    throw error;
  }
  throw new Error(`"${id}" was meant to be refused`);
}

describe('a GLB that names other addresses', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it.each(['https://elsewhere.example/a.bin', '//elsewhere.example/a.bin'])('fetches nothing from %s', async (uri) => {
    const asked = serve({ [TREE]: glbOf(meshWith(uri)), 'https://elsewhere.example/a.bin': POSITIONS });
    const error = await failure(`url:${TREE}`);
    expect(error.problem).toEqual({ kind: 'elsewhere', address: expect.stringContaining('elsewhere.example/a.bin') });
    expect(error.message).toContain(`"${TREE}"`);
    expect(error.message).toContain('elsewhere.example/a.bin');
    expect(asked).toEqual([TREE]);
  });

  it('is refused for a foreign picture, too, which the loader alone would leave out silently', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    vi.stubGlobal('self', globalThis);
    const asked = serve({
      [TREE]: glbOf(meshWith('tree.bin', pictured('https://elsewhere.example/bark.png'))),
      'https://mine.example/tree.bin': POSITIONS,
    });
    expect((await failure(`url:${TREE}`)).message).toContain('"https://elsewhere.example/bark.png"');
    expect(asked.filter((url) => !url.startsWith('https://mine.example/'))).toEqual([]);
  });

  it('may name what lies beside it', async () => {
    const asked = serve({ [TREE]: glbOf(meshWith('tree.bin')), 'https://mine.example/tree.bin': POSITIONS });
    const { framingPoints } = await objectLoad(`url:${TREE}`, '/meshes/');
    expect(framingPoints.length).toBeGreaterThan(0);
    expect(asked).toEqual([TREE, 'https://mine.example/tree.bin']);
  });
});

describe('a GLB with more in it than meshes', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('comes without its lights, cameras, lines and points, but with the meshes below them', async () => {
    const extras = {
      meshes: [
        { primitives: [{ attributes: { POSITION: 0 } }] },
        { primitives: [{ attributes: { POSITION: 0 }, mode: 0 }] },
        { primitives: [{ attributes: { POSITION: 0 }, mode: 1 }] },
      ],
      cameras: [{ type: 'perspective', perspective: { yfov: 1, znear: 0.1 } }],
      extensionsUsed: ['KHR_lights_punctual'],
      extensions: { KHR_lights_punctual: { lights: [{ type: 'directional' }, { type: 'point' }] } },
      nodes: [
        { mesh: 1 },
        { mesh: 2 },
        { camera: 0, children: [4] },
        { extensions: { KHR_lights_punctual: { light: 0 } } },
        { mesh: 0, extensions: { KHR_lights_punctual: { light: 1 } } },
      ],
      scenes: [{ nodes: [0, 1, 2, 3] }],
    };
    serve({ [TREE]: glbOf(meshWith('tree.bin', extras)), 'https://mine.example/tree.bin': POSITIONS });
    const { root } = await objectLoad(`url:${TREE}`, '/meshes/');
    const kinds: string[] = [];
    root.traverse(({ type }) => kinds.push(type));
    expect(new Set(kinds)).toEqual(new Set(['Group', 'Object3D', 'Mesh']));
    expect(kinds.filter((kind) => kind === 'Mesh')).toHaveLength(1);
  });
});
