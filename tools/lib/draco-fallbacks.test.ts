import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { dracoFallbacksDrop } from './draco-fallbacks';

it('leaves no decoder in three.js’s loader but those of glTF', () => {
  const file = fileURLToPath(import.meta.resolve('three/addons/loaders/DRACOLoader.js'));
  const named = (code: string): string[] => code.match(/libs\/draco\/[\w/]+\.(js|wasm)/g) ?? [];
  const code = readFileSync(file, 'utf8');
  expect(named(code)).toContain('libs/draco/draco_decoder.js');
  expect(named(dracoFallbacksDrop(code)).filter((path) => !path.startsWith('libs/draco/gltf/'))).toEqual([]);
});
