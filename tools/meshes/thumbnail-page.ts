/** Runs in headless Chromium: draws objects through the page's own scene code. */
import { poseFromOrbit } from '../../src/core/camera-pose';
import { distanceForFill } from '../../src/core/framing';
import { SCENE_STUDIO } from '../../src/core/scene-spec';
import { Capture } from '../../src/scene/capture';
import { objectDispose } from '../../src/scene/normalized-object';
import { objectLoad } from '../../src/scene/object-loader';
import { roomPixelsLoad } from '../../src/scene/room-pixels';

export interface ThumbnailJob {
  readonly ids: readonly string[];
  /** One picture each, side by side. */
  readonly views: ReadonlyArray<{ readonly azimuthDeg: number; readonly elevationDeg: number }>;
  readonly sizePx: number;
  /** Objects in a row of the sheet. */
  readonly columns: number;
}

declare global {
  interface Window {
    /** A WebP data URL: every object's views, row by row. */
    thumbnailSheet: (job: ThumbnailJob) => Promise<string>;
  }
}

const FOV_Y_DEG = 30;
const FILL = 0.9;
const WEBP_QUALITY = 0.9;

let capture: Capture | null = null;

window.thumbnailSheet = async ({ ids, views, sizePx, columns }) => {
  // Drawn at twice the size: small pictures need more than the renderer's own smoothing.
  const drawnPx = sizePx * 2;
  if (capture?.sizePx !== drawnPx) {
    capture?.dispose();
    capture = new Capture(drawnPx);
  }
  const sheet = document.createElement('canvas');
  sheet.width = Math.min(columns, ids.length) * views.length * sizePx;
  sheet.height = Math.ceil(ids.length / columns) * sizePx;
  const context = sheet.getContext('2d');
  if (!context) throw new Error('this browser has no 2D canvas');
  context.imageSmoothingQuality = 'high';
  for (const [i, id] of ids.entries()) {
    const object = await objectLoad(id, '/meshes/');
    capture.setObject(object);
    for (const [j, { azimuthDeg, elevationDeg }] of views.entries()) {
      const distanceM = distanceForFill(object.framingPoints, azimuthDeg, elevationDeg, FOV_Y_DEG, FILL);
      const pose = poseFromOrbit({ azimuthDeg, elevationDeg, distanceM }, FOV_Y_DEG);
      const pixels = new Uint8ClampedArray(capture.picture({ pose, spec: SCENE_STUDIO }));
      const picture = await createImageBitmap(new ImageData(pixels, drawnPx, drawnPx));
      const x = ((i % columns) * views.length + j) * sizePx;
      context.drawImage(picture, x, Math.floor(i / columns) * sizePx, sizePx, sizePx);
      picture.close();
    }
    objectDispose(object.root, true);
  }
  return sheet.toDataURL('image/webp', WEBP_QUALITY);
};
await roomPixelsLoad();
document.documentElement.dataset['ready'] = 'true';
