/** Takes the two pictures of a pair as the model sees them, on a canvas of their own. */
import type { PairPixels } from '../inference/engine';
import type { Capture } from '../scene/capture';
import type { NormalizedObject } from '../scene/normalized-object';
import type { Pair, ViewSpec } from '../state/pair';
import type { ObjectLibrary } from './object-library';

export type PairCapture = (pair: Pair, sizePx: number) => Promise<PairPixels>;

export function pairCaptureCreate(library: ObjectLibrary): PairCapture {
  let capture: Capture | null = null;
  let shown: NormalizedObject | null = null;
  let last: PairPixels | null = null;

  return async (pair, sizePx) => {
    const key = `${pair.key}@${sizePx}`;
    if (last?.key === key) return last;
    // three.js comes after the page's shell.
    const [object, { Capture: CaptureOnce }, { objectClone }] = await Promise.all([
      library.load(pair.objectId),
      import('../scene/capture'),
      import('../scene/object-clone'),
    ]);
    if (capture && capture.sizePx !== sizePx) {
      capture.dispose();
      capture = null;
    }
    if (!capture) {
      capture = new CaptureOnce(sizePx);
      shown = null;
    }
    if (shown !== object) {
      capture.setObject(objectClone(object));
      shown = object;
    }
    try {
      const picture = ({ pose, scene }: ViewSpec) => ({
        data: (capture as Capture).picture({ pose, spec: scene }),
        sizePx,
      });
      last = { key, a: picture(pair.a), b: picture(pair.b) };
      return last;
    } catch (error) {
      // A lost context does not come back to this canvas; the next picture gets a new one.
      capture.dispose();
      capture = null;
      throw error;
    }
  };
}
