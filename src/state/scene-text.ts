/**
 * A view's light, backdrop and floor as a short text for the address, such as `plain,eef0f2_world,38,52,2.1,0.62,fff4e6_shadow`. Numbers
 * keep four decimals: far finer than a picture shows.
 */
import type { Background, Light } from '../core/scene-spec';
import type { GroundedScene } from '../questions/world-ground';
import { isSceneSpec } from './scene-check';

/** Neither sign is escaped in an address. */
const PART = '_';
const VALUE = ',';

/** Plain decimals only; the greatest number of a scene is a seed of 32 bits. */
const DECIMAL = /^-?\d{1,10}(\.\d{1,4})?$/;

const numberText = (value: number): string => String(Number(value.toFixed(4)) + 0);
const numberRead = (text = ''): number => (DECIMAL.test(text) ? Number(text) : Number.NaN);
const colorText = (color: string): string => color.slice(1).toLowerCase();
const colorRead = (text = ''): string => `#${text}`;

function backgroundText(background: Background): string {
  switch (background.kind) {
    case 'plain':
      return ['plain', colorText(background.color)].join(VALUE);
    case 'gradient':
      return ['gradient', colorText(background.top), colorText(background.bottom)].join(VALUE);
    case 'texture': {
      const { pattern, colors, cells, seed } = background;
      return [pattern, ...colors.map(colorText), numberText(cells), numberText(seed)].join(VALUE);
    }
  }
}

const lightText = (light: Light): string =>
  [
    light.rule,
    ...[light.keyAzimuthDeg, light.keyElevationDeg, light.keyIntensity, light.environmentIntensity].map(numberText),
    colorText(light.keyColor),
  ].join(VALUE);

export const sceneText = ({ background, light, ground, worldGround }: GroundedScene): string =>
  [
    backgroundText(background),
    lightText(light),
    ground,
    ...(worldGround ? [backgroundText(worldGround.texture), numberText(worldGround.tileM)] : []),
  ].join(PART);

/** Whatever the text says; {@link isSceneSpec} looks at it. A name that is no other kind's is a pattern's. */
function backgroundRead(text: string): unknown {
  const [name, first, second, cells, seed, ...others] = text.split(VALUE);
  if (others.length > 0) return null;
  if (name === 'plain') return second === undefined ? { kind: 'plain', color: colorRead(first) } : null;
  if (name === 'gradient')
    return cells === undefined ? { kind: 'gradient', top: colorRead(first), bottom: colorRead(second) } : null;
  return {
    kind: 'texture',
    pattern: name,
    colors: [colorRead(first), colorRead(second)],
    cells: numberRead(cells),
    seed: numberRead(seed),
  };
}

function lightRead(text: string): unknown {
  const [rule, azimuth, elevation, intensity, environment, color, ...others] = text.split(VALUE);
  if (others.length > 0) return null;
  return {
    rule,
    keyAzimuthDeg: numberRead(azimuth),
    keyElevationDeg: numberRead(elevation),
    keyIntensity: numberRead(intensity),
    environmentIntensity: numberRead(environment),
    keyColor: colorRead(color),
  };
}

/** Null for a text that is no scene. */
export function sceneFromText(text: string): GroundedScene | null {
  const [background = '', light = '', ground, texture, tile, ...others] = text.split(PART);
  if (others.length > 0 || (texture === undefined) !== (tile === undefined)) return null;
  const worldGround =
    texture === undefined ? {} : { worldGround: { texture: backgroundRead(texture), tileM: numberRead(tile) } };
  const scene: unknown = { background: backgroundRead(background), light: lightRead(light), ground, ...worldGround };
  return isSceneSpec(scene) ? scene : null;
}

/** The scene that a link to this one opens: the order of some options hangs on a pair's exact numbers. */
export const sceneAddressed = (scene: GroundedScene): GroundedScene => sceneFromText(sceneText(scene)) ?? scene;
