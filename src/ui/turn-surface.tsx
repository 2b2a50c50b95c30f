/** Turns a preview by dragging and by arrow keys; scrolls like the rest of its dialog. */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { TURN_PER_WIDTH_DEG } from './camera-moves';

export interface TurnSurfaceProps {
  readonly label: string;
  /** Degrees to add to the camera's azimuth and elevation. */
  readonly onTurn: (azimuthDeg: number, elevationDeg: number) => void;
}

const KEY_DEG = 15;

const KEYS: Readonly<Record<string, readonly [azimuthDeg: number, elevationDeg: number]>> = {
  ArrowLeft: [-KEY_DEG, 0],
  ArrowRight: [KEY_DEG, 0],
  ArrowUp: [0, KEY_DEG],
  ArrowDown: [0, -KEY_DEG],
};

export function TurnSurface({ label, onTurn }: TurnSurfaceProps) {
  const last = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    if (!last.current) return;
    const degPerPx = TURN_PER_WIDTH_DEG / event.currentTarget.clientWidth;
    // The picture follows the hand, so the camera goes the other way.
    onTurn((last.current.x - event.clientX) * degPerPx, (event.clientY - last.current.y) * degPerPx);
    last.current = { x: event.clientX, y: event.clientY };
  };
  const end = (): void => {
    last.current = null;
  };
  const keyDown = (event: KeyboardEvent): void => {
    const turn = KEYS[event.key];
    if (!turn || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onTurn(...turn);
  };
  return (
    <div
      className="view__surface"
      role="application"
      tabIndex={0}
      aria-label={label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        last.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={keyDown}
    />
  );
}
