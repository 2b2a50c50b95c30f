/** Runs in the browser: one trial of one engine, the same steps for both. */
import { createWorkerEngine } from '../../src/inference/client';
import { patternPixels } from '../browser-tests/pattern-pixels';
import type { Answered, Ask, BenchPage, TheirsCalls, TheirsReply, TrialPlan, TrialResult } from './protocol';

interface Contender {
  /** Gives the name of what it runs on. */
  load(): Promise<string>;
  /** What an engine does by itself while the cameras rest. */
  rest(ask: Ask): Promise<void>;
  /** A question about a pair that was never seen, or was prepared by `rest`. */
  first(ask: Ask): Promise<Answered>;
  /** What must be there for `second` and comes for free with the answer before; not timed. */
  between(ask: Ask): Promise<void>;
  second(ask: Ask): Promise<Answered>;
  /** Undefined where there is no call that reuses less. */
  readonly secondPlain: ((ask: Ask) => Promise<Answered>) | undefined;
}

function ours(plan: TrialPlan): Contender {
  const { modelUrl, backend, threads } = plan;
  const engine = createWorkerEngine({ modelUrl, preferredBackend: backend, threads });
  const pairOf = ({ seedA, seedB, sizePx }: Ask) => {
    const view = (seed: number) => ({ data: patternPixels(seed, sizePx), sizePx });
    return { key: `${seedA}/${seedB}`, a: view(seedA), b: view(seedB) };
  };
  const generate = async (ask: Ask): Promise<Answered> => {
    const startMs = performance.now();
    const { prompt, maxNewTokens } = ask;
    const { tokenIds, firstTokenMs } = await engine.generate(pairOf(ask), { prompt, maxNewTokens });
    return { tokenIds, firstTokenMs, durationMs: performance.now() - startMs };
  };
  return {
    load: async () => {
      const { device } = await engine.load();
      if (device.backend !== backend) throw new Error(`ours runs on ${device.backend}: ${device.fallbackReason}`);
      return `${device.backend}, ${device.threads} threads`;
    },
    rest: (ask) => engine.prepare(pairOf(ask)),
    first: generate,
    between: async () => undefined,
    second: generate,
    secondPlain: undefined,
  };
}

function theirs(plan: TrialPlan): Contender {
  const worker = new Worker(new URL('./theirs-worker.ts', import.meta.url), { type: 'module', name: 'theirs' });
  const waiting = new Map<number, (reply: TheirsReply) => void>();
  let nextId = 1;
  worker.onmessage = (event: MessageEvent<TheirsReply>) => waiting.get(event.data.id)?.(event.data);
  worker.onerror = (event) =>
    waiting.forEach((settle, id) => settle({ id, ok: false, message: event.message || 'the script did not load' }));
  const call = <K extends keyof TheirsCalls>(kind: K, params: Parameters<TheirsCalls[K]>[0]) =>
    new Promise<Awaited<ReturnType<TheirsCalls[K]>>>((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, (reply) => {
        waiting.delete(id);
        if (reply.ok) resolve(reply.value as Awaited<ReturnType<TheirsCalls[K]>>);
        else reject(new Error(`theirs: ${reply.message}`));
      });
      worker.postMessage({ id, kind, params });
    });
  const timed = async (kind: 'plain' | 'afterPrefix', ask: Ask): Promise<Answered> => {
    const startMs = performance.now();
    const answered = await call(kind, ask);
    return { ...answered, durationMs: performance.now() - startMs };
  };
  const { hostUrl, modelId, backend: device, threads } = plan;
  return {
    load: async () => `onnxruntime-web ${await call('load', { hostUrl, modelId, device, threads })}`,
    rest: async () => undefined,
    first: (ask) => timed('plain', ask),
    between: async (ask) => void (await call('prefixKeep', ask)),
    second: (ask) => timed('afterPrefix', ask),
    secondPlain: (ask) => timed('plain', ask),
  };
}

async function trial(contender: Contender, plan: TrialPlan): Promise<TrialResult> {
  const ask = (pair: number, prompt: string, maxNewTokens: number): Ask => ({
    seedA: 100 * plan.seed + 2 * pair,
    seedB: 100 * plan.seed + 2 * pair + 1,
    sizePx: plan.sizePx,
    prompt,
    maxNewTokens,
  });
  const startMs = performance.now();
  const runtime = await contender.load();
  const loadMs = performance.now() - startMs;

  const cold = await contender.first(ask(0, plan.question, plan.answerTokens));

  const prepared = ask(1, plan.question, plan.answerTokens);
  const rested = contender.rest(prepared);
  await new Promise((resolve) => setTimeout(resolve, plan.restMs));
  const first = await contender.first(prepared);
  await rested;

  const other = ask(1, plan.otherQuestion, plan.answerTokens);
  await contender.between(other);
  const second = await contender.second(other);
  const plain = await contender.secondPlain?.(other);

  await contender.between(other);
  const decode = await contender.second(ask(1, plan.longQuestion, plan.decodeTokens));
  const steps = decode.tokenIds.length - 1;
  return {
    loadMs,
    firstColdMs: cold.durationMs,
    firstPreparedMs: first.durationMs,
    secondAnswerMs: second.durationMs,
    secondAnswerPlainMs: plain?.durationMs ?? null,
    tokensPerSecond: (1000 * steps) / (decode.durationMs - decode.firstTokenMs),
    tokenIds: {
      firstCold: cold.tokenIds,
      firstPrepared: first.tokenIds,
      secondAnswer: second.tokenIds,
      decode: decode.tokenIds,
    },
    runtime,
  };
}

const page: BenchPage = {
  trial: async (engine, plan) => {
    // The worker stays until the page is closed: its memory is read from outside afterwards.
    return trial(engine === 'ours' ? ours(plan) : theirs(plan), plan);
  },
};

declare global {
  interface Window {
    benchPage: BenchPage;
  }
}
window.benchPage = page;
document.documentElement.dataset['ready'] = 'bench';
