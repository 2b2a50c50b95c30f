/** One photo of a person's own: read, cut to a square, drawn where the page shows it. */
import { useEffect, useState } from 'react';
import type { ViewPixels } from '../inference/engine';
import { photoDraw, photoRead } from './photo-square';

export interface PhotoControl {
  readonly isChosen: boolean;
  readonly isOblong: boolean;
  readonly shift: number;
  /** Name of a file that could not be read. */
  readonly unreadable: string | null;
  readonly setCanvas: (canvas: HTMLCanvasElement | null) => void;
  readonly setShift: (shift: number) => void;
  readonly choose: (file: File) => void;
  /** What the model gets; null without a photo. */
  readonly pixels: () => ViewPixels | null;
}

export function usePhoto(sizePx: number): PhotoControl {
  const [photo, setPhoto] = useState<ImageBitmap | null>(null);
  const [shift, setShift] = useState(0);
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  useEffect(() => {
    if (photo && canvas) photoDraw(photo, shift, sizePx, canvas);
  }, [photo, canvas, shift, sizePx]);
  // Large photos take tens of megabytes until they are closed.
  useEffect(() => () => photo?.close(), [photo]);

  const choose = async (file: File): Promise<void> => {
    try {
      setPhoto(await photoRead(file));
      setShift(0);
      setUnreadable(null);
    } catch {
      // The photo before stays.
      setUnreadable(file.name);
    }
  };
  return {
    isChosen: photo !== null,
    isOblong: photo !== null && photo.width !== photo.height,
    shift,
    unreadable,
    setCanvas,
    setShift,
    choose: (file) => void choose(file),
    pixels: () => photo && photoDraw(photo, shift, sizePx, document.createElement('canvas')),
  };
}
