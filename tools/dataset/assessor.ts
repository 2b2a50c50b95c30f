/** Renders the comparisons of src/questions/answerability.ts: small pictures on a canvas of their own. */
import type { CameraPose } from '../../src/core/camera-pose';
import {
  ANSWERABILITY_RULE,
  assessAnswerability,
  type Answerability,
  type ComparedItem,
} from '../../src/questions/answerability';
import type { GroundedScene } from '../../src/questions/world-ground';
import { Capture } from '../../src/scene/capture';
import type { NormalizedObject } from '../../src/scene/normalized-object';

export class Assessor {
  private readonly capture = new Capture(ANSWERABILITY_RULE.sizePx, 8);

  /** Judges items of one object. The object leaves the stage that it stood on. */
  assess(object: NormalizedObject, items: readonly ComparedItem[]): Answerability[] {
    this.capture.setObject(object);
    return items.map((item) =>
      assessAnswerability(item, (poses) => this.pictures(poses, item.viewB.scene as GroundedScene)),
    );
  }

  dispose(): void {
    this.capture.dispose();
  }

  private pictures(poses: readonly CameraPose[], spec: GroundedScene): Uint8ClampedArray[] {
    const { tileCount, sizePx } = this.capture;
    const bytes = sizePx * sizePx * 4;
    const pictures: Uint8ClampedArray[] = [];
    for (let from = 0; from < poses.length; from += tileCount) {
      const batch = poses.slice(from, from + tileCount);
      batch.forEach((pose, tile) => this.capture.renderTile(tile, { pose, spec }));
      const pixels = this.capture.readTiles(batch.length);
      batch.forEach((_, tile) => pictures.push(pixels.subarray(tile * bytes, (tile + 1) * bytes)));
    }
    return pictures;
  }
}
