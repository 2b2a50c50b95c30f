/**
 * Whether cameras move. They rest a moment after their last step, and not before that step was drawn: where a picture takes longer
 * than the moment, a drag would otherwise come to rest between its own frames, and everything that waits for rest would slow it further.
 */
import type { LiveOrbits } from './live-orbits';

const REST_MS = 260;
/** One for the pictures of the last step, one that begins only when they are done. */
const REST_FRAMES = 2;

export interface CameraMotion {
  readonly isMoving: () => boolean;
  /** Cameras that are set by `act` are elsewhere at once: nothing moves. */
  readonly jump: (act: () => void) => void;
  /** @returns unsubscribes */
  readonly onRest: (listener: () => void) => () => void;
  /** Resolves at once while nothing moves. */
  readonly rest: () => Promise<void>;
}

/** @param nextFrame calls once before the next picture */
export function cameraMotionCreate(
  live: LiveOrbits,
  nextFrame: (callback: () => void) => void = requestAnimationFrame,
): CameraMotion {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Null at rest. */
  let step: object | null = null;

  const restAfter = (frames: number, ofStep: object): void => {
    if (step !== ofStep) return;
    if (frames > 0) {
      nextFrame(() => restAfter(frames - 1, ofStep));
      return;
    }
    step = null;
    // Who listens may begin or end listening meanwhile.
    [...listeners].forEach((listener) => listener());
  };
  let isJump = false;
  const moved = (): void => {
    if (isJump) return;
    const newest = {};
    step = newest;
    clearTimeout(timer);
    timer = setTimeout(() => restAfter(REST_FRAMES, newest), REST_MS);
  };
  const onRest = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  live.subscribe(moved);

  return {
    isMoving: () => step !== null,
    jump: (act) => {
      isJump = true;
      try {
        act();
      } finally {
        isJump = false;
      }
    },
    onRest,
    rest: () =>
      step === null
        ? Promise.resolve()
        : new Promise((resolve) => {
            const stop = onRest(() => {
              stop();
              resolve();
            });
          }),
  };
}
