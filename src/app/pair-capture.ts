/** Takes the two pictures of a pair as the model sees them, off the screen. */
import type { PairPixels } from '../inference/engine';
import type { Capture } from '../scene/capture';
import type { NormalizedObject } from '../scene/normalized-object';
import type { Pair, ViewSpec } from '../state/pair';
import { keptDrawerCreate, type PictureSources } from './shared-graphics';

export type PairCapture = (pair: Pair, sizePx: number) => Promise<PairPixels>;

export function pairCaptureCreate({ library, graphics }: PictureSources): PairCapture {
  const kept = keptDrawerCreate<Capture>(graphics);
  let stood: Capture | null = null;
  let shown: NormalizedObject | null = null;
  let last: PairPixels | null = null;

  const taken = async (pair: Pair, sizePx: number): Promise<PairPixels> => {
    const key = `${pair.key}@${sizePx}`;
    if (last?.key === key) return last;
    // three.js comes after the page's shell.
    const [object, { Capture: CaptureOnce }, { objectClone }] = await Promise.all([
      library.load(pair.objectId),
      import('../scene/capture'),
      import('../scene/object-clone'),
    ]);
    if (stood && stood.sizePx !== sizePx) kept.drop();
    const capture = kept.get((shared) => new CaptureOnce(sizePx, 1, shared));
    if (stood !== capture || shown !== object) {
      capture.setObject(objectClone(object));
      shown = object;
      stood = capture;
    }
    try {
      const picture = async ({ pose, scene }: ViewSpec) => ({
        data: await capture.pictureInTime({ pose, spec: scene }),
        sizePx,
      });
      // Both are drawn before either is waited for.
      const [a, b] = await Promise.all([picture(pair.a), picture(pair.b)]);
      last = { key, a, b };
      return last;
    } catch (error) {
      // A lost context does not come back; the next picture gets a new one.
      kept.drop();
      stood = null;
      throw error;
    }
  };

  // One after another: a pair of another size, or of graphics that came meanwhile, takes what draws away from the one before.
  let before: Promise<unknown> = Promise.resolve();
  return (pair, sizePx) => {
    const result = before.then(() => taken(pair, sizePx));
    before = result.catch(() => undefined);
    return result;
  };
}
