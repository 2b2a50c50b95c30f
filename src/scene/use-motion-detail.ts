/** Finds out with how many pixels moving views are drawn in time, and has them drawn once more, in full, when they rest. */
import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import type { CameraMotion } from '../state/camera-motion';
import { MotionDetail } from './motion-detail';

export function useMotionDetail(motion: CameraMotion): MotionDetail {
  const invalidate = useThree((state) => state.invalidate);
  const detail = useMemo(() => new MotionDetail(motion.isMoving), [motion]);
  useEffect(() => motion.onRest(() => invalidate()), [motion, invalidate]);

  /** The frame that is being drawn; null once its time is known. */
  const open = useRef<{ readonly startMs: number } | null>(null);
  // Runs before all views. What drawing costs shows when the browser is ready for the next frame, not when the calls return.
  useFrame(() => {
    const nowMs = performance.now();
    const ended = (frame: { readonly startMs: number }, endMs: number): void => {
      if (open.current !== frame) return;
      open.current = null;
      detail.frameTook(endMs - frame.startMs);
    };
    // The next frame may come before the callback of the one before.
    if (open.current) ended(open.current, nowMs);
    if (!detail.isMoving) return;
    const frame = { startMs: nowMs };
    open.current = frame;
    requestAnimationFrame(() => ended(frame, performance.now()));
  });
  return detail;
}
