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

export interface LatestReader {
  choose(file: File, onPhoto: (photo: ImageBitmap) => void, onUnreadable: (name: string) => void): Promise<void>;
  /** What is still being read comes too late. */
  stop(): void;
}

/** Of two files that are chosen quickly the later one counts, however long each takes to read; what comes too late is closed. */
export function latestReader(read: (file: File) => Promise<ImageBitmap>): LatestReader {
  let latest = 0;
  return {
    choose: async (file, onPhoto, onUnreadable) => {
      const token = ++latest;
      try {
        const photo = await read(file);
        if (token === latest) onPhoto(photo);
        else photo.close();
      } catch {
        if (token === latest) onUnreadable(file.name);
      }
    },
    stop: () => void latest++,
  };
}

/** `onPhoto`: called when another photo is there, before it is drawn. */
export function usePhoto(sizePx: number, onPhoto: () => void): PhotoControl {
  const [photo, setPhoto] = useState<ImageBitmap | null>(null);
  const [shift, setShift] = useState(0);
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  useEffect(() => {
    try {
      if (photo && canvas) photoDraw(photo, shift, sizePx, canvas);
    } catch {
      // Without a canvas there is no preview; a question about the photo says why.
    }
  }, [photo, canvas, shift, sizePx]);
  // Large photos take tens of megabytes until they are closed.
  useEffect(() => () => photo?.close(), [photo]);

  const [reader] = useState(() => latestReader(photoRead));
  useEffect(() => () => reader.stop(), [reader]);

  const take = (next: ImageBitmap): void => {
    onPhoto();
    setPhoto(next);
    setShift(0);
    setUnreadable(null);
  };
  return {
    isChosen: photo !== null,
    isOblong: photo !== null && photo.width !== photo.height,
    shift,
    unreadable,
    setCanvas,
    setShift,
    // Where it can't be read the photo before stays.
    choose: (file) => void reader.choose(file, take, setUnreadable),
    pixels: () => photo && photoDraw(photo, shift, sizePx, document.createElement('canvas')),
  };
}
