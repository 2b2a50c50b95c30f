import { BoxGeometry, DirectionalLight, Mesh, Texture, type Object3D } from 'three';
import { describe, expect, it } from 'vitest';
import { poseFromOrbit } from '../core/camera-pose';
import { rngFromSeed } from '../core/rng';
import { SCENE_STUDIO, type SceneSpec } from '../core/scene-spec';
import { worldGroundSample } from '../questions/world-ground';
import { objectNormalize } from './normalized-object';
import { Stage } from './stage';

const grounded = { ...SCENE_STUDIO, worldGround: worldGroundSample(rngFromSeed(1)) };

/** What is drawn besides the object and the floor that only carries the shadow. */
const visibleGrounds = ({ scene }: Stage): Object3D[] =>
  scene.children.filter((child) => child.visible && 'isMesh' in child && child.renderOrder === 0);

function stageWithBox(heightM: number): Stage {
  const stage = new Stage(new Texture());
  stage.setObject(objectNormalize('box', new Mesh(new BoxGeometry(1, heightM, 1))));
  return stage;
}

describe('a floor that is fixed to the world', () => {
  it('is there exactly in scenes that have one', () => {
    const stage = stageWithBox(1);
    stage.setSpec(SCENE_STUDIO);
    expect(visibleGrounds(stage)).toHaveLength(0);
    stage.setSpec(grounded);
    expect(visibleGrounds(stage)).toHaveLength(1);
    stage.setSpec({ ...SCENE_STUDIO });
    expect(visibleGrounds(stage)).toHaveLength(0);
    stage.setSpec({ ...grounded });
    expect(visibleGrounds(stage)).toHaveLength(1);
  });

  it('lies below whatever object stands there', () => {
    const stage = stageWithBox(1);
    stage.setSpec(grounded);
    for (const heightM of [0.2, 4]) {
      const object = objectNormalize('box', new Mesh(new BoxGeometry(1, heightM, 1)));
      stage.setObject(object);
      const [ground] = visibleGrounds(stage);
      expect(ground?.position.y).toBeLessThan(object.floorY);
      expect(ground?.position.y).toBeGreaterThan(object.floorY - 0.02);
    }
  });

  it('is no part of the object alone', () => {
    const stage = stageWithBox(1);
    stage.setSpec(grounded);
    let seen = -1;
    stage.withObjectAlone(() => {
      seen = visibleGrounds(stage).length;
    });
    expect(seen).toBe(0);
    expect(visibleGrounds(stage)).toHaveLength(1);
  });
});

describe('the shadow', () => {
  const pose = poseFromOrbit({ azimuthDeg: 40, elevationDeg: 10, distanceM: 4 }, 36);
  const onCamera: SceneSpec = { ...SCENE_STUDIO, light: { ...SCENE_STUDIO.light, rule: 'camera' } };

  it.each([
    ['once under a light that stands still', SCENE_STUDIO, false],
    ['for every pose under a light that the camera takes along', onCamera, true],
    ['never where there is none', { ...onCamera, ground: 'none' } as const, false],
  ])('is drawn %s', (_name, spec, isDrawnAgain) => {
    const stage = stageWithBox(1);
    stage.setSpec(spec);
    const key = stage.scene.children.find((child) => child instanceof DirectionalLight);
    if (!key) throw new Error('the stage has a key light');
    // As the renderer leaves it.
    key.shadow.needsUpdate = false;
    stage.lightForPose(pose);
    expect(key.shadow.needsUpdate).toBe(isDrawnAgain);
  });
});
