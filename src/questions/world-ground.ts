/**
 * A textured floor that is fixed to the world: what tells a camera that strafes from one that turns. Plain data, stored
 * with the view's scene; the renderer makes it.
 */
import { backgroundSample, type Background, type SceneSpec } from '../core/scene-spec';
import type { Rng } from '../core/rng';

export interface WorldGround {
  readonly texture: Extract<Background, { kind: 'texture' }>;
  /** Side of the square that one copy of the texture covers. */
  readonly tileM: number;
}

/** A scene as rendered for a data set; without `worldGround` exactly the page's own. */
export interface GroundedScene extends SceneSpec {
  readonly worldGround?: WorldGround;
}

const MIN_CONTRAST = 60;

const brightness = (hex: string): number =>
  (parseInt(hex.slice(1, 3), 16) + parseInt(hex.slice(3, 5), 16) + parseInt(hex.slice(5, 7), 16)) / 3;

/** A floor with a pattern that can be seen: its two colours differ. */
export function worldGroundSample(rng: Rng): WorldGround {
  for (;;) {
    const texture = backgroundSample(rng);
    if (texture.kind !== 'texture') continue;
    const [first, second] = texture.colors;
    if (Math.abs(brightness(first) - brightness(second)) < MIN_CONTRAST) continue;
    // Few cells a tile: finer ones blur to one colour in the distance.
    return { texture: { ...texture, cells: 2 + (texture.cells % 6) }, tileM: rng.range(1, 2.5) };
  }
}
