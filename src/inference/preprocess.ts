/** Turns two square pictures into the encoder's input; the normalisation is the manifest's. */
import type { ViewPixels } from './engine.ts';
import { engineError } from './errors.ts';
import type { Manifest } from './manifest.ts';

function viewChecked(view: ViewPixels, name: 'A' | 'B', sizePx: number): ViewPixels {
  if (view.sizePx !== sizePx) {
    throw engineError(
      'inference/failed',
      `View ${name} is ${view.sizePx} px wide, but the model takes ${sizePx} px. Render both views at ${sizePx} px.`,
      { view: name, sizePx: view.sizePx, modelSizePx: sizePx },
    );
  }
  const expected = 4 * sizePx * sizePx;
  if (view.data.length !== expected) {
    throw engineError(
      'inference/failed',
      `View ${name} holds ${view.data.length} bytes, but ${sizePx} × ${sizePx} RGBA pixels are ${expected}. Pass RGBA bytes without row padding.`,
      { view: name, bytes: view.data.length, expectedBytes: expected },
    );
  }
  return view;
}

/**
 * RGBA bytes, top row first, to float32 [2, 3, size, size]: view A, then view B, channels apart, value = (byte / 255 − mean) / std.
 * Alpha is ignored. Throws `inference/failed` when a picture has another size than the model takes.
 */
export function pixelValuesFromViews(a: ViewPixels, b: ViewPixels, image: Manifest['image']): Float32Array {
  const area = image.sizePx * image.sizePx;
  const out = new Float32Array(2 * 3 * area);
  const views = [viewChecked(a, 'A', image.sizePx), viewChecked(b, 'B', image.sizePx)];
  for (const [viewIndex, view] of views.entries()) {
    for (let channel = 0; channel < 3; channel++) {
      const scale = 1 / (255 * (image.std[channel] ?? 1));
      const shift = -(image.mean[channel] ?? 0) / (image.std[channel] ?? 1);
      const start = (viewIndex * 3 + channel) * area;
      for (let i = 0; i < area; i++) out[start + i] = (view.data[4 * i + channel] ?? 0) * scale + shift;
    }
  }
  return out;
}

/** The self-test's pixel values: ((i · 2654435761 + seed) mod 2³²) / 2³¹ − 1, as the manifest's schema says. */
export function pixelValuesFromSeed(seed: number, sizePx: number): Float32Array {
  const out = new Float32Array(2 * 3 * sizePx * sizePx);
  for (let i = 0; i < out.length; i++) out[i] = ((Math.imul(i, 2654435761) + seed) >>> 0) / 2147483648 - 1;
  return out;
}
