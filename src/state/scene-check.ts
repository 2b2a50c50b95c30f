/** Whether data from a file is a scene that can be drawn. */
import type { Background, Light } from '../core/scene-spec';
import type { GroundedScene, WorldGround } from '../questions/world-ground';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isColor = (value: unknown): boolean => typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
const isNumber = (value: unknown, lo: number, hi: number): boolean =>
  typeof value === 'number' && value >= lo && value <= hi;
const isOneOf = (value: unknown, known: readonly string[]): boolean =>
  typeof value === 'string' && known.includes(value);

const PATTERNS = ['noise', 'stripes', 'checks', 'spots'];

function isBackground(value: unknown): value is Background {
  if (!isRecord(value)) return false;
  switch (value['kind']) {
    case 'plain':
      return isColor(value['color']);
    case 'gradient':
      return isColor(value['top']) && isColor(value['bottom']);
    case 'texture': {
      const { colors, pattern, cells, seed } = value;
      const areColors = Array.isArray(colors) && colors.length === 2 && colors.every(isColor);
      return areColors && isOneOf(pattern, PATTERNS) && isNumber(cells, 1, 256) && isNumber(seed, 0, 2 ** 32);
    }
    default:
      return false;
  }
}

function isLight(value: unknown): value is Light {
  if (!isRecord(value)) return false;
  const { rule, keyAzimuthDeg, keyElevationDeg, keyIntensity, environmentIntensity, keyColor } = value;
  return (
    isOneOf(rule, ['world', 'camera']) &&
    isNumber(keyAzimuthDeg, -360, 360) &&
    isNumber(keyElevationDeg, -90, 90) &&
    isNumber(keyIntensity, 0, 100) &&
    isNumber(environmentIntensity, 0, 100) &&
    isColor(keyColor)
  );
}

const isWorldGround = (value: unknown): value is WorldGround =>
  isRecord(value) &&
  isRecord(value['texture']) &&
  value['texture']['kind'] === 'texture' &&
  isBackground(value['texture']) &&
  isNumber(value['tileM'], 0.01, 100);

/** A light on the camera would take its shadow along, and the shadow would tell how the camera moved. */
const isShadowStill = (rule: Light['rule'], ground: unknown): boolean => rule === 'world' || ground === 'none';

export const isSceneSpec = (value: unknown): value is GroundedScene =>
  isRecord(value) &&
  isBackground(value['background']) &&
  isLight(value['light']) &&
  isOneOf(value['ground'], ['none', 'shadow']) &&
  isShadowStill(value['light'].rule, value['ground']) &&
  (value['worldGround'] === undefined || isWorldGround(value['worldGround']));
