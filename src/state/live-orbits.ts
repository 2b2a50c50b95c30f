/**
 * Cameras in motion. Kept outside the page's store, so that a drag redraws pictures and readouts only; `view.orbitsCommit`
 * takes them over when they rest.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CameraPlace } from '../core/camera-place';
import type { Orbits, ViewName } from './page-defaults';

export type LiveOrbits = StoreApi<Orbits>;

export const liveOrbitsCreate = (start: Orbits): LiveOrbits => createStore<Orbits>(() => start);

/** Moves one camera. */
export function liveOrbitSet(live: LiveOrbits, name: ViewName, orbit: CameraPlace): void {
  live.setState((orbits) => ({ ...orbits, [name]: orbit }));
}
