/** Renders the comparisons of questions/answerability.ts: small pictures on a canvas of their own. */
import type { CameraPose } from '../core/camera-pose';
import {
  ANSWERABILITY_RULE,
  assessAnswerability,
  comparisonPoses,
  type Answerability,
  type ComparedItem,
} from '../questions/answerability';
import type { GroundedScene } from '../questions/world-ground';
import { Capture } from './capture';
import type { NormalizedObject } from './normalized-object';

/** Drawing for so long, the page may do something else. */
const BREATH_MS = 20;

export type AssessedItem = ComparedItem & { readonly viewB: { readonly scene: GroundedScene } };

export class Assessor {
  private readonly capture = new Capture(ANSWERABILITY_RULE.sizePx, 8);

  /** Judges items of one object. The object leaves the stage that it stood on. */
  assess(object: NormalizedObject, items: readonly AssessedItem[]): Answerability[] {
    this.capture.setObject(object);
    return items.map((item) =>
      assessAnswerability(item, (poses) =>
        this.batches(poses).flatMap((batch) => {
          batch.forEach((pose, tile) => this.capture.renderTile(tile, { pose, spec: item.viewB.scene }));
          return this.read(batch.length);
        }),
      ),
    );
  }

  /**
   * Judges one item without holding the page up; one at a time.
   * @param breathe awaited between short stretches of drawing; false gives up
   * @returns null when given up
   */
  async assessInBreaths(
    object: NormalizedObject,
    item: AssessedItem,
    breathe: () => Promise<boolean>,
  ): Promise<Answerability | null> {
    const pictures: Uint8ClampedArray[] = [];
    let heldSince = -Infinity;
    this.capture.setObject(object);
    for (const batch of this.batches([item.viewB, ...comparisonPoses(item)])) {
      for (const [tile, pose] of batch.entries()) {
        if (performance.now() - heldSince > BREATH_MS) {
          if (!(await breathe())) return null;
          heldSince = performance.now();
        }
        this.capture.renderTile(tile, { pose, spec: item.viewB.scene });
      }
      pictures.push(...this.read(batch.length));
    }
    return assessAnswerability(item, () => pictures);
  }

  dispose(): void {
    this.capture.dispose();
  }

  private batches(poses: readonly CameraPose[]): (readonly CameraPose[])[] {
    const { tileCount } = this.capture;
    return Array.from({ length: Math.ceil(poses.length / tileCount) }, (_, index) =>
      poses.slice(index * tileCount, (index + 1) * tileCount),
    );
  }

  private read(count: number): Uint8ClampedArray[] {
    const bytes = this.capture.sizePx ** 2 * 4;
    const pixels = this.capture.readTiles(count);
    return Array.from({ length: count }, (_, tile) => pixels.subarray(tile * bytes, (tile + 1) * bytes));
  }
}
