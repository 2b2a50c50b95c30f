/** Finds out with how many pixels moving views are drawn in time, and has them drawn once more, in full, when they rest. */
import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import type { CameraMotion } from '../state/camera-motion';
import { MotionDetail } from './motion-detail';

export function useMotionDetail(motion: CameraMotion): MotionDetail {
  const invalidate = useThree((state) => state.invalidate);
  const detail = useMemo(() => new MotionDetail(motion.isMoving), [motion]);
  useEffect(() => motion.onRest(() => invalidate()), [motion, invalidate]);

  /** When the frame began that is being drawn; null once its time is known. */
  const startMs = useRef<number | null>(null);
  // Runs before all views. What drawing costs shows when the browser is ready for the next frame, not when the calls return.
  useFrame(() => {
    const end = (): void => {
      if (startMs.current !== null) detail.frameTook(performance.now() - startMs.current);
      startMs.current = null;
    };
    // The next frame may come before its own callback below.
    end();
    if (!detail.isMoving) return;
    startMs.current = performance.now();
    requestAnimationFrame(end);
  });
  return detail;
}
