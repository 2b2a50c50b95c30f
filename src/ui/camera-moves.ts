/** What keys do to a camera (around the object, sideways without turning, or turning on the spot) and to the overview. */

export const MOVE_KINDS = ['orbit', 'strafe', 'turn'] as const;
export type MoveKind = (typeof MOVE_KINDS)[number];

/** A drag across the whole picture goes this far around the object. */
export const TURN_PER_WIDTH_DEG = 190;

export type KeyMove =
  | {
      readonly kind: MoveKind;
      /** Degrees for `orbit`, shares of the picture's width else. Positive: the camera goes or looks right, and up. */
      readonly right: number;
      readonly up: number;
    }
  | { readonly kind: 'dolly'; readonly closer: boolean };

const STEPS: Readonly<Record<MoveKind, { readonly plain: number; readonly shift: number }>> = {
  orbit: { plain: 5, shift: 15 },
  strafe: { plain: 0.04, shift: 0.12 },
  turn: { plain: 0.04, shift: 0.12 },
};

const ARROWS: Readonly<Record<string, readonly [right: number, up: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Letters work whatever the arrows are set to. */
const LETTERS: Readonly<Record<string, readonly [kind: MoveKind, right: number, up: number]>> = {
  a: ['strafe', -1, 0],
  d: ['strafe', 1, 0],
  w: ['strafe', 0, 1],
  s: ['strafe', 0, -1],
  q: ['turn', -1, 0],
  e: ['turn', 1, 0],
};

/** The key says where the camera goes. Null for a key that does nothing. */
export function moveOfKey(key: string, shift: boolean, arrowKind: MoveKind): KeyMove | null {
  if (key === '+' || key === '=') return { kind: 'dolly', closer: true };
  if (key === '-' || key === '_') return { kind: 'dolly', closer: false };
  const arrow = ARROWS[key];
  const [kind, right, up] = arrow ? [arrowKind, ...arrow] : (LETTERS[key.toLowerCase()] ?? []);
  if (kind === undefined || right === undefined || up === undefined) return null;
  const step = STEPS[kind][shift ? 'shift' : 'plain'];
  // Never −0: it would print as a sign.
  return { kind, right: right * step + 0, up: up * step + 0 };
}

/** What a wheel turns the distance by. Trackpads tell a pinch as small turns of a wheel with Ctrl. */
const WHEEL = { perPx: 0.0012, mostPx: 120 };
const PINCH = { perPx: 0.01, mostPx: 18 };

export type WheelTurn = Pick<WheelEvent, 'deltaY' | 'ctrlKey' | 'metaKey'>;

/**
 * Factor on the distance; null where the wheel scrolls the page, as it does over a view that nobody has turned to.
 * @param hasFocus the view was clicked or reached by keyboard
 */
export function dollyOfWheel({ deltaY, ctrlKey, metaKey }: WheelTurn, hasFocus: boolean): number | null {
  const isPinch = ctrlKey || metaKey;
  if (deltaY === 0 || !(isPinch || hasFocus)) return null;
  const { perPx, mostPx } = isPinch ? PINCH : WHEEL;
  return Math.exp(Math.max(-mostPx, Math.min(mostPx, deltaY)) * perPx);
}

/** Degrees by which the key turns the overview; null for a key that does not, such as those that scroll the page up and down. */
export function overviewTurnOfKey(key: string, shift: boolean): number | null {
  const move = moveOfKey(key, shift, 'orbit');
  return move?.kind === 'orbit' && move.up === 0 ? move.right : null;
}
