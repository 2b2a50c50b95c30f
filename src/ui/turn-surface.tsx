/** Turns a preview by dragging and by arrow keys; scrolls like the rest of its dialog. */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { TURN_PER_WIDTH_DEG } from './camera-moves';
import { fingerDown, fingerMove, type Fingers } from './pointer-drag';

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
  const fingers = useRef<Fingers>(new Map());
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    const step = fingerMove(fingers.current, event);
    if (!step) return;
    const degPerPx = TURN_PER_WIDTH_DEG / event.currentTarget.clientWidth;
    // The picture follows the hand, so the camera goes the other way.
    onTurn(-step.dx * degPerPx, step.dy * degPerPx);
  };
  const end = ({ pointerId }: PointerEvent): void => {
    fingers.current.delete(pointerId);
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
        if (fingerDown(fingers.current, event)) event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onLostPointerCapture={end}
      onKeyDown={keyDown}
    />
  );
}
