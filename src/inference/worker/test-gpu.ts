/** A graphics device's memory for tests: buffers are arrays of floats. */
import type { GpuBuffer, GpuMemory } from './kv-lanes.ts';
import type { Tensor } from './ort.ts';

export class FakeBuffer implements GpuBuffer {
  isDestroyed = false;
  constructor(readonly floats: Float32Array) {}
  destroy(): void {
    this.isDestroyed = true;
  }
}

export interface FakeTensor {
  readonly buffer: FakeBuffer;
  readonly dims: readonly number[];
}

export const fakeTensorOf = (buffer: GpuBuffer, dims: readonly number[]): Tensor =>
  ({ buffer, dims }) as unknown as Tensor;

export class FakeGpuMemory implements GpuMemory {
  readonly made: FakeBuffer[] = [];
  readonly queue = { submit: (): void => undefined };
  createBuffer({ size }: { readonly size: number }): FakeBuffer {
    const buffer = new FakeBuffer(new Float32Array(size / 4));
    this.made.push(buffer);
    return buffer;
  }
  createCommandEncoder(): ReturnType<GpuMemory['createCommandEncoder']> {
    return {
      copyBufferToBuffer: (from, fromByte, to, toByte, bytes) => {
        if (!(from instanceof FakeBuffer) || !(to instanceof FakeBuffer)) throw new Error('not of this device');
        to.floats.set(from.floats.subarray(fromByte / 4, (fromByte + bytes) / 4), toByte / 4);
      },
      finish: () => ({}),
    };
  }
}
