/** What is read off the whole state. */
import type { AppState } from './app-state';
import { isGuessOver } from './guess-slice';
import type { ViewName } from './page-defaults';
import { exploreScene } from './page-scene';
import type { Pair } from './pair';
import type { UrlState } from './url-codec';

/** The pair on screen: Guess's while guessing, else the one under Explore's resting cameras. */
export const pairCurrent = ({ view, guess }: AppState): Pair | null => (view.mode === 'guess' ? guess.pair : view.pair);

/** Whether poses and truth may be shown. */
export const posesRevealed = ({ view, guess }: AppState): boolean => view.mode === 'explore' || isGuessOver(guess);

/**
 * Whether there is anything to ask a model. Own words are asked about Guess's pair once somebody has sent them with it: those about the pair
 * before are not meant.
 */
export function hasQuestion({ view, guess, question }: AppState): boolean {
  if (question.family !== 'free') return true;
  return question.ownWords !== '' && (view.mode === 'explore' || guess.answer !== null);
}

/** The part of the state that belongs into the address. */
export function urlStateOf({ view, guess, question, settings }: AppState): UrlState {
  const exploring = view.mode === 'explore';
  /** A link without scenes opens with those of its question. */
  const sceneOf = (name: ViewName) =>
    exploring && view.scenes[name] !== exploreScene(question.family) ? view.scenes[name] : null;
  return {
    mode: view.mode,
    objectId: view.objectId,
    isObjectPinned: view.objectPinned,
    seed: guess.seed,
    family: question.family,
    ownWords: question.ownWords,
    level: guess.run.level,
    orbitA: exploring ? (view.pair?.a.orbit ?? view.wanted.a) : null,
    orbitB: exploring ? (view.pair?.b.orbit ?? view.wanted.b) : null,
    sceneA: sceneOf('a'),
    sceneB: sceneOf('b'),
    overview: view.overview,
    language: settings.languageChosen,
    theme: settings.theme === 'system' ? null : settings.theme,
    ...settings.shape,
  };
}
