/**
 * The decoder in 16-bit floats against the one in 32-bit floats, both run by the page's own runtime in Node: for machines whose browser
 * finds no graphics adapter with `shader-f16`.
 *
 *   npm install --no-save webgpu
 *   npm run check:half -- [--model public/models/viewpoint-v0] [--pairs 2] [--tokens 6]
 *
 * The package's WebGPU is Chromium's, over the system's Vulkan; onnxruntime-web's kernels are the page's. Without a graphics card Mesa's
 * lavapipe serves, from version 25 on (Debian: mesa-vulkan-drivers of bookworm-backports or later); its times say nothing about a card.
 * Ends with an error when a self-test does not pass, a written token differs, or one of the ten likeliest tokens is further off than the
 * manifest's tolerance for 16-bit floats.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DeviceRung } from '../../src/inference/device-ladder.ts';
import { median } from '../bench/report';
import { commandLine, wholeNumber } from '../lib/command-line';
import { decoderRun, type DecoderRun } from './decoder-run';

const LIKELY = 10;

const { values } = commandLine(import.meta.filename, {
  model: { type: 'string', default: 'public/models/viewpoint-v0' },
  pairs: { type: 'string', default: '2' },
  tokens: { type: 'string', default: '6' },
  /** A run of its own, whose result goes to `out`. */
  rung: { type: 'string' },
  out: { type: 'string' },
});
const folder = resolve(values.model ?? '');
const pairs = wholeNumber('pairs', values.pairs, 1);
const tokens = wholeNumber('tokens', values.tokens, 0);

async function runApart(rung: DeviceRung, out: string): Promise<DecoderRun> {
  const options = [
    '--model',
    folder,
    '--pairs',
    String(pairs),
    '--tokens',
    String(tokens),
    '--rung',
    rung,
    '--out',
    out,
  ];
  const child = spawn(process.execPath, [...process.execArgv, import.meta.filename, ...options], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The run on ${rung} ended with code ${String(code)}.`);
  return JSON.parse(readFileSync(out, 'utf8')) as DecoderRun;
}

/** Prints what differs; gives the complaints. */
function compare(full: DecoderRun, half: DecoderRun, tolerance: number): string[] {
  const complaints: string[] = [];
  for (const [name, run] of Object.entries({ '32 bits': full, '16 bits': half })) {
    const times = `start ${(run.startMs / 1000).toFixed(1)} s, prompt ${median(run.promptMs).toFixed(0)} ms, token ${median(run.tokenMs).toFixed(0)} ms`;
    console.log(`${name} on ${run.adapter}: self-test ${run.selfTest || 'passed'}; ${times}`);
    if (run.selfTest) complaints.push(`${name}: ${run.selfTest}`);
  }
  for (const [i, expected] of full.pairs.entries()) {
    const found = half.pairs[i];
    let anywhere = 0;
    let likely = 0;
    for (const [step, row] of expected.logits.entries()) {
      // Behind another token other logits are right.
      if (expected.tokenIds.slice(0, step).join() !== found?.tokenIds.slice(0, step).join()) break;
      const errors = row.map((value, id) => Math.abs(value - (found.logits[step]?.[id] ?? Number.NaN)));
      const best = row.map((_, id) => id).toSorted((a, b) => (row[b] ?? 0) - (row[a] ?? 0));
      anywhere = Math.max(anywhere, ...errors);
      likely = Math.max(likely, ...best.slice(0, LIKELY).map((id) => errors[id] ?? Number.NaN));
    }
    console.log(
      `pair ${i}: off by ${likely.toFixed(3)} among the ${LIKELY} likeliest tokens, ${anywhere.toFixed(3)} anywhere; wrote ${expected.tokenIds.join(' ')} and ${found?.tokenIds.join(' ')}`,
    );
    if (!(likely <= tolerance)) complaints.push(`pair ${i} is off by ${likely} (tolerance ${tolerance})`);
    if (expected.tokenIds.join() !== found?.tokenIds.join()) complaints.push(`pair ${i} is answered otherwise`);
  }
  return complaints;
}

if (values.out !== undefined) {
  const rung = values.rung as DeviceRung;
  writeFileSync(values.out, JSON.stringify(await decoderRun(folder, rung, pairs, tokens)));
  process.exit(0);
}
const { selfTest } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
  selfTest: { half?: { tolerance: number } };
};
const work = mkdtempSync(join(tmpdir(), 'half-floats-'));
try {
  const full = await runApart('webgpu-plain', join(work, 'full.json'));
  const half = await runApart('webgpu-half', join(work, 'half.json'));
  const complaints = compare(full, half, selfTest.half?.tolerance ?? 0);
  for (const complaint of complaints) console.error(complaint);
  process.exitCode = complaints.length > 0 ? 1 : 0;
} finally {
  rmSync(work, { recursive: true });
}
