/**
 * Whether an answered pair of Guess can be told at all is searched to the end, also once another pair stands there, and at the next visit when
 * this one ends first: else its answer would count.
 */
import { askedOf } from '../questions/page-families';
import type { AppState } from '../state/app-state';
import { guessPair } from '../state/guess-pair';
import { pairNameOf } from '../state/guess-slice';
import type { Pair } from '../state/pair';
import type { PairName } from '../state/pair-name';
import { isOneOf } from '../state/storage-codec';
import type { Services } from './services';
import { SEARCH_WAIT_MS } from './use-look-alike';

export function ambiguityFollows({
  store,
  lookAlikes,
  library,
  graphics,
}: Pick<Services, 'store' | 'lookAlikes' | 'library' | 'graphics'>): () => void {
  let isOver = false;
  const search = async (name: PairName, pair: Pair): Promise<void> => {
    const asked = askedOf(name.family);
    if (asked === 'free') return;
    const found = await lookAlikes.find(pair, asked, () => !isOver);
    // Without a result the answer stays open.
    if (isOver || found === null) return;
    store.getState().guess.settle(name, found !== 'none' && found.what === 'picture');
  };
  const follow = (state: AppState, before: AppState): void => {
    const { pair, answer } = state.guess;
    if (!pair || answer === null || before.guess.answer !== null) return;
    const name = pairNameOf(state);
    // Where nothing can be drawn, the page has said so already.
    setTimeout(() => void search(name, pair).catch(() => undefined), SEARCH_WAIT_MS);
  };

  /** What an earlier visit left open, one after the other; an object that does not come leaves its answers to the next visit. */
  const resume = async (): Promise<void> => {
    const { open } = store.getState().guess;
    if (open.length === 0) return;
    // Its own first pictures come first.
    await graphics.ready();
    for (const name of open) {
      const isOpen = (): boolean => !isOver && isOneOf(store.getState().guess.open, name);
      if (!isOpen()) continue;
      const { objectId, seed, family, level } = name;
      const object = await library.load(objectId).catch(() => null);
      if (!object || !isOpen()) continue;
      await search(name, guessPair(seed, objectId, family, object.framingPoints, level)).catch(() => undefined);
    }
  };
  void resume();

  const unsubscribe = store.subscribe(follow);
  return () => {
    isOver = true;
    unsubscribe();
  };
}
