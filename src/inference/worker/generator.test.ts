import { describe, expect, it } from 'vitest';
import { cancelError } from '../errors.ts';
import { argmax, createGenerator } from './generator.ts';
import { selfTest } from './self-test.ts';
import { MANIFEST, toyRuntime, view, type ToyRuntime } from './test-fixtures.ts';
import type { PromptTokenizer } from './tokenizer.ts';

/** Letters a…n are tokens 1…14; the prefix holds the four image tokens. */
const tokenizer: PromptTokenizer = {
  prefixIds: [1, 15, 15, 15, 15],
  openingIds: [],
  questionIds: (text) => [...letters(text), 14],
  answerIds: (text) => letters(text),
  text: (ids) => ids.map((id) => (id === 13 ? '\uFFFD' : String.fromCharCode(96 + id))).join(''),
};
const letters = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0) - 96);
const PREFIX = [1, 101, 102, 103, 104];
const pair = (key: string) => ({ key, a: view(16), b: view(16, 255) });
const open = new AbortController().signal;
const alone = (): boolean => false;

/** Always continues with the next letter and ends after `e`. */
const alphabet = (seen: readonly number[]): number[] => {
  const last = seen.at(-1) ?? 0;
  const next = last === 14 ? 2 : last === 5 ? 0 : last + 1;
  return Array.from({ length: 16 }, (_, id) => (id === next ? 3 : 0));
};

function generatorOn(runtime: ToyRuntime, manifest = MANIFEST) {
  let clock = 0;
  return createGenerator({ runtime, tokenizer, manifest, now: () => clock++, pause: async () => undefined });
}

