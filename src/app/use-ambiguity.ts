/** Whether the pair on screen can be told, once its truth may be known. */
import { pairCurrent, posesRevealed } from '../state/selectors';
import type { LookAlikeSearch } from '../ui/look-alike-note';
import { useAppState, useIsOnScreen } from './services';
import { useLookAlike } from './use-look-alike';

export function useAmbiguity(): LookAlikeSearch | null {
  const family = useAppState(({ question }) => question.family);
  const isRevealed = useAppState((state) => posesRevealed(state) && state.view.object.kind === 'ready');
  const pair = useAppState(pairCurrent);
  // The cameras may have left the pair that was last looked at.
  const isAtRest = useIsOnScreen(pair);
  return useLookAlike(isRevealed && isAtRest ? pair : null, family);
}
