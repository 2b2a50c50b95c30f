import { expect, it, vi } from 'vitest';
import { ortLoad } from './ort.ts';

const env = vi.hoisted(() => ({ wasm: {} as Record<string, unknown>, logLevel: '' }));
vi.mock('onnxruntime-web/wasm', () => ({ env, InferenceSession: {}, Tensor: {} }));

it('hands the WebAssembly to the runtime where it is there, so that the runtime fetches nothing', async () => {
  await ortLoad('wasm', 2);
  expect(env.wasm).toEqual({ wasmPaths: { wasm: expect.stringMatching(/\.wasm$/) }, numThreads: 2 });
  const wasmBinary = new Uint8Array([0, 97, 115, 109]);
  await ortLoad('wasm', 2, wasmBinary);
  // The very buffer, of which the runtime makes no copy.
  expect(env.wasm['wasmBinary']).toBe(wasmBinary.buffer);
});
