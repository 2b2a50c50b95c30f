/** What an evaluation hands on: exchanged pairs for the native backend, items that are kept, where objects came from. */
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sceneSpecSample } from '../../src/core/scene-spec';
import { itemSet } from '../../src/testing/item-set';
import { itemsKeep, keepProblem } from './kept-items';
import { exchangedPairsAppend } from './native';
import { meshSources } from './objects';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-items-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('exchangedPairsAppend', () => {
  it('appends B before A', () => {
    const path = join(folder, 'pixels.u8');
    writeFileSync(path, 'aabbccddeeff');
    exchangedPairsAppend(path, [2, 0], 2);
    expect(readFileSync(path, 'utf8')).toBe('aabbccddeeffffeebbaa');
    expect(() => exchangedPairsAppend(path, [7], 2)).toThrow('holds no pair 7');
  });

  it('finds pairs beyond 2 GiB', () => {
    const path = join(folder, 'pixels.u8');
    const viewBytes = 1024;
    const place = 2 ** 31 / (2 * viewBytes) + 5;
    const start = place * 2 * viewBytes;
    // A hole, which takes no room on the disk.
    writeFileSync(path, '');
    truncateSync(path, start);
    writeFileSync(path, Buffer.concat([Buffer.alloc(viewBytes, 1), Buffer.alloc(viewBytes, 2)]), { flag: 'a' });
    exchangedPairsAppend(path, [place], viewBytes);
    const file = openSync(path, 'r');
    const appended = Buffer.alloc(2 * viewBytes);
    readSync(file, appended, 0, appended.length, start + appended.length);
    closeSync(file);
    expect(statSync(path).size).toBe(start + 2 * appended.length);
    expect([appended[0], appended[viewBytes]]).toEqual([2, 1]);
  });
});

describe('itemsKeep', () => {
  it('writes items, pictures and their size into a new folder only', () => {
    const pixels = join(folder, 'pixels.u8');
    writeFileSync(pixels, 'pictures');
    const items = itemSet({ seed: 1, count: 2, split: 'test', objectIds: ['a'], sampleScene: sceneSpecSample }, () => [
      [0.5, 0.3, 0.1],
    ]);
    const kept = join(folder, 'some/where');
    expect(keepProblem(kept)).toBeNull();
    itemsKeep(kept, items, pixels, 160);
    const lines = readFileSync(join(kept, 'items.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(items.map(({ id }) => id));
    expect(readFileSync(join(kept, 'pixels.u8'), 'utf8')).toBe('pictures');
    expect(JSON.parse(readFileSync(join(kept, 'pixels.json'), 'utf8'))).toEqual({ imageSizePx: 160 });
    expect(keepProblem(kept)).toContain('already holds files');
    expect(keepProblem(pixels)).toContain('is a file');
  });
});

describe('meshSources', () => {
  it('names families of generated objects, and packs by their folders', () => {
    expect(meshSources('generated', ['generated:drum-kit:1', 'generated:crane:2', 'generated:crane:3'])).toEqual([
      { name: 'generated', families: ['crane', 'drum-kit'] },
    ]);
    expect(meshSources('some/packs', ['space/gltf/door', 'space/wall', 'adventurers/bow', 'cup'])).toEqual([
      { name: 'adventurers' },
      { name: 'packs' },
      { name: 'space' },
    ]);
    expect(meshSources('builtin', ['mug'])).toEqual([{ name: 'builtin' }]);
  });
});
