/** Coherent random palettes: a harmony of hues crossed with a tone, so that objects differ in more than one shade. */
import { Color, SRGBColorSpace } from 'three';
import type { Rng } from '../../core/rng';

export interface Palette {
  /** Two to five colours, most important first. */
  readonly colors: readonly Color[];
  readonly dark: Color;
  readonly light: Color;
  readonly steel: Color;
  readonly wood: Color;
  readonly glass: Color;
  readonly skin: Color;
  readonly leaf: Color;
}

type Tone = 'vivid' | 'plain' | 'muted' | 'pastel' | 'deep' | 'wood' | 'metal' | 'contrast';

/** Hue in turns, saturation and lightness in [0, 1], read as sRGB. Values outside are wrapped or clamped. */
function colorFromHsl(hueTurns: number, saturation: number, lightness: number): Color {
  const clamp = (v: number): number => Math.min(1, Math.max(0, v));
  return new Color().setHSL(hueTurns - Math.floor(hueTurns), clamp(saturation), clamp(lightness), SRGBColorSpace);
}

function hueOffsets(rng: Rng): readonly number[] {
  return rng.pick([
    [0, 0.03, -0.03, 0.06, -0.06],
    [0, 0.08, -0.08, 0.15, -0.15],
    [0, 0.5, 0.05, 0.55, -0.05],
    [0, 1 / 3, 2 / 3, 0.1, 0.4],
    [0, 0.42, 0.58, 0.08, -0.08],
    [0, 0.25, 0.5, 0.75, 0.1],
    [0, rng.next(), rng.next(), rng.next(), rng.next()],
    [0, rng.next(), rng.next(), rng.next(), rng.next()],
  ]);
}

function toneColor(rng: Rng, tone: Tone, hue: number, index: number): Color {
  switch (tone) {
    case 'vivid':
      return colorFromHsl(hue, rng.range(0.75, 1), rng.range(0.42, 0.6));
    case 'plain':
      return colorFromHsl(hue, rng.range(0.4, 0.8), rng.range(0.3, 0.68));
    case 'muted':
      return colorFromHsl(hue, rng.range(0.12, 0.38), rng.range(0.3, 0.7));
    case 'pastel':
      return colorFromHsl(hue, rng.range(0.4, 0.75), rng.range(0.7, 0.86));
    case 'deep':
      return colorFromHsl(hue, rng.range(0.35, 0.8), index === 0 ? rng.range(0.16, 0.28) : rng.range(0.2, 0.55));
    case 'wood':
      return index < 2
        ? colorFromHsl(rng.range(0.05, 0.1), rng.range(0.3, 0.6), rng.range(0.25, 0.62))
        : colorFromHsl(hue, rng.range(0.3, 0.8), rng.range(0.3, 0.7));
    case 'metal':
      return index < 2
        ? colorFromHsl(rng.range(0.55, 0.65), rng.range(0, 0.12), rng.range(0.4, 0.75))
        : colorFromHsl(hue, rng.range(0.5, 0.95), rng.range(0.4, 0.6));
    case 'contrast':
      return index === 0
        ? colorFromHsl(hue, rng.range(0, 0.15), rng.pick([0.14, 0.88]))
        : colorFromHsl(hue, rng.range(0.6, 1), rng.range(0.4, 0.6));
  }
}

/** A fresh palette from the stream. */
export function paletteFromRng(rng: Rng): Palette {
  const base = rng.next();
  const tone = rng.pick<Tone>([
    'vivid',
    'vivid',
    'plain',
    'plain',
    'muted',
    'pastel',
    'deep',
    'wood',
    'metal',
    'contrast',
  ]);
  const offsets = hueOffsets(rng);
  const count = 2 + rng.int(4);
  const colors = offsets.slice(0, count).map((offset, i) => toneColor(rng, tone, base + offset, i));
  // Harmonies of near hues need a second lightness, else parts melt into each other.
  const first = colors[0];
  const second = colors[1];
  if (first && second) {
    const a = first.getHSL({ h: 0, s: 0, l: 0 }, SRGBColorSpace);
    const b = second.getHSL({ h: 0, s: 0, l: 0 }, SRGBColorSpace);
    if (Math.abs(a.l - b.l) < 0.16) second.copy(colorFromHsl(b.h, b.s, a.l > 0.5 ? a.l - 0.27 : a.l + 0.27));
  }
  return {
    colors,
    dark: colorFromHsl(rng.next(), rng.range(0, 0.15), rng.range(0.07, 0.2)),
    light: colorFromHsl(rng.range(0.05, 0.17), rng.range(0, 0.35), rng.range(0.82, 0.96)),
    steel: colorFromHsl(rng.range(0.55, 0.68), rng.range(0, 0.15), rng.range(0.45, 0.75)),
    wood: colorFromHsl(rng.range(0.05, 0.1), rng.range(0.3, 0.6), rng.range(0.24, 0.6)),
    glass: colorFromHsl(
      rng.range(0.5, 0.62),
      rng.range(0.2, 0.6),
      rng.pick([rng.range(0.15, 0.3), rng.range(0.6, 0.8)]),
    ),
    skin: colorFromHsl(rng.range(0.03, 0.1), rng.range(0.3, 0.65), rng.range(0.3, 0.82)),
    leaf: colorFromHsl(rng.range(0.2, 0.42), rng.range(0.3, 0.75), rng.range(0.22, 0.5)),
  };
}
