/** The wheel over a view: closer and farther for a view that has the focus, else the page's own. */
import { useEffect, useState, type RefObject } from 'react';
import { dollyOfWheel } from './camera-moves';

/** Long enough to be read, and gone when the page has scrolled on. */
const HINT_MS = 2200;

/** @returns whether somebody has just turned the wheel over a view that left it to the page */
export function useWheelDolly(target: RefObject<HTMLElement | null>, onDolly: (factor: number) => void): boolean {
  const [isLeftToPage, setLeftToPage] = useState(false);
  useEffect(() => {
    const element = target.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wheel = (event: WheelEvent): void => {
      // Sideways it always is the page's.
      if (event.deltaY === 0) return;
      const factor = dollyOfWheel(event, document.activeElement === element);
      clearTimeout(timer);
      setLeftToPage(factor === null);
      if (factor === null) {
        timer = setTimeout(() => setLeftToPage(false), HINT_MS);
        return;
      }
      event.preventDefault();
      onDolly(factor);
    };
    // React's own wheel listener is passive and could not keep the page from scrolling.
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      clearTimeout(timer);
      element.removeEventListener('wheel', wheel);
    };
  }, [target, onDolly]);
  return isLeftToPage;
}