describe('generator', () => {
  it('encodes and prefills a pair once, whatever is asked about it', async () => {
    const runtime = toyRuntime(alphabet);
    const generator = generatorOn(runtime);
    await generator.prepare(pair('p'), open, alone);
    expect(runtime.runs).toEqual([{ past: [], added: PREFIX }]);
    const question = { pair: pair('p'), prompt: 'ab', options: ['bc'] };
    expect(await generator.score(question, open)).toMatchObject({ prefixReused: true });
    expect(runtime.runs[1]).toEqual({ past: PREFIX, added: [1, 2, 14] });
    expect(runtime.encoderRuns).toBe(1);
    expect(await generator.score({ ...question, pair: pair('other') }, open)).toMatchObject({ prefixReused: false });
    expect(runtime.encoderRuns).toBe(2);
  });

  it('keeps the three pairs used last and frees the others', async () => {
    const runtime = toyRuntime(alphabet);
    const generator = generatorOn(runtime);
    for (const key of ['a', 'b', 'c', 'a', 'd']) await generator.prepare(pair(key), open, alone);
    expect(runtime.encoderRuns).toBe(4);
    expect(runtime.open.size).toBe(3);
    await generator.prepare(pair('a'), open, alone);
    expect(runtime.encoderRuns).toBe(4);
    await generator.prepare(pair('b'), open, alone);
    expect(runtime.encoderRuns).toBe(5);
  });

  it.each([true, false])(
    'scores options alike whether the graph gives all rows (%s) and frees all it made but pair and question',
    async (allRows) => {
      const runtime = toyRuntime(alphabet, allRows);
      const generator = generatorOn(runtime);
      const { options } = await generator.score(
        { pair: pair('p'), prompt: 'a', options: ['bcde', 'bcd', 'ccc'] },
        open,
      );
      // Each step: the rule's token has logit 3, the other 15 have 0.
      const hit = 3 - Math.log(Math.exp(3) + 15);
      const miss = hit - 3;
      const expected = [5 * hit, 3 * hit + miss, 4 * miss];
      options.forEach((option, i) => expect(option.logProb).toBeCloseTo(expected[i] ?? Number.NaN, 5));
      expect(options.reduce((sum, option) => sum + option.probability, 0)).toBeCloseTo(1, 9);
      // The manifest's temperature is 2, and the first two differ by one missed token.
      const [first, second] = options.map((option) => option.probability);
      expect((first ?? 0) / (second ?? 0)).toBeCloseTo(Math.exp((2 * hit - miss) / 2), 4);
      expect(runtime.open.size).toBe(2);
    },
  );

  it('takes the temperature of the question that is asked, where it has one of its own', async () => {
    const manifest = { ...MANIFEST, calibration: { temperature: 2, temperatures: { vertical: 4 } } };
    const generator = generatorOn(toyRuntime(alphabet), manifest);
    const odds = async (questionId?: string): Promise<number> => {
      const asked = { pair: pair('p'), prompt: 'a', options: ['bcde', 'bcd'], ...(questionId && { questionId }) };
      const [first, second] = (await generator.score(asked, open)).options.map(({ probability }) => probability);
      return Math.log((first ?? 0) / (second ?? 1));
    };
    const plain = await odds();
    expect(await odds('distance')).toBe(plain);
    expect(await odds('vertical')).toBeCloseTo(plain / 2, 9);
  });

  it('decodes greedily to the end token and streams the text so far', async () => {
    const runtime = toyRuntime(alphabet);
    const texts: string[] = [];
    const result = await generatorOn(runtime).generate(
      { pair: pair('p'), prompt: 'a', maxNewTokens: 9 },
      (text) => texts.push(text),
      open,
    );
    expect(result).toMatchObject({ text: 'bcde', tokenIds: [2, 3, 4, 5], finish: 'end' });
    expect(texts).toEqual(['b', 'bc', 'bcd', 'bcde']);
    expect(runtime.open.size).toBe(2);
  });

  it('stops at the length asked for, and at the last position of the model', async () => {
    const loop = toyRuntime((seen) => Array.from({ length: 16 }, (_, id) => (id === 7 && seen.length > 0 ? 1 : 0)));
    const generator = generatorOn(loop);
    const ask = (maxNewTokens: number) =>
      generator.generate({ pair: pair('p'), prompt: 'a', maxNewTokens }, () => undefined, open);
    expect(await ask(3)).toMatchObject({ text: 'ggg', finish: 'length' });
    const long = await ask(1000);
    expect(long.finish).toBe('length');
    // Prefix and question take 7 of 32 positions; the last token is read from the row before it.
    expect(long.tokenIds).toHaveLength(26);
  });

  it('holds back half a character', async () => {
    const texts: string[] = [];
    const halves = toyRuntime((seen) => {
      const next = seen.at(-1) === 14 ? 13 : seen.at(-1) === 13 ? 3 : 0;
      return Array.from({ length: 16 }, (_, id) => (id === next ? 1 : 0));
    });
    await generatorOn(halves).generate(
      { pair: pair('p'), prompt: 'a', maxNewTokens: 9 },
      (text) => texts.push(text),
      open,
    );
    expect(texts[0]).toBe('');
  });

  it('resolves an aborted generation with its text, and rejects one past its deadline', async () => {
    const runtime = toyRuntime(alphabet);
    const generator = generatorOn(runtime);
    for (const [reason, expected] of [
      ['aborted', { finish: 'aborted', text: 'bc' }],
      ['deadline', { code: 'inference/deadline' }],
    ] as const) {
      const controller = new AbortController();
      const onText = (text: string): void => void (text === 'bc' && controller.abort(cancelError(reason)));
      const outcome = generator
        .generate({ pair: pair('p'), prompt: 'a', maxNewTokens: 9 }, onText, controller.signal)
        .catch((error: unknown) => error);
      expect(await outcome).toMatchObject(expected);
    }
    expect(runtime.open.size).toBe(2);
  });

  it('rejects scoring that was aborted between runs, and frees all it made but pair and question', async () => {
    const runtime = toyRuntime(alphabet);
    const generator = generatorOn(runtime);
    await generator.prepare(pair('p'), open, alone);
    const controller = new AbortController();
    const call = generator.score({ pair: pair('p'), prompt: 'a', options: ['b', 'c'] }, controller.signal);
    controller.abort(cancelError('aborted'));
    await expect(call).rejects.toMatchObject({ code: 'inference/aborted' });
    expect(runtime.open.size).toBe(2);
  });

  it('frees what it made when a step of an option fails', async () => {
    const toy = toyRuntime(alphabet, false);
    let steps = 0;
    const append: ToyRuntime['append'] = async (past, embeddings, count, logitRows) => {
      // Prefix, question, the try for all rows, two steps; the third step fails.
      if (++steps === 6) throw new Error('step failed');
      return toy.append(past, embeddings, count, logitRows);
    };
    const generator = generatorOn(Object.assign(Object.create(toy) as ToyRuntime, { append }));
    const call = generator.score({ pair: pair('p'), prompt: 'a', options: ['bcde'] }, open);
    await expect(call).rejects.toThrow('step failed');
    expect(toy.open.size).toBe(2);
  });

  it.each([
    ['from the question on', 14, true],
    ['within an option', 2, true],
    ['within an option, in a graph that gives one row', 2, false],
  ])(
    'gives no bars and no text where logits are no numbers %s, and frees what it made',
    async (_case, brokenAfter, rows) => {
      const runtime = toyRuntime(
        (seen) => (seen.at(-1) === brokenAfter ? new Array<number>(16).fill(Number.NaN) : alphabet(seen)),
        rows,
      );
      const generator = generatorOn(runtime);
      const broken = { code: 'inference/failed', detail: { ofRuntime: 1 } };
      const question = { pair: pair('p'), prompt: 'a' };
      await expect(generator.score({ ...question, options: ['bc', 'bd'] }, open)).rejects.toMatchObject(broken);
      await expect(generator.generate({ ...question, maxNewTokens: 9 }, () => undefined, open)).rejects.toMatchObject(
        broken,
      );
      expect(runtime.open.size).toBe(2);
    },
  );

  it('says what is wrong with a question', async () => {
    const generator = generatorOn(toyRuntime(alphabet));
    const ask = (prompt: string, options: string[]) => generator.score({ pair: pair('p'), prompt, options }, open);
    await expect(ask('a', [])).rejects.toThrow(/no options/);
    await expect(ask('a', ['b', ''])).rejects.toThrow(/Option 2 of 2 is empty/);
    await expect(ask('a'.repeat(40), ['b'])).rejects.toThrow(/takes 47 tokens, the model has 32/);
    await expect(generator.prepare({ key: 'x', a: view(8), b: view(16) }, open, alone)).rejects.toThrow(
      /View A is 8 px wide, but the model takes 16 px/,
    );
  });
});

