/** The two pictures of a pair as PNG files, drawn afresh: they depend on pose and size alone, not on the screen. */
import type { Pair, ViewSpec } from '../state/pair';
import { SaveError } from '../ui/save-error';
import type { PictureSources } from './shared-graphics';

export interface PairPictures {
  readonly a: Blob;
  readonly b: Blob;
}

function pngFromPixels(pixels: Uint8ClampedArray<ArrayBuffer>, sizePx: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = sizePx;
  const context = canvas.getContext('2d');
  if (!context) return Promise.reject(new SaveError('canvas'));
  context.putImageData(new ImageData(pixels, sizePx, sizePx), 0, 0);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new SaveError('png'))), 'image/png'),
  );
}

/** Larger pictures are drawn with graphics of their own. */
const SHARED_MAX_PX = 512;

export interface PicturedPair extends Pick<Pair, 'objectId'> {
  readonly a: Pick<ViewSpec, 'pose' | 'scene'>;
  readonly b: Pick<ViewSpec, 'pose' | 'scene'>;
}

/** @throws SaveError when the browser gives no canvas of this size */
export async function pairPictures(
  { library, graphics }: PictureSources,
  pair: PicturedPair,
  sizePx: number,
): Promise<PairPictures> {
  const [object, { Capture }, { objectClone }] = await Promise.all([
    library.load(pair.objectId),
    import('../scene/capture'),
    import('../scene/object-clone'),
  ]);
  // Goes away again with its memory; large pictures must not take that of the page's views.
  const shared = sizePx <= SHARED_MAX_PX ? graphics.current() : null;
  const capture = new Capture(sizePx, 1, shared ?? undefined);
  try {
    capture.setObject(objectClone(object));
    const picture = async ({ pose, scene }: PicturedPair['a']): Promise<Blob> =>
      pngFromPixels(new Uint8ClampedArray(await capture.pictureInTime({ pose, spec: scene })), sizePx);
    return { a: await picture(pair.a), b: await picture(pair.b) };
  } finally {
    capture.dispose();
  }
}

export const dataUrlOf = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new SaveError('unread'));
    reader.readAsDataURL(blob);
  });
