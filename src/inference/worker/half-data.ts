/**
 * Turns the decoder's data file into the floats of the decoder in 16-bit floats, so that they need no file of their own: that graph's
 * tensors lie at half the bytes where their 32-bit ones lie in the file.
 */

/** The float16 nearest to a float32, halves to the even one, as bits of either; beyond its range infinite. */
export function halfFloatBits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x47800000) return sign | 0x7c00;
  if (magnitude >= 0x38800000) {
    // The carry of a mantissa that is rounded up reaches the exponent, and beyond the greatest one infinity.
    const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
    return sign | ((rounded - 0x38000000) >>> 13);
  }
  // Below 2⁻¹⁴ in steps of 2⁻²⁴.
  const shift = 126 - (magnitude >>> 23);
  if (shift > 24) return sign;
  const mantissa = (magnitude & 0x7fffff) | 0x800000;
  const steps = mantissa >>> shift;
  const rest = mantissa & ((1 << shift) - 1);
  const middle = 1 << (shift - 1);
  return sign | (steps + (rest > middle || (rest === middle && (steps & 1) === 1) ? 1 : 0));
}

/**
 * The file named by `halfDecoder.dataPath`, without its bytes: what is read of it is rounded then. The runtime reads external data
 * through `byteLength` and `subarray` alone (onnxruntime-web 1.30); everything else of a `Uint8Array` sees an empty one.
 */
export class HalfData extends Uint8Array<ArrayBuffer> {
  readonly #source: Uint8Array;

  /** `source`: the decoder's data file, which must not be let go before the runtime has read this one. */
  constructor(source: Uint8Array) {
    super(new ArrayBuffer(0));
    this.#source = source;
  }

  override get byteLength(): number {
    return Math.floor(this.#source.length / 4) * 2;
  }

  /** `startBytes` and `endBytes`: even. */
  override subarray(startBytes = 0, endBytes = this.byteLength): Uint8Array<ArrayBuffer> {
    // Copied: floats can only be viewed at multiples of four bytes.
    const floats = new Uint32Array(this.#source.slice(2 * startBytes, 2 * endBytes).buffer);
    const halves = new Uint16Array(floats.length);
    for (let i = 0; i < floats.length; i++) halves[i] = halfFloatBits(floats[i] as number);
    return new Uint8Array(halves.buffer);
  }
}
