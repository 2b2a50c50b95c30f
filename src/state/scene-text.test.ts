import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rngFromSeed } from '../core/rng';
import { sceneSpecSample } from '../core/scene-spec';
import { worldGroundSample, type GroundedScene } from '../questions/world-ground';
import { isSceneSpec } from './scene-check';
import { sceneAddressed, sceneFromText, sceneText } from './scene-text';

const sceneArb = fc.tuple(fc.nat(), fc.boolean()).map(([seed, hasFloor]): GroundedScene => {
  const rng = rngFromSeed(seed);
  const scene = sceneSpecSample(rng);
  return hasFloor ? { ...scene, worldGround: worldGroundSample(rng.fork('ground')) } : scene;
});

describe('a scene in an address', () => {
  it('comes back as it was, to the fourth decimal', () => {
    fc.assert(
      fc.property(sceneArb, (scene) => {
        const again = sceneFromText(sceneText(scene));
        expect(again?.background).toEqual(scene.background);
        expect(again?.ground).toBe(scene.ground);
        expect(again?.worldGround?.texture).toEqual(scene.worldGround?.texture);
        expect(again?.light.rule).toBe(scene.light.rule);
        expect(again?.light.keyColor).toBe(scene.light.keyColor);
        for (const name of ['keyAzimuthDeg', 'keyElevationDeg', 'keyIntensity', 'environmentIntensity'] as const)
          expect(again?.light[name]).toBeCloseTo(scene.light[name], 4);
      }),
    );
  });

  it('is not changed by being written again', () => {
    fc.assert(
      fc.property(sceneArb, (scene) => {
        const once = sceneAddressed(scene);
        expect(sceneAddressed(once)).toEqual(once);
        expect(sceneText(once)).toBe(sceneText(scene));
      }),
    );
  });

  it('needs no escapes', () => {
    fc.assert(
      fc.property(sceneArb, (scene) => {
        expect(encodeURIComponent(sceneText(scene)).replaceAll('%2C', ',')).toBe(sceneText(scene));
      }),
    );
  });

  it('is a scene that can be drawn, or none', () => {
    const damagedArb = fc
      .tuple(sceneArb, fc.nat(200), fc.string({ maxLength: 3 }))
      .map(([scene, at, extra]) => `${sceneText(scene).slice(0, at)}${extra}${sceneText(scene).slice(at + 1)}`);
    fc.assert(
      fc.property(fc.oneof(damagedArb, fc.string()), (text) => {
        const scene = sceneFromText(text);
        expect(scene === null || isSceneSpec(scene)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    '',
    '_',
    'plain,eef0f2',
    'plain,eef0f2_world,38,52,2.1,0.62,fff4e6',
    'plain,eef0f2_world,38,52,2.1,0.62,fff4e6_lake',
    'plain,eef0f2_world,NaN,52,2.1,0.62,fff4e6_shadow',
    'plain,eef0f2_world,38,52,1e9,0.62,fff4e6_shadow',
    'plain,red_world,38,52,2.1,0.62,fff4e6_shadow',
    'plain,eef0f2,eef0f2_world,38,52,2.1,0.62,fff4e6_shadow',
    'waves,eef0f2,ffffff,4,1_world,38,52,2.1,0.62,fff4e6_shadow',
    'plain,eef0f2_world,38,52,2.1,0.62,fff4e6_shadow_checks,111111,ffffff,4,1',
    'plain,eef0f2_world,38,52,2.1,0.62,fff4e6_shadow_plain,111111_2',
  ])('cannot be “%s”', (text) => {
    expect(sceneFromText(text)).toBeNull();
  });
});
