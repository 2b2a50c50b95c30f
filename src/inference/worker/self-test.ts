/**
 * Compares the logits of a fixed input with the exporter's. It runs the way questions do, a prefix and then a continuation, so that it
 * also warms up the kernels and tests the handing over of keys and values.
 */
import { engineError } from '../errors.ts';
import type { Manifest } from '../manifest.ts';
import { pixelValuesFromSeed } from '../preprocess.ts';
import { featuresMerge } from './generator.ts';
import type { ModelRuntime } from './runtime.ts';

/**
 * Throws `runtime/self-test` with the worst token when any logit is further off than the manifest's tolerance. A processor is held to
 * the logits of its own decoder, where the manifest has them.
 */
export async function selfTest(runtime: ModelRuntime, manifest: Manifest, backend: 'webgpu' | 'wasm'): Promise<void> {
  const { text, image, graphs, selfTest: test } = manifest;
  const known = backend === 'wasm' && graphs.processorDecoder && test.processor ? test.processor : test;
  const features = await runtime.encodeViews(pixelValuesFromSeed(test.pixelSeed, image.sizePx));
  const ids = test.inputIds;
  const embeddings = featuresMerge(await runtime.embedTokens(ids), ids, features, text);
  const prefixLength = ids.lastIndexOf(text.imageTokenId) + 1;
  const prefix = await runtime.append(
    undefined,
    embeddings.subarray(0, prefixLength * text.hiddenSize),
    prefixLength,
    1,
  );
  let last = prefix;
  if (prefixLength < ids.length) {
    last = await runtime.append(
      prefix.snapshot,
      embeddings.subarray(prefixLength * text.hiddenSize),
      ids.length - prefixLength,
      1,
    );
    runtime.release(prefix.snapshot);
  }
  runtime.release(last.snapshot);

  const logits = last.logits[last.logits.length - 1];
  let worst = { id: -1, got: Number.NaN, expected: Number.NaN, error: -1 };
  for (const [i, id] of test.topIds.entries()) {
    const expected = known.topLogits[i] ?? Number.NaN;
    const got = logits?.[id] ?? Number.NaN;
    const error = Number.isFinite(got) ? Math.abs(got - expected) : Number.POSITIVE_INFINITY;
    if (error > worst.error) worst = { id, got, expected, error };
  }
  if (worst.error <= known.tolerance) return;
  throw engineError(
    'runtime/self-test',
    `This device computes wrongly: token ${worst.id} of the self-test has logit ${worst.got.toFixed(3)}, the model's is ${worst.expected.toFixed(3)} (tolerance ${known.tolerance}). Use another browser or device, or report it with its name.`,
    { tokenId: worst.id, logit: worst.got, expectedLogit: worst.expected, tolerance: known.tolerance },
  );
}
