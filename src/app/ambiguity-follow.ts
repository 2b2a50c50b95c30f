/** Whether an answered pair of Guess can be told at all is searched to the end, also once another pair stands there: else its answer would count. */
import { askedOf } from '../questions/page-families';
import type { AppState } from '../state/app-state';
import type { Services } from './services';
import { SEARCH_WAIT_MS } from './use-look-alike';

export function ambiguityFollows({ store, lookAlikes }: Pick<Services, 'store' | 'lookAlikes'>): () => void {
  let isOver = false;
  const follow = ({ guess, question }: AppState, before: AppState): void => {
    const { pair, answer } = guess;
    if (!pair || answer === null || before.guess.answer !== null) return;
    const { family } = question;
    const asked = askedOf(family);
    if (asked === 'free') return;
    setTimeout(() => {
      lookAlikes
        .find(pair, asked, () => !isOver)
        .then((found) => {
          const isAmbiguous = typeof found === 'object' && found?.what === 'picture';
          if (isAmbiguous && !isOver) store.getState().guess.ambiguous(pair.key, family);
        })
        // Where nothing can be drawn, the page has said so already.
        .catch(() => undefined);
    }, SEARCH_WAIT_MS);
  };
  const unsubscribe = store.subscribe(follow);
  return () => {
    isOver = true;
    unsubscribe();
  };
}
