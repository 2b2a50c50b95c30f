/** What every drag is made of: the pointers that are down on a surface, and how far each of them comes. */
import type { PointerEvent } from 'react';

interface Finger {
  readonly x: number;
  readonly y: number;
}

/** By pointer; a pen and a mouse are a finger each. */
export type Fingers = Map<number, Finger>;

type Press = Pick<PointerEvent, 'pointerId' | 'button' | 'clientX' | 'clientY'>;
type Move = Pick<PointerEvent, 'pointerId' | 'buttons' | 'clientX' | 'clientY'>;

/** False for buttons that drag nothing: all but a mouse's main one, which is also that of fingers and pens. */
export function fingerDown(fingers: Fingers, { pointerId, button, clientX, clientY }: Press): boolean {
  if (button !== 0) return false;
  fingers.set(pointerId, { x: clientX, y: clientY });
  return true;
}

/** Pixels since the last step; null for a pointer that drags nothing. */
export function fingerMove(
  fingers: Fingers,
  { pointerId, buttons, clientX, clientY }: Move,
): { readonly dx: number; readonly dy: number } | null {
  const finger = fingers.get(pointerId);
  if (!finger) return null;
  if (buttons === 0) {
    // It was let go where the page was not told: over a menu or another window.
    fingers.delete(pointerId);
    return null;
  }
  fingers.set(pointerId, { x: clientX, y: clientY });
  return { dx: clientX - finger.x, dy: clientY - finger.y };
}

/** Distance between the first two fingers in pixels; 0 when there are fewer. */
export function fingersSpread(fingers: Fingers): number {
  const [first, second] = [...fingers.values()];
  return first && second ? Math.hypot(first.x - second.x, first.y - second.y) : 0;
}
