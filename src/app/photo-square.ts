/** A person's own photo as the model gets it: a square of it, at the model's size, with nothing else done to it. */
import type { ViewPixels } from '../inference/engine';

/** Upright, whatever way the camera was held. Rejects where the browser cannot read the file. */
export const photoRead = (file: Blob): Promise<ImageBitmap> =>
  createImageBitmap(file, { imageOrientation: 'from-image' });

/** The largest square of a picture. `shift`: from −1, its left or upper end, over 0, its middle, to 1. */
export function squareOf(
  widthPx: number,
  heightPx: number,
  shift: number,
): { xPx: number; yPx: number; sidePx: number } {
  const sidePx = Math.min(widthPx, heightPx);
  const along = (1 + Math.max(-1, Math.min(1, shift))) / 2;
  return { xPx: Math.round((widthPx - sidePx) * along), yPx: Math.round((heightPx - sidePx) * along), sidePx };
}

/** Draws the square onto a canvas of the model's size and gives its pixels. */
export function photoDraw(photo: ImageBitmap, shift: number, sizePx: number, canvas: HTMLCanvasElement): ViewPixels {
  canvas.width = sizePx;
  canvas.height = sizePx;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context)
    throw new Error(
      'The browser gives no 2D canvas to draw the photo on. Close other tabs, then choose the photo again.',
    );
  const { xPx, yPx, sidePx } = squareOf(photo.width, photo.height, shift);
  context.imageSmoothingQuality = 'high';
  // Transparent parts of a picture would turn black.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, sizePx, sizePx);
  context.drawImage(photo, xPx, yPx, sidePx, sidePx, 0, 0, sizePx, sizePx);
  return { data: context.getImageData(0, 0, sizePx, sizePx).data, sizePx };
}
