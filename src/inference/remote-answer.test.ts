import { describe, expect, it } from 'vitest';
import { optionNamed, optionSharesFromAnswer, streamDeltas } from './remote-answer.ts';

const OPTIONS = ['Move to the left', 'Move to the right', 'No movement'];

const delta = (content: string): string => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;

describe('answers', () => {
  it.each([
    ['Move to the left', 0],
    ['**move to the RIGHT.**', 1],
    ['The answer is: no movement', 2],
    ['left', undefined],
    ['Move to the left or move to the right', undefined],
  ])('%s names option %s', (answer, option) => {
    expect(optionNamed(answer, OPTIONS)).toBe(option);
  });

  it('keeps signs and decimals of numbers apart', () => {
    expect(optionNamed('+30°', ['-30°', '+30°'])).toBe(1);
    expect(optionNamed('It is 1.5', ['1.5', '15'])).toBe(0);
    expect(optionNamed('The answer is −30°.', ['-30°', '+30°'])).toBe(0);
  });

  it('gives all to the only option', () => {
    expect(optionSharesFromAnswer('yes', ['yes'], -3)?.shares).toEqual([1]);
  });

  it('never lets an option lead that was not named, however unlikely the wording was', () => {
    for (const probability of [1, 0.74, 0.34, 0.3, 1e-9]) {
      const found = optionSharesFromAnswer('Move to the right.', OPTIONS, Math.log(probability));
      const shares = found?.shares ?? [];
      expect(shares.indexOf(Math.max(...shares))).toBe(1);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
      // Below an equal share the number says nothing about the options.
      expect(found?.isAnswerOnly).toBe(probability <= 1 / 3);
    }
  });

  it('does not count what is thought aloud', () => {
    const thought = '<think>Move to the left? No, No movement? No.</think>\nMove to the right';
    expect(optionNamed(thought, OPTIONS)).toBe(1);
    expect(optionNamed('<think>Perhaps: move to the left', OPTIONS)).toBeUndefined();
    expect(optionNamed('Move to the left? No.</think>Move to the right', OPTIONS)).toBe(1);
    expect(optionNamed('<thinking>left</thinking> Move to the left <think>or', OPTIONS)).toBe(0);
  });

  it('reads events that are cut anywhere, and errors in the stream', async () => {
    const whole = new TextEncoder().encode(`${delta('grün')}${delta('e\u2028')}`.replaceAll('\n', '\r\n'));
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => {
        for (let i = 0; i < whole.length; i += 7) controller.enqueue(whole.slice(i, i + 7));
        controller.close();
      },
    });
    const texts: string[] = [];
    const headers = { 'content-type': 'text/event-stream' };
    for await (const { text } of streamDeltas(new Response(stream, { headers }))) texts.push(text ?? '');
    expect(texts.join('')).toBe('grüne\u2028');
    const failing = new Response('data: {"error":{"message":"overloaded"}}\n\n', { headers });
    await expect(streamDeltas(failing).next()).rejects.toThrow(/said: "overloaded"/);
    const brief = new Response('data: {"error":"overloaded"}\n\n', { headers });
    await expect(streamDeltas(brief).next()).rejects.toThrow(/said: "overloaded"/);
    // A field of its own in older servers of llama.cpp, with the stream's end behind it.
    for (const error of ['{"code":500,"message":"overloaded"}', 'overloaded']) {
      const own = streamDeltas(new Response(`${delta('so')}error: ${error}\n\ndata: [DONE]\n\n`, { headers }));
      expect((await own.next()).value).toMatchObject({ text: 'so' });
      await expect(own.next()).rejects.toThrow(/stopped answering and said: "overloaded"/);
    }
  });
});
