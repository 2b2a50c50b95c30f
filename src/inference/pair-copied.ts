/** What of a pair is sent to the worker. */
import type { PairPixels } from './engine.ts';

/** A copy, because the pictures stay on the page; its buffers can then be transferred. */
export function pairCopied(pair: PairPixels): { pair: PairPixels; buffers: ArrayBuffer[] } {
  const a = new Uint8ClampedArray(pair.a.data);
  const b = new Uint8ClampedArray(pair.b.data);
  return {
    pair: { key: pair.key, a: { data: a, sizePx: pair.a.sizePx }, b: { data: b, sizePx: pair.b.sizePx } },
    buffers: [a.buffer, b.buffer],
  };
}
