import { describe, expect, it } from 'vitest';
import { MotionDetail } from './motion-detail';

const always = (): boolean => true;

function sideShare(motion: MotionDetail, ...framesMs: readonly number[]): number {
  for (const frameMs of framesMs) motion.frameTook(frameMs);
  return motion.sideShare;
}

describe('MotionDetail', () => {
  it('keeps all pixels where frames are in time', () => {
    expect(sideShare(new MotionDetail(always), 16.7, 16.7, 16.7, 33.3)).toBe(1);
  });

  it('gives up pixels after two slow frames, not after one, and never so many that nothing is recognized', () => {
    const motion = new MotionDetail(always);
    expect(sideShare(motion, 400)).toBe(1);
    expect(sideShare(motion, 16.7, 400)).toBe(1);
    expect(sideShare(motion, 132)).toBeCloseTo(0.5);
    expect(sideShare(motion, ...Array<number>(20).fill(400))).toBe(0.3);
  });

  it('takes them back step by step when there is time', () => {
    const motion = new MotionDetail(always);
    const low = sideShare(motion, 400, 400);
    expect(sideShare(motion, 17)).toBeGreaterThan(low);
    expect(sideShare(motion, ...Array<number>(20).fill(17))).toBe(1);
  });

  it('takes them back on a screen of 30 Hz too', () => {
    const motion = new MotionDetail(always);
    expect(sideShare(motion, 33.4, 90, 90)).toBeLessThan(1);
    expect(sideShare(motion, ...Array<number>(20).fill(33.3))).toBe(1);
  });

  it('counts what plays as moving, although no camera does', () => {
    const motion = new MotionDetail(() => false);
    sideShare(motion, 400, 400);
    motion.isPlaying = true;
    expect([motion.isMoving, motion.isShort]).toEqual([true, true]);
    motion.isPlaying = false;
    expect([motion.isMoving, motion.sideShare]).toEqual([false, 1]);
  });

  it('draws all pixels at rest, and begins the next movement with what the last one found', () => {
    let isMoving = true;
    const motion = new MotionDetail(() => isMoving);
    const low = sideShare(motion, 400, 400);
    expect(motion.suffices(low)).toBe(true);
    isMoving = false;
    expect([motion.sideShare, motion.suffices(low), motion.suffices(1)]).toEqual([1, false, true]);
    isMoving = true;
    expect(motion.sideShare).toBe(low);
  });
});
