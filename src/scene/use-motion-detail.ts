/** Finds out with how many pixels moving views are drawn in time, and has them drawn once more, in full, when they rest. */
import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import type { CameraMotion } from '../state/camera-motion';
import { MotionDetail } from './motion-detail';

export function useMotionDetail(motion: CameraMotion): MotionDetail {
  const invalidate = useThree((state) => state.invalidate);
  const detail = useMemo(() => new MotionDetail(motion.isMoving), [motion]);
  useEffect(() => motion.onRest(() => invalidate()), [motion, invalidate]);

  const measuring = useRef(false);
  // Runs before all views. What drawing costs shows when the browser is ready for the next frame, not when the calls return.
  useFrame(() => {
    if (measuring.current || !motion.isMoving()) return;
    measuring.current = true;
    const startMs = performance.now();
    requestAnimationFrame(() => {
      measuring.current = false;
      detail.frameTook(performance.now() - startMs);
    });
  });
  return detail;
}
