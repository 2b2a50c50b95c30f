/**
 * Whether a device's shaders start the variables of a loop's body anew in every round, as WGSL says. Chromium's compiler to Vulkan leaves
 * them as the round before did (seen in Chromium 156 on SwiftShader, and in Dawn on Mesa's lavapipe). The runtime's attention with
 * subgroups counts on it: without, logits of lavapipe were off by 0.14 to 9.5, by the subgroups' size, and right without subgroups.
 */

interface Mappable {
  mapAsync(mode: number): Promise<void>;
  getMappedRange(): ArrayBuffer;
  destroy(): void;
}

interface ComputePass {
  setPipeline(pipeline: object): void;
  setBindGroup(index: number, group: object): void;
  dispatchWorkgroups(count: number): void;
  end(): void;
}

/** What is used of a GPUDevice. */
export interface ProbeDevice {
  createShaderModule(descriptor: { readonly code: string }): object;
  createComputePipelineAsync(descriptor: {
    readonly layout: 'auto';
    readonly compute: { readonly module: object; readonly entryPoint: string };
  }): Promise<{ getBindGroupLayout(index: number): object }>;
  createBuffer(descriptor: { readonly size: number; readonly usage: number }): Mappable;
  createBindGroup(descriptor: {
    readonly layout: object;
    readonly entries: readonly { readonly binding: number; readonly resource: { readonly buffer: object } }[];
  }): object;
  createCommandEncoder(): {
    beginComputePass(): ComputePass;
    copyBufferToBuffer(from: object, fromByte: number, to: object, toByte: number, bytes: number): void;
    finish(): object;
  };
  readonly queue: { submit(commands: object[]): void };
}

const ROUNDS = 4;
const STEPS = 3;
const BYTES = 4 * ROUNDS;
/** GPUBufferUsage and GPUMapMode, which the compiler's library has no names for. */
const USAGE = { mapRead: 0x01, copySrc: 0x04, copyDst: 0x08, storage: 0x80 } as const;
const MAP_READ = 0x01;

/** `declared`: the variable; the inner loop keeps the compiler from seeing that its sum is always the same. */
const shaderCode = (declared: string): string => `
  @group(0) @binding(0) var<storage, read_write> sums: array<f32>;
  @compute @workgroup_size(1) fn main() {
    for (var round = 0u; round < ${ROUNDS}u; round++) {
      ${declared}
      for (var step = 0u; step < ${STEPS}u; step++) { sum[1] += 1.0; }
      sums[round] = sum[1];
    }
  }`;

/**
 * Rejects with what the browser says where it cannot run the shader.
 *
 * @param declared for tests: with a value that is written down, every compiler gets it right
 */
export async function loopVariablesStartAnew(device: ProbeDevice, declared = 'var sum: vec4<f32>;'): Promise<boolean> {
  const module = device.createShaderModule({ code: shaderCode(declared) });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint: 'main' } });
  const sums = device.createBuffer({ size: BYTES, usage: USAGE.storage | USAGE.copySrc });
  const copy = device.createBuffer({ size: BYTES, usage: USAGE.mapRead | USAGE.copyDst });
  try {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    const entries = [{ binding: 0, resource: { buffer: sums } }];
    pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
    pass.dispatchWorkgroups(1);
    pass.end();
    encoder.copyBufferToBuffer(sums, 0, copy, 0, BYTES);
    device.queue.submit([encoder.finish()]);
    await copy.mapAsync(MAP_READ);
    return [...new Float32Array(copy.getMappedRange())].every((sum) => sum === STEPS);
  } finally {
    sums.destroy();
    copy.destroy();
  }
}
