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
  const turn = (): void => liveOrbitSet(live, 'a', { ...PLACE, azimuthDeg: ++azimuthDeg });
  const restNow = (): void => {
    vi.advanceTimersByTime(260);
    frames.draw();
    frames.draw();
  };
  return { frames, motion, rested, stop, turn, restNow };
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

  it('takes a jump for no movement, and lets one that rest itself brings be', () => {
    const { motion, rested, turn, restNow } = setUp();
    motion.jump(turn);
    expect(motion.isMoving()).toBe(false);
    motion.onRest(() => motion.jump(turn));
    turn();
    restNow();
    expect([motion.isMoving(), rested.mock.calls.length]).toEqual([false, 1]);
    restNow();
    expect(rested).toHaveBeenCalledTimes(1);
  });

  it('tells nobody who has left', () => {
    const { motion, rested, stop, turn, restNow } = setUp();
    turn();
    stop();
    restNow();
    expect([motion.isMoving(), rested.mock.calls.length]).toEqual([false, 0]);
  });
});
