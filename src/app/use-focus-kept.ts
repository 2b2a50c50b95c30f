/** Keeps the keyboard's place when the element that has the focus goes away. */
import { useEffect } from 'react';

const isPlace = (node: EventTarget): node is HTMLElement =>
  node instanceof HTMLElement && node !== document.body && node !== document.documentElement;

/** Taken off the page, or switched off: Chromium takes the focus from both. */
const isGone = (element: HTMLElement): boolean => !element.isConnected || element.matches(':disabled');

/**
 * Where an element that had the focus is taken off the page (a button with what it did, the options of a pair that is over) or switched off,
 * focus goes to the nearest part of the page around it that is still there. Browsers would let it fall to the top of the page, and
 * somebody at a keyboard or screen reader would start from there.
 */
export function useFocusKept(): void {
  useEffect(() => {
    /** What has the focus, and all around it, from inside out; empty: nothing has. */
    let path: readonly HTMLElement[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const focused = (event: FocusEvent): void => {
      path = event.composedPath().filter(isPlace);
    };
    const place = (): void => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (!isLost || path.length === 0) return;
      // Somebody left it: it may go.
      if (path[0] && !isGone(path[0])) {
        path = [];
        return;
      }
      const nearest = path.find((element) => !isGone(element) && element.checkVisibility());
      const next = nearest && nearest.id !== 'root' ? nearest : document.getElementById('question');
      if (!next) return;
      if (!next.hasAttribute('tabindex')) next.tabIndex = -1;
      next.focus({ preventScroll: true });
    };
    // After React has drawn all of it, and whoever gives the focus a place of its own has done so.
    const placeSoon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(place);
    };
    const watcher = new MutationObserver(() => {
      if (path[0]?.isConnected === false) placeSoon();
    });
    watcher.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('focusin', focused);
    document.addEventListener('focusout', placeSoon);
    return () => {
      clearTimeout(timer);
      watcher.disconnect();
      document.removeEventListener('focusin', focused);
      document.removeEventListener('focusout', placeSoon);
    };
  }, []);
}
