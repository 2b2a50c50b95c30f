/** The native backend: the shipped files under onnxruntime in Python, for large runs. Same items, same pictures. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, closeSync, existsSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFlipped } from '../../src/questions/eval-report';
import type { ViewpointItem } from '../../src/questions/item-generator';
import { optionsRotated, promptText } from '../../src/questions/prompt';
import { PROJECT_ROOT } from '../lib/tool-page';
import { LETTER_MAX_TOKENS, REASONED_MAX_TOKENS } from './answer-lengths';
import type { AnswerSwitches, ItemAnswers } from './page';

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
 * Appends to a file of pairs those at `places` with A and B exchanged, one pair at a time: Node neither reads nor writes
 * more than 2 GiB at once.
 * @param path views of `viewBytes` each, A then B of every pair
 * @throws Error that names the first pair that the file does not hold
 */
export function exchangedPairsAppend(path: string, places: readonly number[], viewBytes: number): void {
  const file = openSync(path, 'a+');
  try {
    const exchanged = Buffer.alloc(2 * viewBytes);
    for (const place of places) {
      const at = place * 2 * viewBytes;
      const read =
        readSync(file, exchanged, viewBytes, viewBytes, at) + readSync(file, exchanged, 0, viewBytes, at + viewBytes);
      if (read !== exchanged.length) throw new Error(`${path} holds no pair ${place}: it was not rendered.`);
      appendFileSync(file, exchanged);
    }
  } finally {
    closeSync(file);
  }
}

/**
 * @param weights `q4`: the decoder as a graphics card runs it, `u8`: as a processor does
 * @param folder holds `pixels.u8` with A and B of every item in order, to which exchanged pairs are appended; requests and
 *   answers are written beside it
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
  const exchanged: number[] = [];
  const lines: string[] = [];
  items.forEach((item, index) => {
    const wordsPrompt = promptText(item, 'words');
    const ask = (
      id: string,
      pair: number,
      options: readonly string[],
      writtenPrompt: string | null,
      maxNewTokens = LETTER_MAX_TOKENS,
    ): void => {
      lines.push(JSON.stringify({ id, pair, wordsPrompt, options, writtenPrompt, maxNewTokens }));
    };
    const options = item.options.map(({ text }) => text);
    ask(item.id, index, options, switches.generate ? promptText(item, 'letter') : null);
    if (switches.generate) {
      const rotated = { ...item, options: optionsRotated(item.options) };
      ask(`${item.id}/rotated`, index, [], promptText(rotated, 'letter'));
    }
    if (switches.reason) ask(`${item.id}/reasoned`, index, [], promptText(item, 'reasoned'), REASONED_MAX_TOKENS);
    if (switches.swap && isFlipped(item.answerKey)) {
      exchanged.push(index);
      ask(`${item.id}/swapped`, items.length + exchanged.length - 1, options, null);
    }
  });
  exchangedPairsAppend(join(folder, 'pixels.u8'), exchanged, imageSizePx ** 2 * 3);
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
      rotated: answers.get(`${id}/rotated`)?.generated ?? null,
      reasoned: answers.get(`${id}/reasoned`)?.generated ?? null,
      swappedLogProbs: answers.get(`${id}/swapped`)?.optionLogProbs ?? null,
    };
  });
}
