/**
 * Answers questions about pairs of pictures: goes on after what a pair's questions begin with (pair-prefixes.ts),
 * and scores options or decodes greedily on continuations of it.
 */
import type { GenerateResult, PairPixels, ScoreResult } from '../engine.ts';
import { engineError } from '../errors.ts';
import { temperatureOf, type Manifest } from '../manifest.ts';
import type { GenerateParams, ScoreParams } from '../protocol.ts';
import type { Answerer } from './handler.ts';
import {
  logitsError,
  logProbsFromLogits,
  sequencesLogProbs,
  sharesFromLogProbs,
  type NextTokenLogProbs,
} from './option-trie.ts';
import { createPairPrefixes, type AskedQuestion } from './pair-prefixes.ts';
import { idsAppend, type AppendResult, type KvSnapshot, type ModelRuntime } from './runtime.ts';
import type { PromptTokenizer } from './tokenizer.ts';

export interface GeneratorDeps {
  readonly runtime: ModelRuntime;
  readonly tokenizer: PromptTokenizer;
  readonly manifest: Manifest;
  /** Milliseconds of a clock that only moves forward. */
  now(): number;
  /** Lets the worker read its messages, so that a cancel arrives between two runs. */
  pause(): Promise<void>;
}

export function argmax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
}

function lastRow(result: AppendResult): Float32Array {
  const row = result.logits[result.logits.length - 1];
  if (!row) throw engineError('inference/failed', 'The decoder gave no logits. Load the model again.');
  return row;
}

export function createGenerator({ runtime, tokenizer, manifest, now, pause }: GeneratorDeps): Answerer {
  const { text } = manifest;
  const endTokenId = text.endTokenIds[0] ?? -1;
  const prefixes = createPairPrefixes({ runtime, tokenizer, manifest, checkpoint });
  /** Learned from the first run that asks for several rows of logits. */
  let graphGivesAllRows = true;

  async function checkpoint(signal: AbortSignal): Promise<void> {
    await pause();
    signal.throwIfAborted();
  }

  /** The state after the question, which stays the pair's own. */
  async function ask(
    pair: PairPixels,
    prompt: string,
    answerTokens: number,
    signal: AbortSignal,
  ): Promise<AskedQuestion> {
    const ids = tokenizer.questionIds(prompt);
    const positions = tokenizer.prefixIds.length + ids.length + answerTokens;
    if (positions > text.maxPositions) {
      throw engineError(
        'inference/failed',
        `The question is too long: with pictures and answer it takes ${positions} tokens, the model has ${text.maxPositions}. Shorten the question.`,
        { tokens: positions, maxPositions: text.maxPositions },
      );
    }
    return prefixes.ask(pair, ids, signal);
  }

  async function score({ pair, prompt, options, questionId }: ScoreParams, signal: AbortSignal): Promise<ScoreResult> {
    const startMs = now();
    if (options.length === 0)
      throw engineError('inference/failed', 'There are no options to score. Pass at least one.');
    const sequences = options.map((option) => tokenizer.answerIds(option));
    const empty = sequences.findIndex((sequence) => sequence.length === 0);
    if (empty >= 0)
      throw engineError(
        'inference/failed',
        `Option ${empty + 1} of ${options.length} is empty. Pass a text for each option.`,
      );
    const { run, reused } = await ask(pair, prompt, Math.max(...sequences.map((sequence) => sequence.length)), signal);
    const logProbs = await sequencesLogProbs(
      sequences,
      endTokenId,
      { state: run.snapshot, next: logProbsFromLogits(lastRow(run)) },
      {
        append: async (state, ids) => {
          await checkpoint(signal);
          return optionAppend(state, ids);
        },
        release: (state) => runtime.release(state),
      },
    );
    const shares = sharesFromLogProbs(logProbs, temperatureOf(manifest, questionId));
    return {
      options: options.map((option, i) => ({
        text: option,
        logProb: logProbs[i] ?? Number.NaN,
        probability: shares[i] ?? Number.NaN,
      })),
      durationMs: now() - startMs,
      prefixReused: reused,
    };
  }

  /** One run where the graph gives a row of logits for each token, otherwise one run a token. */
  async function optionAppend(
    past: KvSnapshot,
    ids: readonly number[],
  ): Promise<{ state: KvSnapshot; after: NextTokenLogProbs[] }> {
    if (graphGivesAllRows || ids.length === 1) {
      const whole = await idsAppend(runtime, past, ids, ids.length);
      try {
        if (whole.logits.length === ids.length)
          return { state: whole.snapshot, after: whole.logits.map(logProbsFromLogits) };
      } catch (thrown) {
        runtime.release(whole.snapshot);
        throw thrown;
      }
      runtime.release(whole.snapshot);
      graphGivesAllRows = false;
    }
    const after: NextTokenLogProbs[] = [];
    let state = past;
    try {
      for (const id of ids) {
        const step = await idsAppend(runtime, state, [id], 1);
        if (state !== past) runtime.release(state);
        state = step.snapshot;
        after.push(logProbsFromLogits(lastRow(step)));
      }
      return { state, after };
    } catch (thrown) {
      if (state !== past) runtime.release(state);
      throw thrown;
    }
  }

  async function generate(
    { pair, prompt, maxNewTokens }: GenerateParams,
    onText: (textSoFar: string) => void,
    signal: AbortSignal,
  ): Promise<GenerateResult> {
    const startMs = now();
    const asked = await ask(pair, prompt, 1, signal);
    let { run } = asked;
    const tokenIds: number[] = [];
    let firstTokenMs = 0;
    const result = (finish: GenerateResult['finish']): GenerateResult => ({
      text: tokenizer.text(tokenIds),
      tokenIds,
      finish,
      firstTokenMs,
      durationMs: now() - startMs,
    });
    try {
      for (;;) {
        const row = lastRow(run);
        const id = argmax(row);
        if (!Number.isFinite(row[id])) throw logitsError();
        if (tokenIds.length === 0) firstTokenMs = now() - startMs;
        if (text.endTokenIds.includes(id)) return result('end');
        tokenIds.push(id);
        // A character of several bytes may be half there: what can't be decoded yet waits for its next token.
        onText(tokenizer.text(tokenIds).replace(/\uFFFD+$/u, ''));
        if (tokenIds.length >= maxNewTokens || run.snapshot.length >= text.maxPositions) return result('length');
        await pause();
        if (signal.aborted) {
          if (isAbort(signal.reason)) return result('aborted');
          signal.throwIfAborted();
        }
        const before = run;
        run = await idsAppend(runtime, before.snapshot, [id], 1);
        if (before !== asked.run) runtime.release(before.snapshot);
      }
    } finally {
      if (run !== asked.run) runtime.release(run.snapshot);
    }
  }

  return {
    prepare: prefixes.prepare,
    score,
    generate,
  };
}

function isAbort(reason: unknown): boolean {
  return reason instanceof Error && 'code' in reason && reason.code === 'inference/aborted';
}
