import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { DeviceChoice, GpuDevice } from './device.ts';
import { ortLoad } from './ort.ts';
import { runtimeCreate } from './session.ts';
import { FakeGpuMemory } from './test-gpu.ts';
import { MANIFEST } from './test-fixtures.ts';

vi.mock('./ort.ts', () => ({ ortLoad: vi.fn() }));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class Tensor {
  constructor(
    readonly type: string,
    readonly data: unknown,
    readonly dims: readonly number[],
  ) {}
  static fromGpuBuffer = (_buffer: object, { dataType, dims }: { dataType: string; dims: readonly number[] }) =>
    new Tensor(dataType, null, dims);
  getData = async (): Promise<unknown> => this.data;
  dispose = (): void => undefined;
}

const [encoder, embed, decoder] = [MANIFEST.graphs.visionEncoder, MANIFEST.graphs.embedTokens, MANIFEST.graphs.decoder];
const PAST = ['past_key_values.0.key', 'past_key_values.0.value'];
const PRESENT = ['present.0.key', 'present.0.value'];

/** A runtime whose decoder fails in its second run. */
async function started(device: DeviceChoice) {
  let runs = 0;
  const decoderRun = vi.fn(async () => {
    if (++runs === 2) throw new Error('mapAsync failed');
    const logits = new Tensor('float32', new Float32Array(MANIFEST.text.vocabSize), [1, 1, MANIFEST.text.vocabSize]);
    const present = PRESENT.map((name) => [name, new Tensor('float32', null, [1, 1, 1, 1])]);
    return { logits, ...Object.fromEntries(present) };
  });
  const sessions = [
    { inputNames: encoder.inputs, outputNames: encoder.outputs },
    { inputNames: embed.inputs, outputNames: embed.outputs },
    { inputNames: ['inputs_embeds', ...PAST], outputNames: ['logits', ...PRESENT], run: decoderRun },
  ].map((session) => ({ ...session, inputMetadata: [], outputMetadata: [] }));
  const create = async (): Promise<unknown> => sessions.shift();
  vi.mocked(ortLoad).mockResolvedValue({ Tensor, InferenceSession: { create } } as never);
  const files = new Map([encoder, embed, decoder].map(({ file }) => [file, new Uint8Array(1)]));
  const runtime = await runtimeCreate({ manifest: MANIFEST, files, device, threads: 1 });
  const append = async (): Promise<unknown> => {
    const appended = runtime.append(undefined, new Float32Array(1), 1, 1).then(
      () => 'ran',
      (thrown: unknown) => thrown,
    );
    await vi.advanceTimersByTimeAsync(200);
    return appended;
  };
  return { append, decoderRun };
}

const device: GpuDevice = Object.assign(new FakeGpuMemory(), { lost: new Promise<never>(() => undefined) });

// onnxruntime-web 1.30 keeps what it bound for a run that failed, and the next one computes with it.
it('runs the decoder no more on a graphics device once it has failed, so that another worker takes over', async () => {
  const { append, decoderRun } = await started({
    ...{ backend: 'webgpu', rung: 'webgpu-plain', adapter: 'acme', reason: '' },
    device,
  });
  expect(await append()).toBe('ran');
  expect(await append()).toMatchObject({ message: 'mapAsync failed' });
  for (let i = 0; i < 2; i++)
    expect(await append()).toMatchObject({
      code: 'inference/failed',
      message: expect.stringContaining('mapAsync failed'),
      detail: { ofRuntime: 1 },
    });
  expect(decoderRun).toHaveBeenCalledTimes(2);
});

it('runs it again on a processor, which binds nothing', async () => {
  const { append } = await started({ backend: 'wasm', rung: 'wasm-single', reason: '' });
  expect(await append()).toBe('ran');
  expect(await append()).toMatchObject({ message: 'mapAsync failed' });
  expect(await append()).toBe('ran');
});
