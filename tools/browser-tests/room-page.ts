/** Runs in headless Chromium: the same picture with the room from its file and with the room rendered anew. */
import type { Texture } from 'three';
import { poseFromOrbit } from '../../src/core/camera-pose';
import { SCENE_STUDIO } from '../../src/core/scene-spec';
import { Capture } from '../../src/scene/capture';
import { environmentCreate, environmentDispose, roomRender } from '../../src/scene/environment';
import { graphicsCreate, graphicsDispose } from '../../src/scene/graphics';
import { objectLoad } from '../../src/scene/object-loader';
import { roomPixelsLoad } from '../../src/scene/room-pixels';
import { orbitFramed, PAGE_FOV_Y_DEG } from '../../src/state/page-defaults';

export interface RoomComparison {
  /** Of 255, over all channels. */
  readonly largestOff: number;
  /** The same against the room upside down: that the picture shows which room it was. */
  readonly largestOffUpsideDown: number;
}

declare global {
  interface Window {
    roomCompare: (objectId: string, azimuthDeg: number) => Promise<RoomComparison>;
  }
}

const SIZE_PX = 224;

window.roomCompare = async (objectId, azimuthDeg) => {
  const graphics = graphicsCreate();
  const { renderer, environment: fromFile } = graphics;
  const rendered = roomRender(renderer).texture;
  const upsideDown = environmentCreate(renderer);
  // Cube faces stand in the order +x, −x, +y, −y, +z, −z.
  for (const cube of [upsideDown, ...upsideDown.mipmaps] as unknown as { image: unknown[] }[])
    cube.image.splice(2, 2, cube.image[3], cube.image[2]);
  if (fromFile.renderTarget) throw new Error('The room was rendered, not read from its file.');
  const object = await objectLoad(objectId, '/meshes/');
  const orbit = orbitFramed(azimuthDeg, 20, object.framingPoints);
  const picture = (environment: Texture): Uint8ClampedArray => {
    const capture = new Capture(SIZE_PX, 1, { renderer, environment });
    capture.setObject(object);
    const pixels = capture.picture({ pose: poseFromOrbit(orbit, PAGE_FOV_Y_DEG), spec: SCENE_STUDIO });
    capture.dispose();
    return pixels;
  };
  const shown = picture(fromFile);
  const largestOff = (other: Uint8ClampedArray): number =>
    shown.reduce((largest, value, at) => Math.max(largest, Math.abs(value - (other[at] as number))), 0);
  const comparison = {
    largestOff: largestOff(picture(rendered)),
    largestOffUpsideDown: largestOff(picture(upsideDown)),
  };
  [rendered, upsideDown].forEach(environmentDispose);
  graphicsDispose(graphics);
  return comparison;
};
await roomPixelsLoad();
document.documentElement.dataset['ready'] = 'true';
