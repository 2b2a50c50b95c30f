/** Page-wide keys (`page-keys.ts`) and what they do. Silent while somebody types or picks. */
import { useEffect } from 'react';
import { isGuessOver } from '../state/guess-slice';
import { pairCurrent } from '../state/selectors';
import { pairOptions } from '../state/pair';
import { answerGive } from './answer-give';
import { pageKeyOf } from './page-keys';
import type { Services } from './services';
import { historyGo } from './use-pair-tools';

const TAKEN = 'input:not([type=radio], [type=checkbox], [readonly]), select, textarea, [role=dialog]';
/** Looked for in the whole page: a press on a dialog's plain text leaves the focus on the page behind it. */
const COVERS = 'dialog[open], body.driver-active';

/** Somebody types or picks, or a dialog or the tour covers the page. */
const isTaken = (target: EventTarget | null): boolean =>
  document.querySelector(COVERS) !== null || (target instanceof HTMLElement && target.closest(TAKEN) !== null);

/** Answers with the option that is shown in this place, if there is one: where moving cameras come to rest, it may be another. */
function optionChoose(services: Services, index: number): void {
  const state = services.store.getState();
  const pair = pairCurrent(state);
  const option = pair && pairOptions(pair, state.question.family)[index];
  if (option) answerGive(services, option.key);
}

/** @param hasPictures without them there is nothing to answer about */
export function keyDo(services: Services, event: KeyboardEvent, hasPictures: boolean, onNewPair: () => void): void {
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
}

/** As {@link keyDo}, for every key that is pressed anywhere. */
export function useKeys(services: Services, hasPictures: boolean, onNewPair: () => void): void {
  useEffect(() => {
    const keyDown = (event: KeyboardEvent): void => keyDo(services, event, hasPictures, onNewPair);
    window.addEventListener('keydown', keyDown);
    return () => window.removeEventListener('keydown', keyDown);
  }, [services, hasPictures, onNewPair]);
}
