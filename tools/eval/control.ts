/**
 * The control of an evaluation: a featureless sphere in the camera's own light, before a plain background and without a
 * ground. Every camera around it sees the same, but for how far away it is and where in the picture: whoever can tell more
 * reads it from what must not tell (src/core/scene-spec.ts), or from the way items are drawn.
 */
import { Mesh, MeshStandardMaterial, SphereGeometry } from 'three';
import type { Background, HexColor, Light } from '../../src/core/scene-spec';
import type { ViewpointItem } from '../../src/questions/item-generator';
import type { GroundedScene } from '../../src/questions/world-ground';
import { objectNormalize, type NormalizedObject } from '../../src/scene/normalized-object';

/** Fine enough that facets move the rim by hundredths of a pixel. */
const SEGMENTS = [128, 96] as const;

export function sphereObject(id: string): NormalizedObject {
  const material = new MeshStandardMaterial({ color: '#b8b4ac', roughness: 0.6, metalness: 0 });
  return objectNormalize(id, new Mesh(new SphereGeometry(1, ...SEGMENTS), material));
}

function plainColor(background: Background): HexColor {
  if (background.kind === 'plain') return background.color;
  return background.kind === 'gradient' ? background.top : background.colors[0];
}

/** As bright and as coloured, but over the camera's shoulder: key lights of the world come from all around. */
const cameraLight = (light: Light): Light =>
  light.rule === 'camera' ? light : { ...light, rule: 'camera', keyAzimuthDeg: light.keyAzimuthDeg / 3 };

/** A scene without anything that is fixed to the world. */
export const controlScene = ({ background, light }: GroundedScene): GroundedScene => ({
  background: { kind: 'plain', color: plainColor(background) },
  light: cameraLight(light),
  ground: 'none',
});

/** The same cameras and question; what differed between the scenes of A and B may differ still. */
export const controlItem = (item: ViewpointItem): ViewpointItem => ({
  ...item,
  viewA: { ...item.viewA, scene: controlScene(item.viewA.scene) },
  viewB: { ...item.viewB, scene: controlScene(item.viewB.scene) },
});