describe('argmax', () => {
  it('takes the first of equals', () => expect(argmax(Float32Array.from([-2, -1, -1]))).toBe(1));
});

describe('selfTest', () => {
  it('runs prefix and rest apart, and passes within the tolerance', async () => {
    const runtime = toyRuntime(alphabet);
    const manifest = { ...MANIFEST, selfTest: { ...MANIFEST.selfTest, topLogits: [3.005] } };
    await selfTest(runtime, manifest, 'webgpu-plain');
    expect(runtime.runs).toEqual([
      { past: [], added: PREFIX },
      { past: PREFIX, added: [3] },
    ]);
    expect(runtime.open.size).toBe(0);
  });
  it('names the worst token, its logit and the tolerance', async () => {
    await expect(selfTest(toyRuntime(alphabet), MANIFEST, 'wasm-threads')).rejects.toThrow(
      /token 4 of the self-test has logit 3.000, the model's is 4.000 \(tolerance 0.01\)/,
    );
    await expect(
      selfTest(
        toyRuntime(() => new Array<number>(16).fill(Number.NaN)),
        MANIFEST,
        'wasm-threads',
      ),
    ).rejects.toMatchObject({ code: 'runtime/self-test' });
  });
  it("holds a processor to its own decoder's logits, other devices to the 4-bit one's", async () => {
    const selfTestEntry = { ...MANIFEST.selfTest, processor: { topLogits: [3], tolerance: 0.1 } };
    const processorDecoder = { file: 'd', dataPath: 'd', dataSizeBytes: 0, tensors: [] };
    const manifest = { ...MANIFEST, graphs: { ...MANIFEST.graphs, processorDecoder }, selfTest: selfTestEntry };
    await selfTest(toyRuntime(alphabet), manifest, 'wasm-threads');
    await expect(selfTest(toyRuntime(alphabet), manifest, 'webgpu-plain')).rejects.toThrow(/the model's is 4.000/);
    // Without a decoder of its own a processor runs the 4-bit one.
    const withoutIts = { ...manifest, graphs: MANIFEST.graphs };
    await expect(selfTest(toyRuntime(alphabet), withoutIts, 'wasm-threads')).rejects.toThrow(/4.000/);
  });
  it('holds 16-bit floats to the logits of 32-bit ones, with a tolerance of their own', async () => {
    const manifest = {
      ...MANIFEST,
      graphs: { ...MANIFEST.graphs, halfDecoder: { file: 'd16', dataPath: 'd16.data' } },
      selfTest: { ...MANIFEST.selfTest, half: { tolerance: 1 } },
    };
    await selfTest(toyRuntime(alphabet), manifest, 'webgpu-half');
    const narrow = { ...manifest, selfTest: { ...manifest.selfTest, half: { tolerance: 0.5 } } };
    const half = selfTest(toyRuntime(alphabet), narrow, 'webgpu-half');
    await expect(half).rejects.toThrow(/is 4.000 \(tolerance 0.5\)/);
    const full = selfTest(toyRuntime(alphabet), manifest, 'webgpu-full');
    await expect(full).rejects.toThrow(/tolerance 0.01/);
  });
});
