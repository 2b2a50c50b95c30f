import { describe, expect, it } from 'vitest';
import { cancelError } from '../errors.ts';
import { createPairPrefixes, featuresMerge } from './pair-prefixes.ts';
import { MANIFEST, toyRuntime, view } from './test-fixtures.ts';

const PICTURES = [1, 101, 102, 103, 104];
const OPENING = [7, 8];
const open = new AbortController().signal;
const alone = (): boolean => false;
const pair = (key: string) => ({ key, a: view(16), b: view(16, 255) });

function setUp() {
  const runtime = toyRuntime(() => new Array<number>(16).fill(0));
  const tokenizer = { prefixIds: [1, 15, 15, 15, 15], openingIds: OPENING };
  const checkpoint = async (signal: AbortSignal): Promise<void> => signal.throwIfAborted();
  return { runtime, prefixes: createPairPrefixes({ runtime, tokenizer, manifest: MANIFEST, checkpoint }) };
}

describe('createPairPrefixes', () => {
  it('prepares pictures and the words that questions begin with in one run, and appends the rest only', async () => {
    const { runtime, prefixes } = setUp();
    await prefixes.prepare(pair('p'), open, alone);
    expect(runtime.runs).toEqual([{ past: [], added: [...PICTURES, ...OPENING] }]);
    const { run, reused } = await prefixes.ask(pair('p'), [7, 8, 9, 3], open);
    expect([run.snapshot.length, run.logits.length, reused]).toEqual([PICTURES.length + 4, 1, true]);
    expect(runtime.runs[1]).toEqual({ past: [...PICTURES, ...OPENING], added: [9, 3] });
    expect(runtime.runs).toHaveLength(2);
  });

  it.each([
    { questionIds: [7, 9, 3], of: 'that turns off within the opening' },
    { questionIds: [7], of: 'that ends within it' },
    { questionIds: [3], of: 'in own words' },
  ])('goes on after the pictures alone with a question $of, without encoding them again', async ({ questionIds }) => {
    const { runtime, prefixes } = setUp();
    await prefixes.prepare(pair('p'), open, alone);
    expect(await prefixes.ask(pair('p'), questionIds, open)).toMatchObject({ reused: false });
    expect(runtime.runs.slice(1)).toEqual([
      { past: [], added: PICTURES },
      { past: PICTURES, added: questionIds },
    ]);
    expect(await prefixes.ask(pair('p'), [...questionIds, 2], open)).toMatchObject({ reused: true });
    expect(await prefixes.ask(pair('p'), [...OPENING, 2], open)).toMatchObject({ reused: true });
    expect(runtime.encoderRuns).toBe(1);
  });

  it('keeps the question that was asked last, and frees it for another one', async () => {
    const { runtime, prefixes } = setUp();
    const first = await prefixes.ask(pair('p'), [7, 8, 9], open);
    expect(await prefixes.ask(pair('p'), [7, 8, 9], open)).toEqual({ run: first.run, reused: true });
    expect([runtime.runs.length, runtime.open.size]).toEqual([2, 2]);
    const other = await prefixes.ask(pair('p'), [7, 8, 3], open);
    expect([runtime.runs.length, runtime.open.size]).toEqual([3, 2]);
    expect(other.run).not.toBe(first.run);
  });

  it('appends to the next pair what the one before was asked first, before anybody asks', async () => {
    const { runtime, prefixes } = setUp();
    await prefixes.ask(pair('p'), [7, 8, 9], open);
    await prefixes.ask(pair('p'), [7, 8, 3], open);
    await prefixes.prepare(pair('q'), open, alone);
    const { length } = runtime.runs;
    expect(runtime.runs.at(-1)).toEqual({ past: [...PICTURES, ...OPENING], added: [9] });
    expect(await prefixes.ask(pair('q'), [7, 8, 9], open)).toMatchObject({ reused: true });
    await prefixes.prepare(pair('q'), open, alone);
    expect(runtime.runs).toHaveLength(length);
  });

  it('appends nothing while another request waits, nor a question in own words', async () => {
    const { runtime, prefixes } = setUp();
    await prefixes.ask(pair('p'), [7, 8, 9], open);
    await prefixes.prepare(pair('q'), open, () => true);
    expect(runtime.runs.at(-1)).toEqual({ past: [], added: [...PICTURES, ...OPENING] });
    await prefixes.ask(pair('q'), [3], open);
    await prefixes.prepare(pair('r'), open, alone);
    expect(runtime.runs.at(-1)).toEqual({ past: [], added: [...PICTURES, ...OPENING] });
  });

  it('frees all states of the pair that was used longest ago', async () => {
    const { runtime, prefixes } = setUp();
    await prefixes.prepare(pair('a'), open, alone);
    await prefixes.ask(pair('a'), [3], open);
    for (const key of ['b', 'c']) await prefixes.prepare(pair(key), open, alone);
    expect(runtime.open.size).toBe(5);
    await prefixes.prepare(pair('d'), open, alone);
    expect(runtime.open.size).toBe(3);
    expect(await prefixes.ask(pair('a'), [3], open)).toMatchObject({ reused: false });
  });

  it('keeps what was encoded when it is cancelled, and frees all it made later', async () => {
    const { runtime, prefixes } = setUp();
    const controller = new AbortController();
    const call = prefixes.prepare(pair('p'), controller.signal, alone);
    controller.abort(cancelError('aborted'));
    await expect(call).rejects.toMatchObject({ code: 'inference/aborted' });
    await prefixes.prepare(pair('p'), open, alone);
    expect([runtime.encoderRuns, runtime.open.size]).toEqual([1, 1]);
  });
});

describe('featuresMerge', () => {
  it('names both counts when image tokens and features differ', () => {
    expect(() => featuresMerge(new Float32Array(2), [15, 1], new Float32Array(3), MANIFEST.text)).toThrow(
      /gives 3 image tokens, but the prompt holds 1/,
    );
  });
});
