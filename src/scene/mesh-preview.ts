/** Pictures of a mesh that is not on the page yet, stood up one way or another. */
import { poseFromOrbit } from '../core/camera-pose';
import { distanceForFill } from '../core/framing';
import { SCENE_STUDIO } from '../core/scene-spec';
import { Capture } from './capture';
import type { Graphics } from './graphics';
import { importedObject, type ImportedMesh } from './mesh-import/mesh-import';
import type { MeshAxes } from './mesh-import/orientation';
import type { NormalizedObject } from './normalized-object';

export interface PreviewDirection {
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
}

/** Three quarters from the front, a little from above: as the page's own objects stand in the picker. */
export const PREVIEW_THREE_QUARTER: PreviewDirection = { azimuthDeg: 32, elevationDeg: 18 };
export const PREVIEW_FRONT: PreviewDirection = { azimuthDeg: 0, elevationDeg: 6 };

const FOV_Y_DEG = 30;
const FILL = 0.9;
const SIZE_PX = 400;
const STILL_PX = 160;

export class MeshPreview {
  private readonly mesh: ImportedMesh;
  private readonly capture: Capture;
  private readonly objects = new Map<string, NormalizedObject>();
  private shown: NormalizedObject | null = null;

  /** @param graphics drawn with, and left as they were; without them the preview makes its own */
  constructor(mesh: ImportedMesh, graphics?: Graphics) {
    this.mesh = mesh;
    this.capture = new Capture(SIZE_PX, 1, graphics);
  }

  /** Draws onto `canvas`, whose size becomes the picture's. */
  draw(canvas: HTMLCanvasElement, axes: MeshAxes, direction: PreviewDirection): void {
    const pixels = new ImageData(SIZE_PX, SIZE_PX);
    pixels.data.set(this.picture(axes, direction));
    canvas.width = canvas.height = SIZE_PX;
    canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  }

  /** A small picture as a data URL. */
  still(axes: MeshAxes, direction: PreviewDirection): string {
    const large = document.createElement('canvas');
    this.draw(large, axes, direction);
    const small = document.createElement('canvas');
    small.width = small.height = STILL_PX;
    const context = small.getContext('2d');
    if (!context) return '';
    context.imageSmoothingQuality = 'high';
    context.drawImage(large, 0, 0, STILL_PX, STILL_PX);
    return small.toDataURL('image/webp', 0.9);
  }

  /** The mesh stays its importer's. */
  dispose(): void {
    this.capture.dispose();
  }

  private picture(axes: MeshAxes, { azimuthDeg, elevationDeg }: PreviewDirection): Uint8ClampedArray {
    const object = this.object(axes);
    if (object !== this.shown) {
      this.capture.setObject(object);
      this.shown = object;
    }
    const distanceM = distanceForFill(object.framingPoints, azimuthDeg, elevationDeg, FOV_Y_DEG, FILL);
    const pose = poseFromOrbit({ azimuthDeg, elevationDeg, distanceM }, FOV_Y_DEG);
    return this.capture.picture({ pose, spec: SCENE_STUDIO });
  }

  private object(axes: MeshAxes): NormalizedObject {
    const key = `${axes.up} ${axes.front}`;
    const known = this.objects.get(key);
    if (known) return known;
    const object = importedObject(key, this.mesh, axes);
    this.objects.set(key, object);
    return object;
  }
}
