/** Everything that happens by itself: objects load, cameras follow pairs, pairs follow cameras, the address follows the state. */
import { useEffect } from 'react';
import type { AppState } from '../state/app-state';
import { objectProblemOf } from '../state/object-problem';
import { hasQuestion, pairCurrent } from '../state/selectors';
import { askKey, MODEL_SEATS, type ModelSeat } from '../state/model-slice';
import { VIEW_NAMES } from '../state/page-defaults';
import { questionId } from '../state/question-slice';
import { storedMerge, storedRead, storedWrite, STORAGE_KEY, type Stored } from '../state/storage-codec';
import { addressFollows } from './address';
import { ambiguityFollows } from './ambiguity-follow';
import type { Services } from './services';

function objectsFollow({ store, library }: Services): () => void {
  let wanted: string | null = null;
  const follow = ({ view }: AppState): void => {
    if (view.objectId === wanted) return;
    const id = view.objectId;
    wanted = id;
    library.load(id).then(
      (object) => store.getState().view.objectReady(id, object.framingPoints),
      (error: unknown) => store.getState().view.objectFailed(id, objectProblemOf(error)),
    );
  };
  follow(store.getState());
  return store.subscribe(follow);
}

function camerasFollowPairs({ store, live, motion, flights }: Services): () => void {
  let seen: unknown = null;
  const follow = (state: AppState): void => {
    const pair = pairCurrent(state);
    if (!pair || pair === seen) return;
    seen = pair;
    // A flight that began in Explore would carry the camera away from the pictures that are asked about.
    if (state.view.mode === 'guess') VIEW_NAMES.forEach((name) => flights.stop(name));
    const { a, b } = live.getState();
    if (a !== pair.a.orbit || b !== pair.b.orbit)
      motion.jump(() => live.setState({ a: pair.a.orbit, b: pair.b.orbit }));
  };
  follow(store.getState());
  return store.subscribe(follow);
}

function pairsFollowCameras({ store, live, motion }: Services): () => void {
  return motion.onRest(() => {
    const { view } = store.getState();
    if (view.mode === 'explore') view.orbitsCommit(live.getState());
  });
}

const storedOf = ({ settings, guess }: AppState): Stored => ({
  theme: settings.themeKept,
  language: settings.languageKept,
  score: guess.score,
  open: guess.open,
  seen: guess.seen,
  tourSeen: settings.tourSeen,
  singleKeys: settings.singleKeys,
});

const STORED_FIELDS = ['theme', 'language', 'score', 'open', 'seen', 'tourSeen', 'singleKeys'] as const;

export function storageFollows({ store }: Pick<Services, 'store'>): () => void {
  const keptRead = (): Stored => storedRead(window.localStorage.getItem(STORAGE_KEY));
  /** What comes from storage is there already. */
  let isAdopting = false;
  const otherTab = ({ key }: StorageEvent): void => {
    if (key !== STORAGE_KEY) return;
    // Not as the event tells it: an answer may have been given here since.
    const kept = keptRead();
    isAdopting = true;
    try {
      store.getState().guess.storedAdopt(kept);
    } finally {
      isAdopting = false;
    }
  };
  window.addEventListener('storage', otherTab);
  const unsubscribe = store.subscribe((state, stateBefore) => {
    const [before, after] = [storedOf(stateBefore), storedOf(state)];
    if (isAdopting || STORED_FIELDS.every((field) => after[field] === before[field])) return;
    try {
      window.localStorage.setItem(STORAGE_KEY, storedWrite(storedMerge(keptRead(), before, after)));
    } catch {
      // Private windows may refuse: settings and score last as long as the page then.
    }
  });
  return () => {
    unsubscribe();
    window.removeEventListener('storage', otherTab);
  };
}

export function modelsFollow({ store }: Pick<Services, 'store'>): () => void {
  /** Who was asked last: what has failed is asked again by itself only when another model or device answers. */
  const askedOf: Record<ModelSeat, unknown> = { model: null, rival: null };
  const follow = (state: AppState): void => {
    const pair = pairCurrent(state);
    if (!pair) return;
    const asks = (state.view.mode === 'guess' || state.settings.askAtRest) && hasQuestion(state);
    const key = askKey(pair.key, questionId(state.question));
    for (const seat of MODEL_SEATS) {
      const { status, answer, ask, prepare } = state[seat];
      if (status.kind !== 'ready') continue;
      if (!asks) {
        void prepare();
        continue;
      }
      // The slice alone knows what was asked meanwhile, by a click too.
      const isAsked = answer.kind !== 'none' && answer.key === key;
      if (isAsked && (answer.kind !== 'failed' || status.model === askedOf[seat])) continue;
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
      ambiguityFollows,
      modelsFollow,
    ].map((follow) => follow(services));
    return () => stops.forEach((stop) => stop());
  }, [services]);
}
