/** Runs in headless Chromium: how long one picture of the page's own scene code takes, readback included. */
import { poseFromOrbit } from '../../src/core/camera-pose';
import { SCENE_STUDIO } from '../../src/core/scene-spec';
import { Capture } from '../../src/scene/capture';
import { objectLoad } from '../../src/scene/object-loader';
import { roomPixelsLoad } from '../../src/scene/room-pixels';
import { orbitFramed, PAGE_FOV_Y_DEG } from '../../src/state/page-defaults';

export interface CapturePlan {
  readonly objectId: string;
  readonly sizePx: number;
  readonly pictures: number;
}

declare global {
  interface Window {
    /** Milliseconds of each picture after a first one that fills the caches. */
    captureTimes: (plan: CapturePlan) => Promise<number[]>;
  }
}

window.captureTimes = async ({ objectId, sizePx, pictures }) => {
  const object = await objectLoad(objectId, '/meshes/');
  const capture = new Capture(sizePx);
  try {
    capture.setObject(object);
    const times: number[] = [];
    for (let index = 0; index <= pictures; index++) {
      const orbit = orbitFramed(index * 37, 10 + (index % 5) * 6, object.framingPoints);
      const startMs = performance.now();
      capture.picture({ pose: poseFromOrbit(orbit, PAGE_FOV_Y_DEG), spec: SCENE_STUDIO });
      times.push(performance.now() - startMs);
    }
    return times.slice(1);
  } finally {
    capture.dispose();
  }
};

await roomPixelsLoad();
document.documentElement.dataset['ready'] = 'true';
