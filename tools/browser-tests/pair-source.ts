/** Pairs of pictures as the tests send them to a page: plain data. */
import type { PairPixels } from '../../src/inference/engine.ts';
import { patternPixels } from './pattern-pixels.ts';

/** Two patterns by their seeds, or two pictures: RGBA from the top row on, in base64. */
export type PairSource =
  | { readonly seedA: number; readonly seedB: number }
  | { readonly name: string; readonly rgbaA: string; readonly rgbaB: string };

/** The pair for an engine whose pictures are `sizePx` wide. Error when a picture has another size. */
export function pairFrom(source: PairSource, sizePx: number): PairPixels {
  if ('seedA' in source) {
    const view = (seed: number) => ({ data: patternPixels(seed, sizePx), sizePx });
    return { key: `${source.seedA}/${source.seedB}`, a: view(source.seedA), b: view(source.seedB) };
  }
  const view = (rgba: string) => {
    const data = Uint8ClampedArray.from(atob(rgba), (character) => character.charCodeAt(0));
    if (data.length !== 4 * sizePx * sizePx)
      throw new Error(`${source.name} has ${data.length / 4} pixels, the model takes ${sizePx} × ${sizePx}`);
    return { data, sizePx };
  };
  return { key: source.name, a: view(source.rgbaA), b: view(source.rgbaB) };
}
