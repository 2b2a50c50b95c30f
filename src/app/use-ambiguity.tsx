/** Whether the pair on screen can be told, once its truth may be known: looked for once, for all parts of the page. */
import { createContext, useContext, type ReactNode } from 'react';
import { pairCurrent, posesRevealed } from '../state/selectors';
import type { LookAlikeSearch } from '../ui/look-alike-note';
import { useAppState, useIsOnScreen } from './services';
import { useLookAlike } from './use-look-alike';

export const AmbiguityContext = createContext<LookAlikeSearch | null>(null);

export function Ambiguity({ children }: { readonly children: ReactNode }) {
  const family = useAppState(({ question }) => question.family);
  const isRevealed = useAppState((state) => posesRevealed(state) && state.view.object.kind === 'ready');
  const pair = useAppState(pairCurrent);
  // The cameras may have left the pair that was last looked at.
  const isAtRest = useIsOnScreen(pair);
  const search = useLookAlike(isRevealed && isAtRest ? pair : null, family);
  return <AmbiguityContext value={search}>{children}</AmbiguityContext>;
}

export const useAmbiguity = (): LookAlikeSearch | null => useContext(AmbiguityContext);

/** Nobody can tell the pair on screen, as far as is known by now: no answer to it is correct or wrong. */
export function useIsUntold(): boolean {
  const search = useAmbiguity();
  const isUngraded = useAppState(({ view, guess }) => view.mode === 'guess' && guess.verdict?.kind === 'ungraded');
  return isUngraded || (search !== null && typeof search === 'object' && search.what === 'picture');
}
