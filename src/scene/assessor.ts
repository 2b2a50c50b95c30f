/** Renders the comparisons of questions/answerability.ts: small pictures, many at a time. */
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
import type { Graphics } from './graphics';
import type { NormalizedObject } from './normalized-object';

/** Drawing and reading back for so long at a time, other pictures still come in time. */
const BREATH_MS = 20;

export type AssessedItem = ComparedItem & { readonly viewB: { readonly scene: GroundedScene } };

export class Assessor {
  private readonly capture: Capture;

  /** @param graphics drawn with, and left as they were; without them the assessor makes its own */
  constructor(graphics?: Graphics) {
    this.capture = new Capture(ANSWERABILITY_RULE.sizePx, 8, graphics);
  }

  /** Judges items of one object. The object leaves the stage that it stood on. */
  assess(object: NormalizedObject, items: readonly AssessedItem[]): Answerability[] {
    this.capture.setObject(object);
    return items.map((item) =>
      assessAnswerability(item, (poses) =>
        this.batches(poses).flatMap((batch) => {
          batch.forEach((pose, tile) => this.capture.renderTile(tile, { pose, spec: item.viewB.scene }));
          return this.tiles(this.capture.readTiles(batch.length));
        }),
      ),
    );
  }

  /**
   * Judges one item without holding the page up; one at a time. Only reading back shows how long drawing takes, so
   * pictures are read one by one at first, and in larger batches where they come fast.
   * @param breathe awaited between stretches of drawing, with how long the last one kept the card busy; false gives up
   * @returns null when given up
   */
  async assessInBreaths(
    object: NormalizedObject,
    item: AssessedItem,
    breathe: (busyMs: number) => Promise<boolean>,
  ): Promise<Answerability | null> {
    const poses: readonly CameraPose[] = [item.viewB, ...comparisonPoses(item)];
    const pictures: Uint8ClampedArray[] = [];
    this.capture.setObject(object);
    let batchSize = 1;
    let busyMs = 0;
    while (pictures.length < poses.length) {
      if (!(await breathe(busyMs))) return null;
      const startMs = performance.now();
      const batch = poses.slice(pictures.length, pictures.length + batchSize);
      batch.forEach((pose, tile) => this.capture.renderTile(tile, { pose, spec: item.viewB.scene }));
      pictures.push(...this.tiles(await this.capture.readTilesInTime(batch.length)));
      busyMs = performance.now() - startMs;
      const fitting = Math.floor((BREATH_MS * batch.length) / Math.max(busyMs, 1));
      // Growing step by step: the first pictures also wait for shaders.
      batchSize = Math.max(1, Math.min(fitting, 2 * batchSize, this.capture.tileCount));
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

  private tiles(pixels: Uint8ClampedArray): Uint8ClampedArray[] {
    const bytes = this.capture.sizePx ** 2 * 4;
    const count = pixels.length / bytes;
    return Array.from({ length: count }, (_, tile) => pixels.subarray(tile * bytes, (tile + 1) * bytes));
  }
}
