/** The native backend: the shipped files under onnxruntime in Python, for large runs. Same items, same pictures. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFlipped } from '../../src/questions/eval-report';
import type { ViewpointItem } from '../../src/questions/item-generator';
import { optionsReversed, promptText } from '../../src/questions/prompt';
import { PROJECT_ROOT } from '../lib/tool-page';
import type { AnswerSwitches, ItemAnswers } from './page';

const LETTER_MAX_TOKENS = 8;

function pythonPath(): string {
  const own = join(PROJECT_ROOT, '.venv/bin/python');
  return process.env['PYTHON'] ?? (existsSync(own) ? own : 'python3');
}

interface NativeAnswer {
  readonly id: string;
  readonly optionLogProbs: readonly number[];
  readonly generated: string | null;
}

export type NativeWeights = 'q4' | 'u8';

/**
 * @param weights `q4`: the decoder as a graphics card runs it, `u8`: as a processor does
 * @param folder holds `pixels.u8` with A and B of every item in order; requests and answers are written beside it
 * @throws Error when Python or its packages are missing, with what to do
 */
export function answerNatively(
  items: readonly ViewpointItem[],
  switches: AnswerSwitches,
  modelFolder: string,
  folder: string,
  imageSizePx: number,
  weights: NativeWeights,
): ItemAnswers[] {
  const pixels = readFileSync(join(folder, 'pixels.u8'));
  const viewBytes = imageSizePx ** 2 * 3;
  const pairs: Buffer[] = [];
  const lines: string[] = [];
  /** About the pair that was pushed last. */
  const ask = (item: ViewpointItem, id: string, options: readonly string[], letterPrompt: string | null): void => {
    const wordsPrompt = promptText(item, 'words');
    lines.push(
      JSON.stringify({
        id,
        pair: pairs.length - 1,
        wordsPrompt,
        options,
        letterPrompt,
        maxNewTokens: LETTER_MAX_TOKENS,
      }),
    );
  };
  items.forEach((item, index) => {
    const at = index * 2 * viewBytes;
    const a = pixels.subarray(at, at + viewBytes);
    const b = pixels.subarray(at + viewBytes, at + 2 * viewBytes);
    const options = item.options.map(({ text }) => text);
    pairs.push(Buffer.concat([a, b]));
    ask(item, item.id, options, switches.generate ? promptText(item, 'letter') : null);
    if (switches.generate) {
      const reordered = { ...item, options: optionsReversed(item.options) };
      ask(item, `${item.id}/reordered`, [], promptText(reordered, 'letter'));
    }
    if (switches.swap && isFlipped(item.answerKey)) {
      pairs.push(Buffer.concat([b, a]));
      ask(item, `${item.id}/swapped`, options, null);
    }
  });
  writeFileSync(join(folder, 'pixels.u8'), Buffer.concat(pairs));
  writeFileSync(join(folder, 'items.jsonl'), `${lines.join('\n')}\n`);
  const { status } = spawnSync(
    pythonPath(),
    [
      join(PROJECT_ROOT, 'training/scripts/run_native.py'),
      '--model',
      modelFolder,
      '--items',
      folder,
      '--weights',
      weights,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, PYTHONPATH: join(PROJECT_ROOT, 'training') } },
  );
  if (status !== 0)
    throw new Error(
      'The native backend needs Python ≥ 3.11 with the packages of training/pyproject.toml (see training/README.md); ' +
        'the lines above say what is missing. "--backend browser" needs no Python.',
    );
  const answers = new Map<string, NativeAnswer>();
  for (const line of readFileSync(join(folder, 'answers.jsonl'), 'utf8').split('\n')) {
    if (!line) continue;
    const answer = JSON.parse(line) as NativeAnswer;
    answers.set(answer.id, answer);
  }
  return items.map(({ id }) => {
    const answer = answers.get(id);
    if (!answer) throw new Error(`the native backend gave no answer to item "${id}"`);
    return {
      itemId: id,
      optionLogProbs: answer.optionLogProbs,
      generated: answer.generated,
      reordered: answers.get(`${id}/reordered`)?.generated ?? null,
      swappedLogProbs: answers.get(`${id}/swapped`)?.optionLogProbs ?? null,
    };
  });
}
