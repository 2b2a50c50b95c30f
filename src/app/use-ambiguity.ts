/** Whether the pair on screen can be told, once its truth may be known; one that cannot is not counted in Guess. */
import { useEffect } from 'react';
import { pairCurrent, posesRevealed } from '../state/selectors';
import type { LookAlikeSearch } from '../ui/look-alike-note';
import { useAppState, useLiveOrbits, useServices } from './services';
import { useLookAlike } from './use-look-alike';

export function useAmbiguity(): LookAlikeSearch | null {
  const { store } = useServices();
  const family = useAppState(({ question }) => question.family);
  const isRevealed = useAppState((state) => posesRevealed(state) && state.view.object.kind === 'ready');
  const orbits = useLiveOrbits();
  const pair = useAppState(pairCurrent);
  // The cameras may have left the pair that was last looked at.
  const isAtRest = pair !== null && pair.a.orbit === orbits.a && pair.b.orbit === orbits.b;
  const lookAlike = useLookAlike(isRevealed && isAtRest ? pair : null, family);
  const isAmbiguous = typeof lookAlike === 'object' && lookAlike?.what === 'picture';
  useEffect(() => {
    const { view, guess } = store.getState();
    if (isAmbiguous && pair && view.mode === 'guess') guess.ambiguous(pair.key);
  }, [store, isAmbiguous, pair]);
  return lookAlike;
}

/** Where the truth is not shown (an embedded page may leave it out), what cannot be told still must not be counted. */
export function AmbiguityWatch(): null {
  useAmbiguity();
  return null;
}
