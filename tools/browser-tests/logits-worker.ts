/**
 * Runs in a worker of its own: a question's tokens and the raw logits where its answer begins, from the engine's own parts. The engine
 * itself gives shares and texts only.
 */
import { rungFirst } from '../../src/inference/device-ladder.ts';
import { manifestFilesFor, manifestFromText } from '../../src/inference/manifest.ts';
import type { Backend } from '../../src/inference/protocol.ts';
import { deviceChoose, type Gpu } from '../../src/inference/worker/device.ts';
import { createPairPrefixes } from '../../src/inference/worker/pair-prefixes.ts';
import { runtimeCreate } from '../../src/inference/worker/session.ts';
import { tokenizerFromFiles } from '../../src/inference/worker/tokenizer.ts';
import { pairFrom, type PairSource } from './pair-source.ts';

export interface LogitsAsk {
  readonly modelUrl: string;
  readonly backend: Backend;
  readonly items: readonly {
    readonly pair: PairSource;
    readonly prompt: string;
    /** Tokens whose logits are wanted. */
    readonly ids: readonly number[];
  }[];
}

export interface LogitsReply {
  readonly backend: Backend;
  readonly items: readonly { readonly questionIds: readonly number[]; readonly logits: readonly number[] }[];
}

async function logitsOf({ modelUrl, backend, items }: LogitsAsk): Promise<LogitsReply> {
  const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> =>
    new Uint8Array(await (await fetch(new URL(path, modelUrl))).arrayBuffer());
  const manifest = manifestFromText(new TextDecoder().decode(await read('manifest.json')), modelUrl);
  const { text, image } = manifest;
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const { path } of manifestFilesFor(manifest)) files.set(path, await read(path));
  const fileOf = (path: string): Uint8Array => files.get(path) ?? new Uint8Array();
  const tokenizer = tokenizerFromFiles(fileOf('tokenizer.json'), fileOf('tokenizer_config.json'), text);
  const wishes = { preferredBackend: backend, startRung: rungFirst(backend), threads: 1, fallbackReason: '' };
  const device = await deviceChoose(wishes, Reflect.get(navigator, 'gpu') as Gpu | undefined);
  const runtime = await runtimeCreate({ manifest, files, device, threads: 1 });

  const prefixes = createPairPrefixes({ runtime, tokenizer, manifest, checkpoint: async () => undefined });
  const answered: LogitsReply['items'][number][] = [];
  for (const { pair: source, prompt, ids } of items) {
    const questionIds = tokenizer.questionIds(prompt);
    const pair = pairFrom(source, image.sizePx);
    const { run } = await prefixes.ask(pair, questionIds, new AbortController().signal);
    const last = run.logits.at(-1);
    answered.push({ questionIds, logits: ids.map((id) => last?.[id] ?? Number.NaN) });
  }
  return { backend: device.backend, items: answered };
}

const scope = globalThis as unknown as {
  readonly name: string;
  onmessage: ((event: MessageEvent<LogitsAsk>) => void) | null;
  postMessage(reply: LogitsReply): void;
};

// The runtime's threads start this script again under this name. A rejection nobody catches reaches the page's `onerror`.
if (!scope.name.startsWith('em-pthread'))
  scope.onmessage = (event) =>
    void logitsOf(event.data).then(
      (reply) => scope.postMessage(reply),
      (thrown: unknown) =>
        setTimeout(() => {
          throw thrown;
        }),
    );
