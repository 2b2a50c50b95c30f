import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rngFromSeed } from '../core/rng';
import { SCENE_STUDIO, sceneSpecSample, type SceneSpec } from '../core/scene-spec';
import { isSceneSpec } from './scene-check';
import { sceneFromText, sceneText } from './scene-text';

describe('a scene that can be drawn', () => {
  it('is every scene that is sampled', () => {
    fc.assert(fc.property(fc.nat(), (seed) => isSceneSpec(sceneSpecSample(rngFromSeed(seed)))));
  });

  it('has a shadow only under a light that is fixed to the world', () => {
    const onCamera: SceneSpec = { ...SCENE_STUDIO, light: { ...SCENE_STUDIO.light, rule: 'camera' } };
    expect(isSceneSpec(SCENE_STUDIO)).toBe(true);
    expect(isSceneSpec({ ...onCamera, ground: 'none' })).toBe(true);
    expect(isSceneSpec(onCamera)).toBe(false);
    expect(sceneFromText(sceneText(onCamera))).toBeNull();
  });
});
