/**
 * How a pair of views is lit and what stands behind the object: plain data, stored with every item, so that a picture
 * can be made again exactly. Sampled as the evaluation is (src/questions/README.md).
 */
import type { Rng } from './rng';

/** sRGB, `#rrggbb`. */
export type HexColor = `#${string}`;

/** Backgrounds are fixed to the picture, never to the world: they must not tell how the camera moved. */
export type Background =
  | { readonly kind: 'plain'; readonly color: HexColor }
  | { readonly kind: 'gradient'; readonly top: HexColor; readonly bottom: HexColor }
  | {
      readonly kind: 'texture';
      readonly pattern: 'noise' | 'stripes' | 'checks' | 'spots';
      readonly colors: readonly [HexColor, HexColor];
      /** Cells across the picture. */
      readonly cells: number;
      readonly seed: number;
    };

export interface Light {
  /** What the light is fixed to. A light fixed to the camera gives no cue of its own to the movement. */
  readonly rule: 'world' | 'camera';
  /** Direction from the object to the key light: an orbit around the object (world) or around the line of sight (camera). */
  readonly keyAzimuthDeg: number;
  readonly keyElevationDeg: number;
  /** Radiant intensities in three.js units. */
  readonly keyIntensity: number;
  readonly environmentIntensity: number;
  readonly keyColor: HexColor;
}

export interface SceneSpec {
  readonly background: Background;
  readonly light: Light;
  /** `shadow`: the key light's shadow falls on an invisible floor. Only under a light fixed to the world. */
  readonly ground: 'none' | 'shadow';
}

/** The page's own look: a product photo. */
export const SCENE_STUDIO: SceneSpec = {
  background: { kind: 'plain', color: '#eef0f2' },
  light: {
    rule: 'world',
    keyAzimuthDeg: 38,
    keyElevationDeg: 52,
    keyIntensity: 2.1,
    environmentIntensity: 0.62,
    keyColor: '#fff4e6',
  },
  ground: 'shadow',
};

function hexFromHsl(hue: number, saturation: number, lightness: number): HexColor {
  const channel = (n: number): string => {
    const k = (n + hue * 12) % 12;
    const value = lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(255 * Math.max(0, Math.min(1, value)))
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}

/** A background of any kind: plain, gradient and texture about equally often. */
export function backgroundSample(rng: Rng): Background {
  const hue = rng.next();
  const saturation = rng.range(0, 0.45);
  const lightness = rng.chance(0.7) ? rng.range(0.6, 0.97) : rng.range(0.08, 0.6);
  const near = (spread: number): HexColor =>
    hexFromHsl((hue + rng.range(-0.08, 0.08) + 1) % 1, saturation, lightness + rng.range(-spread, spread));
  const kind = rng.int(3);
  if (kind === 0) return { kind: 'plain', color: near(0) };
  if (kind === 1) return { kind: 'gradient', top: near(0.2), bottom: near(0.2) };
  return {
    kind: 'texture',
    pattern: rng.pick(['noise', 'noise', 'stripes', 'checks', 'spots'] as const),
    colors: [near(0.12), near(0.22)],
    cells: 3 + rng.int(18),
    seed: rng.int(0x7fffffff),
  };
}

/** A light of the given rule. */
function lightSample(rng: Rng, rule: Light['rule']): Light {
  return {
    rule,
    keyAzimuthDeg: rule === 'world' ? rng.range(-180, 180) : rng.range(-60, 60),
    keyElevationDeg: rule === 'world' ? rng.range(25, 80) : rng.range(-10, 60),
    keyIntensity: rng.range(0.8, 3),
    environmentIntensity: rng.range(0.3, 1),
    keyColor: hexFromHsl(rng.range(0.05, 0.65), rng.range(0, 0.6), 0.94),
  };
}

/** A whole scene by the evaluation distribution: the light's rule is drawn per item, half and half. */
export function sceneSpecSample(rng: Rng): SceneSpec {
  const rule = rng.chance(0.5) ? 'world' : 'camera';
  return {
    background: backgroundSample(rng),
    light: lightSample(rng, rule),
    ground: rule === 'world' && rng.chance(0.6) ? 'shadow' : 'none',
  };
}
