/** What Explore does with both cameras at once. */
import { useMemo } from 'react';
import { orbitsDefault, VIEW_NAMES } from '../state/page-defaults';
import { camerasRest } from './cameras-rest';
import { useServices, type Services } from './services';

export interface PairActions {
  copyAB(): void;
  copyBA(): void;
  swap(): void;
  reset(): void;
  undo(): void;
  redo(): void;
}

/** Undo and redo jump, and they count a movement that is still under way as one. */
export function historyGo(services: Services, direction: 'undo' | 'redo'): void {
  camerasRest(services);
  services.store.getState().view[direction]();
}

/** A camera on its way counts as arrived: nobody means a place in mid-air. */
export function pairActions(services: Services): PairActions {
  const { store, flights } = services;
  return {
    copyAB: () => flights.fly('b', flights.arrival('a')),
    copyBA: () => flights.fly('a', flights.arrival('b')),
    swap: () => {
      const [a, b] = [flights.arrival('a'), flights.arrival('b')];
      flights.fly('a', b);
      flights.fly('b', a);
    },
    reset: () => {
      const { object } = store.getState().view;
      if (object.kind !== 'ready') return;
      store.getState().view.scenesReset();
      const orbits = orbitsDefault(object.framingPoints);
      VIEW_NAMES.forEach((name) => flights.fly(name, orbits[name]));
    },
    undo: () => historyGo(services, 'undo'),
    redo: () => historyGo(services, 'redo'),
  };
}

export function usePairTools(): PairActions {
  const services = useServices();
  return useMemo(() => pairActions(services), [services]);
}
