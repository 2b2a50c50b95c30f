/** The native backend: the shipped files under onnxruntime in Python, for large runs. Same items, same pictures. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ViewpointItem } from '../../src/questions/item-generator';
import { promptText } from '../../src/questions/prompt';
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

/**
 * @param folder holds `pixels.u8` with A and B of every item in order; requests and answers are written beside it
 * @throws Error when Python or its packages are missing, with what to do
 */
export function answerNatively(
  items: readonly ViewpointItem[],
  switches: AnswerSwitches,
  modelFolder: string,
  folder: string,
  imageSizePx: number,
): ItemAnswers[] {
  const pixels = readFileSync(join(folder, 'pixels.u8'));
  const viewBytes = imageSizePx ** 2 * 3;
  const pairs: Buffer[] = [];
  const lines: string[] = [];
  const ask = (item: ViewpointItem, id: string, views: readonly [Buffer, Buffer], generate: boolean): void => {
    lines.push(
      JSON.stringify({
        id,
        pair: pairs.length,
        wordsPrompt: promptText(item, 'words'),
        options: item.options.map(({ text }) => text),
        letterPrompt: generate ? promptText(item, 'letter') : null,
        maxNewTokens: LETTER_MAX_TOKENS,
      }),
    );
    pairs.push(Buffer.concat(views));
  };
  items.forEach((item, index) => {
    const at = index * 2 * viewBytes;
    const a = pixels.subarray(at, at + viewBytes);
    const b = pixels.subarray(at + viewBytes, at + 2 * viewBytes);
    ask(item, item.id, [a, b], switches.generate);
    if (switches.swap && item.answerKey !== 'none') ask(item, `${item.id}/swapped`, [b, a], false);
  });
  writeFileSync(join(folder, 'pixels.u8'), Buffer.concat(pairs));
  writeFileSync(join(folder, 'items.jsonl'), `${lines.join('\n')}\n`);
  const { status } = spawnSync(
    pythonPath(),
    [join(PROJECT_ROOT, 'training/scripts/run_native.py'), '--model', modelFolder, '--items', folder],
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
      swappedLogProbs: answers.get(`${id}/swapped`)?.optionLogProbs ?? null,
    };
  });
}
