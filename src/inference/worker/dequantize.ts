/**
 * Turns the decoder's 4-bit data file into the float32 data of the dequantized graph. On WASM a float32 product is some ten times
 * faster than the 4-bit one, and every device then computes with the same numbers.
 */
import { engineError } from '../errors.ts';
import type { DequantizedDecoder, DequantizedTensor } from '../manifest.ts';

/** Columns that are written together: 16 floats are one cache line. */
const TILE = 16;

interface QuantizedMatrix {
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly blockSize: number;
  /** uint8 [outFeatures, blocks, blockSize / 2], low nibble first. */
  readonly packed: Uint8Array;
  /** float32 [outFeatures, blocks]. */
  readonly scales: Float32Array;
}

/** Writes (nibble − 8) · scale into `target`, float32 [inFeatures, outFeatures] (transposed from the packed order). */
export function matrixDequantize(matrix: QuantizedMatrix, target: Float32Array): void {
  const { inFeatures, outFeatures, blockSize, packed, scales } = matrix;
  const blocks = Math.ceil(inFeatures / blockSize);
  const blockBytes = blockSize / 2;
  for (let tileStart = 0; tileStart < outFeatures; tileStart += TILE) {
    const tileEnd = Math.min(tileStart + TILE, outFeatures);
    for (let block = 0; block < blocks; block++) {
      for (let pair = 0; pair < blockBytes; pair++) {
        const k = block * blockSize + 2 * pair;
        if (k >= inFeatures) break;
        const low = k * outFeatures;
        const high = low + outFeatures;
        const hasHigh = k + 1 < inFeatures;
        for (let n = tileStart; n < tileEnd; n++) {
          const row = n * blocks + block;
          const byte = packed[row * blockBytes + pair] as number;
          const scale = scales[row] as number;
          target[low + n] = ((byte & 15) - 8) * scale;
          if (hasHigh) target[high + n] = ((byte >> 4) - 8) * scale;
        }
      }
    }
  }
}

/** The bytes of the data file named by `dequantized.dataPath`. Throws `model/manifest` when a tensor reaches outside of a buffer. */
export function decoderDequantize(dequantized: DequantizedDecoder, source: Uint8Array): Uint8Array<ArrayBuffer> {
  const target = new Uint8Array(dequantized.dataSizeBytes);
  for (const [index, tensor] of dequantized.tensors.entries()) {
    const fail = (field: string, rule: string): never => {
      const path = `graphs.decoderDequantized.tensors[${index}].${field}`;
      throw engineError(
        'model/manifest',
        `The manifest is not valid: ${path} (${tensor.name}) ${rule}. Export the model again.`,
        { path, tensor: tensor.name },
      );
    };
    tensorWrite(tensor, source, target, fail);
  }
  return target;
}

type Fail = (field: string, rule: string) => never;

function tensorWrite(tensor: DequantizedTensor, source: Uint8Array, target: Uint8Array<ArrayBuffer>, fail: Fail): void {
  const range = (field: keyof DequantizedTensor, bytes: number): Uint8Array => {
    const start = tensor[field];
    if (typeof start !== 'number') return fail(field, 'is missing');
    if (start < 0 || start + bytes > source.length) {
      return fail(field, `reaches to byte ${start + bytes}, but the data file has ${source.length}`);
    }
    return source.subarray(start, start + bytes);
  };
  const count = (field: keyof DequantizedTensor): number => {
    const value = tensor[field];
    return typeof value === 'number' && value > 0 ? value : fail(field, 'must be given and above 0');
  };
  const start = tensor.targetOffsetBytes;
  if (start % 4 !== 0) fail('targetOffsetBytes', `must be a multiple of 4, is ${start}`);
  const fits = (bytes: number): void => {
    if (start + bytes > target.length)
      fail('targetOffsetBytes', `reaches to byte ${start + bytes}, but dataSizeBytes is ${target.length}`);
  };

  if (tensor.kind === 'f32') {
    const sizeBytes = count('sizeBytes');
    fits(sizeBytes);
    target.set(range('sourceOffsetBytes', sizeBytes), start);
    return;
  }
  const inFeatures = count('inFeatures');
  const outFeatures = count('outFeatures');
  const blockSize = count('blockSize');
  if (blockSize % 2 !== 0) fail('blockSize', `must be even, is ${blockSize}`);
  const rows = outFeatures * Math.ceil(inFeatures / blockSize);
  fits(4 * inFeatures * outFeatures);
  // Copied, because floats can only be viewed at multiples of four bytes.
  const scales = new Float32Array(range('scalesOffsetBytes', 4 * rows).slice().buffer);
  const packed = range('sourceOffsetBytes', (rows * blockSize) / 2);
  const floats = new Float32Array(target.buffer, start, inFeatures * outFeatures);
  matrixDequantize({ inFeatures, outFeatures, blockSize, packed, scales }, floats);
}
