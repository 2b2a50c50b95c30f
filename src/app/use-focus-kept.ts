/** Keeps the keyboard's place when the button that was pressed goes away with what it did. */
import { useEffect } from 'react';

const isPlace = (node: EventTarget): node is HTMLElement =>
  node instanceof HTMLElement && node !== document.body && node !== document.documentElement;

/**
 * After a click whose target is gone, focus goes to the nearest part of the page around it that is still there. Browsers would
 * let it fall to the top of the page, and somebody at a keyboard or screen reader would start from there.
 */
export function useFocusKept(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const clicked = (event: MouseEvent): void => {
      const path = event.composedPath().filter(isPlace);
      clearTimeout(timer);
      // After React has drawn what the click did.
      timer = setTimeout(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body;
        if (!isLost || path[0]?.isConnected !== false) return;
        const place = path.find((element) => element.isConnected);
        if (!place || place.id === 'root') return;
        if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
        place.focus({ preventScroll: true });
      });
    };
    window.addEventListener('click', clicked);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('click', clicked);
    };
  }, []);
}
