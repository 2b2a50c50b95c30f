/** How the page lights its pairs, and the floor of those that ask whether a camera moved or turned. */
import { rngFromSeed, type Rng } from '../core/rng';
import { SCENE_STUDIO, type SceneSpec } from '../core/scene-spec';
import type { PageFamilyId } from '../questions/page-families';
import { worldGroundSample, type GroundedScene } from '../questions/world-ground';
import { sceneAddressed, sceneText } from './scene-text';

const BACKDROPS = ['#eef0f2', '#f1efea', '#ebf0f0', '#eeedf2'] as const;

/** The studio with another backdrop and the key light from another side. */
export function studioSample(rng: Rng): GroundedScene {
  return {
    ...SCENE_STUDIO,
    background: { kind: 'plain', color: rng.pick(BACKDROPS) },
    light: { ...SCENE_STUDIO.light, keyAzimuthDeg: rng.range(-60, 60), keyElevationDeg: rng.range(46, 64) },
  };
}

/** A quiet floor whose pattern can still be followed from picture to picture. */
export function groundedSample(rng: Rng): GroundedScene & Required<Pick<GroundedScene, 'worldGround'>> {
  const { texture, tileM } = worldGroundSample(rng.fork('ground'));
  return {
    ...studioSample(rng),
    worldGround: { texture: { ...texture, colors: ['#e3ded3', '#b9b2a3'] }, tileM },
  };
}

const EXPLORE_GROUNDED: GroundedScene = {
  ...SCENE_STUDIO,
  worldGround: groundedSample(rngFromSeed('explore')).worldGround,
};

/** Explore's own: the studio, with a floor where it is needed to tell a camera that moves from one that turns. */
export const exploreScene = (family: PageFamilyId): GroundedScene =>
  family === 'decoupled' ? EXPLORE_GROUNDED : SCENE_STUDIO;

const EXPLORE_SCENES: readonly GroundedScene[] = [SCENE_STUDIO, EXPLORE_GROUNDED];

/** Whether a scene is one of Explore's own. */
export const isExploreScene = (scene: SceneSpec): boolean => EXPLORE_SCENES.includes(scene);

/** An item's scene as Explore shows it: its own if it looks like it, else the one that a link to it opens. */
export const itemScene = (scene: GroundedScene): GroundedScene =>
  EXPLORE_SCENES.find((own) => sceneText(own) === sceneText(scene)) ?? sceneAddressed(scene);
