import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { enMesh } from '../../ui/i18n/en-mesh';
import { meshProblemText } from '../../ui/mesh-problem-text';
import { meshUnread } from './import-error';

const FOLDERS = ['.', '../../app', '../../ui'];

const source = FOLDERS.flatMap((folder) => {
  const url = new URL(`${folder}/`, import.meta.url);
  return readdirSync(url)
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test'))
    .map((name) => readFileSync(new URL(name, url), 'utf8'));
}).join('\n');

describe('the reasons why a mesh is refused', () => {
  it.each(Object.keys(enMesh).filter((key) => !key.startsWith('frame.')))('%s is one that is given', (key) => {
    expect(source).toContain(`'${key}'`);
  });
});

describe('what a loader throws', () => {
  it.each([
    [new Error('THREE.DRACOLoader: Decoding failed: Not a Draco file.'), 'content-draco'],
    [new Error('Malformed buffer data: -2'), 'content-meshopt'],
    [new Error('THREE.KTX2Loader:\tInvalid or unsupported .ktx2 file'), 'content-ktx2'],
    [new RangeError('start offset of Float32Array should be a multiple of 4'), 'content-begin'],
    [new RangeError('Invalid typed array length: 9'), 'content-range'],
    [new RangeError('Offset is outside the bounds of the DataView'), 'content-range'],
    [new RangeError('Array buffer allocation failed'), 'memory'],
    [new TypeError('Failed to fetch dynamically imported module: https://a.example/DRACOLoader.js'), 'decoder-none'],
    [new TypeError('error loading dynamically imported module: https://a.example/DRACOLoader.js'), 'decoder-none'],
    [new TypeError('Importing a module script failed.'), 'decoder-none'],
    [new TypeError('Failed to fetch'), 'decoder-none'],
    [new Error('THREE.GLTFLoader: Primitive mode unsupported: 9'), 'content'],
    [{ type: 'error' }, 'content-silent'],
    // As three's Draco worker sends it.
    [{ type: 'error', id: 3, error: 'THREE.DRACOLoader: Unexpected geometry type.' }, 'content-draco'],
    [{ type: 'error', id: 3, error: 'memory access out of bounds' }, 'content-draco'],
    [{ type: 'error', id: 3, error: undefined }, 'content-draco'],
    [{ type: 'error', id: 3, error: 'Array buffer allocation failed' }, 'memory'],
  ])('%s is put into words of both languages', (thrown, reason) => {
    const { mesh } = meshUnread('a.glb', thrown).problem;
    expect(mesh.reason).toBe(reason);
    expect(mesh.quote).toBe(thrown instanceof Error ? thrown.message : 'error' in thrown ? thrown.error : undefined);
    for (const language of ['en', 'zh'] as const) {
      const text = meshProblemText(language, mesh);
      expect(text).toContain('“a.glb”');
      expect(text).not.toMatch(/\{\w+\}/);
      if (mesh.quote) expect(text).not.toContain(mesh.quote);
    }
    expect(meshProblemText('zh', mesh)).not.toMatch(/\b(the|is|its|it|has|failed)\b/i);
  });
});
