/** Pictures that TypeScript and Python make alike without a renderer; see src/contract/golden/README.md. */
export function patternPixels(seed: number, sizePx: number): Uint8ClampedArray {
  const data = new Uint8ClampedArray(4 * sizePx * sizePx);
  const start = Math.imul(seed, 2246822519);
  for (let pixel = 0; pixel < sizePx * sizePx; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const index = 3 * pixel + channel;
      data[4 * pixel + channel] = ((Math.imul(index, 2654435761) + start) >>> 0) >>> 24;
    }
    data[4 * pixel + 3] = 255;
  }
  return data;
}
