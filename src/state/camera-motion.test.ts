import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cameraMotionCreate } from './camera-motion';
import { liveOrbitSet, liveOrbitsCreate } from './live-orbits';

const PLACE = { azimuthDeg: 0, elevationDeg: 10, distanceM: 5 };

/** Frames come when the test says so. */
function frameQueue() {
  let waiting: (() => void)[] = [];
  return {
    next: (callback: () => void): void => void waiting.push(callback),
    draw(): void {
      const due = waiting;
      waiting = [];
      due.forEach((callback) => callback());
    },
  };
}

function setUp() {
  const live = liveOrbitsCreate({ a: PLACE, b: PLACE });
  const frames = frameQueue();
  const motion = cameraMotionCreate(live, frames.next);
  const rested = vi.fn();
  const stop = motion.onRest(rested);
  let azimuthDeg = 0;
  return { frames, motion, rested, stop, turn: () => liveOrbitSet(live, 'a', { ...PLACE, azimuthDeg: ++azimuthDeg }) };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('cameraMotionCreate', () => {
  it('rests after the last step was drawn and a moment passed, once', async () => {
    const { frames, motion, rested, turn } = setUp();
    expect(motion.isMoving()).toBe(false);
    turn();
    const rest = motion.rest();
    frames.draw();
    vi.advanceTimersByTime(259);
    expect([motion.isMoving(), rested.mock.calls.length]).toEqual([true, 0]);
    vi.advanceTimersByTime(1);
    frames.draw();
    expect(motion.isMoving()).toBe(true);
    frames.draw();
    expect([motion.isMoving(), rested.mock.calls.length]).toEqual([false, 1]);
    await expect(rest).resolves.toBeUndefined();
    vi.advanceTimersByTime(1000);
    frames.draw();
    expect(rested).toHaveBeenCalledTimes(1);
  });

  it('does not rest between slow frames of one movement', () => {
    const { frames, motion, rested, turn } = setUp();
    for (let frame = 0; frame < 5; frame++) {
      turn();
      vi.advanceTimersByTime(600);
      frames.draw();
    }
    expect([motion.isMoving(), rested.mock.calls.length]).toEqual([true, 0]);
    vi.advanceTimersByTime(600);
    frames.draw();
    frames.draw();
    expect(rested).toHaveBeenCalledTimes(1);
  });

  it('counts what moves besides the cameras, and nobody hears of it who has left', () => {
    const { frames, motion, rested, stop } = setUp();
    motion.moved();
    expect(motion.isMoving()).toBe(true);
    stop();
    vi.advanceTimersByTime(260);
    frames.draw();
    frames.draw();
    expect([motion.isMoving(), rested.mock.calls.length]).toEqual([false, 0]);
  });
});
