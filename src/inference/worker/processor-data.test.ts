import { describe, expect, it } from 'vitest';
import golden from '../../contract/golden/integer-weights.json';
import type { ProcessorTensor } from '../manifest.ts';
import { ProcessorData, matrixDequantize, matrixRequantize } from './processor-data.ts';

describe('matrixDequantize', () => {
  it('unpacks low nibble first with zero point 8, scales by block, and transposes', () => {
    // Two outputs, four inputs, blocks of two: nibbles by hand.
    const packed = Uint8Array.from([0x98, 0x0f, 0xa7, 0x81]);
    const scales = Float32Array.from([1, 0.5, 2, 10]);
    const target = new Float32Array(8);
    matrixDequantize({ inFeatures: 4, outFeatures: 2, blockSize: 2, packed, scales }, target);
    // Output 0: (8, 9 | 15, 0) → (0, 1 | 3.5, −4). Output 1: (7, 10 | 1, 8) → (−2, 4 | −70, 0).
    expect([...target]).toEqual([0, -2, 1, 4, 3.5, -70, -4, 0]);
  });

  it('agrees with the plain formula over several tiles and a last block that is not full', () => {
    const [inFeatures, outFeatures, blockSize] = [37, 35, 8];
    const blocks = 5;
    const packed = Uint8Array.from({ length: (outFeatures * blocks * blockSize) / 2 }, (_, i) => (i * 73 + 5) % 256);
    const scales = Float32Array.from({ length: outFeatures * blocks }, (_, i) => (i % 13) / 8 - 0.5);
    const target = new Float32Array(inFeatures * outFeatures);
    matrixDequantize({ inFeatures, outFeatures, blockSize, packed, scales }, target);
    for (let n = 0; n < outFeatures; n++) {
      for (let k = 0; k < inFeatures; k++) {
        const row = n * blocks + Math.floor(k / blockSize);
        const byte = packed[(row * blockSize + (k % blockSize)) >> 1] ?? 0;
        const nibble = k % 2 === 0 ? byte & 15 : byte >> 4;
        expect(target[k * outFeatures + n]).toBeCloseTo((nibble - 8) * (scales[row] ?? 0), 6);
      }
    }
  });
});

describe('matrixRequantize', () => {
  it('rounds the factored weight to steps of its column, halves upward, around 128', () => {
    const packed = Uint8Array.from([0x98, 0x0f, 0xa7, 0x81]);
    const scales = Float32Array.from([1, 0.5, 2, 10]);
    const target = new Uint8Array(8);
    const matrix = { inFeatures: 4, outFeatures: 2, blockSize: 2, packed, scales };
    matrixRequantize(matrix, Float32Array.from([1, 0.5, 2, 4]), Float32Array.from([1, 2]), target);
    // Output 0: (0, 1 · 0.5 | 3.5 · 2, −4 · 4) in steps of 1. Output 1: (−2, 4 · 0.5 | −70 · 2, 0) in steps of 2.
    expect([...target]).toEqual([128, 127, 129, 129, 135, 58, 112, 128]);
  });

  it('gives the whole numbers that Python is held to as well, halves and all', () => {
    const { inFeatures, outFeatures, blockSize } = golden;
    const packed = Uint8Array.from(golden.packed.flat());
    const scales = Float32Array.from(golden.scales.flat());
    const target = new Uint8Array(inFeatures * outFeatures);
    matrixRequantize(
      { inFeatures, outFeatures, blockSize, packed, scales },
      Float32Array.from(golden.channels),
      Float32Array.from(golden.columnScales),
      target,
    );
    expect([...target]).toEqual(golden.codes.flat());
  });
});

describe('ProcessorData', () => {
  const q4: ProcessorTensor = {
    name: 'w',
    kind: 'q4',
    inFeatures: 2,
    outFeatures: 1,
    blockSize: 2,
    sourceOffsetBytes: 0,
    scalesOffsetBytes: 1,
    targetOffsetBytes: 4,
  };
  const f32: ProcessorTensor = {
    name: 'norm',
    kind: 'f32',
    sourceOffsetBytes: 5,
    targetOffsetBytes: 0,
    sizeBytes: 4,
  };
  // One byte of nibbles, one scale at an odd offset, one float.
  const source = Uint8Array.from([
    0x9a,
    ...new Uint8Array(Float32Array.from([3]).buffer),
    ...new Uint8Array(Float32Array.from([7.5]).buffer),
  ]);
  const decoder = (tensors: ProcessorTensor[]) => ({ file: 'f', dataPath: 'd', dataSizeBytes: 12, tensors });

  const floats = (bytes: Uint8Array<ArrayBuffer>): number[] => [...new Float32Array(bytes.buffer)];

  it('is read like the whole file: one tensor, several, or parts of them', () => {
    const data = new ProcessorData(decoder([q4, f32]), source);
    expect(data).toBeInstanceOf(Uint8Array);
    expect(data.byteLength).toBe(12);
    expect(floats(data.subarray(4, 12))).toEqual([6, 3]);
    const whole = data.subarray(0, 12);
    expect(floats(whole)).toEqual([7.5, 6, 3]);
    for (let start = 0; start < 12; start++)
      for (let end = start; end <= 12; end++)
        expect([...data.subarray(start, end)]).toEqual([...whole.subarray(start, end)]);
  });

  it('is written into a heap with set, as the runtime does it', () => {
    const heap = new Uint8Array(16).fill(9);
    heap.set(new ProcessorData(decoder([f32]), source).subarray(0, 4), 4);
    expect(new Float32Array(heap.buffer, 4, 1)[0]).toBe(7.5);
    expect(heap[3]).toBe(9);
    expect(heap[8]).toBe(9);
  });

  it('leaves zeros where no tensor lies', () => {
    expect(floats(new ProcessorData(decoder([f32]), source).subarray(0, 12))).toEqual([7.5, 0, 0]);
  });

  it('holds eight-bit matrices, which need their factors', () => {
    // Nibbles 10 and 9 times 3, in steps of 1.5: (6 · 1, 3 · 0.5) / 1.5.
    const stored = Uint8Array.from([...source, ...new Uint8Array(Float32Array.from([1, 0.5, 1.5]).buffer)]);
    const u8: ProcessorTensor = { ...q4, kind: 'u8', channelsOffsetBytes: 9, columnScalesOffsetBytes: 17 };
    expect([...new ProcessorData(decoder([u8]), stored).subarray(4, 6)]).toEqual([132, 129]);
    const without: ProcessorTensor = { ...q4, kind: 'u8', columnScalesOffsetBytes: 17 };
    expect(() => new ProcessorData(decoder([without]), stored)).toThrow('tensors[0].channelsOffsetBytes');
  });

  it.each<[string, ProcessorTensor]>([
    ['sourceOffsetBytes', { ...f32, sourceOffsetBytes: 6 }],
    ['targetOffsetBytes', { ...q4, targetOffsetBytes: 8 }],
    ['targetOffsetBytes', { ...q4, targetOffsetBytes: 2 }],
    ['scalesOffsetBytes', { ...q4, scalesOffsetBytes: 6 }],
    ['blockSize', { ...q4, blockSize: 3 }],
  ])('names %s of a tensor that does not fit', (field, tensor) => {
    expect(() => new ProcessorData(decoder([f32, tensor]), source)).toThrow(
      `graphs.processorDecoder.tensors[1].${field}`,
    );
  });
});
