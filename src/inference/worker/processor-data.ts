/**
 * Turns the decoder's 4-bit data file into the data of the graph for a processor. On WASM a float32 product is some ten times faster
 * than the 4-bit one, and an eight-bit one, where its inputs allow it, two to three times faster again.
 */
import { engineError } from '../errors.ts';
import { bytesRelease } from './bytes-release.ts';
import type { ProcessorDecoder, ProcessorTensor } from '../manifest.ts';

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

/**
 * Writes (nibble − 8) · scale · channel / columnScale, rounded to whole numbers with zero point 128, into `target`, uint8
 * [inFeatures, outFeatures]. `channels`: float32 [inFeatures], `columnScales`: float32 [outFeatures].
 */
export function matrixRequantize(
  { inFeatures, outFeatures, blockSize, packed, scales }: QuantizedMatrix,
  channels: Float32Array,
  columnScales: Float32Array,
  target: Uint8Array,
): void {
  const blocks = Math.ceil(inFeatures / blockSize);
  const blockBytes = blockSize / 2;
  for (let tileStart = 0; tileStart < outFeatures; tileStart += TILE) {
    const tileEnd = Math.min(tileStart + TILE, outFeatures);
    for (let k = 0; k < inFeatures; k++) {
      const block = Math.floor(k / blockSize);
      const byteInBlock = (k - block * blockSize) >> 1;
      const shift = (k & 1) * 4;
      const channel = channels[k] as number;
      for (let n = tileStart; n < tileEnd; n++) {
        const row = n * blocks + block;
        const nibble = ((packed[row * blockBytes + byteInBlock] as number) >> shift) & 15;
        // processor_decoder_data in Python rounds the same doubles: products in this order, halves upward.
        const steps = (nibble - 8) * ((scales[row] as number) / (columnScales[n] as number)) * channel;
        target[k * outFeatures + n] = Math.floor(steps + 128.5);
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

/** Stored floats, copied, because they can only be viewed at multiples of four bytes. */
function floatsOf(stored: Uint8Array): Float32Array {
  return new Float32Array(stored.slice().buffer);
}

/** Checks a tensor against both files before any of it is needed. */
function tensorSource(tensor: ProcessorTensor, source: Uint8Array, dataSizeBytes: number, fail: Fail): TensorSource {
  const range = (field: keyof ProcessorTensor, bytes: number): Uint8Array => {
    const start = tensor[field];
    if (typeof start !== 'number') return fail(field, 'is missing');
    if (start < 0 || start + bytes > source.length) {
      return fail(field, `reaches to byte ${start + bytes}, but the data file has ${source.length}`);
    }
    return source.subarray(start, start + bytes);
  };
  const count = (field: keyof ProcessorTensor): number => {
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
  const matrix = (): QuantizedMatrix => ({
    inFeatures,
    outFeatures,
    blockSize,
    packed,
    scales: floatsOf(storedScales),
  });
  if (tensor.kind === 'u8') {
    const channels = range('channelsOffsetBytes', 4 * inFeatures);
    const columnScales = range('columnScalesOffsetBytes', 4 * outFeatures);
    return {
      startBytes,
      endBytes: endOf(inFeatures * outFeatures),
      write: (target) => matrixRequantize(matrix(), floatsOf(channels), floatsOf(columnScales), target),
    };
  }
  return {
    startBytes,
    endBytes: endOf(4 * inFeatures * outFeatures),
    write: (target) =>
      matrixDequantize(matrix(), new Float32Array(target.buffer, target.byteOffset, inFeatures * outFeatures)),
  };
}

/**
 * The data file named by `processorDecoder.dataPath`, without its bytes: each tensor is worked out when it is read. The runtime copies
 * external data into its own heap, one tensor at a time, and reads it through `byteLength` and `subarray` alone
 * (onnxruntime-web 1.30), so the file of some 100 MB never lies beside that copy. Everything else of a `Uint8Array` sees an
 * empty one.
 */
export class ProcessorData extends Uint8Array<ArrayBuffer> {
  readonly #sizeBytes: number;
  #tensors: readonly TensorSource[];
  /** For one tensor, used again for the next: a buffer for each would wait as garbage until the whole file is there after all. */
  #scratch = new ArrayBuffer(0);

  /** `source`: the decoder's 4-bit data file. Throws `model/manifest` when a tensor reaches outside of a file. */
  constructor({ dataSizeBytes, tensors }: ProcessorDecoder, source: Uint8Array) {
    super(new ArrayBuffer(0));
    this.#sizeBytes = dataSizeBytes;
    this.#tensors = tensors.map((tensor, index) =>
      tensorSource(tensor, source, dataSizeBytes, (field, rule) => {
        const path = `graphs.processorDecoder.tensors[${index}].${field}`;
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
