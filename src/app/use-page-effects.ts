/** Everything that happens by itself: objects load, cameras follow pairs, pairs follow cameras, the address follows the state. */
import { useEffect } from 'react';
import { pairCurrent, type AppState } from '../state/app-state';
import { askKey, MODEL_SEATS } from '../state/model-slice';
import { questionId } from '../state/question-slice';
import { storedWrite, STORAGE_KEY } from '../state/storage-codec';
import { addressFollows } from './address';
import type { Services } from './services';

/** Cameras that have not moved for so long are at rest. */
const REST_MS = 260;

function objectsFollow({ store, library }: Services): () => void {
  let wanted: string | null = null;
  const follow = ({ view }: AppState): void => {
    if (view.objectId === wanted) return;
    const id = view.objectId;
    wanted = id;
    library.load(id).then(
      (object) => store.getState().view.objectReady(id, object.framingPoints),
      (error: unknown) =>
        store.getState().view.objectFailed(id, error instanceof Error ? error.message : String(error)),
    );
  };
  follow(store.getState());
  return store.subscribe(follow);
}

function camerasFollowPairs({ store, live }: Services): () => void {
  let seen: unknown = null;
  const follow = (state: AppState): void => {
    const pair = pairCurrent(state);
    if (!pair || pair === seen) return;
    seen = pair;
    const { a, b } = live.getState();
    if (a !== pair.a.orbit || b !== pair.b.orbit) live.setState({ a: pair.a.orbit, b: pair.b.orbit });
  };
  follow(store.getState());
  return store.subscribe(follow);
}

function pairsFollowCameras({ store, live }: Services): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const unsubscribe = live.subscribe((orbits) => {
    clearTimeout(timer);
    if (store.getState().view.mode !== 'explore') return;
    timer = setTimeout(() => {
      if (store.getState().view.mode === 'explore') store.getState().view.orbitsCommit(orbits);
    }, REST_MS);
  });
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}

function storageFollows({ store }: Services): () => void {
  return store.subscribe(({ settings, guess }, before) => {
    const { themeKept: theme, languageChosen, tourSeen } = settings;
    const isSame =
      theme === before.settings.themeKept &&
      languageChosen === before.settings.languageChosen &&
      tourSeen === before.settings.tourSeen;
    if (isSame && guess.score === before.guess.score) return;
    try {
      window.localStorage.setItem(
        STORAGE_KEY,
        storedWrite({ theme, language: languageChosen, score: guess.score, tourSeen }),
      );
    } catch {
      // Private windows may refuse: theme and score last as long as the page then.
    }
  });
}

function modelsFollow({ store }: Services): () => void {
  const asked = { model: '', rival: '' };
  const askedOf: Record<keyof typeof asked, unknown> = { model: null, rival: null };
  const follow = (state: AppState): void => {
    const pair = pairCurrent(state);
    if (!pair) return;
    if (state.view.mode === 'explore' && !state.settings.askAtRest) return;
    const key = askKey(pair.key, questionId(state.question));
    for (const seat of MODEL_SEATS) {
      const { status, ask } = state[seat];
      // Another model has its own answer to the same question.
      if (status.kind !== 'ready' || (key === asked[seat] && status.model === askedOf[seat])) continue;
      asked[seat] = key;
      askedOf[seat] = status.model;
      void ask();
    }
  };
  follow(store.getState());
  return store.subscribe(follow);
}

export function usePageEffects(services: Services): void {
  useEffect(() => {
    const stops = [
      objectsFollow,
      camerasFollowPairs,
      pairsFollowCameras,
      addressFollows,
      storageFollows,
      modelsFollow,
    ].map((follow) => follow(services));
    return () => stops.forEach((stop) => stop());
  }, [services]);
}
