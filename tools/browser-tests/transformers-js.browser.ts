/** The shipped folder under @huggingface/transformers: it loads there, and its first token is our runtime's. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AutoModelForImageTextToText, AutoProcessor, env, RawImage, type Tensor } from '@huggingface/transformers';
import { beforeAll, describe, expect, it } from 'vitest';
import { goldenFor, goldenPair, type Golden } from './golden.ts';
import { modelFolder } from './harness.ts';
import { pairFrom } from './pair-source.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MINUTE = 60_000;
const folder = modelFolder();

/** What the two classes of the library are called with here; their own types leave the calls open. */
interface Processor {
  apply_chat_template(messages: unknown, options: { add_generation_prompt: boolean }): string;
  (pictures: RawImage[], prompt: string, options: { add_special_tokens: boolean }): Promise<Record<string, Tensor>>;
}
interface Manifest {
  readonly image: { readonly sizePx: number };
}
interface Model {
  generate(options: Record<string, unknown>): Promise<Tensor>;
  dispose(): Promise<unknown>;
}

describe.skipIf(!folder)('the model folder under @huggingface/transformers', () => {
  let golden: Golden;
  let processor: Processor;
  let model: Model;
  beforeAll(async () => {
    const named = folder ?? '';
    const found = goldenFor(named, [
      path.join(ROOT, 'src/contract/golden/inference.json'),
      path.join(ROOT, 'test-results/golden.json'),
    ]);
    if (!found)
      throw new Error(
        `No golden answers for the weights of ${named}: write them with make_golden.py (see tools/README).`,
      );
    golden = found;
    env.localModelPath = path.dirname(named);
    env.allowLocalModels = true;
    env.allowRemoteModels = false;
    const id = path.basename(named);
    processor = (await AutoProcessor.from_pretrained(id)) as unknown as Processor;
    model = (await AutoModelForImageTextToText.from_pretrained(id, { device: 'cpu' })) as unknown as Model;
  }, 3 * MINUTE);

  it(
    'gives the first token of our runtime on every golden item that is no near tie',
    async () => {
      const manifest = JSON.parse(readFileSync(path.join(folder ?? '', 'manifest.json'), 'utf8')) as Manifest;
      const { sizePx } = manifest.image;
      const sure = golden.items.filter(({ greedy }) => (greedy.leads[0] ?? 0) > 2 * golden.logProbTolerance.webgpu);
      expect(sure.length).toBeGreaterThan(0);
      for (const item of sure) {
        const content = [{ type: 'image' }, { type: 'image' }, { type: 'text', text: item.prompt }];
        const prompt = processor.apply_chat_template([{ role: 'user', content }], { add_generation_prompt: true });
        const { a, b } = pairFrom(goldenPair(item, golden.folder), sizePx);
        const pictures = [a, b].map(({ data }) => new RawImage(data, sizePx, sizePx, 4).rgb());
        const inputs = await processor(pictures, prompt, { add_special_tokens: false });
        const output = await model.generate({ ...inputs, max_new_tokens: 1, do_sample: false });
        expect(Number(output.data.at(-1))).toBe(item.greedy.tokenIds[0]);
      }
      await model.dispose();
    },
    3 * MINUTE,
  );
});
