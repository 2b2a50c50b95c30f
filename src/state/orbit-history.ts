/** Where Explore's cameras have rested: steps back and forward again. */
import type { Orbits } from './page-defaults';

export interface OrbitHistory {
  /** Oldest first. */
  readonly past: readonly Orbits[];
  /** Next first. */
  readonly future: readonly Orbits[];
}

export const HISTORY_EMPTY: OrbitHistory = { past: [], future: [] };

const STEPS_MAX = 100;

/** `before` was left for somewhere new. */
export const historyPush = ({ past }: OrbitHistory, before: Orbits): OrbitHistory => ({
  past: [...past, before].slice(-STEPS_MAX),
  future: [],
});

/** One step in a direction from `now`; null where there is none. */
export function historyStep(
  { past, future }: OrbitHistory,
  now: Orbits,
  direction: 'undo' | 'redo',
): { readonly orbits: Orbits; readonly history: OrbitHistory } | null {
  if (direction === 'undo') {
    const orbits = past.at(-1);
    return orbits ? { orbits, history: { past: past.slice(0, -1), future: [now, ...future] } } : null;
  }
  const [orbits, ...rest] = future;
  return orbits ? { orbits, history: { past: [...past, now], future: rest } } : null;
}
