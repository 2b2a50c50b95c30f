/** The size of a canvas on the page in whole CSS pixels; zero until it is laid out. */
import { useLayoutEffect, useState } from 'react';

export interface CanvasSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

const NO_SIZE: CanvasSize = { widthPx: 0, heightPx: 0 };

export function useCanvasSize(canvas: HTMLCanvasElement | null): CanvasSize {
  const [size, setSize] = useState(NO_SIZE);
  useLayoutEffect(() => {
    if (!canvas) return;
    const measure = (): void => {
      const next = { widthPx: Math.round(canvas.clientWidth), heightPx: Math.round(canvas.clientHeight) };
      setSize((last) => (last.widthPx === next.widthPx && last.heightPx === next.heightPx ? last : next));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(canvas);
    return () => observer.disconnect();
  }, [canvas]);
  return canvas ? size : NO_SIZE;
}
