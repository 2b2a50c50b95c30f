/** What the parts of the page share: the store and everything around it. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { CameraPlace } from '../core/camera-place';
import type { AppState, AppStore } from '../state/app-state';
import type { CameraMotion } from '../state/camera-motion';
import type { LiveOrbits } from '../state/live-orbits';
import type { Orbits, ViewName } from '../state/page-defaults';
import type { Pair } from '../state/pair';
import type { Flights } from './flights';
import type { LookAlikes } from './look-alikes';
import type { OwnObjects } from './own-objects';
import type { PictureSources } from './shared-graphics';

export interface Services extends PictureSources {
  readonly store: AppStore;
  readonly live: LiveOrbits;
  readonly motion: CameraMotion;
  readonly flights: Flights;
  readonly lookAlikes: LookAlikes;
  readonly own: OwnObjects;
  readonly isMotionReduced: () => boolean;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('useServices() outside of ServicesContext');
  return services;
}

export const useAppState = <T>(pick: (state: AppState) => T): T => useStore(useServices().store, pick);

/** Whether a pair is what the views show: cameras may have left it. Renders again only when that changes. */
export const useIsOnScreen = (pair: Pick<Pair, ViewName> | null): boolean =>
  useStore(useServices().live, ({ a, b }) => pair !== null && pair.a.orbit === a && pair.b.orbit === b);

/** Cameras in motion: renders again with every step. */
export const useLiveOrbits = (): Orbits => useStore(useServices().live);

/** One camera in motion: the other one's steps change nothing here. */
export const useLiveOrbit = (name: ViewName): CameraPlace => useStore(useServices().live, (orbits) => orbits[name]);
