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
  /** Where a camera's flight ends; without one, where it is. */
  arrival(name: ViewName): CameraPlace;
}

export function flightsCreate(live: LiveOrbits, isMotionReduced: () => boolean): Flights {
  const flying = new Map<ViewName, { readonly frame: number; readonly target: CameraPlace }>();
  const stop = (name: ViewName): void => {
    const flight = flying.get(name);
    if (flight) cancelAnimationFrame(flight.frame);
    flying.delete(name);
  };
  return {
    stop,
    arrival: (name) => flying.get(name)?.target ?? live.getState()[name],
    fly: (name, to) => {
      stop(name);
      const from = live.getState()[name];
      const target = orbitClamp(to, from);
      if (isMotionReduced()) {
        liveOrbitSet(live, name, target);
        return;
      }
      const startMs = performance.now();
      const stepNext = (): void => void flying.set(name, { frame: requestAnimationFrame(step), target });
      const step = (nowMs: number): void => {
        const share = Math.min(1, Math.max(0, (nowMs - startMs) / FLIGHT_MS));
        const between = placeBetween(from, target, ease(share), PAGE_FOV_Y_DEG);
        liveOrbitSet(live, name, share === 1 ? target : orbitClamp(between, from));
        if (share < 1) stepNext();
        else flying.delete(name);
      };
      stepNext();
    },
  };
}
