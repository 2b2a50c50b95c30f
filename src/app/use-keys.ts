/** Page-wide keys: 1 to 6 answer, N goes on, Ctrl or Cmd with Z steps back. Silent while somebody types or picks. */
import { useEffect } from 'react';
import { pairCurrent } from '../state/selectors';
import { pairOptions } from '../state/pair';
import { camerasRest } from './cameras-rest';
import type { Services } from './services';
import { historyGo } from './use-pair-tools';

const TAKEN = 'input:not([type=radio], [type=checkbox]), select, textarea, dialog, [role=dialog]';

/** Somebody types, picks, or takes the tour, which covers the page without taking its keys. */
const isTaken = (target: EventTarget | null): boolean =>
  (target instanceof HTMLElement && target.closest(TAKEN) !== null) ||
  document.body.classList.contains('driver-active');

/** Ctrl or Cmd with Z, with Shift or with Y forward again; null for any other key. */
function historyStepOf(event: KeyboardEvent): 'undo' | 'redo' | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (key === 'y' && !event.shiftKey) return 'redo';
  return key === 'z' ? (event.shiftKey ? 'redo' : 'undo') : null;
}

/** @param hasPictures without them there is nothing to answer about */
export function useKeys(services: Services, hasPictures: boolean, onNewPair: () => void): void {
  useEffect(() => {
    const { store } = services;
    const keyDown = (event: KeyboardEvent): void => {
      const step = historyStepOf(event);
      if (step && !isTaken(event.target) && store.getState().view.mode === 'explore') {
        event.preventDefault();
        historyGo(services, step);
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTaken(event.target)) return;
      const isAnswer = hasPictures && /^[1-6]$/.test(event.key);
      if (isAnswer) camerasRest(services);
      const { view, guess, question } = store.getState();
      const pair = pairCurrent(store.getState());
      const option = isAnswer && pair ? pairOptions(pair, question.family)[Number(event.key) - 1] : null;
      if (option && view.mode === 'guess') guess.answerGive(option.key);
      else if (option) question.answerSet(option.key);
      else if (event.key === 'n' || event.key === 'N') {
        // Skipping an unanswered pair takes a click, so that a slip of the finger costs nothing.
        if (view.mode === 'explore' || guess.answer !== null) onNewPair();
      }
    };
    window.addEventListener('keydown', keyDown);
    return () => window.removeEventListener('keydown', keyDown);
  }, [services, hasPictures, onNewPair]);
}
