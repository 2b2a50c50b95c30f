import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { weightsProblem, weightsSha256 } from './weights-hash';

const FILES = [
  { path: 'onnx/decoder.onnx_data', sha256: '22'.repeat(32) },
  { path: 'README.md', sha256: '33'.repeat(32) },
  { path: 'onnx/decoder.onnx', sha256: '11'.repeat(32) },
];

describe('weightsSha256', () => {
  it('is what training/tests/test_export_gate.py expects for the same files', () => {
    expect(weightsSha256(FILES)).toBe('2c281745d74cfd47107ecb4f0007f22d98c6e40e79ba709f408048e508536b38');
  });

  it('is of weights alone, in any order, by name and hash', () => {
    const [data, card, graph] = FILES as [(typeof FILES)[0], (typeof FILES)[0], (typeof FILES)[0]];
    expect(weightsSha256([graph, data, { ...card, sha256: '44'.repeat(32) }])).toBe(weightsSha256(FILES));
    expect(weightsSha256([card, graph, { ...data, sha256: '44'.repeat(32) }])).not.toBe(weightsSha256(FILES));
    // Computes with the decoder's.
    expect(weightsSha256([...FILES, { ...graph, path: 'onnx/decoder_f16.onnx' }])).toBe(weightsSha256(FILES));
    expect(weightsSha256([card, { ...graph, path: 'onnx/other.onnx' }, data])).not.toBe(weightsSha256(FILES));
  });
});

describe('weightsProblem', () => {
  let folder = '';
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'viewpoint-weights-'));
    mkdirSync(join(folder, 'onnx'));
    writeFileSync(join(folder, 'onnx/a.onnx'), 'graph');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('finds weights that are not those of the manifest', () => {
    const file = { path: 'onnx/a.onnx', sha256: sha256('graph') };
    // Only weights are looked at: a card may be edited.
    expect(weightsProblem(folder, [file, { path: 'README.md', sha256: sha256('card') }])).toBeNull();
    expect(weightsProblem(folder, [{ ...file, sha256: sha256('another') }])).toMatch(/a\.onnx is not the file/);
    expect(weightsProblem(folder, [file, { ...file, path: 'onnx/a.onnx_data' }])).toMatch(
      /a\.onnx_data .* cannot be read/,
    );
    expect(weightsProblem(folder, [])).toMatch(/names no weight file/);
  });
});
