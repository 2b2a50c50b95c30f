import { describe, expect, it } from 'vitest';
import { cancelError } from '../errors.ts';
import { createPairPrefixes, featuresMerge } from './pair-prefixes.ts';
import { MANIFEST, toyRuntime, view } from './test-fixtures.ts';

const PICTURES = [1, 101, 102, 103, 104];
const OPENING = [7, 8];
const open = new AbortController().signal;
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
    await prefixes.prepare(pair('p'), open);
    expect(runtime.runs).toEqual([{ past: [], added: [...PICTURES, ...OPENING] }]);
    const begun = await prefixes.begin(pair('p'), [7, 8, 9, 3], open);
    expect(begun).toMatchObject({ restIds: [9, 3], reused: true });
    expect(begun.snapshot.length).toBe(PICTURES.length + OPENING.length);
    expect(runtime.runs).toHaveLength(1);
  });

  it.each([
    { questionIds: [7, 9, 3], of: 'that turns off within the opening' },
    { questionIds: [7], of: 'that ends within it' },
    { questionIds: [3], of: 'in own words' },
  ])('goes on after the pictures alone with a question $of, without encoding them again', async ({ questionIds }) => {
    const { runtime, prefixes } = setUp();
    await prefixes.prepare(pair('p'), open);
    expect(await prefixes.begin(pair('p'), questionIds, open)).toMatchObject({ restIds: questionIds, reused: false });
    expect(runtime.runs[1]).toEqual({ past: [], added: PICTURES });
    expect(await prefixes.begin(pair('p'), questionIds, open)).toMatchObject({ reused: true });
    expect(await prefixes.begin(pair('p'), [...OPENING, 2], open)).toMatchObject({ restIds: [2], reused: true });
    expect(runtime.encoderRuns).toBe(1);
  });

  it('frees both states of the pair that was used longest ago', async () => {
    const { runtime, prefixes } = setUp();
    await prefixes.prepare(pair('a'), open);
    await prefixes.begin(pair('a'), [3], open);
    for (const key of ['b', 'c']) await prefixes.prepare(pair(key), open);
    expect(runtime.open.size).toBe(4);
    await prefixes.prepare(pair('d'), open);
    expect(runtime.open.size).toBe(3);
    expect(await prefixes.begin(pair('a'), [3], open)).toMatchObject({ reused: false });
  });

  it('keeps what was encoded when it is cancelled, and frees all it made later', async () => {
    const { runtime, prefixes } = setUp();
    const controller = new AbortController();
    const call = prefixes.prepare(pair('p'), controller.signal);
    controller.abort(cancelError('aborted'));
    await expect(call).rejects.toMatchObject({ code: 'inference/aborted' });
    await prefixes.prepare(pair('p'), open);
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
