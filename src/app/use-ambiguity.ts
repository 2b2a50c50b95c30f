/** Whether the pair on screen can be told, once its truth may be known. */
import { pairCurrent, posesRevealed } from '../state/selectors';
import type { LookAlikeSearch } from '../ui/look-alike-note';
import { useAppState, useLiveOrbits } from './services';
import { useLookAlike } from './use-look-alike';

export function useAmbiguity(): LookAlikeSearch | null {
  const family = useAppState(({ question }) => question.family);
  const isRevealed = useAppState((state) => posesRevealed(state) && state.view.object.kind === 'ready');
  const orbits = useLiveOrbits();
  const pair = useAppState(pairCurrent);
  // The cameras may have left the pair that was last looked at.
  const isAtRest = pair !== null && pair.a.orbit === orbits.a && pair.b.orbit === orbits.b;
  return useLookAlike(isRevealed && isAtRest ? pair : null, family);
}
