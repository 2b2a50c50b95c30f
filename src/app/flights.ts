/** Flies cameras to new orbits, the short way around. */
import { placeBetween, type CameraPlace } from '../core/camera-place';
import { liveOrbitSet, type LiveOrbits } from '../state/live-orbits';
import { orbitClamp, PAGE_FOV_Y_DEG, type ViewName } from '../state/page-defaults';

const FLIGHT_MS = 750;

const ease = (t: number): number => 1 - (1 - t) ** 4;

export interface Flights {
  fly(name: ViewName, to: CameraPlace): void;
  /** A hand on the camera ends its flight. */
  stop(name: ViewName): void;
}

export function flightsCreate(live: LiveOrbits, isMotionReduced: () => boolean): Flights {
  const frames = new Map<ViewName, number>();
  const stop = (name: ViewName): void => {
    const frame = frames.get(name);
    if (frame !== undefined) cancelAnimationFrame(frame);
    frames.delete(name);
  };
  return {
    stop,
    fly: (name, to) => {
      stop(name);
      const from = live.getState()[name];
      const target = orbitClamp(to, from);
      if (isMotionReduced()) {
        liveOrbitSet(live, name, target);
        return;
      }
      const startMs = performance.now();
      const step = (nowMs: number): void => {
        const share = Math.min(1, Math.max(0, (nowMs - startMs) / FLIGHT_MS));
        const between = placeBetween(from, target, ease(share), PAGE_FOV_Y_DEG);
        liveOrbitSet(live, name, share === 1 ? target : orbitClamp(between, from));
        if (share < 1) frames.set(name, requestAnimationFrame(step));
        else frames.delete(name);
      };
      frames.set(name, requestAnimationFrame(step));
    },
  };
}
