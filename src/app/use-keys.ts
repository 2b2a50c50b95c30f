/** Page-wide keys (`page-keys.ts`) and what they do. Silent while somebody types or picks. */
import { useEffect } from 'react';
import { isGuessOver } from '../state/guess-slice';
import { pairCurrent } from '../state/selectors';
import { pairOptions } from '../state/pair';
import { answerGive } from './answer-give';
import { camerasRest } from './cameras-rest';
import { pageKeyOf } from './page-keys';
import type { Services } from './services';
import { historyGo } from './use-pair-tools';

const TAKEN = 'input:not([type=radio], [type=checkbox]), select, textarea, dialog, [role=dialog]';

/** Somebody types, picks, or takes the tour, which covers the page without taking its keys. */
const isTaken = (target: EventTarget | null): boolean =>
  (target instanceof HTMLElement && target.closest(TAKEN) !== null) ||
  document.body.classList.contains('driver-active');

/** Answers with the option in this place, if there is one. */
function optionChoose(services: Services, index: number): void {
  camerasRest(services);
  const state = services.store.getState();
  const pair = pairCurrent(state);
  const option = pair && pairOptions(pair, state.question.family)[index];
  if (option) answerGive(services, option.key);
}

/** @param hasPictures without them there is nothing to answer about */
export function useKeys(services: Services, hasPictures: boolean, onNewPair: () => void): void {
  useEffect(() => {
    const keyDown = (event: KeyboardEvent): void => {
      const { view, guess, settings } = services.store.getState();
      const pressed = pageKeyOf(event, settings.singleKeys);
      if (!pressed || isTaken(event.target)) return;
      switch (pressed.kind) {
        case 'answer':
          if (hasPictures) optionChoose(services, pressed.index);
          return;
        case 'next':
          // Skipping a pair that is still asked takes a click, so that a slip of the finger costs nothing.
          if (view.mode === 'explore' || isGuessOver(guess)) onNewPair();
          return;
        default:
          if (view.mode !== 'explore') return;
          event.preventDefault();
          historyGo(services, pressed.kind);
      }
    };
    window.addEventListener('keydown', keyDown);
    return () => window.removeEventListener('keydown', keyDown);
  }, [services, hasPictures, onNewPair]);
}
