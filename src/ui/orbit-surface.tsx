/** Moves a view's camera by mouse, touch, wheel, pinch and keys. Reports changes; holds no pose. */
import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { moveOfKey, TURN_PER_WIDTH_DEG, type MoveKind } from './camera-moves';
import { useT } from './i18n/use-t';
import { fingerDown, fingerMove, fingersSpread, type Fingers } from './pointer-drag';
import { useWheelDolly } from './use-wheel-dolly';

export interface OrbitSurfaceProps {
  readonly label: string;
  /** What a drag does without a modifier; Shift strafes and Alt turns on the spot, whatever it is. */
  readonly kind: MoveKind;
  readonly reducedMotion: boolean;
  /** Degrees to add to azimuth and elevation. */
  readonly onOrbit: (azimuthDeg: number, elevationDeg: number) => void;
  /** The camera moves sideways and up by shares of the picture's width at the object's distance. */
  readonly onStrafe: (rightShare: number, upShare: number) => void;
  /** The camera turns on the spot by shares of its field of view. */
  readonly onLook: (rightShare: number, upShare: number) => void;
  /** Factor on the distance. */
  readonly onDolly: (factor: number) => void;
}

const KEY_DOLLY = 1.08;
/** How much of the speed is left after a second of gliding. */
const GLIDE_PER_SECOND = 0.004;
const GLIDE_MIN_DEG_PER_SECOND = 4;

export function OrbitSurface(props: OrbitSurfaceProps) {
  const { label, kind, reducedMotion, onOrbit, onStrafe, onLook, onDolly } = props;
  const t = useT();
  const element = useRef<HTMLDivElement>(null);
  const fingers = useRef<Fingers>(new Map());
  const speed = useRef({ azimuth: 0, elevation: 0, atMs: 0 });
  const glide = useRef(0);

  const isWheelLeft = useWheelDolly(element, onDolly);
  // A glide ends with whatever is done next, wherever: it would take the camera away from a preset or an undo.
  useEffect(() => {
    const end = (): void => cancelAnimationFrame(glide.current);
    const events = ['pointerdown', 'keydown'] as const;
    events.forEach((name) => window.addEventListener(name, end, { capture: true }));
    return () => {
      end();
      events.forEach((name) => window.removeEventListener(name, end, { capture: true }));
    };
  }, []);

  const pointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (!fingerDown(fingers.current, event)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    speed.current = { azimuth: 0, elevation: 0, atMs: event.timeStamp };
  };

  const pointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const before = fingersSpread(fingers.current);
    const step = fingerMove(fingers.current, event);
    if (!step) return;
    const { dx, dy } = step;
    if (fingers.current.size > 1) {
      const after = fingersSpread(fingers.current);
      if (before > 0 && after > 0) onDolly(before / after);
      return;
    }
    const widthPx = event.currentTarget.clientWidth;
    // The picture follows the hand, so the camera goes the other way.
    const dragged = event.shiftKey ? 'strafe' : event.altKey ? 'turn' : kind;
    if (dragged !== 'orbit') {
      (dragged === 'strafe' ? onStrafe : onLook)(-dx / widthPx, dy / widthPx);
      speed.current = { azimuth: 0, elevation: 0, atMs: event.timeStamp };
      return;
    }
    const degPerPx = TURN_PER_WIDTH_DEG / widthPx;
    const azimuth = -dx * degPerPx;
    const elevation = dy * degPerPx;
    const seconds = Math.max(0.001, (event.timeStamp - speed.current.atMs) / 1000);
    speed.current = { azimuth: azimuth / seconds, elevation: elevation / seconds, atMs: event.timeStamp };
    onOrbit(azimuth, elevation);
  };

  const pointerEnd = (event: PointerEvent<HTMLDivElement>): void => {
    if (!fingers.current.delete(event.pointerId) || fingers.current.size > 0 || reducedMotion) return;
    const isStale = event.timeStamp - speed.current.atMs > 60;
    if (!isStale) glideOn(event.timeStamp);
  };

  /** The browser took the finger for scrolling, or the mouse for something else: nothing was thrown. */
  const pointerLost = (event: PointerEvent<HTMLDivElement>): void => {
    fingers.current.delete(event.pointerId);
  };

  const glideOn = (lastMs: number): void => {
    glide.current = requestAnimationFrame((nowMs) => {
      const seconds = Math.min(0.05, (nowMs - lastMs) / 1000);
      const now = speed.current;
      const left = GLIDE_PER_SECOND ** seconds;
      speed.current = { azimuth: now.azimuth * left, elevation: now.elevation * left, atMs: now.atMs };
      if (Math.hypot(now.azimuth, now.elevation) < GLIDE_MIN_DEG_PER_SECOND) return;
      onOrbit(now.azimuth * seconds, now.elevation * seconds);
      glideOn(nowMs);
    });
  };

  const keyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moveOfKey(event.key, event.shiftKey, kind);
    if (!move) return;
    event.preventDefault();
    if (move.kind === 'dolly') onDolly(move.closer ? 1 / KEY_DOLLY : KEY_DOLLY);
    else ({ orbit: onOrbit, strafe: onStrafe, turn: onLook })[move.kind](move.right, move.up);
  };

  return (
    <>
      <div
        ref={element}
        className="view__surface"
        role="application"
        tabIndex={0}
        aria-label={label}
        onPointerDown={pointerDown}
        onPointerMove={pointerMove}
        onPointerUp={pointerEnd}
        onPointerCancel={pointerLost}
        onLostPointerCapture={pointerLost}
        onKeyDown={keyDown}
      />
      {/* The label says it too. */}
      {isWheelLeft && (
        <span className="view__hint" aria-hidden="true">
          {t('view.wheel')}
        </span>
      )}
    </>
  );
}
