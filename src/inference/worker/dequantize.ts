/**
 * Turns the decoder's 4-bit data file into the float32 data of the dequantized graph. On WASM a float32 product is some ten times
 * faster than the 4-bit one, and every device then computes with the same numbers.
 */
import { engineError } from '../errors.ts';
import { bytesRelease } from './bytes-release.ts';
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

/** A tensor of the data file: where it lies in it, and how its bytes are made. */
interface TensorSource {
  readonly startBytes: number;
  readonly endBytes: number;
  /** Fills `target`, which is as long as the tensor and begins at a multiple of four bytes. */
  write(target: Uint8Array<ArrayBuffer>): void;
}

type Fail = (field: string, rule: string) => never;

/** Checks a tensor against both files before any of it is needed. */
function tensorSource(tensor: DequantizedTensor, source: Uint8Array, dataSizeBytes: number, fail: Fail): TensorSource {
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
  const startBytes = tensor.targetOffsetBytes;
  if (startBytes % 4 !== 0) fail('targetOffsetBytes', `must be a multiple of 4, is ${startBytes}`);
  const endOf = (sizeBytes: number): number => {
    const endBytes = startBytes + sizeBytes;
    if (endBytes > dataSizeBytes)
      fail('targetOffsetBytes', `reaches to byte ${endBytes}, but dataSizeBytes is ${dataSizeBytes}`);
    return endBytes;
  };

  if (tensor.kind === 'f32') {
    const sizeBytes = count('sizeBytes');
    const stored = range('sourceOffsetBytes', sizeBytes);
    return { startBytes, endBytes: endOf(sizeBytes), write: (target) => target.set(stored) };
  }
  const inFeatures = count('inFeatures');
  const outFeatures = count('outFeatures');
  const blockSize = count('blockSize');
  if (blockSize % 2 !== 0) fail('blockSize', `must be even, is ${blockSize}`);
  const rows = outFeatures * Math.ceil(inFeatures / blockSize);
  const storedScales = range('scalesOffsetBytes', 4 * rows);
  const packed = range('sourceOffsetBytes', (rows * blockSize) / 2);
  return {
    startBytes,
    endBytes: endOf(4 * inFeatures * outFeatures),
    write: (target) => {
      // Copied, because floats can only be viewed at multiples of four bytes.
      const scales = new Float32Array(storedScales.slice().buffer);
      const floats = new Float32Array(target.buffer, target.byteOffset, inFeatures * outFeatures);
      matrixDequantize({ inFeatures, outFeatures, blockSize, packed, scales }, floats);
    },
  };
}

/**
 * The data file named by `dequantized.dataPath`, without its bytes: each tensor is worked out when it is read. The runtime copies
 * external data into its own heap, one tensor at a time, and reads it through `byteLength` and `subarray` alone
 * (onnxruntime-web 1.30), so the float32 file of some 200 MB never lies beside that copy. Everything else of a `Uint8Array` sees an
 * empty one.
 */
export class DequantizedData extends Uint8Array<ArrayBuffer> {
  readonly #sizeBytes: number;
  #tensors: readonly TensorSource[];
  /** For one tensor, used again for the next: a buffer for each would wait as garbage until the whole file is there after all. */
  #scratch = new ArrayBuffer(0);

  /** `source`: the decoder's 4-bit data file. Throws `model/manifest` when a tensor reaches outside of a file. */
  constructor({ dataSizeBytes, tensors }: DequantizedDecoder, source: Uint8Array) {
    super(new ArrayBuffer(0));
    this.#sizeBytes = dataSizeBytes;
    this.#tensors = tensors.map((tensor, index) =>
      tensorSource(tensor, source, dataSizeBytes, (field, rule) => {
        const path = `graphs.decoderDequantized.tensors[${index}].${field}`;
        throw engineError(
          'model/manifest',
          `The manifest is not valid: ${path} (${tensor.name}) ${rule}. Export the model again.`,
          { path, tensor: tensor.name },
        );
      }),
    );
  }

  override get byteLength(): number {
    return this.#sizeBytes;
  }

  /** Bytes that stay good until the next call; zeros between tensors. */
  override subarray(startBytes = 0, endBytes = this.#sizeBytes): Uint8Array<ArrayBuffer> {
    const read = this.#tensors.filter((tensor) => tensor.startBytes < endBytes && tensor.endBytes > startBytes);
    const [only] = read;
    if (only?.startBytes === startBytes && only.endBytes === endBytes) return this.#written(only);
    const bytes = new Uint8Array(endBytes - startBytes);
    for (const tensor of read) {
      const skippedBytes = Math.max(0, startBytes - tensor.startBytes);
      bytes.set(
        this.#written(tensor).subarray(skippedBytes, endBytes - tensor.startBytes),
        tensor.startBytes + skippedBytes - startBytes,
      );
    }
    return bytes;
  }

  /** Gives its memory back; nothing can be read any more. */
  release(): void {
    this.#tensors = [];
    bytesRelease(new Uint8Array(this.#scratch));
    this.#scratch = new ArrayBuffer(0);
  }

  #written(tensor: TensorSource): Uint8Array<ArrayBuffer> {
    const sizeBytes = tensor.endBytes - tensor.startBytes;
    if (this.#scratch.byteLength < sizeBytes) this.#scratch = new ArrayBuffer(sizeBytes);
    const bytes = new Uint8Array(this.#scratch, 0, sizeBytes);
    tensor.write(bytes);
    return bytes;
  }
}
