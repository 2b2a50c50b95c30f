/**
 * @huggingface/transformers in a module worker, as its own demos run it, on the very onnxruntime-web that ours uses (the build resolves
 * both to one copy).
 */
import { env as ortEnv } from 'onnxruntime-web/webgpu';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import {
  AutoModelForImageTextToText,
  AutoProcessor,
  DynamicCache,
  env,
  RawImage,
  Tensor,
} from '@huggingface/transformers';
import { patternPixels } from '../browser-tests/pattern-pixels';
import type { Answered, Ask, TheirsCalls, TheirsLoad, TheirsReply, TheirsRequest } from './protocol';

/** What the library's classes are called with here; their own types leave the calls open. */
interface Inputs extends Record<string, Tensor> {
  input_ids: Tensor;
  pixel_values: Tensor;
}
interface Processor {
  apply_chat_template(messages: unknown, options: { add_generation_prompt: boolean }): string;
  (pictures: RawImage[], prompt: string, options: { add_special_tokens: boolean }): Promise<Inputs>;
}
type Cache = Record<string, Tensor>;
interface Model {
  readonly config: { readonly image_token_index: number };
  generate(options: Record<string, unknown>): Promise<{ readonly sequences: Tensor; readonly past_key_values: Cache }>;
}

let processor: Processor | undefined;
let model: Model | undefined;
let prefix: Cache | undefined;

function loaded(): { processor: Processor; model: Model } {
  if (processor && model) return { processor, model };
  throw new Error('call load() first');
}

/** The device as ours asks for it on software adapters: subgroups of four give wrong attention there. */
function subgroupsLeaveOut(): void {
  const prototype = (globalThis as { GPUAdapter?: { prototype: { requestDevice(wanted?: object): Promise<unknown> } } })
    .GPUAdapter?.prototype;
  if (!prototype) throw new Error('this browser has no WebGPU');
  const { requestDevice } = prototype;
  prototype.requestDevice = function (wanted: { requiredFeatures?: Iterable<string> } = {}) {
    const requiredFeatures = [...(wanted.requiredFeatures ?? [])].filter((name) => name !== 'subgroups');
    return requestDevice.call(this, { ...wanted, requiredFeatures });
  };
}

async function load(params: TheirsLoad): Promise<string> {
  if (params.device === 'webgpu') subgroupsLeaveOut();
  ortEnv.wasm.wasmPaths = { wasm: wasmUrl };
  ortEnv.wasm.numThreads = params.threads;
  // As a host of its own, so that the library keeps the files in the browser's cache.
  env.allowLocalModels = false;
  env.remoteHost = params.hostUrl;
  env.remotePathTemplate = '{model}/';
  env.useBrowserCache = true;
  processor = (await AutoProcessor.from_pretrained(params.modelId)) as unknown as Processor;
  model = (await AutoModelForImageTextToText.from_pretrained(params.modelId, {
    device: params.device,
  })) as unknown as Model;
  return String(ortEnv.versions.web);
}

async function inputsOf({ seedA, seedB, sizePx, prompt }: Ask): Promise<Inputs> {
  const used = loaded().processor;
  const content = [{ type: 'image' }, { type: 'image' }, { type: 'text', text: prompt }];
  const text = used.apply_chat_template([{ role: 'user', content }], { add_generation_prompt: true });
  const picture = (seed: number): RawImage => new RawImage(patternPixels(seed, sizePx), sizePx, sizePx, 4).rgb();
  return used([picture(seedA), picture(seedB)], text, { add_special_tokens: false });
}

/** Generates greedily and times the tokens as they come. The streamer's first call brings the prompt. */
async function answer(startMs: number, inputs: Record<string, unknown>, maxNewTokens: number): Promise<Answered> {
  const tokenIds: number[] = [];
  let firstTokenMs = 0;
  let sawPrompt = false;
  const streamer = {
    put: (batches: readonly (readonly bigint[])[]) => {
      if (!sawPrompt) return void (sawPrompt = true);
      if (tokenIds.length === 0) firstTokenMs = performance.now() - startMs;
      for (const id of batches[0] ?? []) tokenIds.push(Number(id));
    },
    end: () => undefined,
  };
  // Without an end token both sides write as many tokens as are asked for.
  const options = { max_new_tokens: maxNewTokens, do_sample: false, eos_token_id: null };
  await loaded().model.generate({ ...inputs, ...options, streamer });
  return { tokenIds, durationMs: performance.now() - startMs, firstTokenMs };
}

const calls: TheirsCalls = {
  load,
  plain: async (ask) => {
    const startMs = performance.now();
    return answer(startMs, await inputsOf(ask), ask.maxNewTokens);
  },
  prefixKeep: async (ask) => {
    const used = loaded().model;
    const { input_ids, pixel_values } = await inputsOf(ask);
    const ids = [...(input_ids.data as BigInt64Array)];
    const length = ids.lastIndexOf(BigInt(used.config.image_token_index)) + 1;
    const prefixIds = new Tensor('int64', BigInt64Array.from(ids.slice(0, length)), [1, length]);
    const attention_mask = new Tensor('int64', new BigInt64Array(length).fill(1n), [1, length]);
    const options = { max_new_tokens: 1, do_sample: false, return_dict_in_generate: true };
    prefix = (await used.generate({ input_ids: prefixIds, attention_mask, pixel_values, ...options })).past_key_values;
    return null;
  },
  afterPrefix: async (ask) => {
    if (!prefix) throw new Error('call prefixKeep() first');
    const startMs = performance.now();
    const { input_ids, attention_mask } = await inputsOf(ask);
    // A cache object of its own: generating moves the one that it is given on.
    const past_key_values = new DynamicCache({ ...prefix });
    return answer(startMs, { input_ids, attention_mask, past_key_values }, ask.maxNewTokens);
  },
};

const scope = globalThis as unknown as {
  readonly name: string;
  onmessage: ((event: MessageEvent<TheirsRequest>) => void) | null;
  postMessage(reply: TheirsReply): void;
};

async function reply({ id, kind, params }: TheirsRequest): Promise<void> {
  try {
    const call = calls[kind] as (given: typeof params) => Promise<unknown>;
    scope.postMessage({ id, ok: true, value: await call(params) });
  } catch (thrown) {
    scope.postMessage({
      id,
      ok: false,
      message: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    });
  }
}

// The runtime's threads start this script again under this name.
if (!scope.name.startsWith('em-pthread')) scope.onmessage = (event) => void reply(event.data);
