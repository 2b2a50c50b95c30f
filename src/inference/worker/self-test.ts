/**
 * Compares the logits of a fixed input with the exporter's. It runs the way questions do, a prefix and then continuations, so that it
 * also warms up the kernels and tests the handing over of keys and values.
 */
import { rungBackend, type DeviceRung } from '../device-ladder.ts';
import { engineError } from '../errors.ts';
import { manifestDecoder, type Manifest } from '../manifest.ts';
import { pixelValuesFromSeed } from '../preprocess.ts';
import { featuresMerge } from './pair-prefixes.ts';
import type { AppendResult, ModelRuntime } from './runtime.ts';

/**
 * Throws `runtime/self-test` with the worst token when any logit is further off than the manifest's tolerance. A processor is held to
 * the logits of its own decoder, where the manifest has them; 16-bit floats to those of 32-bit ones, with a tolerance of their own.
 */
export async function selfTest(runtime: ModelRuntime, manifest: Manifest, rung: DeviceRung): Promise<void> {
  const { text, image, selfTest: test } = manifest;
  const own = { decoder: undefined, halfDecoder: test.half, processorDecoder: test.processor };
  const known = { ...test, ...own[manifestDecoder(manifest, rung)] };
  const features = await runtime.encodeViews(pixelValuesFromSeed(test.pixelSeed, image.sizePx));
  const ids = test.inputIds;
  const embeddings = featuresMerge(await runtime.embedTokens(ids), ids, features, text);
  const prefixLength = ids.lastIndexOf(text.imageTokenId) + 1;
  // A graphics device runs single tokens through kernels of their own. A processor's logits hold for the pieces that they were made in.
  const ends = rungBackend(rung) === 'webgpu' ? [prefixLength, ids.length - 1, ids.length] : [prefixLength, ids.length];
  const runs: AppendResult[] = [];
  let start = 0;
  for (const end of ends) {
    if (end <= start) continue;
    const piece = embeddings.subarray(start * text.hiddenSize, end * text.hiddenSize);
    runs.push(await runtime.append(runs.at(-1)?.snapshot, piece, end - start, 1));
    start = end;
  }
  for (const { snapshot } of runs) runtime.release(snapshot);

  const logits = runs.at(-1)?.logits.at(-1);
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
